#!/usr/bin/env bash
# Whether the time of an answer tells who has an account. Arguments: as of bench/account_timing.py.
set -euo pipefail
exec "$(dirname "$0")/account_timing.py" "$@"
