#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""TLS of the real program: handshake, keep-alive, redirect from http, renewal by a reload and by itself, tickets over a restart."""
import atexit
import http.client
import os
import pathlib
import signal
import socket
import ssl
import stat
import subprocess
import tempfile
import time

PROGRAM = os.environ["PORTICO_BINARY"]
PATIENCE = 60  # The files are looked at every ten seconds.

FILE = """
listen:
  - address: "127.0.0.1:{secure}"
    tls: {{certificate: {home}/cert.pem, key: {home}/key.pem, redirect_http: true}}
  - address: "127.0.0.1:{plain}"
admin: {{address: "127.0.0.1:0"}}
routes:
  - {{match: {{path: /scheme}}, respond: "{{request.scheme}}"}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certify(home, name):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost", "-keyout", f"{home}/new.key",
         "-out", f"{home}/new.cert"], check=True, stderr=subprocess.DEVNULL)
    os.chmod(f"{home}/new.key", 0o600)
    os.rename(f"{home}/new.key", f"{home}/key.pem")
    os.rename(f"{home}/new.cert", f"{home}/cert.pem")


class Gateway:
    def __init__(self, home, file):
        self.process = subprocess.Popen([PROGRAM, "run", "-c", str(file)], stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, "STATE_DIRECTORY": str(home / "state")})
        atexit.register(self.process.kill)
        self.wait_for("serving")

    def wait_for(self, text):
        deadline = time.monotonic() + PATIENCE
        for line in self.process.stdout:
            if text in line:
                return
            assert time.monotonic() < deadline, f"no \"{text}\" in the log"
        raise AssertionError(f"portico ended before it said \"{text}\"")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(PATIENCE) == 0


def trusting(home):
    context = ssl.create_default_context(cafile=f"{home}/cert.pem")
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context


def connect(port, context, session=None):
    plain = socket.create_connection(("127.0.0.1", port), PATIENCE)
    return context.wrap_socket(plain, server_hostname="localhost", session=session)


def ask(secure):
    secure.sendall(b"GET /scheme HTTP/1.1\r\nHost: localhost\r\n\r\n")
    answer = b""
    while not answer.endswith(b"\r\n\r\nhttps"):
        piece = secure.recv(4096)
        assert piece, answer
        answer += piece
    return answer


def check_plain_port(plain, secure):
    connection = http.client.HTTPConnection("127.0.0.1", plain, timeout=PATIENCE)
    connection.request("GET", "/a/b?c=d", headers={"Host": "localhost"})
    answer = connection.getresponse()
    assert answer.status == 308, answer.status
    assert answer.getheader("Location") == f"https://localhost:{secure}/a/b?c=d", answer.getheader("Location")


def check_garbage(secure):
    with socket.create_connection(("127.0.0.1", secure), PATIENCE) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        while plain.recv(4096):
            pass


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        secure_port, plain_port = free_port(), free_port()
        file = home / "portico.yaml"
        file.write_text(FILE.format(secure=secure_port, plain=plain_port, home=home))
        certify(home, "first")
        gateway = Gateway(home, file)
        context = trusting(home)
        kept = connect(secure_port, context)
        assert kept.version() == "TLSv1.3" and kept.selected_alpn_protocol() == "http/1.1"
        for _ in range(3):
            assert ask(kept).startswith(b"HTTP/1.1 200 OK\r\n")
        check_plain_port(plain_port, secure_port)
        check_garbage(secure_port)
        assert stat.S_IMODE((home / "state" / "secret").stat().st_mode) == 0o600

        certify(home, "second")
        gateway.process.send_signal(signal.SIGHUP)
        gateway.wait_for("reloaded")
        ask(kept)
        renewed = connect(secure_port, trusting(home))
        assert ("commonName", "second") in renewed.getpeercert()["subject"][0]
        ask(renewed)

        certify(home, "third")
        gateway.wait_for("certificates renewed")
        renewed = connect(secure_port, trusting(home))
        assert ("commonName", "third") in renewed.getpeercert()["subject"][0]
        ask(renewed)  # One that has asked nothing yet would be closed before the files are looked at again.
        (home / "cert.pem").write_text("half of a file")
        gateway.wait_for("the new certificates are not taken; those in use serve on")
        ask(renewed)
        renewed = connect(secure_port, renewed.context)
        ask(renewed)
        certify(home, "third")

        gateway.stop()
        gateway = Gateway(home, file)
        resumed = connect(secure_port, renewed.context, renewed.session)
        assert resumed.session_reused, "a ticket did not outlive the restart"
        ask(resumed)
        gateway.stop()


if __name__ == "__main__":
    main()
