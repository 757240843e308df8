# SPDX-License-Identifier: Apache-2.0
"""A gateway with the sample plugin `chat` on a plain and an encrypted port, for tests that change it while it serves.
Its topic is the number of its file."""
import asyncio
import contextlib
import os
import pathlib
import select
import signal
import socket
import subprocess

PROGRAM = os.environ["PORTICO_BINARY"]
PATIENCE = 20

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


def await_end(process):
    """Of one that need not be our child."""
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return
    ended = select.select([descriptor], [], [], PATIENCE)[0]
    os.close(descriptor)
    assert ended, f"process {process} does not end"


class Gateway:
    def __init__(self, home):
        self.home, self.plain, self.secure = home, free_port(), free_port()
        self.topic = -1
        self.process = None
        self.environment = {**os.environ, "STATE_DIRECTORY": str(home / "state")}

    def write(self):
        self.topic += 1
        text = FILE.format(home=self.home, plain=self.plain, secure=self.secure, topic=self.topic)
        new = self.home / "new.yaml"
        new.write_text(text)
        new.replace(self.home / "portico.yaml")

    async def start(self):
        self.write()
        self.process = await asyncio.create_subprocess_exec(
            PROGRAM, "run", "-c", str(self.home / "portico.yaml"), f"--pidfile={self.home}/pid",
            stdout=asyncio.subprocess.PIPE, env=self.environment)
        await self.wait_for("serving")

    async def wait_for(self, text):
        while text.encode() not in (line := await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)):
            assert line, f'portico ended before it said "{text}"'

    async def reload(self):
        self.write()
        os.kill(self.pid(), signal.SIGHUP)
        await self.wait_for("reloaded")

    async def upgrade(self):
        """The file and the program anew; the old process ends once its last client has gone."""
        self.write()
        before = self.pid()
        upgrade = await asyncio.create_subprocess_exec(
            PROGRAM, "upgrade", "-c", str(self.home / "portico.yaml"), stdout=asyncio.subprocess.PIPE, env=self.environment)
        said, _ = await asyncio.wait_for(upgrade.communicate(), PATIENCE)
        assert upgrade.returncode == 0, said
        await asyncio.get_running_loop().run_in_executor(None, await_end, before)

    def pid(self):
        return int((self.home / "pid").read_text())

    def resident(self):
        status = pathlib.Path(f"/proc/{self.pid()}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    async def last_words(self):
        """Ends it at once. What it had said that nobody has read."""
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.kill(self.pid(), signal.SIGKILL)
        return (await self.process.stdout.read()).decode()

    async def stop(self):
        last = self.pid()
        os.kill(last, signal.SIGTERM)
        await asyncio.get_running_loop().run_in_executor(None, await_end, last)
        assert await asyncio.wait_for(self.process.wait(), PATIENCE) == 0
