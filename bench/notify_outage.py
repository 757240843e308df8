#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a mail server that is away costs: the API's answers meanwhile, and the backlog afterwards. The real program, with a
SQLite and then a PostgreSQL of its own. Arguments: messages that wait (100000), answers that are measured (500)."""
import contextlib
import itertools
import os
import pathlib
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).parent.parent
os.environ |= {"PORTICO_BINARY": str(ROOT / "build/release/bin/portico"), "PORTICO_SOURCE_DIR": str(ROOT),
               "PORTICO_BUILD_DIR": str(ROOT / "build/release")}
sys.path.insert(0, str(ROOT / "tests/e2e"))
from notify_site import notified  # noqa: E402
from postgres_server import Postgres  # noqa: E402
from smtp_sink import Sink  # noqa: E402

BATCH = 1000
# Each one's own: messages to one address are counted.
NUMBERS = itertools.count()


def address():
    return f"n{next(NUMBERS)}@example.net"


def slowest(site, token, count):
    """In milliseconds, of so many: the median, and all but one of a hundred."""
    took = []
    for _ in range(count):
        began = time.monotonic()
        assert site.send(token, "t", "b", address()).status == 202
        took.append((time.monotonic() - began) * 1000)
    took.sort()
    return took[len(took) // 2], took[len(took) * 99 // 100]


def pile_up(site, token, count):
    for _ in range(0, count, BATCH):
        messages = [{"to": {"email": address()}, "content": {"title": "t", "body": "b"}} for _ in range(BATCH)]
        assert site.ask("POST", "/notify/messages/batch", token, {"messages": messages}).status == 202


def measure(name, url, home, count, answers):
    sink = Sink()
    with contextlib.ExitStack() as ends:
        ends.callback(sink.stop)
        site = ends.enter_context(notified(home, url, sink))
        token = site.make_administrator("root@example.org")
        before = slowest(site, token, answers)
        sink.pause()
        threading.Thread(target=pile_up, args=(site, token, count // 2)).start()
        pile_up(site, token, count // 2)
        meanwhile = slowest(site, token, answers)
        known = len(sink.mails())
        sink.resume()
        began = time.monotonic()
        while len(sink.mails()) - known < count + answers:
            time.sleep(0.5)
        took = time.monotonic() - began
        ids = [mail["id"] for mail in sink.mails()]
        print(f"{name}: an answer takes {before[0]:.1f} ms, p99 {before[1]:.1f}; with {count} waiting and the server away "
              f"{meanwhile[0]:.1f} ms, p99 {meanwhile[1]:.1f}; {count} go out in {took:.0f} s, "
              f"{len(ids) - len(set(ids))} twice")


def main(count=100_000, answers=500):
    with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as ends:
        home = pathlib.Path(home)
        home.chmod(0o755)
        measure("SQLite", f"sqlite:{home}/notify.db", home / "sqlite", int(count), int(answers))
        database = Postgres(home / "postgres")
        ends.callback(database.stop)
        measure("PostgreSQL", database.url, home / "postgresql", int(count), int(answers))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
