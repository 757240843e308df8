#!/usr/bin/env bash
# What a file of 10 000 routes costs to check, against a bare pass of yaml-cpp over it.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_config_load portico_program shape >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
exec build/release/bin/portico_bench_config_load build/release/bin/portico "$@"
