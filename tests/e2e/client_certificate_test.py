#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a client's certificate says reaches plugins and templates; who shows none, or a stranger's, does not pass."""
import atexit
import hashlib
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import tempfile

PROGRAM = os.environ["PORTICO_BINARY"]
PATIENCE = 20

FILE = """
listen:
  - address: "127.0.0.1:{port}"
    tls: {{certificate: {home}/server.pem, key: {home}/server.key, client_ca: {home}/ca.pem, client_auth: optional}}
admin: {{address: "127.0.0.1:0"}}
plugins: {{badge: {{fingerprints: ["{fingerprint}"]}}}}
routes:
  - {{match: {{path: /facts}}, respond: "{{client.certificate.subject}} {{client.certificate.names}}"}}
  - {{match: {{path: /guarded}}, use: [badge], respond: "in"}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def openssl(*words):
    subprocess.run(["openssl", *map(str, words)], check=True, stderr=subprocess.DEVNULL)


def certify(home, name, subject, signer=None, names=None):
    words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", subject, "-keyout", home / f"{name}.key", "-out", home / f"{name}.pem"]
    if names:
        words += ["-addext", f"subjectAltName={names}"]
    if signer:
        words += ["-CA", home / f"{signer}.pem", "-CAkey", home / f"{signer}.key", "-addext",
                  "basicConstraints=CA:FALSE"]
    openssl(*words)
    os.chmod(home / f"{name}.key", 0o600)


class Client:
    def __init__(self, home, port, name=None):
        self.context = ssl.create_default_context(cafile=home / "server.pem")
        if name:
            self.context.load_cert_chain(home / f"{name}.pem", home / f"{name}.key")
        self.port = port

    def get(self, path):
        plain = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        with self.context.wrap_socket(plain, server_hostname="localhost") as secure:
            secure.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            answer = b""
            while piece := secure.recv(4096):
                answer += piece
        head, _, body = answer.decode().partition("\r\n\r\n")
        return int(head.split()[1]), body


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        certify(home, "server", "/CN=localhost", names="DNS:localhost")
        certify(home, "ca", "/O=Example/CN=Example CA")
        certify(home, "ann", "/O=Example/CN=ann", "ca", "email:ann@example.com,URI:spiffe://example/ann")
        certify(home, "bob", "/O=Example/CN=bob", "ca")
        certify(home, "stranger", "/O=Example/CN=ann")
        ann = ssl.PEM_cert_to_DER_cert((home / "ann.pem").read_text())
        fingerprint = hashlib.sha256(ann).hexdigest()
        port = free_port()
        file = home / "portico.yaml"
        file.write_text(FILE.format(port=port, home=home, fingerprint=fingerprint))
        program = subprocess.Popen([PROGRAM, "run", "-c", str(file)], stdout=subprocess.PIPE, text=True,
                                   env={**os.environ, "STATE_DIRECTORY": str(home / "state")})
        atexit.register(program.kill)
        assert any("serving" in line for line in program.stdout)

        status, body = Client(home, port, "ann").get("/badge")
        assert status == 200, body
        subject, issuer, serial, shown, *names = body.split("|")
        assert subject == "CN=ann,O=Example" and issuer == "CN=Example CA,O=Example", body
        assert shown == fingerprint and serial and names == ["email:ann@example.com", "URI:spiffe://example/ann"], body
        assert Client(home, port, "ann").get("/facts") == (
            200, "CN=ann,O=Example email:ann@example.com, URI:spiffe://example/ann")
        assert Client(home, port, "ann").get("/guarded") == (200, "in")
        assert Client(home, port, "bob").get("/guarded")[0] == 403
        assert Client(home, port).get("/guarded")[0] == 401
        assert Client(home, port).get("/facts") == (200, " ")
        assert Client(home, port).get("/badge") == (200, "none")
        try:
            Client(home, port, "stranger").get("/facts")
            raise AssertionError("a certificate of nobody's was taken")
        except (ssl.SSLError, ConnectionError):
            pass

        program.send_signal(signal.SIGTERM)
        assert program.wait(PATIENCE) == 0


if __name__ == "__main__":
    main()
