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
# A day before now, as the test's clock has it, and what a login from 192.0.2.1 leaves behind.
LOGINS = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {users})
INSERT INTO auth_users (id, email, email_norm, status, email_verified_at, created_at, updated_at)
SELECT {id}, 'u' || CAST(i AS TEXT) || '@example.com', 'u' || CAST(i AS TEXT) || '@example.com', 'active', {then},
  {then}, {then} FROM n;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {users})
INSERT INTO auth_credentials (id, user_id, kind, secret, created_at, updated_at)
SELECT {id}, {id}, 'password', (SELECT secret FROM auth_credentials LIMIT 1), {then}, {then} FROM n;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {users})
INSERT INTO auth_sessions (id, user_id, mac_kid, amr, ip_net, ua_hash, last_rotated_at, auth_time, created_at,
  last_seen_at, idle_expires_at, expires_at)
SELECT {id}, {id}, 1, 'pwd', '192.0.2.0/24', 'none', {then}, {then}, {then}, {then}, {then} + 1209600000000,
  {then} + 7776000000000 FROM n
"""
# Lower than those that are made now, as older ones are.
ID = "'00000000-0000-7000-8000-' || CAST(100000000000 + i AS TEXT)"
THEN = 1_699_900_000_000_000

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


def add_crowd(database, users):
    """u0@example.com and so on, each with the hash of somebody who signed up before."""
    database.run(LOGINS.format(users=users, id=ID, then=THEN))
