#!/usr/bin/env bash
# A fixed reply over keep-alive beside nginx's, and with 10 000 routes beside one. nginx is unpacked and not
# installed: its package would start a server.
set -euo pipefail
cd "$(dirname "$0")/.."
peers="$PWD/build/peers"
if [ ! -x "$peers/usr/sbin/nginx" ]; then
  mkdir -p "$peers"
  (cd "$peers" && apt-get download -qq nginx && dpkg -x nginx_*.deb .)
fi
exec bench/fixed_reply.py build/release/bin/portico "$peers/usr/sbin/nginx" "$@"
