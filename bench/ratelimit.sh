#!/usr/bin/env bash
# What a limit costs a request: in memory, with one key and with a million; and in Redis, beside what
# redis-benchmark gets out of the same one. Arguments: as of bench/ratelimit.cpp.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_ratelimit portico_run >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
build/release/bin/portico_bench_ratelimit "$@"
if command -v h2load redis-cli redis-benchmark >/dev/null; then
  exec bench/ratelimit_redis.py build/release/bin/portico
fi
echo "without h2load and redis-tools limits in Redis are not measured"
