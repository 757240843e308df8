# SPDX-License-Identifier: Apache-2.0
"""Accounts in process, on either engine, that do what they are told (bench/accounts_errands.cpp)."""
import os
import pathlib
import sqlite3
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
BUILD = REPOSITORY / "build/release"
CHEAP_HASHES = "password: {argon2: {memory: 7MiB, passes: 1}}, "
# Of a PostgreSQL as it comes, and unlike that of the tests: what is committed is on the disk.
AS_IT_COMES = ["-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "shared_buffers=128MB"]

os.environ.setdefault("PORTICO_SOURCE_DIR", str(REPOSITORY))
sys.path.insert(0, str(REPOSITORY / "tests/e2e"))


def build(*targets):
    made = subprocess.run(["cmake", "--build", BUILD, "--target", *targets], capture_output=True, text=True)
    if made.returncode != 0:
        sys.exit(made.stdout + made.stderr)


class Errands:
    def __init__(self, program, url, crowd=1, settings=""):
        self.child = subprocess.Popen([BUILD / "bin" / program, url, str(crowd), settings], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True)

    def run(self, what, times):
        """How many go into a second, and the median of what one takes in microseconds."""
        self.child.stdin.write(f"{what} {times}\n")
        self.child.stdin.flush()
        line = self.child.stdout.readline()
        if not line:
            sys.exit(f"no answer to {what}")
        return tuple(float(each) for each in line.split())

    def stop(self):
        self.child.stdin.close()
        self.child.wait()


class Sqlite:
    name = "SQLite"

    def __init__(self, home):
        self.file = pathlib.Path(home) / "accounts.db"
        self.url = f"sqlite:{self.file}"

    def run(self, text):
        database = sqlite3.connect(self.file)
        with database:
            for statement in text.split(";"):
                database.execute(statement)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    def stop(self):
        pass


class Postgres:
    name = "PostgreSQL"

    def __init__(self, home):
        import postgres_server

        self.home = pathlib.Path(home) / "server"
        self.server = postgres_server.Postgres(self.home, AS_IT_COMES)
        self.url = self.server.url

    def run(self, text):
        done = subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", self.url, "-c", text, "-c",
                               "VACUUM ANALYZE"], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr)

    def stop(self):
        self.server.stop()
