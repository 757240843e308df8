#!/usr/bin/env bash
# Logins and refreshes among a million users, beside a thousand. Arguments: as of bench/accounts_crowd.py.
set -euo pipefail
exec "$(dirname "$0")/accounts_crowd.py" "$@"
