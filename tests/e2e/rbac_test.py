#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Roles in the real program, on SQLite and on PostgreSQL: the first administrator, what reaches another node and when,
a Redis that is killed, and two who take away each other's role at once."""
import concurrent.futures
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from postgres_server import Postgres
from proxying import PROGRAM, Program, eventually
from redis_server import Redis

FILE = """
environment: development
secret: "a-secret-of-the-gateway-that-nobody-may-see"
databases: {{main: {{url: "{url}"}}}}
{redis}
plugins:
  auth:
    database: main
    issuer: "https://api.example.com"
    mail: log
    verification: none
    password: {{argon2: {{memory: 7MiB, passes: 1}}}}
    throttle: {{sign_ups_per_address: 100000, sign_ups_in_all: 1000000, logins_per_address: 100000}}
  rbac:
    database: main
    {rbac}
    roles:
      clerk: {{permissions: ["orders:read"]}}
    strict: true
    use: [auth]
routes:
  - {{match: {{path: /orders}}, use: [auth, {{rbac: "orders:read"}}], respond: "orders"}}
  - {{match: {{path: /mine}}, use: [auth, rbac.anyone], respond: "mine"}}
"""
PASSWORD = "correct horse battery staple"
BUSY_MACHINE = 0.5
PUSH = 1 + BUSY_MACHINE
# What a poll of another node may take.
POLL = 5 + 2 * BUSY_MACHINE


def file(url, redis=None):
    return FILE.format(url=url, redis=f'redis: {{shared: {{url: "{redis}"}}}}' if redis else "",
                       rbac="redis: shared" if redis else "")


class Site:
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

    def command(self, *words, typed=""):
        return subprocess.run([PROGRAM, *words, "-c", str(self.gateway.file)], input=typed, capture_output=True,
                              text=True, env={**os.environ, "STATE_DIRECTORY": str(self.home)})

    def make_administrator(self, email):
        made = self.command("admin", "create", email, "--password-stdin", typed=PASSWORD + "\n")
        assert made.returncode == 0, made.stderr
        return self.login(email)

    def enrol(self, email):
        reply = self.ask("POST", "/auth/signup", body={"email": email, "password": PASSWORD})
        assert reply.status == 201, reply.body
        return self.login(email)

    def login(self, email):
        """The id and a token."""
        reply = self.ask("POST", "/auth/login", body={"email": email, "password": PASSWORD})
        assert reply.status == 200, reply.body
        return reply.seen["user"]["id"], reply.seen["access_token"]

    def reads_orders(self, token):
        return self.ask("GET", "/orders", token).status

    def grant(self, by, user, role):
        reply = self.ask("POST", f"/rbac/users/{user}/roles", by, {"role": role})
        assert reply.status == 201, reply.body
        return reply

    def revoke(self, by, user, role):
        return self.ask("DELETE", f"/rbac/users/{user}/roles/{role}", by)


@contextlib.contextmanager
def serving(text, home):
    """Ends the gateway whatever happens: it would hold the test's output open."""
    site = Site(text, home)
    try:
        yield site
        site.gateway.stop()
    finally:
        site.gateway.child.kill()


def within(limit, holds):
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < limit, f"not within {limit} s"
        time.sleep(0.02)
    return time.monotonic() - began


def a_life(site):
    root, root_token = site.make_administrator("root@example.com")
    ada, ada_token = site.enrol("ada@example.com")
    refused = site.ask("GET", "/orders", ada_token)
    assert refused.status == 403 and refused.seen["required"] == ["orders:read"], refused.body
    assert site.ask("GET", "/mine", ada_token).status == 200
    assert site.ask("GET", "/orders").status == 401
    assert site.reads_orders(root_token) == 200
    held = site.ask("GET", f"/rbac/users/{ada}/roles", root_token)
    assert held.status == 200 and "user" in held.body.decode(), held.body
    # At once on this node, in both directions.
    site.grant(root_token, ada, "clerk")
    assert site.reads_orders(ada_token) == 200
    assert site.revoke(root_token, ada, "clerk").status == 204
    assert site.reads_orders(ada_token) == 403
    assert site.ask("GET", "/rbac/roles", ada_token).status == 403
    # Her next token says what she is.
    listed = site.command("user", "list")
    assert "ada@example.com user" in listed.stdout, listed.stdout
    last = site.command("user", "disable", "root@example.com")
    assert last.returncode == 1 and "last administrator" in last.stderr, last.stderr
    return root_token


def a_role_is_changed(site, root_token):
    _, eve_token = site.enrol("eve@example.com")
    made = site.ask("PUT", "/rbac/roles/user/permissions/orders:read", root_token, {})
    assert made.status in (200, 204), made.body
    assert site.reads_orders(eve_token) == 200
    gone = site.ask("DELETE", "/rbac/roles/user/permissions/orders:read", root_token)
    assert gone.status == 204, gone.body
    assert site.reads_orders(eve_token) == 403


