#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Cases 136 and 137, as a webhook is sent: whatever its name leads to by then, nothing goes to an address that is not
public."""
import contextlib
import pathlib
import socket
import sys
import tempfile

from name_server import NameServer
from notify_site import notified
from proxying import eventually
from smtp_sink import Sink

PRIVATE = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.0.1", "::1", "fd00::1", "64:ff9b::7f00:1")


def attempts(site, token, hook):
    return site.ask("GET", f"/notify/webhooks/{hook}/attempts", token).seen["items"]


def goes_nowhere(site, token, names, trap, address):
    """A name that leads there when the event is sent."""
    names.answer(f"--address=/hooks.example.com/{address}")
    hook = site.ask("POST", "/notify/webhooks", token,
                    {"url": f"https://hooks.example.com:{trap.getsockname()[1]}/in", "events": ["*"]})
    assert hook.status == 201, hook.body
    site.ask("POST", f"/notify/webhooks/{hook.seen['id']}/test", token)
    eventually(lambda: attempts(site, token, hook.seen["id"])[0]["attempts"])
    tried = attempts(site, token, hook.seen["id"])[0]
    assert tried["status"] == "queued" and tried["last_error"], tried
    assert site.ask("DELETE", f"/notify/webhooks/{hook.seen['id']}", token).status == 204


def main():
    with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as ends:
        home = pathlib.Path(home)
        names, sink = NameServer(), Sink()
        ends.callback(names.stop)
        ends.callback(sink.stop)
        names.answer()
        # Whoever comes here has gone where it may not.
        trap = ends.enter_context(socket.create_server(("127.0.0.1", 0)))
        trap.settimeout(0)
        more = f'resolvers: ["127.0.0.1:{names.port}"]'
        site = ends.enter_context(notified(home / "site", f"sqlite:{home}/notify.db", sink, more=more))
        token = site.make_administrator("root@example.org")
        for address in PRIVATE:
            goes_nowhere(site, token, names, trap, address)
        try:
            trap.accept()
            raise AssertionError("something went to a private address")
        except BlockingIOError:
            pass


if __name__ == "__main__":
    sys.exit(main())
