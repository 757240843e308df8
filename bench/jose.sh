#!/usr/bin/env bash
# jose.sh [SECONDS [ROUNDS]]: tokens verified in a second of processor time, pinned, beside what `openssl
# speed` gets out of the same library in turns with it, and without hashing anything.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${1:-3}"
rounds="${2:-5}"
cmake --build build/release --target portico_bench_jose >build/bench.log || {
  cat build/bench.log >&2
  exit 1
}
cpu=$(($(nproc) - 1))
pinned() { taskset -c "$cpu" "$@"; }
ours() { pinned build/release/bin/portico_bench_jose "$@"; }

# Verifications a second: the last field of the last line, in both kinds of table.
openssl_rate() { pinned openssl speed -seconds "$seconds" "$1" 2>/dev/null | awk 'END { print $NF }'; }

median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

printf '%-6s %14s %14s %14s %10s %10s\n' '' 'openssl speed' 'signature' 'whole token' 'ratio' 'whole'
for pair in ES256:ecdsap256 RS256:rsa2048; do
  kind="${pair%:*}"
  ratios=()
  wholes=()
  for ((round = 0; round < rounds; ++round)); do
    theirs=$(openssl_rate "${pair#*:}")
    read -r signature whole < <(ours "$kind" "$seconds")
    ratios+=("$(awk -v a="$signature" -v b="$theirs" 'BEGIN { printf "%.3f", a / b }')")
    wholes+=("$(awk -v a="$whole" -v b="$theirs" 'BEGIN { printf "%.3f", a / b }')")
    printf '%-6s %14s %14s %14s %10s %10s\n' \
      "$kind" "$theirs" "$signature" "$whole" "${ratios[-1]}" "${wholes[-1]}"
  done
  printf '%-6s median ratio %s (to be at least 0.85), of whole tokens %s\n' "$kind" \
    "$(printf '%s\n' "${ratios[@]}" | median)" "$(printf '%s\n' "${wholes[@]}" | median)"
done
for kind in EdDSA HS256; do
  read -r signature whole < <(ours "$kind" "$seconds")
  printf '%-6s %14s %14s %14s\n' "$kind" '' "$signature" "$whole"
done
printf 'signed %14s %14s\n' '' "$(ours sign "$seconds")"
