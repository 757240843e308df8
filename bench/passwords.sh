#!/usr/bin/env bash
# Passwords hashed in a second, beside a bare loop of libargon2. Arguments: as of bench/passwords.cpp.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_passwords >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
exec build/release/bin/portico_bench_passwords "$@"
