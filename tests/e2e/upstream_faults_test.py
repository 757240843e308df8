#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The proxy before a server that dies, comes back, is slow, large or lied about: nothing hangs, leaks or is lost."""
import pathlib
import socket
import sys
import tempfile
import threading

from load import Load
from proxying import PATIENCE, Program

FILE = """
limits: {{body_bytes: 1GiB}}
plugins:
  proxy: {{upstreams: {{app: {{targets: ["http://127.0.0.1:{port}"]}}}}}}
routes: [{{match: {{path: "/**"}}, proxy: app}}]
"""
LARGE = 100 * 1024 * 1024
MOST_GROWTH = 4 * 1024  # KiB


def read_exactly(connection, size):
    while size > 0:
        got = len(connection.recv(min(size, 1 << 20)))
        assert got, f"{size} bytes are missing"
        size -= got


def read_head(connection):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            return head
        head += byte
    return head


class Upstream:
    """Plays its part by hand: `serve` is called with each connection, on a thread of its own."""

    def __init__(self, serve, port=0):
        self.listener = socket.create_server(("127.0.0.1", port))
        self.port = self.listener.getsockname()[1]
        self.connections = []
        self.serve = serve
        threading.Thread(target=self.accept_all, daemon=True).start()

    def accept_all(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.settimeout(PATIENCE)
            self.connections.append(connection)
            threading.Thread(target=self.guarded, args=(connection,), daemon=True).start()

    def guarded(self, connection):
        try:
            self.serve(connection)
        except OSError:
            pass

    def die(self):
        """As a process that is killed."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.connections:
            try:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                connection.close()
            except OSError:
                pass


def answers(connection):
    while read_head(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def connect(program):
    return socket.create_connection(("127.0.0.1", program.port), PATIENCE)


def resident(program):
    status = pathlib.Path(f"/proc/{program.child.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


def survives_the_death_of_its_server(home):
    upstream = Upstream(answers)
    program = Program(FILE.format(port=upstream.port), home)
    load = Load(program.port, "/x")
    for _ in range(5):
        load.wait_for(200, 200)
        assert load.seen(502) == 0 or load.seen(200), load.statuses
        upstream.die()
        load.wait_for(502, 20)
        upstream = Upstream(answers, upstream.port)
        load.wait_for(200, 200)
    load.stop()
    assert set(load.statuses) == {200, 502}, load.statuses
    upstream.die()
    program.stop()


def holds_a_large_answer_back(home):
    def answer(connection):
        while read_head(connection):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % LARGE)
            for _ in range(LARGE // (1 << 20)):
                connection.sendall(bytes(1 << 20))

    upstream = Upstream(answer)
    program = Program(FILE.format(port=upstream.port), home)
    with connect(program) as warm:
        warm.sendall(b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
        read_head(warm)
        read_exactly(warm, LARGE)
    before = resident(program)
    with connect(program) as slow:
        slow.sendall(b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
        read_head(slow)
        most = 0
        for _ in range(LARGE // (1 << 20)):
            read_exactly(slow, 1 << 20)
            most = max(most, resident(program))
        assert most - before <= MOST_GROWTH, f"{most - before} KiB more"
    program.stop()
    upstream.die()


def holds_a_large_upload_back(home):
    peak = []

    def take(connection):
        while read_head(connection):
            for _ in range(LARGE // (1 << 20)):
                read_exactly(connection, 1 << 20)
                peak.append(resident(program))
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    upstream = Upstream(take)
    program = Program(FILE.format(port=upstream.port), home)
    with connect(program) as client:
        before = resident(program)
        client.sendall(b"PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % LARGE)
        for _ in range(LARGE // (1 << 20)):
            client.sendall(bytes(1 << 20))
        assert read_head(client).startswith(b"HTTP/1.1 200 ")
    assert len(peak) == LARGE // (1 << 20)
    assert max(peak) - before <= MOST_GROWTH, f"{max(peak) - before} KiB more"
    program.stop()
    upstream.die()


def tells_the_server_that_the_client_left(home):
    left = threading.Event()

    def take(connection):
        read_head(connection)
        while connection.recv(65536):
            pass
        left.set()

    upstream = Upstream(take)
    program = Program(FILE.format(port=upstream.port), home)
    with connect(program) as client:
        client.sendall(b"PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nsome")
    assert left.wait(PATIENCE), "the upstream still waits"
    program.stop()
    upstream.die()


SMUGGLED = [
    b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
    b"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
    b"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    b"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
    b"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;\n\r\nhello\r\n0\r\n\r\n",
    b"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
    b"POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n",
    b"GET /a HTTP/1.1\r\nHost: a\r\nX: y\r\n Content-Length: 50\r\n\r\n",
    b"GET /a HTTP/1.1\r\nHost: a\r\nX: y\nContent-Length: 50\r\n\r\n",
    b"GET /a HTTP/1.1\rHost: a\r\n\r\n",
    b"GET /a%0d%0aX:%20y HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 44\r\nConnection: Content-Length\r\n\r\n"
    b"GET /b HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n",
]


def lets_no_request_hide_in_another(home):
    """Each attempt, with an honest request behind it, reaches the server as whole requests or not at all."""
    heads = []

    def strict(connection):
        while head := read_head(connection):
            heads.append(head)
            fields = head.lower()
            if b"content-length: " in fields:
                read_exactly(connection, int(fields.split(b"content-length: ")[1].split(b"\r\n")[0]))
            elif b"transfer-encoding: chunked" in fields:
                while size := int(read_line(connection), 16):
                    read_exactly(connection, size + 2)
                read_line(connection)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    def read_line(connection):
        line = b""
        while not line.endswith(b"\r\n"):
            line += connection.recv(1)
        return line

    upstream = Upstream(strict)
    program = Program(FILE.format(port=upstream.port), home)
    for attempt in SMUGGLED:
        heads.clear()
        with connect(program) as client:
            client.sendall(attempt + b"GET /honest HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            client.shutdown(socket.SHUT_WR)
            while client.recv(65536):
                pass
        lines = [head.split(b"\r\n")[0] for head in heads]
        assert set(lines) <= {b"POST /a HTTP/1.1", b"GET /a HTTP/1.1", b"GET /honest HTTP/1.1"}, (attempt, lines)
        assert len(lines) <= 2, (attempt, lines)
    assert program.ask("/after").status == 200
    program.stop()
    upstream.die()


def main():
    for check in (survives_the_death_of_its_server, holds_a_large_answer_back, holds_a_large_upload_back,
                  tells_the_server_that_the_client_left, lets_no_request_hide_in_another):
        with tempfile.TemporaryDirectory() as home:
            check(pathlib.Path(home))


if __name__ == "__main__":
    sys.exit(main())
