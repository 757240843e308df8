#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a plugin that knows callers gets of the real program: fields that nobody forges, texts that a command seals and
the gateway opens, threads of their own, and streams that end."""
import os
import pathlib
import subprocess
import tempfile

from proxying import PATIENCE, PROGRAM, Program, Server

FILE = """
plugins:
  proxy: {{upstreams: {{app: {{targets: ["{url}"]}}}}}}
  ticket: {{}}
routes:
  - {{match: {{path: "/**"}}, proxy: app}}
  - {{match: {{path: /in}}, use: [ticket], proxy: app}}
"""


def command(home, *words):
    return subprocess.run([PROGRAM, "ticket-for", *words, "-c", home / "portico.yaml"], capture_output=True, text=True,
                          env={**os.environ, "STATE_DIRECTORY": str(home)}, timeout=PATIENCE)


def check_fields(gateway):
    ticket = gateway.ask("/ticket/sell/ada", "POST").body.decode()
    seen = gateway.ask("/in", X_Ticket=ticket, X_User_Id="root").seen["fields"]
    assert seen["x-user-id"] == "ada" and "x-ticket" not in seen, seen
    seen = gateway.ask("/elsewhere", X_User_Id="root").seen["fields"]
    assert "x-user-id" not in seen, seen


def check_command(gateway, home):
    """It has the gateway's secret."""
    sealed = command(home, "bob")
    assert sealed.returncode == 0, sealed.stderr
    seen = gateway.ask("/in", X_Ticket=sealed.stdout.strip()).seen["fields"]
    assert seen["x-user-id"] == "bob", seen


def check_pools(gateway):
    workers, crypto = gateway.status()["pools"]
    assert workers["name"] == "workers" and workers["threads"] > 0, workers
    assert crypto["name"] == "crypto" and crypto["threads"] > 0 and crypto["capacity"] == 64, crypto
    assert f'portico_workers{{pool="crypto"}} {crypto["threads"]}\n' in gateway.metrics()
    tasks = pathlib.Path(f"/proc/{gateway.child.pid}/task")
    nice = [int(stat.rsplit(")", 1)[1].split()[16]) for stat in (task.joinpath("stat").read_text()
                                                                 for task in tasks.iterdir()) if "(crypto" in stat]
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert len(nice) == crypto["threads"] and set(nice) == {max(own, 5)}, nice


def check_without_a_secret(home):
    """A command says why nothing is sealed, and leaves no other secret."""
    home.joinpath("secret").write_text("short")
    refused = command(home, "eve")
    assert refused.returncode != 0 and "less than 32 bytes" in refused.stderr, refused
    home.joinpath("secret").unlink()
    assert command(home, "eve").returncode == 0
    assert home.joinpath("secret").stat().st_mode & 0o777 == 0o600


def main(home):
    server = Server("app")
    gateway = Program(FILE.format(url=server.url), home)
    check_fields(gateway)
    check_command(gateway, home)
    check_pools(gateway)
    gateway.stop()
    check_without_a_secret(home)
    server.stop()


with tempfile.TemporaryDirectory() as folder:
    main(pathlib.Path(folder))
