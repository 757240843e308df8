#!/usr/bin/env bash
# Changes a serving gateway under every kind of traffic for a long time: the tests below, at length.
# tools/soak.sh BUILD SECONDS
set -euo pipefail
build="$1"
export PORTICO_SOAK_SECONDS="$2"
export PORTICO_BINARY="$build/bin/portico" PORTICO_BUILD_DIR="$build" PORTICO_SOURCE_DIR="$PWD"

for test in reload takeover; do
  echo "== $test"
  "tests/e2e/${test}_test.py"
done
