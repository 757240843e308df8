# SPDX-License-Identifier: Apache-2.0
"""A Redis of a test's own: Debian's program without its service, on a free port and on a socket in the test's folder."""
import os
import shutil
import socket
import subprocess
import time

PATIENCE = 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program():
    """`redis-server` is in Debian another name of a program that redis-tools brings, and that looks at its own."""
    return shutil.which("redis-server") or shutil.which("redis-check-rdb")


class Redis:
    def __init__(self, home, *options):
        self.home, self.port, self.path = home, free_port(), f"{home}/redis.sock"
        self.options = options
        self.child = None
        self.start()

    def start(self):
        # No persistence: it comes back empty, as one that was lost does.
        self.child = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--unixsocket", self.path, "--save", "",
             "--appendonly", "no", "--dir", str(self.home), "--enable-debug-command", "local", *self.options],
            executable=program(), stdout=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port)):
                    return
            except ConnectionRefusedError:
                assert time.monotonic() < until and self.child.poll() is None, "redis-server does not begin"

    def kill(self):
        self.child.kill()
        self.child.wait(PATIENCE)

    def say(self, *words, user=None, password=None, patience=PATIENCE):
        """One command; the raw answer's first line."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as connection:
            if password:
                self.send(connection, "AUTH", *([user] if user else []), password)
                self.line(connection)
            self.send(connection, *words)
            return self.line(connection)

    @staticmethod
    def send(connection, *words):
        parts = [word.encode() for word in words]
        connection.sendall(b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts))

    @staticmethod
    def line(connection):
        line = b""
        while not line.endswith(b"\r\n"):
            got = connection.recv(1)
            assert got, f"redis-server hung up after {line}"
            line += got
        return line.decode().strip()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    def stop(self):
        if self.child.poll() is None:
            self.kill()
