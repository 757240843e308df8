# SPDX-License-Identifier: Apache-2.0
"""A gateway with the plugin `proxy` and servers behind it, for tests."""
import http.client
import http.server
import json
import os
import pathlib
import queue
import re
import signal
import socket
import socketserver
import subprocess
import threading
import time
import urllib.request

PROGRAM = os.environ["PORTICO_BINARY"]
PATIENCE = 20


def eventually(holds):
    """How long it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() < began + PATIENCE, "it never came to that"
        time.sleep(0.005)
    return time.monotonic() - began


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers with what it saw, as its server's `answer` decides."""
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.server.connections.append(self.connection)

    def answer(self):
        length = int(self.headers.get("Content-Length", 0))
        seen = {"server": self.server.name, "method": self.command, "target": self.path,
                "fields": {name.lower(): value for name, value in self.headers.items()},
                "body": self.rfile.read(length).decode()}
        self.server.seen.append(seen)
        status, fields = self.server.answer(seen)
        body = json.dumps(seen).encode()
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *_):
        pass

    def address_string(self):
        return "client"


class Server:
    """Behind the gateway: on a port of its own, or on a socket in the file system."""

    def __init__(self, name, answer=lambda seen: (200, {}), path=None, port=0):
        class Tcp(http.server.ThreadingHTTPServer):
            allow_reuse_address = True
            daemon_threads = True

        class Unix(socketserver.ThreadingUnixStreamServer):
            daemon_threads = True

        self.server = Unix(str(path), Handler) if path else Tcp(("127.0.0.1", port), Handler)
        self.server.name = name
        self.server.answer = answer
        self.server.seen = []
        self.server.connections = []
        self.port = None if path else self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def seen(self):
        return self.server.seen

    def answers(self, status, fields=None):
        self.server.answer = lambda seen: (status, fields or {})

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        for connection in self.server.connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # It has gone before.


class Reply:
    def __init__(self, response):
        self.status = response.status
        self.fields = response.headers
        self.body = response.read()

    @property
    def seen(self):
        return json.loads(self.body)


class Program:
    ACCESS = "off"

    def __init__(self, text, home):
        self.home = pathlib.Path(home)
        self.file = self.home / "portico.yaml"
        self.write(text)
        self.child = subprocess.Popen([PROGRAM, "run", "-c", str(self.file)], stdout=subprocess.PIPE, text=True,
                                      env={**os.environ, "STATE_DIRECTORY": str(home)})
        self.lines = queue.Queue()
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.child.stdout], daemon=True).start()
        line = self.next('"message":"serving"')
        self.port, self.admin = (int(re.search(rf'"{key}":"127.0.0.1:(\d+)"', line).group(1))
                                 for key in ("listen", "admin"))

    def write(self, text):
        self.file.write_text('listen: [{address: "127.0.0.1:0"}]\nadmin: {address: "127.0.0.1:0"}\nworkers: "1"\n'
                             f'log: {{access: "{self.ACCESS}"}}\n' + text)

    def next(self, word):
        """The next line that has this word."""
        while word not in (line := self.lines.get(timeout=PATIENCE)):
            pass
        return line

    def reload(self, text):
        self.write(text)
        self.child.send_signal(signal.SIGHUP)
        said = self.next('"event":"reload"')
        assert '"message":"reloaded"' in said, said

    def page(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.admin}{path}", timeout=PATIENCE) as answer:
            return answer.read().decode()

    def status(self):
        return json.loads(self.page("/status"))

    def metrics(self):
        return self.page("/metrics")

    def ask(self, target="/", method="GET", body=None, **fields):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, target, body, {name.replace("_", "-"): text for name, text in fields.items()})
            return Reply(connection.getresponse())
        finally:
            connection.close()

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        assert self.child.wait(PATIENCE) == 0
