#!/usr/bin/env bash
# fuzz.sh SECONDS [NAME]: searches with each fuzzer, or with the named one, for so long. What it learns
# stays in build/fuzz/corpus; what it finds belongs into tests/fuzz/corpus/NAME once it is repaired.
set -euo pipefail
seconds="$1"
only="${2:-}"

ran=0
failed=()
for program in build/fuzz/bin/*_fuzzer; do
  [ -x "$program" ] || continue
  name="$(basename "$program" _fuzzer)"
  [ -z "$only" ] || [ "$only" = "$name" ] || continue
  ran=$((ran + 1))

  seeds="tests/fuzz/corpus/$name"
  learned="build/fuzz/corpus/$name"
  findings="build/fuzz/findings/$name"
  mkdir -p "$learned" "$findings"
  arguments=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
    -artifact_prefix="$findings/" "$learned")
  [ ! -d "$seeds" ] || arguments+=("$seeds")
  [ ! -f "tests/fuzz/$name.dict" ] || arguments+=(-dict="tests/fuzz/$name.dict")

  echo "fuzz: $name for $seconds s"
  log="build/fuzz/$name.log"
  if "$program" "${arguments[@]}" >"$log" 2>&1; then
    grep -E '^stat::(number_of_executed_units|average_exec_per_sec)' "$log" || true
  else
    tail -n 40 "$log"
    failed+=("$name")
  fi
done

if [ "$ran" -eq 0 ]; then
  echo "fuzz: no fuzzer${only:+ named $only}" >&2
  exit 1
fi
if [ ${#failed[@]} -gt 0 ]; then
  echo "fuzz: ${failed[*]} failed; the inputs are in build/fuzz/findings" >&2
  exit 1
fi
