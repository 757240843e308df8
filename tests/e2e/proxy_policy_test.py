#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which server gets a request of the plugin `proxy`, and what failures lead to, in the real program."""
import ssl
import subprocess
import tempfile

from proxying import Program, Server, eventually

DEAD = "http://127.0.0.1:1"


def file_of(**upstreams):
    """Each upstream on a route of its name."""
    named = "".join(f"      {name}: {text}\n" for name, text in upstreams.items())
    routes = "".join(f'  - {{match: {{path: "/{name}/**"}}, proxy: {name}}}\n' for name in upstreams)
    return f"plugins:\n  proxy:\n    upstreams:\n{named}routes:\n{routes}"


class Case:
    """A program before two servers, a and b."""

    def __init__(self, text):
        self.folder = tempfile.TemporaryDirectory()
        self.a, self.b = Server("a"), Server("b")
        self.program = Program(self.fill(text), self.folder.name)

    def fill(self, text):
        return text.replace("A_URL", self.a.url).replace("B_URL", self.b.url)

    def state(self):
        return next(each["state"] for each in self.program.status()["plugins"] if each["name"] == "proxy")

    def who(self, path, **fields):
        return self.program.ask(path, **fields).seen["server"]

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if failure[0] is None:
            self.program.stop()
        else:
            self.program.child.kill()
        self.a.stop()
        self.b.stop()
        self.folder.cleanup()


def shares_by_weight():
    with Case(file_of(x='{targets: [{url: "A_URL", weight: 3}, "B_URL"]}',
                      y='{targets: ["A_URL", {url: "B_URL", weight: 0}]}',
                      z='{targets: ["A_URL", "B_URL"], balance: {method: hash, key: "{header.x-key}"}}')) as case:
        seen = [case.who("/x/") for _ in range(8)]
        assert (seen.count("a"), seen.count("b")) == (6, 2), seen
        assert {case.who("/y/") for _ in range(4)} == {"a"}
        homes = {key: {case.who("/z/", X_Key=key) for _ in range(3)} for key in map(str, range(16))}
        assert all(len(home) == 1 for home in homes.values()), homes
        assert {next(iter(home)) for home in homes.values()} == {"a", "b"}, homes


def tries_another():
    with Case(file_of(x=f'{{targets: ["{DEAD}", "A_URL"], ejection: {{failures: 0}}}}',
                      y='{targets: ["A_URL", "B_URL"], retries: {tries: 2, on: [503]}, ejection: {failures: 0}}',
                      z='{targets: ["A_URL", "B_URL"]}')) as case:
        assert {case.who("/x/") for _ in range(4)} == {"a"}
        case.a.answers(503)
        assert {case.who("/y/") for _ in range(4)} == {"b"}
        assert {case.program.ask("/z/").status for _ in range(4)} == {200, 503}
        assert {case.program.ask("/y/", "POST", "x").status for _ in range(4)} == {200, 503}, "POST is not repeated"


def puts_out_who_fails():
    text = file_of(x='{targets: ["A_URL", "B_URL"], ejection: {failures: 2, on: [5xx], for: 1h, longest: 1h}}')
    with Case(text) as case:
        case.a.answers(500)
        statuses = [case.program.ask("/x/").status for _ in range(10)]
        assert statuses.count(500) == 2, statuses
        case.program.next("upstream.down x: ")
        happened, = case.program.status()["events"]
        assert (happened["name"], happened["source"]) == ("upstream.down", "proxy"), happened
        assert happened["data"] == {"upstream": "x", "target": case.a.url.removeprefix("http://"),
                                    "seconds": "3600"}, happened
        told, = case.state()["upstreams"]
        a, b = (told["targets"][number] for number in (0, 1))
        assert (a["state"], b) == ("out", {"target": case.b.url.removeprefix("http://"), "state": "up"}), told
        assert 3500 < a["seconds"] <= 3600, a
        assert 'proxy_targets_up{upstream="x"} 1\n' in case.program.metrics()
        case.program.reload(case.fill(text))
        assert {case.who("/x/") for _ in range(6)} == {"b"}, "a reload forgets nothing"


def brings_back_who_recovers():
    with Case(file_of(x='{targets: ["A_URL", "B_URL"], ejection: {failures: 1, on: [5xx], for: 1ms}}')) as case:
        case.a.answers(500)
        assert 500 in [case.program.ask("/x/").status for _ in range(4)]
        case.program.next("upstream.down x: ")
        case.a.answers(200)
        while case.who("/x/") != "a":
            pass
        case.program.next("upstream.up x: ")


def fails_over():
    with Case(file_of(x=f'{{targets: ["{DEAD}", {{url: "A_URL", priority: 1}}], ejection: {{failures: 1}}}}')) as case:
        assert {case.who("/x/") for _ in range(4)} == {"a"}


