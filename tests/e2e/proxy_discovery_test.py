#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The proxy finds its servers by a real name server and in a file, and asks them how they are."""
import pathlib
import tempfile
import time

from name_server import NameServer
from proxying import PATIENCE, Program, Server, eventually

FILE = """
resolvers: ["127.0.0.1:{dns}"]
plugins:
  proxy:
    upstreams:
      named: {{discover: {{dns: app.test, port: {port}, least: 100ms, longest: 200ms}}}}
      served: {{discover: {{dns: _app._tcp.test, record: service, least: 100ms, longest: 200ms}}}}
      listed: {{discover: {{file: {home}/targets}}}}
      checked:
        targets: ["{one}", "{two}"]
        # Both servers live in this process: where the machine lets it wait, they are late, and not down.
        health: {{path: /health, every: 100ms, timeout: {patience}s, down: 2, up: 2}}
routes:
  - {{match: {{path: "/named/**"}}, proxy: named}}
  - {{match: {{path: "/served/**"}}, proxy: served}}
  - {{match: {{path: "/listed/**"}}, proxy: listed}}
  - {{match: {{path: "/checked/**"}}, proxy: checked}}
"""


def serves(program, target, *names):
    """Whether these servers answer there, and no other."""
    replies = [program.ask(target) for _ in range(6)]
    return all(reply.status == 200 for reply in replies) and {reply.seen["server"] for reply in replies} == set(names)


def finds_by_name(program, names, one, two):
    eventually(lambda: serves(program, "/named/x", "one"))
    eventually(lambda: serves(program, "/served/x", "one", "two"))
    names.stop()
    for _ in range(3):
        assert serves(program, "/named/x", "one"), "the last good answer is gone"
        time.sleep(0.1)
    names.answer("--host-record=app.test,127.0.0.1",
                 f"--srv-host=_app._tcp.test,two.test,{two.port},0,1", "--host-record=two.test,127.0.0.1")
    eventually(lambda: serves(program, "/served/x", "two"))


def finds_in_a_file(program, home, one, two):
    eventually(lambda: serves(program, "/listed/x", "one"))
    (home / "targets").write_text(f"{two.url}  # the other one\n")
    eventually(lambda: serves(program, "/listed/x", "two"))
    (home / "targets").write_text("nonsense\n")
    program.next("its targets cannot be found")
    assert serves(program, "/listed/x", "two")


def asks_how_they_are(program, one):
    eventually(lambda: serves(program, "/checked/x", "one", "two"))
    one.server.answer = lambda seen: (503 if seen["target"] == "/health" else 200, {})
    program.next(f"upstream.down checked: 127.0.0.1:{one.port} ")
    assert serves(program, "/checked/x", "two")
    one.answers(200)
    program.next(f"upstream.up checked: 127.0.0.1:{one.port} ")
    eventually(lambda: serves(program, "/checked/x", "one", "two"))


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        one, two, names = Server("one"), Server("two"), NameServer()
        names.answer("--host-record=app.test,127.0.0.1",
                     f"--srv-host=_app._tcp.test,one.test,{one.port},0,1", "--host-record=one.test,127.0.0.1",
                     f"--srv-host=_app._tcp.test,two.test,{two.port},0,1", "--host-record=two.test,127.0.0.1")
        (home / "targets").write_text(f"{one.url}\n")
        program = Program(FILE.format(dns=names.port, port=one.port, home=home, one=one.url, two=two.url,
                                      patience=PATIENCE), home)
        try:
            finds_by_name(program, names, one, two)
            finds_in_a_file(program, home, one, two)
            asks_how_they_are(program, one)
        finally:
            names.stop()
            one.stop()
            two.stop()
            program.stop()


if __name__ == "__main__":
    main()
