#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reloads the real program under every kind of traffic: no request fails, no answer comes from an old file, no memory
is lost. With $PORTICO_SOAK_SECONDS it reloads once a second for so long."""
import asyncio
import os

from traffic import gateway_under_traffic

SOAK = int(os.environ.get("PORTICO_SOAK_SECONDS", "0"))
RELOADS, INTERVAL = (SOAK, 1.0) if SOAK else (20, 0.25)
# Sanitizers keep what was freed.
MEMORY_COUNTS = not os.environ.get("PORTICO_SANITIZE")


async def reload_often(gateway, editions):
    for _ in range(RELOADS):
        await gateway.reload()
        editions.add()
        await asyncio.sleep(INTERVAL)


async def check_memory(gateway):
    for _ in range(30):
        await gateway.reload()
    early = gateway.resident()
    for _ in range(270):
        await gateway.reload()
    late = gateway.resident()
    print(f"resident memory: {early} KiB after 30 reloads, {late} KiB after 300")
    assert not MEMORY_COUNTS or late <= early * 1.05


async def main():
    async with gateway_under_traffic(reload_often) as (gateway, counts):
        print(f"{RELOADS} reloads under traffic: {counts}")
        assert counts["farewells"] == 0, "a stream or socket did not outlive a reload"
        await check_memory(gateway)


asyncio.run(main())
