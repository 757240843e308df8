# SPDX-License-Identifier: Apache-2.0
"""A gateway with accounts, roles and messages, and a client of it."""
import contextlib
import json
import os
import pathlib
import subprocess

from proxying import PROGRAM, Program

FILE = """
environment: development
secret: "a-secret-of-the-gateway-that-nobody-may-see"
databases: {{main: {{url: "{url}"}}}}
{redis}
{more}
plugins:
  auth:
    database: main
    issuer: "https://api.example.com"
    password: {{argon2: {{memory: 7MiB, passes: 1}}}}
    throttle: {{sign_ups_per_address: 100000, sign_ups_in_all: 1000000, logins_per_address: 100000}}
  rbac: {{database: main, use: [auth]}}
  notify:
    database: main
    use: [auth.optional]
    from: "Example <no-reply@example.com>"
    url: "https://api.example.com"
    smtp: {{url: "smtp://127.0.0.1:{port}", tls: never, timeout: 2s}}
    per_recipient: 1000000
    domains: {{connections: 50, per_minute: 1000000}}
    categories: {{news: {{title: News}}}}
    {notify}
"""


class Site:
    PASSWORD = "correct horse battery staple"

    def __init__(self, text, home):
        self.home = pathlib.Path(home)
        self.home.mkdir(exist_ok=True)
        self.gateway = Program(text, home)

    def ask(self, method, path, token=None, body=None, **fields):
        if token:
            fields["Authorization"] = f"Bearer {token}"
        if body is not None:
            fields["Content-Type"] = "application/json"
        return self.gateway.ask(path, method, json.dumps(body) if body is not None else None, **fields)

    def make_administrator(self, email):
        made = subprocess.run([PROGRAM, "admin", "create", email, "--password-stdin", "-c", str(self.gateway.file)],
                              input=self.PASSWORD + "\n", capture_output=True, text=True,
                              env={**os.environ, "STATE_DIRECTORY": str(self.home)})
        assert made.returncode == 0, made.stderr
        return self.login(email)

    def login(self, email):
        reply = self.ask("POST", "/auth/login", body={"email": email, "password": self.PASSWORD})
        assert reply.status == 200, reply.body
        return reply.seen["access_token"]

    def send(self, token, title, body, to="bob@example.net", **more):
        return self.ask("POST", "/notify/messages", token,
                        {"to": {"email": to}, "content": {"title": title, "body": body}, **more})


def file(url, port, notify="", redis=None, more=""):
    return FILE.format(url=url, port=port, notify=notify, more=more,
                       redis=f'redis: {{shared: {{url: "{redis}"}}}}' if redis else "")


@contextlib.contextmanager
def notified(home, url, server, notify="", redis=None, more=""):
    """Ends the gateway whatever happens: it would hold the test's output open."""
    site = Site(file(url, server.port, notify, redis, more), home)
    try:
        yield site
        site.gateway.stop()
    finally:
        site.gateway.child.kill()
