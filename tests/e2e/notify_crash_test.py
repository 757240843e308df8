#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Case 144: a gateway that is killed at any point of its work loses nothing that it has answered 202, and what it
delivers twice bears the same Message-ID. The mail server is a process of its own. For more messages and runs:

    notify_crash_test.py RUNS MESSAGES     (of each sender; 1 and 60 without)"""
import collections
import contextlib
import http.client
import os
import pathlib
import sys
import tempfile
import threading

from notify_site import Site, file
from postgres_server import Postgres
from proxying import eventually
from smtp_sink import Sink

LIBRARY = pathlib.Path(os.environ["PORTICO_BUILD_DIR"]) / "lib/libfail_point.so"
TAKE, SETTLE = "UPDATE portico_jobs SET locked_by", "INSERT INTO notify_attempts"
POSTGRES_TAKE = "UPDATE portico_jobs AS jobs SET locked_by"
# Of so many messages, at which time it strikes: a batch is taken at a time, and each is written down.
POINTS = {
    "before claim": ("statement", TAKE, 40),
    "after claim": ("committed", TAKE, 40),
    "after send": ("statement", SETTLE, 2),
    "before commit": ("commit", SETTLE, 8),
}
SENDERS = 4
PATIENCE = 120
# What a dead process held is due again soon.
GENTLE = "workers: 4\n    lease: 5s"


@contextlib.contextmanager
def killed_at(where, text, strike, postgres=False):
    """What the gateway's environment says of it."""
    if postgres and text == TAKE:
        text = POSTGRES_TAKE
    os.environ |= {"LD_PRELOAD": str(LIBRARY), "FAIL_AT": where, "FAIL_TEXT": text, "FAIL_COUNT": str(strike)}
    try:
        yield
    finally:
        del os.environ["LD_PRELOAD"]


class Accepted:
    """What was answered 202, and whatever may have been accepted without an answer."""

    def __init__(self):
        self.ids = set()

    def send(self, site, token, count):
        """Until it is killed, or all are sent."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            for _ in range(count):
                reply = site.send(token, "t", "b")
                assert reply.status == 202, reply.body
                self.ids.add(reply.seen["id"])


def crash(home, url, sink, token, accepted, point, number, count):
    """Serves until it dies there."""
    where, text, share = point
    # Later in each run; never before it serves, for what the one before it left is taken up at once.
    with killed_at(where, text, max(8, count // share) + number, url.startswith("postgres")):
        site = Site(file(url, sink.port, GENTLE), home)
        senders = [threading.Thread(target=accepted.send, args=(site, token, count)) for _ in range(SENDERS)]
        for sender in senders:
            sender.start()
        assert site.gateway.child.wait(PATIENCE) == -9, "it was not killed"
        for sender in senders:
            sender.join()


def deliveries(site, token):
    """Which message each delivery is of, as the API shows them."""
    found, cursor = {}, ""
    while cursor is not None:
        reply = site.ask("GET", f"/notify/messages?limit=200{cursor and '&cursor=' + cursor}", token).seen
        for message in reply["items"]:
            found[message["id"]] = message["status"]
        cursor = reply.get("next")
    return found


def crashes(home, url, runs, count):
    accepted = Accepted()
    killed = 0
    with contextlib.ExitStack() as ends:
        sink = Sink()
        ends.callback(sink.stop)
        site = Site(file(url, sink.port, GENTLE), home)
        token = site.make_administrator("root@example.org")
        site.gateway.stop()
        for point in POINTS.values():
            for number in range(runs):
                crash(home, url, sink, token, accepted, point, number, count)
                killed += 1
        site = Site(file(url, sink.port, GENTLE), home)
        ends.callback(site.gateway.child.kill)
        eventually_all_sent(site, token, accepted)
        site.gateway.stop()
        report(sink, accepted, killed)


def eventually_all_sent(site, token, accepted):
    def all_sent():
        states = deliveries(site, token)
        return all(states.get(one) == "sent" for one in accepted.ids) and "queued" not in states.values()
    for _ in range(10):
        try:
            eventually(all_sent)
            return
        except AssertionError:
            pass
    raise AssertionError("something is not delivered")


def report(sink, accepted, killed):
    times = collections.Counter(mail["id"] for mail in sink.mails() if mail["to"] == "bob@example.net")
    twice = sum(times.values()) - len(times)
    print(f"{len(accepted.ids)} accepted, {len(times)} delivered, {twice} twice ({twice / len(times):.4%}), {killed} killed")
    assert len(times) >= len(accepted.ids), "something is lost"
    # Those that the server was just taking: it has four connections, but is quicker than what comes before and after.
    assert twice <= killed, times.most_common(5)


def migrations_come_about(home, url):
    """Killed while it makes its tables, it makes them the next time."""
    sink = Sink()
    try:
        with killed_at("statement", "CREATE TABLE notify_inbox", 1):
            try:
                Site(file(url, sink.port), home)
                raise AssertionError("it was not killed")
            except Exception as error:  # It ends before it serves.
                assert "not killed" not in str(error), error
        site = Site(file(url, sink.port), home)
        token = site.make_administrator("root@example.org")
        assert site.ask("GET", "/notify/messages", token).status == 200
        site.gateway.stop()
    finally:
        sink.stop()


def main(runs=1, count=60):
    with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as ends:
        home = pathlib.Path(home)
        home.chmod(0o755)
        for number in range(int(runs)):
            migrations_come_about(home / f"migration{number}", f"sqlite:{home}/migration{number}.db")
        crashes(home / "sqlite", f"sqlite:{home}/notify.db", int(runs), int(count))
        database = Postgres(home / "postgres")
        ends.callback(database.stop)
        crashes(home / "postgresql", database.url, int(runs), int(count))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
