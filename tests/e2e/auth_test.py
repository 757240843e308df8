#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tokens of a foreign issuer in the real program: its keys change, its server dies, the file is read anew."""
import pathlib
import tempfile
import time

from issuing import Key, KeyServer
from proxying import Program, Server, eventually

ISSUER = "https://id.example"
FILE = """
plugins:
  auth:
    issuers: [{{issuer: "{issuer}", audience: api, jwks: "{keys}", internal: true, refresh: 30s}}]
    forward_token: {forward}
  proxy: {{upstreams: {{app: {{targets: ["{app}"]}}}}}}
routes:
  - {{match: {{path: /open}}, use: [auth.optional], respond: "it is {{user.id}}"}}
  - {{match: {{path: /admin}}, use: [{{auth: {{scopes: [admin]}}}}], respond: "admin"}}
  - {{match: {{path: "/**"}}, use: [auth], proxy: app}}
"""
# A second fetch for an unknown key is not made sooner.
COOL_DOWN = 30


class Site:
    def __init__(self, home):
        self.home = home
        self.old, self.new, self.foreign = (Key(name, home) for name in ("old", "new", "foreign"))
        self.keys = KeyServer(self.old)
        self.app = Server("app")
        self.gateway = Program(self.text(), home)

    def text(self, forward="true"):
        return FILE.format(issuer=ISSUER, keys=self.keys.url, app=self.app.url, forward=forward)

    def ask(self, token, target="/app", **fields):
        return self.gateway.ask(target, Authorization=f"Bearer {token}", **fields)

    def status(self, key, target="/app", **claims):
        return self.ask(key.token(ISSUER, **claims), target).status


def who_passes(site):
    token = site.old.token(ISSUER)
    eventually(lambda: site.ask(token).status == 200)
    seen = site.ask(token, X_User_Id="root", X_User_Roles="admin").seen["fields"]
    assert seen["x-user-id"] == "ada" and seen["x-user-roles"] == "gold" and seen["x-session-id"] == "s1", seen
    assert seen["authorization"] == f"Bearer {token}"
    nobody = site.gateway.ask("/app")
    assert nobody.status == 401 and nobody.fields["WWW-Authenticate"] == "Bearer", nobody.body
    assert nobody.fields["Content-Type"] == "application/problem+json"
    assert site.gateway.ask("/open").body == b"it is " and site.ask(token, "/open").body == b"it is ada"
    assert site.ask(token, "/admin").status == 403
    assert site.status(site.old, iss="https://staging.example") == 401
    assert site.status(site.old, aud="other") == 401
    assert site.status(site.old, life=-31) == 401
    assert site.ask(token[:-2] + "AA").status == 401


def keys_change(site):
    asked = site.keys.asked
    site.keys.publish(site.old, site.new)
    assert site.status(site.new) == 200
    assert site.keys.asked == asked + 1
    assert site.status(site.old) == 200
    # Names that are made up cost the issuer nothing.
    assert [site.status(site.foreign) for _ in range(20)] == [401] * 20
    assert site.keys.asked <= asked + 2, site.keys.asked


def server_dies(site):
    known = site.new.token(ISSUER)
    assert site.ask(known).status == 200
    site.keys.stop()
    assert site.ask(known).status == 200
    assert site.status(site.new) == 200 and site.status(site.old) == 200
    began = time.monotonic()
    assert site.status(site.foreign) == 401
    assert time.monotonic() - began < 10
    site.gateway.reload(site.text(forward="false"))
    seen = site.ask(site.new.token(ISSUER)).seen["fields"]
    assert "authorization" not in seen and seen["x-user-id"] == "ada", seen
    site.keys.start()


def figures(site):
    metrics = site.gateway.metrics()
    assert 'auth_verify_total{alg="ES256",result="ok"}' in metrics, metrics
    assert 'result="unknown_key"' in metrics and "auth_cache_hits_total" in metrics
    assert "foreign" not in metrics and "staging.example" not in metrics


def keys_never_came(home):
    key = Key("late", home)
    keys = KeyServer(key)
    keys.stop()
    app = Server("app")
    gateway = Program(FILE.format(issuer=ISSUER, keys=keys.url, app=app.url, forward="true"), home)
    try:
        token = f"Bearer {key.token(ISSUER)}"
        reply = gateway.ask("/app", Authorization=token)
        assert reply.status == 503 and b"keys_unavailable" in reply.body, reply.body
        assert reply.fields["Retry-After"] == "1"
        assert gateway.ask("/open").status == 200
        keys.start()
        eventually(lambda: gateway.ask("/app", Authorization=token).status == 200)
        gateway.stop()
    finally:
        gateway.child.kill()
        keys.stop()
        app.stop()


def main(home):
    (home / "a").mkdir()
    (home / "b").mkdir()
    site = Site(home / "a")
    try:
        who_passes(site)
        keys_change(site)
        server_dies(site)
        figures(site)
        site.gateway.stop()
    finally:
        site.gateway.child.kill()
        site.app.stop()
    keys_never_came(home / "b")


with tempfile.TemporaryDirectory() as folder:
    main(pathlib.Path(folder))
