#!/usr/bin/env bash
# A stranger's first plugin: the installed program makes it, the installed SDK builds it, and its own
# tests pass. Needs PORTICO_BUILD_DIR; works in a folder that it removes.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -r "$folder"' EXIT
cached() { sed -n "s/^$1:[A-Z]*=//p" "$PORTICO_BUILD_DIR/CMakeCache.txt"; }

cmake --install "$PORTICO_BUILD_DIR" --prefix "$folder/installed" >"$folder/log" || {
  cat "$folder/log"
  exit 1
}

flags=""
if [ -n "$(cached PORTICO_SANITIZE)" ]; then flags="-fsanitize=$(cached PORTICO_SANITIZE)"; fi
if [ "$(cached PORTICO_COVERAGE)" = ON ]; then flags="-fprofile-instr-generate"; fi

# What Portico was built with is there; make need not be.
export CMAKE_GENERATOR=Ninja

cd "$folder"
installed/bin/portico plugin new rate_card
cd rate_card
cmake -B build -DCMAKE_PREFIX_PATH="$folder/installed" -DCMAKE_CXX_COMPILER="$(cached CMAKE_CXX_COMPILER)" \
  -DCMAKE_CXX_FLAGS="-Werror $flags"
cmake --build build
ctest --test-dir build --output-on-failure --no-tests=error | tee ctest.log
for test in rate_card.verify rate_card.check RateCard.GreetsByName; do
  grep -q "$test .*Passed" ctest.log
done
