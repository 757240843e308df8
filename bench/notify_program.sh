#!/usr/bin/env bash
# Messages of the real program. Arguments: as of bench/notify_program.py.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
exec bench/notify_program.py "$@"
