#!/usr/bin/env bash
# Format, static analysis and the rules of the house: all of them, then the verdict.
# With file names: format and static analysis of those alone.
set -euo pipefail

failed=()
check() { # NAME COMMAND...
  local name="$1"
  shift
  if "$@"; then
    echo "ok      $name"
  else
    echo "FAILED  $name"
    failed+=("$name")
  fi
}

# files PATTERN...: tracked or new, and present.
files() {
  local file
  git ls-files -co --exclude-standard -- "$@" | while read -r file; do
    if [ -f "$file" ]; then echo "$file"; fi
  done
}

format() {
  printf '%s\n' "$@" | xargs -r -P 2 -n 20 clang-format-16 --dry-run -Werror --ferror-limit=1 && return
  echo "clang-format-16 -i FILE formats a file"
  return 1
}

# Each file as the release build compiles it.
tidy() {
  local log=build/tidy.log
  if run-clang-tidy-16 -quiet -p build/release -j 2 "${@/#/^$PWD/}" >"$log" 2>/dev/null; then return; fi
  grep -v -e '^clang-tidy-16' -e '^$' "$log" | sed "s|$PWD/||g"
  return 1
}

floors() { files 'core/src/*.h' 'core/src/*.cpp' | xargs -r awk -f tools/floors.awk; }

# A file of more than 300 lines is to be split; one of more than 500 is refused.
lengths() {
  files '*.h' '*.cpp' '*.cmake' '*.sh' '*.py' dev | xargs -r wc -l |
    awk '$2 != "total" && $1 > 300 { print $2 ": " $1 " lines, split it"; if ($1 > 500) failed = 1 }
         END { exit failed }'
}

# refuse PATTERN REASON PATH...: no line of the named files matches.
refuse() {
  local pattern="$1" reason="$2"
  shift 2
  if files "$@" | xargs -r grep -nE "$pattern" /dev/null; then
    echo "$reason"
    return 1
  fi
}

rules() {
  local code=('core/*.h' 'core/*.cpp' 'plugins/*.h' 'plugins/*.cpp') sdk=('core/include/*.h') bad=0
  refuse '\bco_(await|return|yield)\b' 'g++ 12 miscompiles coroutines; use Flow.' "${code[@]}" || bad=1
  refuse 'std::w?regex|<regex>' 'std::regex recurses on its input; use RE2.' "${code[@]}" || bad=1
  refuse '\bsleep_(for|until)\b|\bu?sleep\(' 'A sleeping thread serves nobody; use a timer.' "${code[@]}" || bad=1
  refuse '\bdlclose\(' 'Code of a plugin stays mapped for good.' "${code[@]}" || bad=1
  refuse '#include *<(Poco|yaml-cpp|openssl|rapidjson|hiredis)' 'The SDK shows no type of another library.' \
    "${sdk[@]}" || bad=1
  refuse '\b(TODO|FIXME|XXX)\b' 'What is missing goes to the tracker.' "${code[@]}" 'tests/*.cpp' 'tests/*.h' || bad=1
  refuse $'\t| +$' 'Tabs and trailing blanks.' "${code[@]}" 'tests/*.cpp' 'tests/*.h' || bad=1
  return $bad
}

# Every header is included once, by the pragma.
pragma_once() {
  local file bad=0
  while read -r file; do
    if ! grep -q '^#pragma once$' "$file"; then
      echo "$file: no #pragma once"
      bad=1
    fi
  done < <(files 'core/*.h' 'plugins/*.h' 'tests/*.h')
  return $bad
}

shell() {
  local scripts
  scripts=$(files | xargs -r grep -lE -m1 '^#!.*\b(ba)?sh\b' 2>/dev/null || true)
  # shellcheck disable=SC2086 # one name per word
  shellcheck -x $scripts
}

sources=()
if [ $# -gt 0 ]; then
  sources=("$@")
else
  mapfile -t sources < <(files '*.h' '*.cpp')
fi
mapfile -t units < <(printf '%s\n' "${sources[@]}" | grep -E '^(core|plugins)/.*\.cpp$' || true)

check format format "${sources[@]}"
if [ $# -eq 0 ]; then
  check floors floors
  check lengths lengths
  check rules rules
  check pragma-once pragma_once
  check shell shell
fi
if [ ${#units[@]} -gt 0 ]; then check tidy tidy "${units[@]}"; fi

if [ ${#failed[@]} -gt 0 ]; then
  echo "lint: ${failed[*]} failed" >&2
  exit 1
fi
