#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reloads the real program under every kind of traffic: no request fails, no answer comes from an old file, no memory
is lost. With $PORTICO_SOAK_SECONDS it reloads once a second for so long, and 300 times afterwards."""
import asyncio
import os
import pathlib
import signal
import socket
import subprocess
import tempfile

from traffic import Editions, Traffic

PROGRAM = os.environ["PORTICO_BINARY"]
SOAK = int(os.environ.get("PORTICO_SOAK_SECONDS", "0"))
RELOADS, INTERVAL = (SOAK, 1.0) if SOAK else (20, 0.25)
# Sanitizers keep what was freed.
MEMORY_COUNTS = "sanitize" not in os.environ.get("PORTICO_PRESET", "")

FILE = """
listen:
  - address: "127.0.0.1:{plain}"
  - address: "127.0.0.1:{secure}"
    tls: {{certificate: {home}/cert.pem, key: {home}/key.pem}}
admin: {{address: "127.0.0.1:0"}}
log: {{access: off}}
plugins:
  chat: {{topic: "{topic}"}}
  headers: {{}}
use: [headers]
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certify(home):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", f"{home}/key.pem",
         "-out", f"{home}/cert.pem"], check=True, stderr=subprocess.DEVNULL)


class Gateway:
    def __init__(self, home):
        self.home, self.plain, self.secure = home, free_port(), free_port()
        self.topic = -1
        self.process = None

    def write(self):
        self.topic += 1
        text = FILE.format(home=self.home, plain=self.plain, secure=self.secure, topic=self.topic)
        new = self.home / "new.yaml"
        new.write_text(text)
        new.replace(self.home / "portico.yaml")

    async def start(self):
        self.write()
        self.process = await asyncio.create_subprocess_exec(
            PROGRAM, "run", "-c", str(self.home / "portico.yaml"), stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "STATE_DIRECTORY": str(self.home / "state")})
        await self.wait_for("serving")

    async def wait_for(self, text):
        while text.encode() not in (line := await asyncio.wait_for(self.process.stdout.readline(), 20)):
            assert line, f'portico ended before it said "{text}"'

    async def reload(self):
        self.write()
        self.process.send_signal(signal.SIGHUP)
        await self.wait_for("reloaded")

    def resident(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    async def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(self.process.wait(), 20) == 0


async def reload_often(gateway, editions):
    for _ in range(RELOADS):
        await gateway.reload()
        editions.add()
        await asyncio.sleep(INTERVAL)


async def check_memory(gateway):
    for _ in range(30):
        await gateway.reload()
    early = gateway.resident()
    for _ in range(270):
        await gateway.reload()
    late = gateway.resident()
    print(f"resident memory: {early} KiB after 30 reloads, {late} KiB after 300")
    assert not MEMORY_COUNTS or late <= early * 1.05


async def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        certify(home)
        gateway, editions = Gateway(home), Editions()
        await gateway.start()
        editions.add()
        traffic = Traffic(gateway.plain, gateway.secure, f"{home}/cert.pem", editions)
        await traffic.run(reload_often(gateway, editions))
        print(f"{RELOADS} reloads under traffic: {traffic.counts}")
        await check_memory(gateway)
        await gateway.stop()


asyncio.run(main())
