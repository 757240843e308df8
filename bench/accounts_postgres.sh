#!/usr/bin/env bash
# Refreshes and sign-ups on PostgreSQL, beside pgbench. Arguments: as of bench/accounts_postgres.py.
set -euo pipefail
exec "$(dirname "$0")/accounts_postgres.py" "$@"
