#!/usr/bin/env bash
# The comparison with other gateways still measures: for a moment, without those that would have to be fetched.
set -euo pipefail
source="$PORTICO_SOURCE_DIR" build="$PORTICO_BUILD_DIR/bin"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

none="$results/none"
"$source/bench/proxy/measure.py" bare-16 upload latency --seconds 0.2 --pairs 2 --gateways relay,nginx \
  --results "$results" --upstream "$build/portico_bench_upstream" --relay "$build/portico_bench_relay" \
  --portico "$PORTICO_BINARY" --nginx "$none" --haproxy "$none" --caddy "$none" --express "$none"

grep -q "nginx: $none is not there" "$results/RESULTS.md" # A gateway that cannot start is named, never made up.
rows=$(grep -c '^| relay | [0-9.]*[1-9]' "$results/RESULTS.md")
[ "$rows" -eq 3 ] || { echo "$rows of 3 cases were measured" >&2; exit 1; }
