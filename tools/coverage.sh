#!/usr/bin/env bash
# Runs the tests of the coverage build and prints, per file, the lines that they reach.
# The same as pages: build/coverage/report/index.html.
set -euo pipefail
out="$PWD/build/coverage"

rm -rf "$out/profiles" "$out/report"
mkdir -p "$out/profiles"
status=0
LLVM_PROFILE_FILE="$out/profiles/%m-%p.profraw" \
  ctest --test-dir build/coverage --output-on-failure -j2 || status=$?

find "$out/profiles" -name '*.profraw' >"$out/profiles.txt"
llvm-profdata-16 merge -sparse --input-files="$out/profiles.txt" -o "$out/all.profdata"

objects=()
for binary in "$out"/bin/* "$out"/lib/libportico.so "$out"/lib/portico/plugins/*.so; do
  [ -f "$binary" ] && [ -x "$binary" ] && objects+=(-object "$binary")
done
common=(-instr-profile="$out/all.profdata" -compilation-dir="$PWD"
  -ignore-filename-regex='(^|/)(tests|build)/|_test\.cpp$|^/usr/' "${objects[@]:1}")
llvm-cov-16 show "${common[@]}" -format=html -output-dir="$out/report" >/dev/null
llvm-cov-16 report "${common[@]}" -show-region-summary=false -show-branch-summary=false
# The driver keeps the promises made to plugins: every branch of it is reached.
llvm-cov-16 report "${common[@]}" -show-region-summary=false "$PWD/core/src/pipeline"
exit "$status"
