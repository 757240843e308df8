#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The PROXY protocol before HTTP and before TLS: the source that it names is the client."""
import atexit
import os
import pathlib
import signal
import socket
import ssl
import struct
import subprocess
import tempfile

PROGRAM = os.environ["PORTICO_BINARY"]
PATIENCE = 20

FILE = """
listen:
  - {{address: "127.0.0.1:{plain}", proxy_protocol: true}}
  - address: "127.0.0.1:{secure}"
    proxy_protocol: true
    tls: {{certificate: {home}/cert.pem, key: {home}/key.pem}}
admin: {{address: "127.0.0.1:0"}}
routes:
  - {{match: {{path: /who}}, respond: "{{request.scheme}} {{client.address}}"}}
"""
REQUEST = b"GET /who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
LINE = b"PROXY TCP6 2001:db8::7 2001:db8::1 40000 443\r\n"
BINARY = (b"\r\n\r\n\0\r\nQUIT\n\x21\x11" + struct.pack(">H", 12) + socket.inet_aton("192.0.2.8")
          + socket.inet_aton("198.51.100.1") + struct.pack(">HH", 40000, 443))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def connect(port, header):
    connection = socket.create_connection(("127.0.0.1", port), PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in header[:20]:
        connection.send(bytes([byte]))
    connection.sendall(header[20:])
    return connection


def ask(connection):
    connection.sendall(REQUEST)
    answer = b""
    while piece := connection.recv(4096):
        answer += piece
    return answer.partition(b"\r\n\r\n")[2]


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", f"{home}/key.pem",
             "-out", f"{home}/cert.pem"], check=True, stderr=subprocess.DEVNULL)
        os.chmod(home / "key.pem", 0o600)
        plain, secure = free_port(), free_port()
        file = home / "portico.yaml"
        file.write_text(FILE.format(plain=plain, secure=secure, home=home))
        program = subprocess.Popen([PROGRAM, "run", "-c", str(file)], stdout=subprocess.PIPE, text=True,
                                   env={**os.environ, "STATE_DIRECTORY": str(home / "state")})
        atexit.register(program.kill)
        assert any("serving" in line for line in program.stdout)
        context = ssl.create_default_context(cafile=f"{home}/cert.pem")

        assert ask(connect(plain, LINE)) == b"http 2001:db8::7"
        assert ask(connect(plain, BINARY)) == b"http 192.0.2.8"
        assert ask(connect(plain, b"PROXY UNKNOWN\r\n")) == b"http 127.0.0.1"
        for header, client in (LINE, b"2001:db8::7"), (BINARY, b"192.0.2.8"):
            wrapped = context.wrap_socket(connect(secure, header), server_hostname="localhost")
            assert ask(wrapped) == b"https " + client
        try:
            context.wrap_socket(connect(secure, b""), server_hostname="localhost")
            raise AssertionError("TLS was spoken to who did not say who the client is")
        except (ssl.SSLError, ConnectionError):
            pass

        program.send_signal(signal.SIGTERM)
        assert program.wait(PATIENCE) == 0


if __name__ == "__main__":
    main()
