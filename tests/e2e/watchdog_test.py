#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the service manager hears: READY, WATCHDOG while all is alive, RELOADING, STOPPING; and a second signal."""
import atexit
import os
import pathlib
import signal
import socket
import subprocess
import tempfile

PROGRAM = os.environ["PORTICO_BINARY"]
PATIENCE = 20

FILE = """
listen: [{{address: "127.0.0.1:{port}"}}]
admin: {{address: "127.0.0.1:0"}}
routes: [{{match: {{path: /}}, respond: "here"}}]
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def hear(manager, wanted):
    """Until a message with this line comes; what came before it."""
    before = []
    while wanted not in (message := manager.recv(4096).decode()).splitlines():
        before.append(message)
    return before


def main():
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        home = pathlib.Path(folder)
        manager.bind(str(home / "notify"))
        manager.settimeout(PATIENCE)
        file = home / "portico.yaml"
        port = free_port()
        file.write_text(FILE.format(port=port))
        program = subprocess.Popen([PROGRAM, "run", "-c", str(file)], stdout=subprocess.DEVNULL,
                                   env={**os.environ, "STATE_DIRECTORY": str(home), "WATCHDOG_USEC": "100000",
                                        "NOTIFY_SOCKET": str(home / "notify")})
        atexit.register(program.kill)
        hear(manager, "READY=1")
        hear(manager, "WATCHDOG=1")
        hear(manager, "WATCHDOG=1")
        program.send_signal(signal.SIGHUP)
        hear(manager, "RELOADING=1")
        hear(manager, "READY=1")
        hear(manager, "WATCHDOG=1")
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as unfinished:
            unfinished.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")
            program.send_signal(signal.SIGTERM)
            hear(manager, "STOPPING=1")
            program.send_signal(signal.SIGTERM)
            assert program.wait(PATIENCE) == 128 + signal.SIGTERM


if __name__ == "__main__":
    main()
