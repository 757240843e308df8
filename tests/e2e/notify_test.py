#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Messages in the real program, on SQLite and on PostgreSQL, with a real Postfix: a sign-up whose mailed link works, a
message by the API, a mail server that is away, webhooks that are signed, and where they may not go."""
import base64
import contextlib
import email
import email.policy
import hashlib
import hmac
import json
import pathlib
import re
import sys
import tempfile
import time

from mail_servers import StrictMailServer, as_sent, certificate_for_this_machine
from notify_site import notified
from postgres_server import Postgres
from proxying import Server, eventually


def parsed(raw):
    return email.message_from_bytes(raw, policy=email.policy.SMTP)


def arrived(server, to, subject=None):
    """The mails to that address, once there is one."""
    def found():
        mails = [parsed(as_sent(raw)) for raw in server.messages()]
        return [mail for mail in mails if mail["To"] == to and subject in (None, mail["Subject"])]
    eventually(found)
    return found()


def sign_ups_arrive(site, server):
    reply = site.ask("POST", "/auth/signup", body={"email": "eve@example.org", "password": site.PASSWORD})
    assert reply.status == 202, reply.body
    mail, = arrived(server, "eve@example.org")
    assert mail["From"] == "Example <no-reply@example.com>", mail.as_string()
    assert mail["Message-ID"] and mail["Auto-Submitted"], mail.as_string()
    text = mail.get_body(("plain",)).get_content()
    page = re.search(r"https://api\.example\.com(/auth/\S+)", text)[1]
    assert page in mail.get_body(("html",)).get_content().replace("&amp;", "&")
    # A scanner of mails opens links, and uses nothing up.
    for _ in range(2):
        assert site.ask("GET", page).status == 200
    verified = site.ask("POST", "/auth/verify-email", body={"token": page.split("token=")[1]})
    assert verified.status == 200, verified.body
    site.login("eve@example.org")


def messages_arrive(site, server, admin):
    title, body = "Grüße an alle, 日本語 und mehr davon, damit es lang genug wird", "Zeile\n.\n..\nEnde"
    reply = site.send(admin, title, body)
    assert reply.status == 202, reply.body
    mail, = arrived(server, "bob@example.net", title)
    assert body in mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    shown = site.ask("GET", f"/notify/messages/{reply.seen['id']}", admin).seen
    eventually(lambda: site.ask("GET", f"/notify/messages/{reply.seen['id']}", admin).seen["status"] == "sent")
    assert shown["deliveries"][0]["address"] == "bob@example.net", shown


def nobody_waits_for_a_mail_server(site, server, admin):
    """Case 146: it is down, and the API is as fast as before."""
    server.stop()
    took = []
    for number in range(50):
        began = time.monotonic()
        reply = site.send(admin, f"Down {number}", "text")
        took.append(time.monotonic() - began)
        assert reply.status == 202, reply.body
    assert sorted(took)[45] < 0.5, sorted(took)
    server.start()
    # Those that were tried meanwhile come again within ten seconds.
    for number in range(50):
        assert len({mail["Message-ID"] for mail in arrived(server, "bob@example.net", f"Down {number}")}) == 1


def webhooks_are_signed(site, admin):
    sink = Server("sink", answer=lambda seen: (204, {}))
    made = site.ask("POST", "/notify/webhooks", admin, {"url": sink.url + "/hook", "events": ["user.*"]})
    assert made.status == 201, made.body
    assert site.ask("POST", "/auth/signup", body={"email": "ivy@example.org", "password": site.PASSWORD}).status == 202
    eventually(lambda: sink.seen)
    seen = sink.seen[0]
    fields, body = seen["fields"], seen["body"]
    key = base64.b64decode(made.seen["secret"].removeprefix("whsec_"))
    signed = f"{fields['webhook-id']}.{fields['webhook-timestamp']}.{body}".encode()
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # Case 141, and 142: what is signed is what is sent.
    assert fields["webhook-signature"] == expected, fields
    assert json.loads(body)["type"] == "user.created", body
    # Case 143: it wants no more.
    sink.answers(410)
    assert site.ask("POST", f"/notify/webhooks/{made.seen['id']}/test", admin).status == 202
    eventually(lambda: site.ask("GET", f"/notify/webhooks/{made.seen['id']}", admin).seen["status"] == "disabled")
    sink.stop()


def webhooks_go_to_public_addresses_alone(site, admin):
    """Case 136, as it is refused when somebody makes one."""
    for host in ("127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "0x7f000001", "2130706433", "017700000001",
                 "metadata.google.internal", "[::ffff:127.0.0.1]", "example.com."):
        reply = site.ask("POST", "/notify/webhooks", admin, {"url": f"https://{host}/x", "events": ["*"]})
        assert reply.status == 422 and reply.seen["code"] == "url_not_allowed", (host, reply.body)


def on(url, home, server):
    with notified(home, url, server, "webhooks: {internal: true}") as site:
        admin = site.make_administrator("root@example.org")
        sign_ups_arrive(site, server)
        messages_arrive(site, server, admin)
        webhooks_are_signed(site, admin)
        nobody_waits_for_a_mail_server(site, server, admin)
    with notified(home, url, server) as site:
        webhooks_go_to_public_addresses_alone(site, site.login("root@example.org"))


def main():
    with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as ends:
        home = pathlib.Path(home)
        home.chmod(0o755)
        certificate = certificate_for_this_machine(home)
        server = StrictMailServer(home / "mail", certificate)
        ends.callback(server.stop)
        on(f"sqlite:{home}/notify.db", home / "sqlite", server)
        server.stop()
        server = StrictMailServer(home / "mail2", certificate)
        ends.callback(server.stop)
        database = Postgres(home / "postgres")
        ends.callback(database.stop)
        on(database.url, home / "postgresql", server)


if __name__ == "__main__":
    sys.exit(main())
