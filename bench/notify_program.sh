#!/usr/bin/env bash
# Messages of the real program. Arguments: as of bench/notify_program.py.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_program headers cors ratelimit proxy auth rbac notify nowhere >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
exec bench/notify_program.py "$@"
