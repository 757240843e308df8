#!/usr/bin/env bash
# What a decision about a permission costs, pinned to one core, beside its limits: by itself, and
# within a request. Arguments: as of bench/rbac.cpp.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_rbac portico_bench_rbac_gate >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
pinned() { taskset -c "$(($(nproc) - 1))" "$@"; }
status=0
pinned build/release/bin/portico_bench_rbac "$@" || status=1
pinned build/release/bin/portico_bench_rbac_gate || status=1
exit "$status"
