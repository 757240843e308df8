#!/usr/bin/env bash
# What a decision about a permission costs, pinned to one core, beside its limits. Arguments: as of
# bench/rbac.cpp.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_rbac >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
exec taskset -c "$(($(nproc) - 1))" build/release/bin/portico_bench_rbac "$@"
