#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A mail server that takes everything fast and keeps who it was for, which Message-ID it had and when its first command
came (as time.monotonic() says in every process): in a process of its own, which outlives a gateway that is killed."""
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time


async def serve(reader, writer, out):
    try:
        await converse(reader, writer, out)
    except (asyncio.IncompleteReadError, ConnectionError):
        pass  # Its client was killed.
    writer.close()


async def converse(reader, writer, out):
    async def say(line):
        writer.write(line + b"\r\n")
        await writer.drain()

    await say(b"220 sink.example ESMTP")
    to, began = None, None
    while line := await reader.readline():
        word = line.strip().upper()
        if word.startswith(b"EHLO"):
            await say(b"250-sink.example\r\n250 PIPELINING")
        elif word.startswith(b"MAIL"):
            began = time.monotonic()
            await say(b"250 2.1.0 Ok")
        elif word.startswith(b"RCPT"):
            to = re.search(rb"<(.*)>", line)[1].decode()
            await say(b"250 2.1.5 Ok")
        elif word == b"DATA":
            await say(b"354 Go on")
            text = await reader.readuntil(b"\r\n.\r\n")
            mail_id = re.search(rb"Message-ID: <(.*?)>", text)[1].decode()
            # Kept before it is said: what the client was told is never missing.
            out.write(json.dumps({"to": to, "id": mail_id, "at": began}) + "\n")
            out.flush()
            await say(b"250 2.0.0 Ok")
        elif word == b"QUIT":
            await say(b"221 2.0.0 Bye")
            break
        else:
            await say(b"250 2.0.0 Ok")


async def main(path, port):
    with open(path, "a", encoding="ascii") as out:
        server = await asyncio.start_server(lambda r, w: serve(r, w, out), "127.0.0.1", port, limit=1 << 22)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


class Sink:
    def __init__(self):
        self.out = tempfile.NamedTemporaryFile(suffix=".jsonl")
        self.port = 0
        self.resume()

    def resume(self):
        self.child = subprocess.Popen([sys.executable, __file__, self.out.name, str(self.port)], stdout=subprocess.PIPE,
                                      text=True)
        self.port = int(self.child.stdout.readline())

    def mails(self):
        with open(self.out.name, encoding="ascii") as file:
            return [json.loads(line) for line in file]

    def pause(self):
        """Nobody is there until it goes on, on the same port."""
        self.child.kill()
        self.child.wait()

    stop = pause


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
