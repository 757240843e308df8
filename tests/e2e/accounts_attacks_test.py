#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is tried on accounts where only the whole program can fail: bodies that drip, a start without the secret, pages
of other origins, and tokens on their way into a log. The cases are those of identity.md."""
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

from accounts_site import PASSWORD, SECRET, file, serving
from proxying import PATIENCE, PROGRAM, Program

APP = "https://app.example.com"
CORS = """  cors: {{origins: ["{app}", "https://*.example.org"], credentials: true}}
use: [cors]
""".format(app=APP)
SLOWEST = 1
LIMITS = f"limits: {{idle_timeout: {SLOWEST}s}}"


class Logging(Program):
    ACCESS = "json"


class LoggingCombined(Program):
    ACCESS = "combined"


def text(home, secret=f'secret: "{SECRET}"'):
    made = file(f"sqlite:{home}/portico.db", more=LIMITS).replace("routes:", CORS + "routes:")
    return made.replace(f'secret: "{SECRET}"', secret)


def drip(client):
    """A byte each tenth of a second, until there is an answer."""
    client.settimeout(0.1)
    answer = b""
    until = time.monotonic() + PATIENCE
    while not answer:
        assert time.monotonic() < until, "it is never answered"
        client.sendall(b" ")
        try:
            answer = client.recv(64 * 1024)
        except TimeoutError:
            pass
    return answer.decode()


def a_body_that_drips(site):
    """Case 50. Meanwhile others are served: no worker waits for a body."""
    site.enrol("ada@example.com")
    head = (b"POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            b"Content-Length: 1000\r\n\r\n")
    clients = [socket.create_connection(("127.0.0.1", site.gateway.port), PATIENCE) for _ in range(100)]
    began = time.monotonic()
    for client in clients:
        client.sendall(head)
    assert site.login("ada@example.com").status == 200
    answer = drip(clients[0])
    assert answer.startswith("HTTP/1.1 408 ") and '"body_timeout"' in answer, answer
    assert time.monotonic() - began >= SLOWEST
    for client in clients:
        client.close()


def begins(home, secret):
    """How a start ends that should not come about, and what it said."""
    (home / "portico.yaml").write_text('listen: [{address: "127.0.0.1:0"}]\nadmin: {address: "127.0.0.1:0"}\n' +
                                       text(home, secret))
    done = subprocess.run([PROGRAM, "run", "-c", str(home / "portico.yaml")], capture_output=True, text=True,
                          timeout=PATIENCE, env={**os.environ, "STATE_DIRECTORY": str(home)})
    return done.returncode, done.stdout + done.stderr


def a_start_without_the_secret(home):
    """Case 64: neither with another one, which opens no key of the database, nor with none that would last."""
    code, said = begins(home, 'secret: "another-secret-that-nobody-sealed-anything-with"')
    assert code != 0 and "was sealed with another `secret`" in said and '"serving"' not in said, said
    (home / "secret").write_text("short")
    code, said = begins(home, "")
    assert code != 0 and "less than 32 bytes" in said and '"serving"' not in said, said
    with serving(text(home), home) as site:
        assert site.login("ada@example.com").status == 200, "the keys are as they were"


def allows(reply):
    return [name for name in reply.fields if name.lower().startswith("access-control-")]


def pages_of_other_origins(site):
    """Case 88."""
    def preflight(origin):
        return site.gateway.ask("/auth/login", "OPTIONS", Origin=origin, Access_Control_Request_Method="POST",
                                Access_Control_Request_Headers="content-type")
    assert preflight(APP).fields["Access-Control-Allow-Origin"] == APP
    assert preflight("https://a.example.org").fields["Access-Control-Allow-Origin"] == "https://a.example.org"
    for origin in ("null", "https://evil.tld", "https://app.example.com.evil.tld", "https://evil-app.example.com",
                   "http://app.example.com", "https://app.example.com:8443", "https://app.example.com@evil.tld",
                   "https://a.example.org.evil.tld", "https://aexample.org", "https://example.org"):
        reply = preflight(origin)
        assert reply.status in (204, 403) and not allows(reply), (origin, reply.status, allows(reply))
        # Nor does a page learn what its login came to, which is none.
        reply = site.gateway.ask("/auth/login", "POST", f'{{"email":"ada@example.com","password":"{PASSWORD}"}}',
                                 Origin=origin, Content_Type="application/json")
        assert reply.status == 403 and reply.seen["code"] == "csrf_failed", (origin, reply.status)
        assert not allows(reply), (origin, allows(reply))


def tokens_on_their_way_into_a_log(site):
    """Case 106."""
    site.sign_up("log@example.com")
    token = site.token_mailed_to("log@example.com")
    for path in ("/auth/verify-email", "/auth/password/reset"):
        page = site.gateway.ask(f"{path}?token={token}", Referer=f"{APP}/welcome?token={token}&step=2")
        assert page.status == 200 and page.fields["Referrer-Policy"] == "no-referrer"
        assert token.encode() not in page.body, "a page need not repeat it"
    assert site.post("/auth/verify-email", token=token).status == 200
    tokens = site.login("log@example.com").seen
    site.post("/auth/refresh?refresh_token=" + tokens["refresh_token"], refresh_token=tokens["refresh_token"])
    site.opens(tokens["access_token"], "/private?access_token=" + tokens["access_token"])
    said = logged(site.gateway, "/free?last=one")
    assert "/auth/verify-email" in said and "token=***" in said, said
    for secret in site.secrets:
        assert secret not in said, f"{secret[:12]}... is in the log"


def logged(gateway, target):
    """All that was said until this was asked for."""
    gateway.ask(target)
    said = []
    while not said or "last=one" not in said[-1]:
        said.append(gateway.lines.get(timeout=PATIENCE))
    return "".join(said)


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        with serving(text(home), home) as site:
            a_body_that_drips(site)
            pages_of_other_origins(site)
        a_start_without_the_secret(home)
        with serving(text(home), home, Logging) as site:
            tokens_on_their_way_into_a_log(site)
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        with serving(text(home), home, LoggingCombined) as site:
            tokens_on_their_way_into_a_log(site)
    print("what was tried on accounts has failed")
    return 0


sys.exit(main())
