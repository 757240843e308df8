#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""New processes take over under every kind of traffic: no request fails, no answer comes from the old process for long;
the stream and the WebSocket are told to come again. With $PORTICO_SOAK_SECONDS it goes on for so long."""
import asyncio
import os

from traffic import gateway_under_traffic

TAKEOVERS = int(os.environ.get("PORTICO_SOAK_SECONDS", "9")) // 3


async def upgrade_often(gateway, editions):
    for _ in range(TAKEOVERS):
        await gateway.upgrade()
        editions.add()
        await asyncio.sleep(1)


async def main():
    async with gateway_under_traffic(upgrade_often) as (_, counts):
        print(f"{TAKEOVERS} takeovers under traffic: {counts}")
        # One that came while its process was about to leave is told twice.
        assert counts["farewells"] >= 2 * TAKEOVERS


asyncio.run(main())
