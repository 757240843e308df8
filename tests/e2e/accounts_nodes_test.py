#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Two gateways on one PostgreSQL and one Redis: what one node has ended, the other refuses. Cases 36 and 74."""
import os
import pathlib
import sys
import tempfile

from accounts_site import file, serving
from load import BUSY_MACHINE
from postgres_server import Postgres
from proxying import eventually
from redis_server import Redis

CHANNEL = "portico.auth.revoked"
# A second is promised where Redis tells it. Else the poll does, every 5 s, which it may have begun a moment before.
TOLD = 1 + BUSY_MACHINE
POLLED = 5 + TOLD
# The poll alone would be in time so often once in 25,000 runs.
ROUNDS = 8


def subscribed(redis):
    """How many nodes listen; they hear nonsense and do nothing about it."""
    return int(redis.say("PUBLISH", CHANNEL, "nonsense").removeprefix(":"))


def refused_elsewhere(here, there, scope="local"):
    """How long a token is good on one node after the other has ended it."""
    token = here.login("ada@example.com").seen["access_token"]
    assert here.opens(token) == 200 and there.opens(token) == 200, "another node's token is not accepted"
    assert here.post(f"/auth/logout?scope={scope}", token).status == 204
    assert here.opens(token) == 401
    return eventually(lambda: there.opens(token) == 401)


def hears_by_redis(one, other, redis):
    eventually(lambda: subscribed(redis) == 2)
    for here, there in ((one, other), (other, one)) * (ROUNDS // 2):
        took = refused_elsewhere(here, there)
        assert took < TOLD, f"{took:.2f} s"
    took = refused_elsewhere(one, other, "global")
    assert took < TOLD, f"{took:.2f} s"


def hears_by_the_database(one, other, redis):
    redis.kill()
    for here, there in ((one, other), (other, one)):
        took = refused_elsewhere(here, there)
        assert took < POLLED, f"{took:.2f} s"


def hears_by_redis_again(one, other, redis):
    redis.start()
    eventually(lambda: subscribed(redis) == 2)
    took = refused_elsewhere(one, other)
    assert took < TOLD, f"{took:.2f} s"


def counts_for_both(one, other):
    one.enrol("held@example.com")
    for node in (one, other) * 4:
        node.login("held@example.com", "wrong password")
    assert other.login("held@example.com").status == 401 and one.login("held@example.com").status == 401


def main():
    with tempfile.TemporaryDirectory() as home:
        # PostgreSQL runs as somebody else.
        os.chmod(home, 0o755)
        home = pathlib.Path(home)
        postgres, redis = Postgres(home / "postgres"), Redis(home)
        text = file(postgres.url, auth="\n    redis: shared", more=f'redis: {{shared: {{url: "{redis.url}"}}}}')
        try:
            with serving(text, home / "one") as one, serving(text, home / "other") as other:
                one.enrol("ada@example.com")
                hears_by_redis(one, other, redis)
                hears_by_the_database(one, other, redis)
                hears_by_redis_again(one, other, redis)
                counts_for_both(one, other)
        finally:
            redis.stop()
            postgres.stop()
    print("two nodes agree on who is logged in")
    return 0


sys.exit(main())
