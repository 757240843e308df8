#!/usr/bin/env bash
# Whether splice pays for bodies and tunnels.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_splice >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
exec build/release/bin/portico_bench_splice "$@"
