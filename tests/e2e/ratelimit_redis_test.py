#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Limits of two gateways in one real Redis, which is killed and comes back while requests go on."""
import concurrent.futures
import pathlib
import tempfile

from load import BUSY_MACHINE, LONGEST_WAIT, Load
from proxying import Program
from redis_server import Redis

FILE = """
redis: {{shared: {{url: "{url}"}}}}
plugins:
  ratelimit: {{store: shared, limit: 50, per: 1h}}
routes:
  - {{match: {{path: /exact}}, use: [ratelimit], respond: "fine"}}
  - match: {{path: /many}}
    use:
      - ratelimit: {{limits: [{{limit: 5, per: 1h, algorithm: sliding}}, {{limit: 3, calendar: day, name: daily}}, {{limit: 9, algorithm: concurrency}}]}}
    respond: "fine"
  - {{match: {{path: /deny}}, use: [{{ratelimit: {{limit: 10000000}}}}], respond: "fine"}}
  - {{match: {{path: /allow}}, use: [{{ratelimit: {{limit: 1, on_store_failure: allow}}}}], respond: "fine"}}
  - {{match: {{path: /local}}, use: [{{ratelimit: {{limit: 20, per: 1h, on_store_failure: local}}}}], respond: "fine"}}
"""
RECOVERY = 2


def exact_on_both(gateways):
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda i: gateways[i % 2].ask("/exact").status, range(120)))
    assert statuses.count(200) == 50 and statuses.count(429) == 70, statuses


def several(gateways):
    fields = gateways[0].ask("/many").fields
    assert '"daily";q=3;w=86400' in fields["RateLimit-Policy"], fields
    assert '"5-in-1h";r=4;' in fields["RateLimit"] and '"9-at-once";r=8' in fields["RateLimit"], fields
    assert [gateways[i % 2].ask("/many").status for i in range(3)] == [200, 200, 429]


def killed_under_load(redis, gateway):
    load = Load(gateway.port, "/deny")
    load.wait_for(200)
    redis.kill()
    load.wait_for(503, 100)
    load.forget()
    reply = gateway.ask("/deny")
    assert reply.status == 503 and reply.fields["Retry-After"] == "1" and b"limits_unavailable" in reply.body
    assert [gateway.ask("/allow").status for _ in range(5)] == [200] * 5
    statuses = [gateway.ask("/local").status for _ in range(25)]
    assert statuses == [200] * 20 + [429] * 5, statuses
    assert not load.seen(200), load.statuses
    redis.start()
    recovered = load.wait_for(200)
    load.stop()
    assert recovered < RECOVERY + BUSY_MACHINE, f"{recovered:.2f} s"
    assert load.slowest < LONGEST_WAIT + BUSY_MACHINE, f"{load.slowest * 1000:.0f} ms"
    assert gateway.ask("/exact").status == 200  # Redis came back empty.


def main(home):
    (home / "redis").mkdir()
    redis = Redis(home / "redis")
    gateways = []
    try:
        text = FILE.format(url=redis.url)
        for name in ("a", "b"):
            (home / name).mkdir()
            gateways.append(Program(text, home / name))
        exact_on_both(gateways)
        several(gateways)
        killed_under_load(redis, gateways[0])
        for gateway in gateways:
            gateway.stop()
    finally:
        for gateway in gateways:
            gateway.child.kill()
        redis.stop()


with tempfile.TemporaryDirectory() as folder:
    main(pathlib.Path(folder))
