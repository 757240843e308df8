#!/usr/bin/env bash
# What a route lookup costs in tables of 1, 4, 100 and 10 000 routes.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_route_lookup >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
exec build/release/bin/portico_bench_route_lookup "$@"
