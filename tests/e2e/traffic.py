# SPDX-License-Identifier: Apache-2.0
"""Every kind of client at once, for tests that change a serving gateway: keep-alive and new connections, plain and
over TLS, slow uploads, a WebSocket, an event stream. None of them bears a failure; an end that was announced is none,
and is counted as a farewell. The gateway loads the sample
plugin `chat`; its topic says which file answered."""
import asyncio
import base64
import contextlib
import os
import pathlib
import ssl
import struct
import tempfile
import time

from serving import Gateway, certify

GOING_AWAY = object()
SWAP_GRACE = 1.0  # Seconds after which no answer may come from an older file.


class Editions:
    """Which topics there were, and since when."""

    def __init__(self):
        self.swapped = []

    def add(self):
        self.swapped.append(time.monotonic())

    def check(self, topic, asked):
        newest = max((n for n, since in enumerate(self.swapped) if since + SWAP_GRACE <= asked), default=0)
        assert int(topic) >= newest, f"topic {topic} of an old file, {newest} was served long before"


class Traffic:
    def __init__(self, plain, secure, certificate, editions):
        self.plain, self.secure, self.editions = plain, secure, editions
        self.tls = ssl.create_default_context(cafile=certificate)
        self.counts = {"farewells": 0}
        self.stopping = asyncio.Event()
        self.socket_open, self.stream_open = asyncio.Event(), asyncio.Event()

    async def run(self, tasks_of_change):
        """All clients, until `tasks_of_change` is done. Raises what any of them met."""
        clients = [asyncio.create_task(client) for client in (
            self.keep_alive(self.plain, None), self.keep_alive(self.secure, self.tls),
            self.new_connections(self.plain, None), self.new_connections(self.secure, self.tls),
            self.slow_upload(), self.web_socket(), self.event_stream())]
        change = asyncio.create_task(self.once_all_talk(tasks_of_change))
        done, _ = await asyncio.wait([change, *clients], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
        assert change in done, "a client ended by itself"
        self.stopping.set()
        await asyncio.wait_for(asyncio.gather(*clients), 30)

    async def once_all_talk(self, change):
        """Those that are told to come again must have come."""
        await self.socket_open.wait()
        await self.stream_open.wait()
        await change

    def count(self, kind):
        self.counts[kind] = self.counts.get(kind, 0) + 1

    async def connect(self, port, tls):
        return await asyncio.open_connection("127.0.0.1", port, ssl=tls, server_hostname="localhost" if tls else None)

    async def ask_topic(self, reader, writer, extra=b""):
        asked = time.monotonic()
        writer.write(b"GET /chat/topic HTTP/1.1\r\nHost: localhost\r\n" + extra + b"\r\n")
        status, fields, body = await read_answer(reader)
        assert status == 200, status
        self.editions.check(body, asked)
        return fields.get(b"connection") == b"close"

    async def keep_alive(self, port, tls):
        reader, writer = await self.connect(port, tls)
        while not self.stopping.is_set():
            is_last = await self.ask_topic(reader, writer)
            self.count("tls requests" if tls else "requests")
            if is_last:
                writer.close()
                reader, writer = await self.connect(port, tls)
        writer.close()

    async def new_connections(self, port, tls):
        while not self.stopping.is_set():
            reader, writer = await self.connect(port, tls)
            await self.ask_topic(reader, writer, b"Connection: close\r\n")
            assert await reader.read() == b""
            writer.close()
            self.count("tls connections" if tls else "connections")

    async def slow_upload(self):
        while not self.stopping.is_set():
            reader, writer = await self.connect(self.plain, None)
            writer.write(b"POST /chat/messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                         b"Content-Length: 60\r\n\r\n")
            for _ in range(60):
                writer.write(b"u")
                await writer.drain()
                await asyncio.sleep(0.05)
            status, _, _ = await read_answer(reader)
            assert status == 204, status
            writer.close()
            self.count("uploads")

    async def web_socket(self):
        while not self.stopping.is_set():
            reader, writer = await self.connect(self.secure, self.tls)
            key = base64.b64encode(os.urandom(16))
            writer.write(b"GET /chat/socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                         b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + b"\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 101 "), head
            self.socket_open.set()
            while await self.chat(reader, writer):
                self.count("socket messages")
                await asyncio.sleep(0.02)
            writer.close()

    async def chat(self, reader, writer):
        """Says something and hears it. False at the end."""
        mine = os.urandom(4).hex().encode()
        writer.write(struct.pack("!BB", 0x81, 0x80 | len(mine)) + b"\0\0\0\0" + mine)
        while (heard := await read_message(reader)) != mine:
            if heard == GOING_AWAY:
                self.count("farewells")
                return False
        return not self.stopping.is_set()

    async def event_stream(self):
        while not self.stopping.is_set():
            reader, writer = await self.connect(self.plain, None)
            writer.write(b"GET /chat/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
            self.stream_open.set()
            while await self.hear(reader):
                self.count("events")
            writer.close()

    async def hear(self, reader):
        """One event. False at the end."""
        size = int(await reader.readline(), 16)
        chunk = await reader.readexactly(size + 2)
        if size == 0:
            self.count("farewells")
            return False
        assert chunk.startswith(b"event: "), chunk
        return not self.stopping.is_set()


@contextlib.asynccontextmanager
async def gateway_under_traffic(change):
    """A gateway that went through `change(gateway, editions)` under traffic and still serves, and what the clients
    counted."""
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        certify(home)
        gateway, editions = Gateway(home), Editions()
        await gateway.start()
        editions.add()
        traffic = Traffic(gateway.plain, gateway.secure, f"{home}/cert.pem", editions)
        try:
            await traffic.run(change(gateway, editions))
            yield gateway, traffic.counts
        except BaseException:
            # One that lives on would keep whoever reads the test's output waiting.
            print(await gateway.last_words())
            raise
        await gateway.stop()


async def read_answer(reader):
    head = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
    fields = {name.lower(): value for name, _, value in (line.partition(b": ") for line in head[1:])}
    length = int(fields.get(b"content-length", b"0"))
    return int(head[0].split()[1]), fields, await reader.readexactly(length)


async def read_message(reader):
    first, size = await reader.readexactly(2)
    if size == 126:
        (size,) = struct.unpack("!H", await reader.readexactly(2))
    payload = await reader.readexactly(size)
    if first & 0x0F != 8:
        return payload
    assert payload.startswith(struct.pack("!H", 1001)), payload
    return GOING_AWAY
