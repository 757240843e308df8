#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a login and a refresh take among 1 000 000 users, beside what they take among 1 000: at most 1.3 times that, on
SQLite and on PostgreSQL as they come. Both databases are asked in turn, by the clock on the wall. Most of a login is
its hash; "unhashed" is the same login without. Arguments: users (1000000), operations in each round (200), rounds
(9)."""
import pathlib
import statistics
import sys
import tempfile

from accounts_errands import Errands, Postgres, Sqlite, build

FEW = 1000
MOST = 1.3
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


class Site:
    def __init__(self, engine, home, users):
        pathlib.Path(home).mkdir()
        pathlib.Path(home).chmod(0o755)
        self.database = engine(home)
        self.usual = Errands("portico_bench_accounts_errands", self.database.url, users)
        # Somebody whose hash all others get.
        self.usual.run("sign-up", 1)
        self.database.run(LOGINS.format(users=users, id=ID, then=THEN))
        self.unhashed = Errands("portico_bench_accounts_unhashed", self.database.url, users)

    def stop(self):
        self.usual.stop()
        self.unhashed.stop()
        self.database.stop()


def show(what, few, many):
    ratio = statistics.median(one / other for one, other in zip(many, few))
    fine = ratio <= MOST
    print(f"{what:26} {statistics.median(few):9.0f} us, among many {statistics.median(many):9.0f} us, ratio {ratio:.2f}"
          f"{'' if fine else '   MISSED'}", flush=True)
    return fine


def measure(engine, home, users, operations, rounds):
    sites = Site(engine, f"{home}/few", FEW), Site(engine, f"{home}/many", users)
    work = {"login": lambda site: site.usual.run("login", operations // 4),
            "login, unhashed": lambda site: site.unhashed.run("login", operations),
            "refresh": lambda site: site.unhashed.run("refresh", operations)}
    took = {what: ([], []) for what in work}
    try:
        for round_number in range(rounds + 1):
            for what, do in work.items():
                for which in (0, 1) if round_number % 2 else (1, 0):
                    median = do(sites[which])[1]
                    # The first time fills caches.
                    if round_number > 0:
                        took[what][which].append(median)
    finally:
        for site in sites:
            site.stop()
    return all([show(f"{engine.name}, {what}", *both) for what, both in took.items()])


def main():
    users, operations, rounds = [*map(int, sys.argv[1:]), *(1_000_000, 200, 9)[len(sys.argv) - 1:]]
    build("portico_bench_accounts_errands", "portico_bench_accounts_unhashed")
    fine = True
    for engine in (Sqlite, Postgres):
        with tempfile.TemporaryDirectory() as home:
            pathlib.Path(home).chmod(0o755)
            fine &= measure(engine, home, users, operations, rounds)
    return 0 if fine else 1


sys.exit(main())
