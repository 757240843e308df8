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

from accounts_errands import Errands, Postgres, Sqlite, add_crowd, build

FEW = 1000
MOST = 1.3


class Site:
    def __init__(self, engine, home, users):
        pathlib.Path(home).mkdir()
        pathlib.Path(home).chmod(0o755)
        self.database = engine(home)
        self.usual = Errands("portico_bench_accounts_errands", self.database.url, users)
        self.usual.run("sign-up", 1)
        add_crowd(self.database, users)
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
