#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Two gateways on one PostgreSQL and one Redis: each message is sent by one of them, one that dies is stood in for, and
what is said on a topic is heard on both, with Redis at once and without it within its look."""
import contextlib
import http.client
import pathlib
import re
import sys
import tempfile
import threading
import time

from load import BUSY_MACHINE
from notify_site import notified
from postgres_server import Postgres
from proxying import eventually
from redis_server import Redis
from smtp_sink import Sink

MANY = 300
ONE_WORKER = "workers: 1\n    lease: 5s\n    redis: shared"


def attempts(site):
    """How many mails this node has sent."""
    page = site.gateway.metrics()
    return sum(int(float(count)) for count in re.findall(r'^notify_attempts_total\{outcome="sent"\} (\S+)$', page, re.M))


def both_work(here, there, sink, token):
    def to_bob():
        return [mail["id"] for mail in sink.mails() if mail["to"] == "bob@example.net"]
    for _ in range(0, MANY, 100):
        messages = [{"to": {"email": "bob@example.net"}, "content": {"title": "t", "body": "b"}}] * 100
        assert here.ask("POST", "/notify/messages/batch", token, {"messages": messages}).status == 202
    eventually(lambda: len(to_bob()) >= MANY)
    assert len(set(to_bob())) == MANY == len(to_bob())
    assert attempts(here) and attempts(there), (attempts(here), attempts(there))


class Listener:
    """Of a topic, on one node."""

    def __init__(self, site, token, topic):
        self.connection = http.client.HTTPConnection("127.0.0.1", site.gateway.port, timeout=30)
        self.connection.request("GET", f"/notify/topics/{topic}/stream", headers={"Authorization": f"Bearer {token}"})
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.read()
        self.heard = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
            while line := self.answer.readline():
                if line.startswith(b"data:"):
                    self.heard.append(line)

    def hears(self, site, token, topic):
        """How long it takes to hear what that node is told."""
        before = len(self.heard)
        began = time.monotonic()
        said = site.ask("POST", f"/notify/topics/{topic}/publish", token, {"event": "news", "payload": {"n": before}})
        assert said.status == 202, said.body
        eventually(lambda: len(self.heard) > before)
        return time.monotonic() - began


def topics_are_heard_on_both(here, there, token, redis):
    subject = there.ask("GET", "/auth/me", token).seen["id"]
    assert here.ask("PUT", f"/notify/topics/orders/subscriptions/{subject}", token).status == 204
    listener = Listener(there, token, "orders")
    listener.hears(here, token, "orders")
    assert min(listener.hears(here, token, "orders") for _ in range(5)) < 0.2 + BUSY_MACHINE
    redis.kill()
    # Its look comes every second.
    assert listener.hears(here, token, "orders") < 2 + 2 * BUSY_MACHINE
    redis.start()


def main():
    with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as ends:
        home = pathlib.Path(home)
        home.chmod(0o755)
        sink = Sink()
        ends.callback(sink.stop)
        database, redis = Postgres(home / "postgres"), Redis(home)
        ends.callback(database.stop)
        ends.callback(redis.stop)
        here = ends.enter_context(notified(home / "here", database.url, sink, ONE_WORKER, redis.url))
        there = ends.enter_context(notified(home / "there", database.url, sink, ONE_WORKER, redis.url))
        token = here.make_administrator("root@example.org")
        both_work(here, there, sink, token)
        topics_are_heard_on_both(here, there, token, redis)


if __name__ == "__main__":
    sys.exit(main())
