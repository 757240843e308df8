#!/usr/bin/env bash
# The binary promise: a plugin that was built with an SDK keeps loading.
#
#   corpus.sh keep BUILD     once for each SDK version, at its tag: keeps the sample plugin's binary and
#                            the description of the library's ABI in tests/corpus/sdk-VERSION
#   corpus.sh check BUILD    what is kept still loads, and nothing that it may use has gone or changed
#
# BUILD is the folder of a release build by the compiler of the packages (build/release).
set -euo pipefail
cd "$(dirname "$0")/.."

verb="${1:-}"
build="${2:-build/release}"
library="$build/lib/libportico.so"
sample="$build/lib/portico/plugins/hello.so"

# describe FILE: the ABI of what the library exports, as far as the SDK's headers show it.
describe() {
  abidw --exported-interfaces-only --headers-dir core/include/portico --drop-private-types \
    --no-show-locs --no-corpus-path --no-comp-dir-path --no-elf-needed --out-file "$1" "$library"
}

keep() {
  local major minor place
  major="$(sed -n 's/.*SdkMajor = \([0-9]*\);/\1/p' core/include/portico/api.h)"
  minor="$(sed -n 's/.*SdkMinor = \([0-9]*\);/\1/p' core/include/portico/api.h)"
  place="tests/corpus/sdk-$major.$minor"
  if [ -e "$place" ]; then
    echo "$place is there already: what was published is never replaced"
    return 1
  fi
  mkdir -p "$place"
  strip --strip-unneeded -o "$place/hello.so" "$sample"
  chmod 644 "$place/hello.so"
  describe "$place/libportico.abi"
  xz -9 "$place/libportico.abi"
  ls -l "$place"
}

# loads PLACE: the real program accepts the binary, and a file that uses it.
loads() {
  local folder
  folder="$(mktemp -d)"
  cp "$1/hello.so" "$folder/hello.so"
  cp tests/plugins/hello/hello.yaml "$folder/portico.yaml"
  "$build/bin/portico" plugin verify "$folder/hello.so" &&
    PLUGIN_FILE="$folder/hello.so" STATE_DIRECTORY="$folder" "$build/bin/portico" check -c "$folder/portico.yaml"
  local result=$?
  rm -r "$folder"
  return $result
}

check() {
  local place folder failed=0
  folder="$(mktemp -d)"
  describe "$folder/now.abi"
  for place in tests/corpus/sdk-*; do
    [ -d "$place" ] || continue
    loads "$place" || failed=1
    # Additions are what a minor version is for.
    xz -dc "$place/libportico.abi.xz" >"$folder/then.abi"
    abidiff --no-added-syms "$folder/then.abi" "$folder/now.abi" || failed=1
  done
  rm -r "$folder"
  return $failed
}

case "$verb" in
  keep) keep ;;
  check) check ;;
  *)
    sed -n '2,9s/^# \{0,1\}//p' "$0"
    exit 64
    ;;
esac
