#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reloads that change listeners, the admin address and limits; one whose address is taken changes nothing."""
import atexit
import http.client
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time

PROGRAM = os.environ["PORTICO_BINARY"]
PATIENCE = 20


def free_ports(count):
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


class Gateway:
    def __init__(self, home):
        self.home = home
        self.file = home / "portico.yaml"

    def write(self, listen, admin, more=""):
        places = ", ".join(f'{{address: "{place}"}}' for place in listen)
        self.file.write_text(f'listen: [{places}]\nadmin: {{address: "127.0.0.1:{admin}"}}\n{more}\n'
                             'routes: [{match: {path: /}, respond: "served"}]\n')

    def start(self):
        self.process = subprocess.Popen([PROGRAM, "run", "-c", str(self.file)], stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, "STATE_DIRECTORY": str(self.home)})
        atexit.register(self.process.kill)
        self.wait_for('"serving"')

    def wait_for(self, text):
        deadline = time.monotonic() + PATIENCE
        seen = []
        for line in self.process.stdout:
            seen.append(line)
            if text in line:
                return "".join(seen)
            assert time.monotonic() < deadline, f"no {text} in the log"
        raise AssertionError(f"portico ended before it said {text}: {seen}")

    def reload(self):
        self.process.send_signal(signal.SIGHUP)
        return self.wait_for('"event":"reload"')


def status(port, path="/", headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers=headers or {})
    return connection.getresponse().status


def refused(port):
    try:
        socket.create_connection(("127.0.0.1", port), PATIENCE).close()
        return False
    except ConnectionRefusedError:
        return True


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        one, two, three, admin, other_admin = free_ports(5)
        gateway = Gateway(home)
        gateway.write([f"127.0.0.1:{one}", f"127.0.0.1:{two}"], admin)
        gateway.start()
        kept = http.client.HTTPConnection("127.0.0.1", one, timeout=PATIENCE)
        kept.request("GET", "/")
        assert kept.getresponse().read() == b"served"

        gateway.write([f"127.0.0.1:{one}", f"127.0.0.1:{three}", f"unix:{home}/http"], other_admin,
                      "limits: {header_bytes: 1KiB}")
        told = gateway.reload()
        assert '"reloaded"' in told and str(three) in told, told
        assert refused(two) and refused(admin)
        assert status(one) == status(three) == 200
        assert status(other_admin, "/health/live") == 200
        assert status(one, headers={"X-Long": "x" * 2000}) == 431
        with socket.socket(socket.AF_UNIX) as local:
            local.connect(str(home / "http"))
        kept.request("GET", "/")
        assert kept.getresponse().read() == b"served"

        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            gateway.write([f"127.0.0.1:{two}", f"127.0.0.1:{port}"], other_admin)
            told = gateway.reload()
            assert f"127.0.0.1:{port}: bind: Address already in use" in told, told
            assert "the reload was refused" in told, told
        assert refused(two)
        assert status(one) == status(three) == 200

        gateway.write([f"127.0.0.1:{two}"], other_admin)
        gateway.reload()
        assert status(two) == 200 and refused(one) and refused(three)
        assert not (home / "http").exists()
        gateway.process.send_signal(signal.SIGTERM)
        assert gateway.process.wait(PATIENCE) == 0


if __name__ == "__main__":
    main()
