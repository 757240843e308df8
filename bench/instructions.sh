#!/usr/bin/env bash
# Instructions for each request beside what is committed; --accept commits to what they are now.
set -euo pipefail
cd "$(dirname "$0")/.."
exec bench/instructions.py build/release/bin/portico "$@"
