#!/usr/bin/env bash
# What a configuration of 10 000 routes costs to load, against bare yaml-cpp. Arguments: routes, runs.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release --target portico_bench_config_load >/dev/null
exec build/release/bench/portico_bench_config_load "$@"
