# SPDX-License-Identifier: Apache-2.0
"""A gateway with accounts, and a client of it that remembers what nobody else may ever see."""
import concurrent.futures
import contextlib
import json
import os
import pathlib
import subprocess

from proxying import PROGRAM, Program

FILE = """{more}
environment: development
secret: "{secret}"
databases: {{main: {{url: "{url}"}}}}
plugins:
  auth:
    database: main
    issuer: "https://api.example.com"
    mail: log
    password: {{argon2: {{memory: 7MiB, passes: 1}}}}
    throttle: {{sign_ups_per_address: 100000, sign_ups_in_all: 1000000, logins_per_address: 100000}}{auth}
routes:
  - {{match: {{path: /free}}, respond: "free"}}
  - {{match: {{path: /private}}, use: [auth], respond: "mine"}}
"""
SECRET = "a-secret-of-the-gateway-that-nobody-may-see"
PASSWORD = "correct horse battery staple"
OTHER = "another quite long password"


def file(url, auth="", more=""):
    """`auth` are further settings of the plugin, `more` is further text of the file."""
    return FILE.format(url=url, secret=SECRET, auth=auth, more=more)


class Site:
    def __init__(self, text, home, program):
        self.home = pathlib.Path(home)
        self.home.mkdir(exist_ok=True)
        self.gateway = program(text, home)
        self.secrets = {PASSWORD, OTHER, SECRET}

    def post(self, path, bearer=None, /, **body):
        fields = {"Content-Type": "application/json"}
        if bearer:
            fields["Authorization"] = f"Bearer {bearer}"
        return self.gateway.ask(path, "POST", json.dumps(body), **fields)

    def sign_up(self, email, password=PASSWORD):
        return self.post("/auth/signup", email=email, password=password)

    def mails(self):
        lines = (self.home / "auth/mails.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]

    def token_mailed_to(self, email, about="verify_email"):
        link = [mail["link"] for mail in self.mails() if mail["to"] == email and mail["about"] == about][-1]
        token = link.split("token=")[1]
        self.secrets.add(token)
        return token

    def enrol(self, email):
        assert self.sign_up(email).status == 202
        verified = self.post("/auth/verify-email", token=self.token_mailed_to(email))
        assert verified.status == 200, verified.body

    def login(self, email, password=PASSWORD):
        reply = self.post("/auth/login", email=email, password=password)
        if reply.status == 200:
            self.secrets |= {reply.seen["access_token"], reply.seen["refresh_token"]}
        return reply

    def opens(self, token, path="/private"):
        return self.gateway.ask(path, Authorization=f"Bearer {token}").status

    def command(self, *words, typed=""):
        return subprocess.run([PROGRAM, *words, "-c", str(self.gateway.file)], input=typed, capture_output=True,
                              text=True, env={**os.environ, "STATE_DIRECTORY": str(self.home)})


@contextlib.contextmanager
def serving(text, home, program=Program):
    """Ends the gateway whatever happens: it would hold the test's output open."""
    site = Site(text, home, program)
    try:
        yield site
        site.gateway.stop()
    finally:
        site.gateway.child.kill()


def at_once(count, work):
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda i: work(), range(count)))
