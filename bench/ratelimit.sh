#!/usr/bin/env bash
# What a limit costs a request, with one key and with a million.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_ratelimit >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
exec build/release/bin/portico_bench_ratelimit "$@"
