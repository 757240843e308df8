#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What /status says of a real process: its plugins and their files, its settings and where they came from."""
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.request

PROGRAM = os.environ["PORTICO_BINARY"]
BUILD = pathlib.Path(os.environ["PORTICO_BUILD_DIR"])
PATIENCE = 20
FILE = """
listen: [{{address: "127.0.0.1:0"}}]
admin: {{address: "127.0.0.1:0", token: "${{ADMIN_TOKEN}}"}}
log: {{access: "off"}}
plugins:
  hello: {{file: "{plugin}", greeting: {greeting}}}
routes: [{{match: {{path: /a}}, respond: "a"}}]
"""
TOKEN = "0123456789abcdef-secret"


class Program:
    def __init__(self, file, home):
        self.child = subprocess.Popen([PROGRAM, "run", "-c", str(file)], stdout=subprocess.PIPE, text=True,
                                      env={**os.environ, "STATE_DIRECTORY": str(home), "ADMIN_TOKEN": TOKEN})
        self.admin = int(re.search(r'"admin":"127.0.0.1:(\d+)"', self.next('"message":"serving"')).group(1))

    def next(self, word):
        return next(line for line in self.child.stdout if word in line)

    def reload(self):
        self.child.send_signal(signal.SIGHUP)
        self.next('"event":"reload"')

    def status(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.admin}/status", timeout=PATIENCE) as answer:
            text = answer.read().decode()
        assert TOKEN not in text
        return json.loads(text)


def setting(status, path):
    return next(one for one in status["settings"] if one["path"] == path)


def main(home):
    plugin = home / "hello.so"
    shutil.copy(next(BUILD.rglob("hello.so")), plugin)
    plugin.chmod(0o644)
    file = home / "portico.yaml"
    file.write_text(FILE.format(plugin=plugin, greeting="Ahoy"))
    program = Program(file, home)
    status = program.status()
    assert status["process"]["pid"] == program.child.pid
    assert status["process"]["health"]["status"] == "ready"
    assert status["configuration"]["files"] == [str(file)]
    assert status["configuration"]["hash"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert status["configuration"]["live_generations"] == 1
    workers, crypto = status["pools"]
    assert workers["name"] == "workers" and workers["threads"] > 0 and workers["refused"] == 0, workers
    assert crypto["name"] == "crypto" and crypto["threads"] == 0 and crypto["capacity"] == 64, crypto
    hello = status["plugins"][0]
    assert hello["name"] == "hello" and not hello["upgrade_pending"], hello
    assert hello["hash"] == hashlib.sha256(plugin.read_bytes()).hexdigest()
    assert any(route["match"] == "* /a" and route["at"].startswith(str(file)) for route in status["routes"])
    greeting = setting(status, "plugins.hello.greeting")
    assert greeting["value"] == "Ahoy" and greeting["from"].startswith(f"{file}:6:"), greeting
    assert setting(status, "admin.token") == {"path": "admin.token", "value": "***",
                                              "from": f"{file}:3:40 (environment)"}
    assert setting(status, "limits.body_bytes")["from"] == "default"

    replacement = home / "next.so"
    replacement.write_bytes(plugin.read_bytes() + b"\0")
    replacement.chmod(0o644)
    replacement.rename(plugin)
    file.write_text(FILE.format(plugin=plugin, greeting="Hi"))
    program.reload()
    status = program.status()
    assert status["plugins"][0]["upgrade_pending"], status["plugins"]
    assert setting(status, "plugins.hello.greeting")["value"] == "Hi"
    assert status["configuration"]["reloads"]["succeeded"] == 1

    file.write_text("routes: [{}]")
    program.reload()
    reloads = program.status()["configuration"]["reloads"]
    assert reloads["last_refused"] and "portico.yaml:1:" in reloads["problems"][0], reloads
    program.child.send_signal(signal.SIGTERM)
    assert program.child.wait(PATIENCE) == 0


with tempfile.TemporaryDirectory() as folder:
    main(pathlib.Path(folder))
