#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reloads of a file whose plugins have a database, on both engines: under traffic, with changed settings, and refused
ones. Accounts, roles and messages go on as if nothing had been."""
import contextlib
import os
import pathlib
import queue
import signal
import sys
import tempfile
import threading

from notify_site import Site, file
from postgres_server import Postgres
from proxying import eventually
from smtp_sink import Sink

RELOADS = 5


def text_of(url, sink, number):
    route = f'{{match: {{path: "/only/{number}"}}, use: [auth, {{rbac: "only:{number}"}}], respond: "{number}"}}'
    text = file(url, sink.port, notify=f"workers: {1 + number}", more=f"routes: [{route}]")
    return text.replace("    issuer:", "    verification: none\n    issuer:")


@contextlib.contextmanager
def asking(site, token):
    """Somebody asks all the time, and is answered."""
    ended, refused = threading.Event(), []

    def ask():
        while not ended.is_set():
            reply = site.ask("GET", "/notify/inbox", token)
            if reply.status != 200:
                refused.append((reply.status, reply.body))

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    assert not refused, refused[:3]


def goes_on(site, sink, token, user, number):
    path, permission = f"/only/{number}", f"only:{number}"
    guest = site.login("guest@example.org")
    assert site.ask("GET", path, token).status == 200
    assert site.ask("GET", path, guest).status == 403
    made = site.ask("PUT", f"/rbac/roles/user/permissions/{permission}", token, {})
    assert made.status in (200, 204), made.body
    assert site.ask("GET", path, guest).status == 200
    if number > 0:
        assert site.ask("GET", f"/only/{number - 1}", token).status == 404
    assert site.send(token, "Hello", "there", to=f"bob{number}@example.net").status == 202
    eventually(lambda: [each["to"] for each in sink.mails()].count(f"bob{number}@example.net") == 1)
    inbox = site.ask("POST", "/notify/messages", token, {"to": {"user_id": user}, "channels": ["inbox"],
                                                         "content": {"title": "For you", "body": f"number {number}"}})
    assert inbox.status == 202, inbox.body
    eventually(lambda: f"number {number}".encode() in site.ask("GET", "/notify/inbox", guest).body)


def a_refused_one_changes_nothing(site, url, sink, token):
    site.gateway.write(text_of(url, sink, 9).replace("  rbac: {database: main,", "  rbac: {database: other,"))
    site.gateway.child.send_signal(signal.SIGHUP)
    said = site.gateway.next('"event":"reload"')
    assert "the reload was refused" in said, said
    assert site.ask("GET", "/only/9", token).status == 404
    assert site.ask("GET", f"/only/{RELOADS - 1}", token).status == 200


def errors(site):
    said = []
    with contextlib.suppress(queue.Empty):
        while True:
            said.append(site.gateway.lines.get_nowait())
    return [line for line in said if '"level":"error"' in line]


def reloads(home, url, sink):
    site = Site(text_of(url, sink, 0), home)
    with contextlib.ExitStack() as ends:
        # It would hold the test's output open.
        ends.callback(site.gateway.child.kill)
        token = site.make_administrator("root@example.org")
        made = site.ask("POST", "/auth/signup", body={"email": "guest@example.org", "password": site.PASSWORD})
        assert made.status == 201, made.body
        user = made.seen["id"]
        for number in range(RELOADS):
            with asking(site, token):
                site.gateway.reload(text_of(url, sink, number))
            goes_on(site, sink, token, user, number)
        assert not errors(site)
        a_refused_one_changes_nothing(site, url, sink, token)
        site.gateway.stop()


def main():
    with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as ends:
        # PostgreSQL runs as somebody else.
        os.chmod(home, 0o755)
        home = pathlib.Path(home)
        sink = Sink()
        ends.callback(sink.stop)
        reloads(home / "sqlite", f"sqlite:{home}/portico.db", sink)
        postgres = Postgres(str(home / "postgres"))
        ends.callback(postgres.stop)
        reloads(home / "first", postgres.url, sink)
    print(f"{RELOADS} reloads on each engine, and nothing was missed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
