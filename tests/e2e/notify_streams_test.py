#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Streams of topics through real sockets: Server-Sent Events and WebSockets, what ends them, what they outlive, and
clients that do not read."""
import base64
import contextlib
import json
import os
import pathlib
import socket
import struct
import sys
import tempfile
import threading

from load import BUSY_MACHINE
from notify_site import file, notified
from proxying import PATIENCE, eventually
from smtp_sink import Sink

MOST_OF_USER = 20


class Stream:
    """One that is open, or a refusal: what came is in `heard`, as (number, event, payload)."""
    HANDSHAKE = ""

    def __init__(self, site, token, topic, seen=None, reads=True):
        query = "" if seen is None else f"?last_event_id={seen}"
        self.connection = socket.create_connection(("127.0.0.1", site.gateway.port), timeout=PATIENCE)
        self.connection.sendall(f"GET /notify/topics/{topic}/stream{query} HTTP/1.1\r\nHost: localhost\r\n"
                                f"Authorization: Bearer {token}\r\n{self.HANDSHAKE}\r\n".encode())
        self.file = self.connection.makefile("rb")
        self.status = int(self.file.readline().split()[1])
        while self.file.readline() != b"\r\n":
            pass
        self.heard, self.ended, self.code = [], False, None
        if reads:
            self.read()

    def read(self):
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        self.connection.settimeout(None)
        with contextlib.suppress(OSError, ValueError, struct.error):
            while self.hear():
                pass
        self.ended = True

    def hear(self):
        """One event. False at the end."""
        size = int(self.file.readline(), 16)
        chunk = self.file.read(size + 2)[:-2]
        for event in chunk.decode().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in event.split("\n") if ": " in line)
            if "id" in fields:
                self.heard.append((int(fields["id"]), fields["event"], json.loads(fields["data"])))
        return size > 0

    def numbers(self):
        return [number for number, _, _ in self.heard]

    def close(self):
        self.connection.shutdown(socket.SHUT_RDWR)


class WebSocket(Stream):
    HANDSHAKE = ("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                 f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n")

    def hear(self):
        kind, size = struct.unpack("!BB", self.file.read(2))
        if size >= 126:
            size, = struct.unpack(*("!H", self.file.read(2)) if size == 126 else ("!Q", self.file.read(8)))
        message = self.file.read(size)
        if kind == 0x81:
            said = json.loads(message)
            self.heard.append((said["seq"], said["event"], said["payload"]))
        if kind == 0x88:
            self.code, = struct.unpack("!H", message[:2])
        return bool(message) or kind != 0x88


class Topic:
    def __init__(self, site, token, name):
        self.site, self.token, self.name = site, token, name
        self.subject = site.ask("GET", "/auth/me", token).seen["id"]
        self.subscription("PUT")

    def subscription(self, method):
        done = self.site.ask(method, f"/notify/topics/{self.name}/subscriptions/{self.subject}", self.token)
        assert done.status == 204, done.body

    def say(self, payload):
        said = self.site.ask("POST", f"/notify/topics/{self.name}/publish", self.token,
                             {"event": "news", "payload": payload})
        assert said.status == 202, said.body
        return said.seen["seq"]


def both_hear_the_same(site, token):
    topic = Topic(site, token, "orders")
    streams = [Stream(site, token, "orders"), WebSocket(site, token, "orders")]
    assert [stream.status for stream in streams] == [200, 101]
    for number in range(1, 6):
        assert topic.say({"n": number}) == number
    expected = [(number, "news", {"n": number}) for number in range(1, 6)]
    for stream in streams:
        eventually(lambda heard=stream.heard: heard == expected)
    # Case 151: who comes back has missed nothing.
    for kind in (Stream, WebSocket):
        again = kind(site, token, "orders", seen=2)
        eventually(lambda heard=again.heard: heard == expected[2:])
        again.close()
    topic.subscription("DELETE")
    for stream in streams:
        eventually(lambda stream=stream: stream.ended)
    assert streams[1].code == 1008, streams[1].code
    assert Stream(site, token, "orders", reads=False).status == 403


def they_outlive_a_reload(site, url, sink, token):
    topic = Topic(site, token, "reloads")
    stream = Stream(site, token, "reloads")
    site.gateway.reload(file(url, sink.port, "workers: 3"))
    topic.say("after")
    eventually(lambda: stream.heard == [(1, "news", "after")])
    stream.close()


def they_end_with_the_login(site):
    token = site.login("root@example.org")
    topic = Topic(site, token, "logins")
    streams = [Stream(site, token, "logins"), WebSocket(site, token, "logins")]
    topic.say("here")
    for stream in streams:
        eventually(lambda heard=stream.heard: heard)
    assert site.ask("POST", "/auth/logout", token).status == 204
    for stream in streams:
        took = eventually(lambda stream=stream: stream.ended)
        assert took < 3 + 2 * BUSY_MACHINE, took
    assert streams[1].code == 1008, streams[1].code


def there_are_so_many(site, token):
    Topic(site, token, "many")
    streams = [Stream(site, token, "many", reads=False) for _ in range(MOST_OF_USER)]
    assert {stream.status for stream in streams} == {200}
    assert Stream(site, token, "many", reads=False).status == 429
    streams[0].close()
    eventually(lambda: Stream(site, token, "many", reads=False).status == 200)
    for stream in streams[1:]:
        stream.close()


def who_does_not_read_misses_nothing(site, token):
    topic = Topic(site, token, "slow")
    slow, fast = Stream(site, token, "slow", reads=False), Stream(site, token, "slow")
    every = list(range(1, 501))
    assert [topic.say("x" * 16000) for _ in every] == every
    eventually(lambda: fast.numbers() == every)
    # Its connection was cut behind what fitted, and it comes back as often as it is told to.
    slow.read()
    eventually(lambda: slow.ended)
    heard, visits = slow.numbers(), 0
    assert heard == every[:len(heard)] and len(heard) < len(every), len(heard)
    while heard[-1] != every[-1]:
        again = Stream(site, token, "slow", seen=heard[-1])
        eventually(lambda again=again: again.ended or every[-1] in again.numbers())
        heard += again.numbers()
        visits += 1
        again.close()
    assert heard == every and visits < len(every) / 4, visits
    fast.close()


def main():
    with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as ends:
        sink = Sink()
        ends.callback(sink.stop)
        home = pathlib.Path(home)
        url = f"sqlite:{home}/notify.db"
        with notified(home / "site", url, sink) as site:
            token = site.make_administrator("root@example.org")
            both_hear_the_same(site, token)
            they_outlive_a_reload(site, url, sink, token)
            they_end_with_the_login(site)
            there_are_so_many(site, token)
            who_does_not_read_misses_nothing(site, token)


if __name__ == "__main__":
    sys.exit(main())
