#!/usr/bin/env bash
# A fixed reply over keep-alive beside nginx's, and with 10 000 routes beside one.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tools/install.sh
. tools/install.sh
unpack_peer nginx usr/sbin/nginx
exec bench/fixed_reply.py build/release/bin/portico "$PWD/build/peers/usr/sbin/nginx" "$@"
