#!/usr/bin/env bash
# exported_only.sh LIBPORTICO PLUGIN.so...: plugins use what the library exports and the SDK's headers
# declare, and nothing else of core. First-party plugins prove with it that the SDK suffices.
set -euo pipefail

library="$1"
shift
root="$(cd "$(dirname "$0")/.." && pwd)"
headers=("$root"/core/include/portico/*.h)
failed=0
# What only the program calls.
program='^portico::cli::main\('

fail() {
  echo "$1"
  failed=1
}

names() { nm -D --format=just-symbols "$@" | sed 's/@.*//' | sort -u; }

# Whether an SDK header declares the function, class or variable behind a mangled name.
declared() {
  local name
  name="$(c++filt "$1" | sed 's/\[abi:[a-z0-9]*\]//g')"
  if [[ "$name" =~ $program ]]; then return 0; fi
  # Tables and names of a class are there when the class is.
  name="${name#vtable for }"
  name="${name#typeinfo for }"
  name="${name#typeinfo name for }"
  name="${name%%(*}"
  name="${name##*::}"
  grep -qE "(^|[^A-Za-z0-9_])${name//[^A-Za-z0-9_]/.}([^A-Za-z0-9_]|$)" "${headers[@]}"
}

exported="$(names --defined-only "$library")"

for symbol in $(grep -E '^_ZN?K?7portico|^_ZNK7portico|^_ZT[VIS]N7portico' <<<"$exported" || true); do
  declared "$symbol" || fail "$(basename "$library") exports $(c++filt "$symbol"), which no SDK header declares"
done

for plugin in "$@"; do
  needed="$(names --undefined-only "$plugin" | grep -E '7portico|^portico_' || true)"
  for symbol in $(comm -23 <(sort -u <<<"$needed") <(echo "$exported")); do
    fail "$(basename "$plugin") needs $(c++filt "$symbol"), which $(basename "$library") does not export"
  done
done

# A mark in core's own headers would export what no SDK header shows.
if grep -rn 'PORTICO_API' "$root/core/src" --include='*.h' --include='*.cpp' | grep -v 'core/src/cli/main\.h:'; then
  fail 'PORTICO_API belongs into the SDK headers'
fi
exit $failed
