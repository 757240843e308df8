#!/usr/bin/env bash
# Builds the deb and the rpm packages from a clean copy of the tree into build/packages/.
set -euo pipefail

version="$(sed -n 's/^project(Portico VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)"
abi="${version%.*}"
out="$PWD/build/packages"
work="$out/work"
tree="$work/portico-$version"

# expect FILE PATTERN: a file that names another version would make a package that lies.
expect() {
  if ! grep -qE "$2" "$1"; then
    echo "package: $1 does not name version $version ($2)" >&2
    exit 1
  fi
}
expect packaging/debian/changelog "^portico \(${version//./\\.}\)"
expect packaging/debian/control "portico-plugin-abi-${abi//./\\.}$"
expect packaging/debian/rules "portico-plugin-abi-${abi//./\\.}$"
expect packaging/rpm/portico.spec "^Version: +${version//./\\.}$"
expect packaging/rpm/portico.spec "plugin-abi\) = ${abi//./\\.}$"

# What is committed, or, while something is not, what lies in the tree without what git ignores.
export_tree() {
  mkdir -p "$1"
  if [ -z "$(git status --porcelain)" ]; then
    git archive HEAD | tar -x -C "$1"
  else
    echo "package: the tree has changes that are not committed; they go in" >&2
    git ls-files -co --exclude-standard -z | while IFS= read -r -d '' file; do
      if [ -e "$file" ]; then printf '%s\0' "$file"; fi
    done | tar -c --null -T - | tar -x -C "$1"
  fi
}

# In a condition bash ignores errexit, hence the chains.
build_debs() {
  cp -r packaging/debian "$tree/debian" &&
    cp packaging/systemd/portico.{service,sysusers} "$tree/debian/" &&
    (cd "$tree" && dpkg-buildpackage -b -us -uc) &&
    mv "$work"/*.deb "$work"/*.buildinfo "$work"/*.changes "$out/"
}

build_rpms() {
  local top="$work/rpm" wanted=()
  # rpm's data base does not know what Debian installed.
  [ ! -e /etc/debian_version ] || wanted=(--nodeps)
  mkdir -p "$top/SOURCES" &&
    rm -rf "$tree" &&
    export_tree "$tree" &&
    tar -C "$work" -czf "$top/SOURCES/portico-$version.tar.gz" "portico-$version" &&
    rpmbuild -ba "${wanted[@]}" --define "_topdir $top" packaging/rpm/portico.spec &&
    mv "$top"/RPMS/*/*.rpm "$top"/SRPMS/*.rpm "$out/"
}

# Both builds compile the same sources in folders of their own.
export CCACHE_DIR="${CCACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/ccache}"
export CCACHE_BASEDIR="$out" CCACHE_NOHASHDIR=1

rm -rf "$out"
export_tree "$tree"
echo "package: debs"
build_debs >"$out/deb.log" 2>&1 || { tail -n 40 "$out/deb.log" >&2; exit 1; }
echo "package: rpms"
build_rpms >"$out/rpm.log" 2>&1 || { tail -n 40 "$out/rpm.log" >&2; exit 1; }
rm -rf "$work"

status=0
echo "package: lintian"
lintian --fail-on error,warning --tag-display-limit 0 "$out"/*.changes || status=1
echo "package: rpmlint"
rpmlint --strict -r packaging/rpm/portico.rpmlintrc "$out"/*.rpm || status=1
(cd "$out" && ls -- *.deb *.rpm)
exit "$status"
