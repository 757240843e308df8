#!/usr/bin/env bash
# Refreshes and sign-ups in a second, beside a bare loop of the same statements. Arguments: as of
# bench/accounts.cpp, without the folder.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_accounts >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
build/release/bin/portico_bench_accounts "$folder" "$@"
