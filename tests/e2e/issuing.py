# SPDX-License-Identifier: Apache-2.0
"""Somebody who issues tokens and publishes keys, for tests. Signatures are OpenSSL's, by its command."""
import base64
import http.server
import json
import pathlib
import subprocess
import threading
import time


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw_signature(der):
    """r and s of ECDSA, 32 bytes each, out of SEQUENCE { INTEGER, INTEGER }."""
    numbers, at = [], 2
    for _ in range(2):
        length = der[at + 1]
        numbers.append(int.from_bytes(der[at + 2:at + 2 + length], "big").to_bytes(32, "big"))
        at += 2 + length
    return b"".join(numbers)


class Key:
    """ES256."""

    def __init__(self, name, home):
        self.name, self.file = name, pathlib.Path(home) / f"{name}.pem"
        subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.file],
                       check=True, stderr=subprocess.DEVNULL)

    def jwk(self):
        der = subprocess.run(["openssl", "ec", "-in", self.file, "-pubout", "-outform", "DER"], check=True,
                             capture_output=True).stdout
        return {"kty": "EC", "crv": "P-256", "kid": self.name, "use": "sig", "alg": "ES256",
                "x": base64url(der[-64:-32]), "y": base64url(der[-32:])}

    def token(self, issuer, life=600, **claims):
        now = int(time.time())
        payload = {"iss": issuer, "sub": "ada", "aud": "api", "iat": now, "exp": now + life, "scope": "read",
                   "sid": "s1", "roles": ["gold"], **claims}
        text = ".".join(base64url(json.dumps(part).encode())
                        for part in ({"alg": "ES256", "typ": "at+jwt", "kid": self.name}, payload))
        der = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.file], input=text.encode(), check=True,
                             capture_output=True).stdout
        return f"{text}.{base64url(raw_signature(der))}"


class KeyServer:
    """Publishes keys until it is stopped, and again on the same port."""

    def __init__(self, *keys):
        self.asked = 0
        self.port = 0
        self.publish(*keys)
        self.start()

    def publish(self, *keys):
        self.body = json.dumps({"keys": [key.jwk() for key in keys]}).encode()

    def start(self):
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                owner.asked += 1
                self.send_response(200)
                self.send_header("Content-Type", "application/jwk-set+json")
                self.send_header("Content-Length", str(len(owner.body)))
                self.end_headers()
                self.wfile.write(owner.body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/keys"
