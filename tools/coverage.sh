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

# at_least PERCENT WHAT FIGURE ARGUMENT...: whether that share of what llvm-cov reports is reached.
at_least() {
  local percent="$1" what="$2" figure="$3"
  shift 3
  llvm-cov-16 export -summary-only "$@" | python3 -c '
import json, sys
percent, what, figure = float(sys.argv[1]), sys.argv[2], sys.argv[3]
total = json.load(sys.stdin)["data"][0]["totals"][figure]
reached = 100 * total["covered"] / max(total["count"], 1)
fine = total["count"] > 0 and reached >= percent
verdict = "ok" if fine else "NOT REACHED"
print(f"{what}: {reached:.2f} % of the {figure}, at least {percent:g} %: {verdict}")
sys.exit(not fine)' "$percent" "$what" "$figure" || status=1
}

# The driver keeps the promises made to plugins: every branch of it is reached.
llvm-cov-16 report "${common[@]}" -show-region-summary=false "$PWD/core/src/pipeline"
at_least 100 "the driver" branches "${common[@]}" "$PWD/core/src/pipeline"

# A fuzzer learns from its seeds: theirs alone lead through the codec.
codec=()
for fuzzer in http_request http_response http_body; do
  LLVM_PROFILE_FILE="$out/codec-$fuzzer.profraw" "$out/bin/${fuzzer}_fuzzer" "tests/fuzz/corpus/$fuzzer" >/dev/null
  codec+=(-object "$out/bin/${fuzzer}_fuzzer")
done
llvm-profdata-16 merge -sparse "$out"/codec-*.profraw -o "$out/codec.profdata"
at_least 95 "the seeds of the codec's fuzzers" lines -instr-profile="$out/codec.profdata" \
  -compilation-dir="$PWD" "${codec[@]:1}" "$PWD/core/src/http/h1"
exit "$status"
