#!/usr/bin/env bash
# postgres.sh FOLDER [OPTION...]: a PostgreSQL of a test's own, in this process, with its socket in FOLDER, the
# superuser "tester" and what the options say. Everything is copied from a cluster that is made once; what is
# committed may be lost with the machine's power, which no test looks at. It ends with the process that started it.
set -euo pipefail
shopt -s nullglob

folder="$1"
shift
bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
# It refuses to be root.
as=(setpriv --pdeathsig QUIT)
owner=$(id -un)
if [ "$(id -u)" -eq 0 ]; then
  owner=postgres
  as=(setpriv --reuid postgres --regid postgres --clear-groups --pdeathsig QUIT)
fi
cd /

template="${TMPDIR:-/tmp}/portico-postgres-$("$bin/postgres" --version | tr -dc '0-9.')-$(id -u)"
if [ ! -O "$template" ] && [ "$(stat -c %U "$template" 2>/dev/null)" != "$owner" ]; then
  fresh=$(mktemp -d "$template.XXXXXX")
  chown "$owner" "$fresh"
  "${as[@]}" "$bin/initdb" -D "$fresh/data" -U tester --auth trust --encoding UTF8 --locale C --no-sync >&2
  # Whoever is first; the others use that one.
  mv -T "$fresh" "$template" 2>/dev/null || rm -rf "$fresh"
fi
if [ ! -d "$folder/data" ]; then
  cp -a "$template/data" "$folder/data"
  chown "$owner" "$folder" "$folder"/*.key
fi
exec "${as[@]}" "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off \
  -c shared_buffers=16MB -c max_connections=40 -c autovacuum=off "$@"
