# SPDX-License-Identifier: Apache-2.0
"""What is measured: each case is one table of the results."""
import base64
import dataclasses
import hmac
import json

SECRET = "a secret of at least thirty-two bytes, for the token"
ORIGIN = "https://app.example.com"


def token():
    """One that holds for ever, of a user who may read."""
    def text(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=")
    head = text(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    claims = text(json.dumps({"sub": "7", "roles": ["reader"], "exp": 4102444800}).encode())
    return b".".join([head, claims, text(hmac.digest(SECRET.encode(), head + b"." + claims, "sha256"))]).decode()


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    title: str
    measure: str = "requests"   # | bytes | memory | latency
    connections: int = 64
    tls: bool = False
    streams: int = 0            # at once on each connection, by HTTP/2; none: HTTP/1.1
    decorated: bool = False     # security headers and CORS
    chain: bool = False         # and a limit, a token and a role
    path: str = "/"
    extra: tuple = ()
    without: tuple = ()         # who cannot do it
    most: float = 1.0           # of nginx, by DESIGN's budgets

    @property
    def scheme(self):
        return "https" if self.tls else "http"

    @property
    def fields(self):
        """Of each request."""
        page = {"Origin": ORIGIN} if self.decorated else {}
        return {**page, "Authorization": f"Bearer {token()}"} if self.chain else page

    @property
    def protocol(self):
        """For h2load."""
        return (f"-m{self.streams}",) if self.streams else ("--h1",)

    @property
    def arguments(self):
        """For h2load."""
        return (*self.extra, *(word for name, value in self.fields.items() for word in ("-H", f"{name}: {value}")))


CLOSE = ("-H", "Connection: close")
NO_TLS = ("relay",)

CASES = [
    *(Case(f"bare-{count}", f"Bare proxy, {count} keep-alive connection{'s' if count > 1 else ''}", connections=count,
           most=1.0) for count in (1, 16, 64, 256, 1024)),
    Case("headers", "7 security headers and CORS, 64 keep-alive connections", decorated=True,
         without=("relay",)),
    Case("chain", "7 security headers, CORS, a limit, a token and a role, 64 keep-alive connections", decorated=True,
         chain=True, without=("relay", "nginx", "haproxy", "caddy")),
    Case("connections", "A new connection for each request", extra=CLOSE),
    Case("tls", "TLS 1.3, 64 keep-alive connections", tls=True, without=NO_TLS),
    Case("tls-connections", "A new connection with TLS 1.3 handshake for each request", tls=True, extra=CLOSE,
         without=NO_TLS),
    Case("http2", "HTTP/2 over TLS 1.3, 16 connections of 32 streams", connections=16, tls=True, streams=32,
         without=("relay", "express")),
    Case("download", "Bodies of 16 MiB from the upstream, 8 connections", measure="bytes", connections=8,
         path="/large/16777216"),
    Case("upload", "Bodies of 16 MiB to the upstream, 8 connections", measure="bytes", connections=8, path="/upload"),
    Case("memory", "Memory of 8000 idle keep-alive connections", measure="memory", connections=8000,
         without=("relay",)),
    Case("latency", "Latency at half of what nginx can do, 64 connections, open loop", measure="latency"),
]