def sticks():
    text = file_of(x='{targets: [{url: "A_URL", name: blue}, {url: "B_URL", name: green}], '
                     'sticky: {cookie: home, secure: false}}')
    with Case(text) as case:
        first = case.program.ask("/x/")
        cookie = first.fields["Set-Cookie"].split(";")[0]
        home = first.seen["server"]
        for _ in range(4):
            reply = case.program.ask("/x/", Cookie=cookie)
            assert reply.seen["server"] == home and "Set-Cookie" not in reply.fields, reply.fields
        assert {case.who("/x/", Cookie=cookie[:-3] + "abc") for _ in range(4)} == {"a", "b"}, "forged"
        case.program.stop()
        case.program = Program(case.fill(text), case.folder.name)
        assert {case.who("/x/", Cookie=cookie) for _ in range(4)} == {home}, "after a restart"
        (case.a if home == "a" else case.b).stop()
        moved = case.program.ask("/x/", Cookie=cookie)
        assert moved.seen["server"] != home and moved.fields["Set-Cookie"].startswith("home="), moved.fields


def breaks_the_circuit():
    with Case(file_of(x='{targets: ["A_URL"], breaker: {requests: 5, open: 1h}}')) as case:
        case.a.answers(500)
        assert [case.program.ask("/x/").status for _ in range(5)] == [500] * 5
        reply = case.program.ask("/x/")
        assert reply.status == 503 and b"upstream_open" in reply.body, reply.body
        assert int(reply.fields["Retry-After"]) > 3000, reply.fields
        assert len(case.a.seen) == 5


def closes_the_circuit():
    with Case(file_of(x='{targets: ["A_URL"], breaker: {requests: 5, open: 1ms, trials: 2}}')) as case:
        case.a.answers(500)
        for _ in range(5):
            case.program.ask("/x/")
        case.program.next("the breaker is open")
        case.a.answers(200)
        while case.program.ask("/x/").status != 200:
            pass
        while case.program.ask("/x/").status != 200:
            pass
        case.program.next("the breaker is closed")


def falls_back():
    with Case(file_of(x=f'{{targets: ["{DEAD}"], fallback: {{status: 200, body: later}}}}',
                      y='{targets: ["A_URL"], fallback: {status: 200, body: later}}')) as case:
        reply = case.program.ask("/x/")
        assert (reply.status, reply.body) == (200, b"later"), reply.body
        case.a.answers(503)
        assert case.program.ask("/y/").seen["server"] == "a", "an answer of the target stays"


def copies_requests():
    file = file_of(x='{targets: ["A_URL"]}', y='{targets: ["B_URL"], breaker: {errors: 20, requests: 2, open: 1h}}')
    with Case(file.replace("proxy: x", "proxy: {upstream: x, mirror: y}")) as case:
        for number in range(4):
            reply = case.program.ask("/x/", "POST", f"body {number}", X_Number=str(number))
            assert reply.seen["server"] == "a", reply.seen
        eventually(lambda: len(case.b.seen) == 4)
        for there, copy in zip(case.a.seen, sorted(case.b.seen, key=lambda seen: seen["body"])):
            assert {**copy, "server": "a"} == there, (copy, there)
        case.b.answers(500)
        assert case.program.ask("/x/").status == 200
        case.program.next("upstream.down y: the breaker is open")
        assert [case.program.ask("/x/").status for _ in range(5)] == [200] * 5
        assert len(case.b.seen) == 5, "its breaker is open"


def speaks_tls():
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
             f"{home}/key.pem", "-out", f"{home}/cert.pem"], check=True, stderr=subprocess.DEVNULL)
        server = Server("tls")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{home}/cert.pem", f"{home}/key.pem")
        server.server.socket = context.wrap_socket(server.server.socket, server_side=True)
        url, trust = f"https://localhost:{server.port}", f"ca: {home}/cert.pem"
        program = Program(file_of(x=f'{{targets: ["{url}"], tls: {{{trust}}}}}', y=f'{{targets: ["{url}"]}}',
                                  z=f'{{targets: ["{url}"], tls: {{{trust}, server_name: other}}}}'), home)
        seen = program.ask("/x/").seen
        assert seen["fields"]["host"] == f"localhost:{server.port}", seen
        assert program.ask("/y/").status == 502, "nobody vouches for it"
        assert program.ask("/z/").status == 502, "it bears another name"
        program.stop()
        server.stop()


for test in (shares_by_weight, tries_another, puts_out_who_fails, brings_back_who_recovers, fails_over, sticks,
             breaks_the_circuit, closes_the_circuit, falls_back, copies_requests, speaks_tls):
    test()
