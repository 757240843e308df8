#!/usr/bin/env bash
# What `auth` costs a request: for a token that is known, and for one that is not. Arguments: as of
# bench/auth.cpp.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_auth >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
exec build/release/bin/portico_bench_auth "$@"
