# SPDX-License-Identifier: Apache-2.0
"""The ways of measuring. Each is called with a server again and again, and returns figures by name; the first of
them is what servers are compared by, less is better."""
import contextlib
import http.client
import pathlib
import re
import resource
import socket
import ssl

import side_by_side as bench
from cases import CLOSE

BODY = 16 * 1024 * 1024
LATENCIES = {"p50": 0.5, "p99": 0.99, "p99.9": 0.999}


def answer_of(server, case, path, headers=None):
    """Of one request: status, fields, body."""
    if case.tls:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=10, context=context)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode("latin-1")


class Requests:
    """CPU time for each request, while as many come as the server can take."""
    unit, scale, first = "us of CPU a request", 1e6, "cost"

    def __init__(self, case, seconds, home):
        self.case, self.seconds = case, seconds
        self.counts = {}

    def load(self, server, requests=None):
        return bench.load(server, requests, self.case.path, self.case.connections, self.case.arguments,
                          self.case.scheme, self.case.protocol, self.seconds)

    def prepare(self, server):
        """What is warm by then stays warm. h2load never ends when it is to connect anew for a time."""
        if self.case.extra == CLOSE:
            rate = self.load(server, 10 * self.case.connections)[1]
            self.counts[server.name] = max(10 * self.case.connections, int(rate * self.seconds))
        else:
            self.load(server)

    def measure(self, server):
        cost, rate = self.load(server, self.counts.get(server.name))
        return {"cost": cost, "rate": rate}


class Bytes:
    """CPU time for each GB of bodies. Whole bodies: one that is cut off at the end would cost and not count."""
    unit, scale, first = "s of CPU a GB", 1.0, "cost"

    def __init__(self, case, seconds, home):
        self.case, self.seconds = case, seconds
        self.counts, self.extra = {}, ()
        if case.name == "upload":
            body = pathlib.Path(home) / "body"
            body.write_bytes(bytes(BODY))
            self.extra = ("-d", str(body))

    def load(self, server, bodies):
        cost, rate = bench.load(server, bodies, self.case.path, self.case.connections, self.extra, self.case.scheme)
        return cost / BODY * 1e9, rate * BODY / 1e9

    def prepare(self, server):
        few = 2 * self.case.connections
        self.counts[server.name] = max(few, int(self.load(server, few)[1] * 1e9 / BODY * self.seconds))

    def measure(self, server):
        cost, rate = self.load(server, self.counts[server.name])
        return {"cost": cost, "rate": rate}


class Memory:
    """Private memory for each idle connection, after one request on it."""
    unit, scale, first = "bytes a connection", 1.0, "cost"

    def __init__(self, case, seconds, home):
        self.case = case
        self.most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]

    def prepare(self, server):
        if self.most < self.case.connections + 100:
            raise bench.NotServing(f"{self.most} descriptors are not enough for {self.case.connections} connections")
        resource.setrlimit(resource.RLIMIT_NOFILE, (self.most, self.most))
        answer_of(server, self.case, "/")

    def measure(self, server):
        before = server.resident_bytes()
        with contextlib.ExitStack() as open_ones:
            for _ in range(self.case.connections):
                one = open_ones.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
                one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                if b" 200 " not in one.recv(4096):
                    raise bench.Failed(f"{server.name}: no answer")
            return {"cost": (server.resident_bytes() - before) / self.case.connections}


class Latency:
    """Of requests that come at a fixed rate, whether those before were answered or not."""
    unit, scale, first = "us at p99", 1e6, "p99"

    def __init__(self, case, seconds, home):
        self.case, self.seconds = case, seconds
        self.log = pathlib.Path(home) / "latency.log"
        self.rates, self.wanted = {}, None

    def prepare(self, server):
        """Half of what the reference can do, and no more than half of what this one can."""
        rate = bench.load(server, connections=self.case.connections, seconds=max(1.0, self.seconds))[1]
        if server.name == "nginx":
            self.wanted = rate / 2
        self.rates[server.name] = rate / 2

    def measure(self, server):
        rate = min(self.rates[server.name], self.wanted or self.rates[server.name])
        # Connections are opened one after the other, lest all send at the same moments for ever.
        bench.h2load("--h1", f"-c{self.case.connections}", "-r1", "--rate-period=1ms", f"-n{int(rate * self.seconds)}",
                     "--rps", f"{rate / self.case.connections:.1f}", "--log-file", str(self.log),
                     f"http://127.0.0.1:{server.port}/")
        lines = [line.split() for line in self.log.read_text(encoding="ascii").splitlines()]
        self.log.unlink()
        if any(status != "200" for _, status, _ in lines):
            raise bench.Failed(f"{server.name}: not every request succeeded")
        begun = min(int(start) for start, _, _ in lines)
        # While the first tenth is sent, connections are still being opened.
        times = sorted(int(time) / 1e6 for start, _, time in lines if int(start) - begun > self.seconds * 1e5)
        found = {name: times[min(len(times) - 1, int(len(times) * part))] for name, part in LATENCIES.items()}
        return {**found, "rate": rate}


MEASURES = {"requests": Requests, "bytes": Bytes, "memory": Memory, "latency": Latency}


def verify(server, case, required, forwarded):
    """Ends the measurement of a server that does something else than the others."""
    status, fields, body = answer_of(server, case, "/", case.fields)
    problems = [] if status == 200 and len(body) == 118 else [f"answered {status} with {len(body)} bytes"]
    if case.decorated:
        for name, value in required.items():
            given = re.sub(r"; ?", ";", ", ".join(fields.get_all(name, [])))
            if given.lower() != re.sub(r"; ?", ";", value).lower():
                problems.append(f"{name}: {given or 'not there'}")
    if case.streams:
        spoken = re.search(r"Application protocol: (\S+)", bench.h2load("-n1", "-c1", f"https://127.0.0.1:{server.port}/"))
        if not spoken or spoken[1] != "h2":
            problems.append("does not speak HTTP/2")
    if server.name != "relay":
        echo = answer_of(server, case, "/echo", {**case.fields, "Host": "bench.test"})[2].lower()
        problems += [f"{line} was not forwarded" for line in forwarded if f"\r\n{line}".lower() not in echo]
    if problems:
        raise bench.NotServing(f"{server.name}: " + "; ".join(problems))
