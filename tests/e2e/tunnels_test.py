#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A thousand WebSockets through the proxy: each goes on speaking while the file is reloaded again and again. One that
was let in with a ticket ends when that is recalled, and no other does."""
import asyncio
import base64
import os
import pathlib
import resource
import tempfile

from proxying import Program

FILE = """
limits: {{connections_per_client: 2000}}
plugins:
  proxy: {{upstreams: {{app: {{targets: ["http://127.0.0.1:{port}"]}}}}}}
  ticket: {{}}
routes:
  - {{match: {{path: "/**"}}, proxy: app}}
  - {{match: {{path: /held}}, use: [ticket], proxy: app}}
  - {{match: {{path: "/edition/{edition}"}}, respond: "x"}}
"""
SOCKETS = 1000
RELOADS = 5
PATIENCE = 30


heads = []


async def echo(reader, writer):
    head = await reader.readuntil(b"\r\n\r\n")
    heads.append(head)
    assert b"Upgrade: websocket\r\n" in head, head
    writer.write(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


class Socket:
    async def open(self, port, path=b"/socket", fields=b""):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        self.writer.write(b"GET " + path + b" HTTP/1.1\r\nHost: a\r\n" + fields +
                          b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
                          b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + base64.b64encode(os.urandom(16)) +
                          b"\r\n\r\n")
        head = await self.reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 "), head
        return self

    async def say(self, number):
        message = b"message %06d" % number
        self.writer.write(message)
        assert await self.reader.readexactly(len(message)) == message


async def open_held(program):
    ticket = (await asyncio.to_thread(program.ask, "/ticket/sell/ada", "POST")).body
    held = await Socket().open(program.port, b"/held", b"X-Ticket: " + ticket + b"\r\nX_User_Id: root\r\n")
    assert b"X-User-Id: ada\r\n" in heads[-1] and b"root" not in heads[-1] and ticket not in heads[-1], heads[-1]
    return held


async def check_recall(program, held):
    """Also by an instance of the plugin that came after the one which let it in."""
    assert (await asyncio.to_thread(program.ask, "/ticket/recall", "POST")).status == 204
    try:
        assert await held.reader.read() == b""
    except ConnectionResetError:
        pass  # As good as an end, where the other protocol has none.
    said = await asyncio.to_thread(program.next, "ended an answer that was open")
    assert '"level":"info"' in said and '"ticket"' in said, said
    held.writer.close()


async def check(home):
    upstream = await asyncio.start_server(echo, "127.0.0.1", 0, backlog=SOCKETS)
    port = upstream.sockets[0].getsockname()[1]
    program = await asyncio.to_thread(Program, FILE.format(port=port, edition=0), home)
    sockets = await asyncio.gather(*(Socket().open(program.port) for _ in range(SOCKETS)))
    held = await open_held(program)
    for edition in range(RELOADS):
        talk = asyncio.gather(*(each.say(edition) for each in sockets))
        await asyncio.to_thread(program.reload, FILE.format(port=port, edition=edition + 1))
        await talk
    await asyncio.gather(*(each.say(RELOADS) for each in [*sockets, held]))
    await check_recall(program, held)
    await asyncio.gather(*(each.say(RELOADS) for each in sockets))
    for each in sockets:
        each.writer.close()
    await asyncio.to_thread(program.stop)
    upstream.close()


def main():
    least = 4 * SOCKETS + 200
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < least:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(least, hard), hard))
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(asyncio.wait_for(check(pathlib.Path(home)), 4 * PATIENCE))


if __name__ == "__main__":
    main()
