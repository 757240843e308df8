#!/usr/bin/env bash
# What it takes to accept a message. Arguments: as of bench/notify.py.
set -euo pipefail
exec "$(dirname "$0")/notify.py" "$@"
