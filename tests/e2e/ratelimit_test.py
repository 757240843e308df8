#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Limits in the real program: over connections at once, over a reload, for clients that leave, by the admin address."""
import concurrent.futures
import http.client
import json
import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import tempfile
import threading

PROGRAM = os.environ["PORTICO_BINARY"]
PATIENCE = 20
TOKEN = "0123456789abcdef-secret"
FILE = """
listen: [{{address: "127.0.0.1:0"}}]
admin: {{address: "127.0.0.1:0", token: "{token}"}}
trusted_proxies: {trusted}
workers: 2
log: {{access: "off"}}
plugins:
  proxy: {{upstreams: {{app: {{targets: ["http://127.0.0.1:{app}"]}}}}}}
  ratelimit: {{limit: 50, calendar: month, name: monthly, show_keys: true, max_keys: {keys}}}
routes:
  - match: {{path: /limited}}
    use: [ratelimit]
    respond: "fine"
  - match: {{path: /slow}}
    use: [{{ratelimit: {{limit: 2, algorithm: concurrency}}}}]
    proxy: app
  - match: {{path: /many}}
    use: [{{ratelimit: {{limit: 1, calendar: month, by: [{{header: X-Key}}]}}}}]
    respond: "fine"
{more}
"""


class SlowServer:
    """Answers a request when it is told to."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.asked = threading.Semaphore(0)
        self.go = threading.Semaphore(0)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection:
            while connection.recv(65536):
                self.asked.release()
                self.go.acquire()
                try:
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow")
                except OSError:
                    return


class Program:
    def __init__(self, home, app):
        self.file, self.app = home / "portico.yaml", app
        self.write()
        self.child = subprocess.Popen([PROGRAM, "run", "-c", str(self.file)], stdout=subprocess.PIPE, text=True,
                                      env={**os.environ, "STATE_DIRECTORY": str(home / "state")})
        line = self.next('"message":"serving"')
        self.admin = int(re.search(r'"admin":"127.0.0.1:(\d+)"', line).group(1))
        self.port = int(re.search(r'"127.0.0.1:(\d+)', line.replace(f"127.0.0.1:{self.admin}", "")).group(1))

    def write(self, more="", trusted="[]", keys=1000):
        self.file.write_text(FILE.format(token=TOKEN, app=self.app, more=more, trusted=trusted, keys=keys))

    def next(self, word):
        return next(line for line in self.child.stdout if word in line)

    def reload(self, **changes):
        self.write(**changes)
        self.child.send_signal(signal.SIGHUP)
        self.next('"message":"reloaded"')

    def get(self, path, fields=None):
        return ask(self.port, "GET", path, fields)

    def status(self):
        plugins = json.loads(ask(self.admin, "GET", "/status")[2])["plugins"]
        return next(one["state"] for one in plugins if one["name"] == "ratelimit")

    def metric(self, name):
        page = ask(self.admin, "GET", "/metrics")[2]
        return sum(float(value) for value in re.findall(rf"^{name}(?:\{{.*\}})? (\S+)$", page, re.M))


def ask(port, method, path, fields=None, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request(method, path, body, fields or {})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


def at_once(program):
    """Many connections, on both loops: the count is exact."""
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: program.get("/limited"), range(80)))
    assert sum(status == 200 for status, _, _ in answers) == 50, [one[0] for one in answers]
    refused = [headers for status, headers, _ in answers if status == 429]
    assert len(refused) == 30
    assert refused[0]["RateLimit-Policy"] == '"monthly";q=50;w=2678400', refused[0]["RateLimit-Policy"]
    assert int(refused[0]["Retry-After"]) <= 31 * 86400
    assert program.metric("ratelimit_refused_total") == 30


def over_a_reload(program):
    program.reload(more='  - {match: {path: /new}, respond: "new"}')
    assert program.get("/new")[0] == 200
    assert program.get("/limited")[0] == 429


def spoofed(program):
    """Who is not trusted cannot choose his address; who is, can."""
    assert program.get("/limited", {"X-Forwarded-For": "198.51.100.1"})[0] == 429
    program.reload(trusted='["127.0.0.0/8"]')
    assert program.get("/limited", {"X-Forwarded-For": "198.51.100.1"})[0] == 200
    program.reload()
    assert program.get("/limited")[0] == 429


def reset(program):
    state = program.status()
    assert state["refused"][0]["text"] == "127.0.0.1" and state["refused"][0]["place"] == "* /limited", state
    order = json.dumps({"key": state["refused"][0]["key"]})
    fields = {"Content-Type": "application/json"}
    path = "/plugins/ratelimit/reset"
    assert ask(program.admin, "POST", path, fields, order)[0] == 401
    assert ask(program.admin, "POST", path, {**fields, "Authorization": "Bearer wrong"}, order)[0] == 401
    assert program.get("/limited")[0] == 429
    fields["Authorization"] = f"Bearer {TOKEN}"
    assert ask(program.admin, "GET", path, fields)[0] == 405
    assert ask(program.admin, "POST", path, {**fields, "Origin": "https://evil.example"}, order)[0] == 403
    status, _, text = ask(program.admin, "POST", path, fields, order)
    assert (status, json.loads(text)) == (200, {"reset": 1}), text
    assert program.get("/limited")[0] == 200


def enter(program, app):
    """A connection whose request has reached the application, or None where it was refused."""
    client = socket.create_connection(("127.0.0.1", program.port), timeout=PATIENCE)
    client.sendall(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
    while not app.asked.acquire(blocking=False):
        if select.select([client], [], [], 0.01)[0]:
            answer = client.recv(65536)
            assert answer.startswith(b"HTTP/1.1 429") and b'RateLimit: "2-at-once";r=0' in answer, answer
            client.close()
            return None
    return client


def leaving(program, app):
    """Clients that leave while their requests are under way give their slots back."""
    for _ in range(5):
        inside = []
        # The gateway learns that the last ones have gone as the kernel tells it.
        while len(inside) < 2:
            client = enter(program, app)
            if client:
                inside.append(client)
        assert enter(program, app) is None
        for client in inside:
            client.close()
    for _ in range(10):
        app.go.release()


def flood(program):
    """More keys than there is room for."""
    connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=PATIENCE)
    for i in range(3000):
        connection.request("GET", "/many", headers={"X-Key": str(i)})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
    state = program.status()
    assert state["keys"] <= state["max_keys"] == 1000 and state["evicted"] >= 2000, state


def main(home):
    app = SlowServer()
    program = Program(home, app.port)
    try:
        at_once(program)
        over_a_reload(program)
        spoofed(program)
        reset(program)
        leaving(program, app)
        flood(program)
        program.child.terminate()
        assert program.child.wait(PATIENCE) == 0
    finally:
        program.child.kill()


with tempfile.TemporaryDirectory() as folder:
    main(pathlib.Path(folder))
