# install_missing GROUP...: installs what is missing of those groups. Sourced by dev.
# shellcheck shell=bash

packages_of() {
  case "$1" in
    compiler) echo g++ cmake ninja-build ccache ;;
    libraries) echo libpoco-dev libyaml-cpp-dev rapidjson-dev libssl-dev libwslay-dev libc-ares-dev libre2-dev libsodium-dev libhiredis-dev libpq-dev libsqlite3-dev libargon2-dev libcrypt-dev libzxcvbn-dev ;;
    tests) echo libgtest-dev libgmock-dev python3-jsonschema python3-yaml curl openssl abigail-tools xz-utils libhttp-parser-dev valgrind dnsmasq-base nghttp2-client redis-tools postgresql libical-dev tzdata fakeroot libsasl2-2 libdb5.3 libnsl2 libicu72 ;;
    clang) echo clang-16 libclang-rt-16-dev llvm-16 ;;
    lint) echo git clang-format-16 clang-tidy-16 shellcheck ;;
    packages) echo git dpkg-dev debhelper fakeroot lintian rpm rpmlint ;;
    bench) echo python3 nghttp2-client util-linux valgrind openssl redis-tools postgresql ;;
    express) echo nodejs npm ;;
    chroot) echo debootstrap ;;
  esac
}

purpose_of() {
  case "$1" in
    compiler) echo "to compile" ;;
    libraries) echo "what Portico stands on" ;;
    tests) echo "to test" ;;
    clang) echo "for fuzzing, coverage and the second compiler" ;;
    lint) echo "to check format and rules" ;;
    packages) echo "to build deb and rpm" ;;
    bench) echo "to measure beside other servers" ;;
    express) echo "to measure beside Express" ;;
    chroot) echo "to try the packages on a fresh system" ;;
  esac
}

install_missing() {
  if ! command -v dpkg-query >/dev/null; then
    not_debian "$@"
    return
  fi
  local installed group package missing=() absent
  # shellcheck disable=SC2046 # one word per package
  installed=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' \
    $(for group in "$@"; do packages_of "$group"; done) 2>/dev/null || true)"
  for group in "$@"; do
    absent=()
    for package in $(packages_of "$group"); do
      [[ "$installed" == *" installed:$package "* ]] || absent+=("$package")
    done
    [ ${#absent[@]} -eq 0 ] && continue
    echo "$group ($(purpose_of "$group")): ${absent[*]}"
    missing+=("${absent[@]}")
  done
  [ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}"
}

apt_install() {
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "dev: neither root nor sudo; run as root: apt-get install $*" >&2
      exit 1
    fi
    root=(sudo)
  fi
  # The lists may be missing or too old to be of use; only then are they fetched.
  local install=("${root[@]}" env DEBIAN_FRONTEND=noninteractive
    apt-get install -y --no-install-recommends "$@")
  mkdir -p build
  if apt-get install -s --no-install-recommends "$@" >/dev/null 2>&1 &&
    "${install[@]}" >build/install.log 2>&1; then
    return
  fi
  if ! { "${root[@]}" apt-get update && "${install[@]}"; } >build/install.log 2>&1; then
    tail -n 20 build/install.log >&2
    exit 1
  fi
}

# Elsewhere than on Debian and its kin nothing is installed: CMake says what it cannot find.
not_debian() {
  local group
  echo "dev: no dpkg here; this needs, under Debian's names:" >&2
  for group in "$@"; do
    echo "  $group ($(purpose_of "$group")): $(packages_of "$group")" >&2
  done
}

# unpack_peer PACKAGE FILE: the package in build/peers, unless its FILE is there. Servers are unpacked and
# not installed: their packages would start them.
unpack_peer() {
  local package="$1" file="build/peers/$2"
  [ ! -e "$file" ] || return 0
  if ! command -v dpkg-query >/dev/null; then
    echo "dev: no dpkg here; put $package's $2 into build/peers" >&2
    return 0
  fi
  echo "$package: unpacked into build/peers, to test against"
  mkdir -p build/peers
  (cd build/peers && apt-get download -qq -o APT::Sandbox::User=root "$package" && dpkg -x "$package"_*.deb . && rm "$package"_*.deb)
}
