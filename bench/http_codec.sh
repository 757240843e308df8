#!/usr/bin/env bash
# What reading and writing an HTTP/1 head costs, beside Debian's http-parser.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_http_codec >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
exec build/release/bin/portico_bench_http_codec "$@"
