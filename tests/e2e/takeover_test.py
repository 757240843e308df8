#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""New processes take over under every kind of traffic: no request fails, no answer comes from the old process for long;
the stream and the WebSocket are told to come again. With $PORTICO_SOAK_SECONDS it goes on for so long."""
import asyncio
import os
import pathlib
import tempfile

from serving import Gateway, certify
from traffic import Editions, Traffic

TAKEOVERS = int(os.environ.get("PORTICO_SOAK_SECONDS", "9")) // 3


async def upgrade_often(gateway, editions):
    for _ in range(TAKEOVERS):
        await gateway.upgrade()
        editions.add()
        await asyncio.sleep(1)


async def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        certify(home)
        gateway, editions = Gateway(home), Editions()
        await gateway.start()
        editions.add()
        traffic = Traffic(gateway.plain, gateway.secure, f"{home}/cert.pem", editions)
        await traffic.run(upgrade_often(gateway, editions))
        print(f"{TAKEOVERS} takeovers under traffic: {traffic.counts}")
        assert traffic.counts["farewells"] == 2 * TAKEOVERS
        await gateway.stop()


asyncio.run(main())
