#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What it takes to accept a message (bench/notify.cpp), on SQLite and on PostgreSQL, whose commits are on the disk.
Arguments: messages in each round (50), rounds (40)."""
import pathlib
import subprocess
import sys
import tempfile

from accounts_errands import BUILD, Postgres, Sqlite, build


def main():
    build("portico_bench_notify")
    arguments = sys.argv[1:] or ["50", "40"]
    missed = 0
    for engine in (Sqlite, Postgres):
        with tempfile.TemporaryDirectory() as home:
            pathlib.Path(home).chmod(0o755)
            database = engine(home)
            try:
                print(f"{engine.name}: ", end="", flush=True)
                missed |= subprocess.run([BUILD / "bin/portico_bench_notify", database.url, *arguments]).returncode
            finally:
                database.stop()
    return missed


sys.exit(main())
