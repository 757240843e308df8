#!/usr/bin/env bash
# Logins in a second, and what others feel of them. Arguments: as of bench/logins.py.
set -euo pipefail
exec "$(dirname "$0")/logins.py" "$@"
