#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Socket activation: who connected before the program began is answered, and a second instance is refused."""
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
workers: "3"
routes: [{{match: {{path: /}}, respond: "activated"}}]
"""


def start(file, home, listener=None):
    """As systemd does: the socket is descriptor 3, and $LISTEN_PID the program's own."""
    command, hand_over = [PROGRAM, "run", "-c", str(file)], {}
    if listener is not None:
        command = ["sh", "-c", 'exec env LISTEN_PID=$$ LISTEN_FDS=1 "$@" 3<&"$GIVEN"', "sh", *command]
        hand_over = {"pass_fds": [listener.fileno()]}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **hand_over,
                            env={**os.environ, "STATE_DIRECTORY": str(home),
                                 "GIVEN": str(listener.fileno()) if listener else ""})


def ask(connection):
    connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    answer = b""
    while piece := connection.recv(4096):
        answer += piece
    return answer


def main():
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listener:
        home = pathlib.Path(folder)
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        port = listener.getsockname()[1]
        file = home / "portico.yaml"
        file.write_text(FILE.format(port=port))
        early = socket.create_connection(("127.0.0.1", port), PATIENCE)
        program = start(file, home, listener)
        assert ask(early).endswith(b"activated")
        for _ in range(10):
            assert ask(socket.create_connection(("127.0.0.1", port), PATIENCE)).endswith(b"activated")
        second = start(file, home)
        output = second.communicate(timeout=PATIENCE)[0]
        assert second.returncode == 69 and str(port) in output, output
        program.send_signal(signal.SIGTERM)
        assert program.wait(PATIENCE) == 0


if __name__ == "__main__":
    main()
