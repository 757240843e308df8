#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The plugin `proxy` in the real program, before real servers."""
import http.client
import re
import tempfile

from proxying import PATIENCE, Program, Server

FILE = """
trusted_proxies: {trusted}
plugins:
  proxy:
    upstreams:
      app: {{targets: ["{url}"]}}
      named: {{targets: ["http://localhost:{port}"]}}
      local: {{targets: ["unix:{home}/app.sock"]}}
routes:
  - {{match: {{path: "/app/**"}}, proxy: {{upstream: app, strip_prefix: /app}}}}
  - {{match: {{path: "/named/**"}}, proxy: {{upstream: named, host: upstream}}}}
  - {{match: {{path: "/local/**"}}, proxy: {{upstream: local, host: upstream}}}}
  - {{match: {{path: "/direct/**"}}, proxy: "{url}"}}
  - {{match: {{path: "/gone/**"}}, proxy: "http://127.0.0.1:1"}}
"""
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def forwards(program, app):
    reply = program.ask("/app/a/b?c=d", "POST", "hello", Content_Type="text/plain")
    assert reply.status == 200, reply.status
    seen = reply.seen
    assert (seen["method"], seen["target"], seen["body"]) == ("POST", "/a/b?c=d", "hello"), seen
    assert seen["fields"]["host"] == f"127.0.0.1:{program.port}", seen
    assert seen["fields"]["x-forwarded-for"] == "127.0.0.1", seen
    assert seen["fields"]["via"] == "1.1 portico", seen
    assert re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-03", seen["fields"]["traceparent"]), seen
    assert program.ask("/direct/x").seen["server"] == "app"


def finds_names(program, app):
    seen = program.ask("/named/x").seen
    assert seen["fields"]["host"] == f"localhost:{app.port}", seen


def speaks_by_a_socket(program, _):
    seen = program.ask("/local/x").seen
    assert (seen["server"], seen["fields"]["host"]) == ("local", "localhost"), seen


def leads_redirects_back(program, app):
    app.answers(302, {"Location": f"{app.url}/login"})
    reply = program.ask("/app/x")
    assert reply.fields["Location"] == f"http://127.0.0.1:{program.port}/app/login", reply.fields
    app.answers(200)


def believes_no_stranger(program, _):
    seen = program.ask("/app/x", X_Forwarded_For="6.6.6.6", X_Forwarded_Host="evil", traceparent=TRACE).seen["fields"]
    assert seen["x-forwarded-for"] == "127.0.0.1", seen
    assert seen["x-forwarded-host"] == f"127.0.0.1:{program.port}", seen
    assert TRACE[3:35] not in seen["traceparent"], seen


def continues_what_a_trusted_proxy_says(program):
    seen = program.ask("/app/x", X_Forwarded_For="192.0.2.7", X_Forwarded_Host="www.example.com",
                       traceparent=TRACE).seen["fields"]
    assert seen["x-forwarded-for"] == "192.0.2.7, 127.0.0.1", seen
    assert seen["x-forwarded-host"] == "www.example.com", seen
    assert seen["traceparent"].startswith(TRACE[:35]) and seen["traceparent"] != TRACE, seen


def answers_for_who_is_not_there(program, _):
    reply = program.ask("/gone/x")
    assert reply.status == 502, reply.status
    assert b"upstream_unreachable" in reply.body, reply.body


def keeps_connections(program, app):
    connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=PATIENCE)
    for _ in range(3):
        connection.request("GET", "/app/x")
        assert connection.getresponse().read()
    connection.close()


def main():
    with tempfile.TemporaryDirectory() as home:
        app = Server("app")
        local = Server("local", path=f"{home}/app.sock")
        text = FILE.format(trusted="[]", url=app.url, port=app.port, home=home)
        program = Program(text, home)
        for test in (forwards, finds_names, speaks_by_a_socket, leads_redirects_back, believes_no_stranger,
                     answers_for_who_is_not_there, keeps_connections):
            test(program, app)
        program.stop()
        trusting = Program(FILE.format(trusted='["127.0.0.1"]', url=app.url, port=app.port, home=home), home)
        continues_what_a_trusted_proxy_says(trusting)
        trusting.stop()
        app.stop()
        local.stop()


main()
