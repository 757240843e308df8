#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Refreshes and sign-ups in a second on PostgreSQL, through the real chain, beside pgbench with the same statements:
both over one connection, in turn, at synchronous_commit=on, by the clock on the wall. pgbench hashes no password, so
the time of a hash is added to each of its sign-ups. Ours is to be at least half. Arguments: operations in each round
(500), rounds (9)."""
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

from accounts_errands import CHEAP_HASHES, Errands, Postgres, add_crowd, build

LEAST = 0.5
# With so many the server plans as it does in use; a plan made for an empty table is kept while the table grows.
USERS = 1000
# As PostgreSQL gets them from the gateway, in that order; but the counter stays, for the gateway knows the next token.
REFRESH = """
BEGIN ISOLATION LEVEL SERIALIZABLE;
UPDATE auth_sessions SET refresh_counter = refresh_counter, mac_kid = 1, last_rotated_at = last_rotated_at + 1,
  last_seen_at = last_rotated_at + 1, idle_expires_at = idle_expires_at + 1 WHERE id = :session AND refresh_counter >= 0
  AND revoked_at IS NULL AND idle_expires_at > 0 AND expires_at > 0 RETURNING *;
SELECT * FROM auth_users WHERE id = :user;
COMMIT;
SELECT * FROM auth_users WHERE id = :user;
"""
TALLY = """
INSERT INTO auth_login_throttle AS t (digest, failures, last_at, free_at) VALUES ('{digest}', 1, 1, 1)
  ON CONFLICT (digest) DO UPDATE SET failures = t.failures + 1, last_at = excluded.last_at,
  free_at = CASE WHEN t.free_at > excluded.last_at THEN t.free_at + excluded.free_at - excluded.last_at
  ELSE excluded.free_at END WHERE t.free_at <= 1;
"""
SIGN_UP = """
\\set number random(1000000000, 9000000000000000000)
SELECT failures, last_at, free_at FROM auth_login_throttle WHERE digest = 'address';
SELECT failures, last_at, free_at FROM auth_login_throttle WHERE digest = 'everyone';
BEGIN ISOLATION LEVEL SERIALIZABLE;
""" + TALLY.format(digest="address") + TALLY.format(digest="everyone") + """
INSERT INTO auth_users (id, email, email_norm, status, email_verified_at, created_at, updated_at) VALUES (:number,
  :number, :number, 'active', 1, 1, 1) ON CONFLICT (email_norm) DO NOTHING;
INSERT INTO auth_credentials (id, user_id, kind, secret, created_at, updated_at) VALUES (:number, :number, 'password',
  'a hash has about a hundred characters, and so has this text, for it is to fill the pages as a hash does', 1, 1)
  ON CONFLICT (user_id) WHERE kind = 'password' DO UPDATE SET secret = excluded.secret,
  updated_at = excluded.updated_at;
INSERT INTO auth_audit_log (id, at, actor_type, actor_id, action, outcome, ip, pii_salt, pii_digest) VALUES (:number, 1,
  'user', :number, 'signup', 'success', '192.0.2.1', decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'));
INSERT INTO portico_outbox (id, source, event, key, payload, created_at, available_at, attempts) VALUES (:number,
  'auth', 'auth.user_created', :number, '{}', 1, 1, 0);
SELECT * FROM auth_users WHERE id = :number;
COMMIT;
"""


class Bare:
    def __init__(self, database, home):
        self.database = database
        self.home = pathlib.Path(home)
        session, user = self.ask("SELECT id, user_id FROM auth_sessions ORDER BY created_at DESC LIMIT 1").split("|")
        self.variables = [f"-Dsession={session}", f"-Duser={user}"]

    def ask(self, text):
        return subprocess.run(["psql", "-qXAt", "-d", self.database.url, "-c", text], capture_output=True, text=True,
                              check=True).stdout.strip()

    def rate(self, script, times):
        file = self.home / "script.sql"
        file.write_text(script)
        done = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", "1", "-t", str(times), "-f", file,
                               *self.variables, self.database.url], capture_output=True, text=True)
        found = re.search(r"^tps = ([\d.]+) \(without initial", done.stdout, re.MULTILINE)
        if done.returncode != 0 or not found:
            sys.exit(done.stdout + done.stderr)
        return float(found.group(1))


def show(what, ours, bare):
    ratio = statistics.median(one / other for one, other in zip(ours, bare))
    fine = ratio >= LEAST
    print(f"{what:10} {statistics.median(ours):9.0f} /s, pgbench {statistics.median(bare):9.0f} /s, ratio {ratio:.2f}"
          f"{'' if fine else '   MISSED'}", flush=True)
    return fine


def measure(database, home, operations, rounds):
    ours = Errands("portico_bench_accounts_errands", database.url, crowd=USERS, settings=CHEAP_HASHES)
    ours.run("sign-up", 1)
    add_crowd(database, USERS)
    ours.run("login", 1)
    bare = Bare(database, home)
    refreshes, sign_ups, hashes = ([], []), ([], []), []
    for _ in range(rounds):
        refreshes[0].append(ours.run("refresh", operations)[0])
        refreshes[1].append(bare.rate(REFRESH, operations))
        sign_ups[0].append(ours.run("sign-up", operations // 4)[0])
        hashes.append(1 / ours.run("hash", 50)[0])
        sign_ups[1].append(1 / (1 / bare.rate(SIGN_UP, operations // 4) + hashes[-1]))
    ours.stop()
    print(f"a hash takes {1e3 * statistics.median(hashes):.1f} ms of each sign-up")
    return all([show("refresh", *refreshes), show("sign-up", *sign_ups)])


def main():
    operations = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    build("portico_bench_accounts_errands")
    with tempfile.TemporaryDirectory() as home:
        pathlib.Path(home).chmod(0o755)
        database = Postgres(home)
        try:
            return 0 if measure(database, home, operations, rounds) else 1
        finally:
            database.stop()


sys.exit(main())