def refusals_are_logged(site, root_token):
    listed = site.ask("GET", "/rbac/decisions?allowed=false", root_token)
    eventually(lambda: b"orders:read" in site.ask("GET", "/rbac/decisions?allowed=false", root_token).body)
    assert listed.status == 200, listed.body


def one_of_two_administrators_is_left(site, root_token):
    """Case 113."""
    second, second_token = site.make_administrator("second@example.com")
    first = site.login("root@example.com")[0]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda each: site.revoke(each[0], each[1], "admin").status,
                                [(root_token, second), (second_token, first)]))
    assert sorted(answers) in ([204, 403], [204, 409]), answers


def keys_do_no_more_than_their_owners(site, root_token):
    """Cases 120 and 121."""
    max_id, token = site.enrol("max@example.com")
    make = lambda *scopes: site.ask("POST", "/auth/api-keys", token, {"name": "robot", "scopes": scopes})
    by_key = lambda key, path="/orders": site.ask("GET", path, **{"X-API-Key": key})
    wider = make("orders:read")
    assert wider.status == 422 and b"scope_exceeds_own" in wider.body, wider.body
    site.grant(root_token, max_id, "clerk")
    assert make("orders:*").status == 422
    reader, idle = make("orders:read").seen["key"], make().seen["key"]
    assert by_key(reader).body == b"orders"
    assert by_key(idle).status == 403 and by_key(idle, "/mine").status == 200
    assert by_key(reader, "/rbac/roles").status == 403
    # Nor is a key of an administrator one.
    own = site.ask("POST", "/auth/api-keys", root_token, {"name": "robot", "scopes": ["orders:read"]}).seen["key"]
    assert by_key(own).status == 200 and by_key(own, "/rbac/roles").status == 403
    site.revoke(root_token, max_id, "clerk")
    assert by_key(reader).status == 403
    site.grant(root_token, max_id, "clerk")
    assert by_key(reader).status == 200
    assert site.command("user", "disable", "max@example.com").returncode == 0
    within(POLL, lambda: by_key(reader).status == 401)
    assert b"invalid_api_key" in by_key(reader).body


def lives(url, home):
    with serving(file(url), home) as site:
        root_token = a_life(site)
        a_role_is_changed(site, root_token)
        refusals_are_logged(site, root_token)
        keys_do_no_more_than_their_owners(site, root_token)
        one_of_two_administrators_is_left(site, root_token)


def another_node(url, redis, home):
    """Case 119."""
    text = file(url, redis.url)
    with serving(text, home + "/one") as one, serving(text, home + "/other") as other:
        _, root_token = one.make_administrator("chief@example.com")
        ada, ada_token = one.enrol("bob@example.com")
        assert other.reads_orders(ada_token) == 403
        one.grant(root_token, ada, "clerk")
        within(PUSH, lambda: other.reads_orders(ada_token) == 200)
        one.revoke(root_token, ada, "clerk")
        assert one.reads_orders(ada_token) == 403
        took = within(PUSH, lambda: other.reads_orders(ada_token) == 403)
        print(f"revoked on another node after {took * 1000:.0f} ms by Redis")
        made = one.ask("PUT", "/rbac/roles/user/permissions/orders:read", root_token, {})
        assert made.status in (200, 204), made.body
        within(PUSH, lambda: other.reads_orders(ada_token) == 200)
        gone = one.ask("DELETE", "/rbac/roles/user/permissions/orders:read", root_token)
        assert gone.status == 204, gone.body
        within(PUSH, lambda: other.reads_orders(ada_token) == 403)
        one.grant(root_token, ada, "clerk")
        within(PUSH, lambda: other.reads_orders(ada_token) == 200)
        redis.kill()
        one.revoke(root_token, ada, "clerk")
        took = within(POLL, lambda: other.reads_orders(ada_token) == 403)
        print(f"revoked on another node after {took:.1f} s without Redis")
        assert "rbac_propagation_seconds" in other.gateway.metrics()


def main():
    with tempfile.TemporaryDirectory() as home:
        lives(f"sqlite:{home}/portico.db", home + "/sqlite")
    with tempfile.TemporaryDirectory() as home:
        # PostgreSQL runs as somebody else.
        os.chmod(home, 0o755)
        postgres, redis = Postgres(home + "/postgres"), Redis(home)
        try:
            lives(postgres.url, home + "/first")
            another_node(postgres.url, redis, home)
        finally:
            redis.stop()
            postgres.stop()
    print("roles hold, on both engines")
    return 0


sys.exit(main())
