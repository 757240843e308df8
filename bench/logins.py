#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Logins in a second of the real program, beside bare hashes on as many threads, while another route is asked 500 times
a second; then 200 logins at the same moment. Needs the machine for itself. Arguments: rounds (5)."""
import asyncio
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

from accounts_gateway import BUILD, Gateway

SETTINGS = ["verification: none", "throttle: {sign_ups_per_address: 100000}"]
USER = {"email": "ada@example.com", "password": "correct horse battery staple"}
LOGINS = 200
CROWD = 200
RATE = 500


async def post(port, path, body):
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    text = json.dumps(body)
    writer.write(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                 f"Content-Length: {len(text)}\r\n\r\n{text}".encode())
    answer = await reader.read()
    writer.close()
    return int(answer.split()[1]), time.monotonic() - began


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def load(port, home, *how):
    log = pathlib.Path(home) / "h2load.log"
    log.unlink(missing_ok=True)
    done = subprocess.run(["h2load", "--h1", f"--log-file={log}", *how], capture_output=True, text=True, check=True)
    rate = float(re.search(r"([\d.]+) req/s", done.stdout).group(1))
    rows = [line.split("\t") for line in log.read_text().splitlines()]
    return rate, [int(row[1]) for row in rows], [int(row[2]) / 1e3 for row in rows]


def logins(port, home, body):
    rate, statuses, _ = load(port, home, "-c4", "-t1", f"-n{LOGINS}", "-d", body, "-H", "Content-Type: application/json",
                             f"http://127.0.0.1:{port}/auth/login")
    assert set(statuses) == {200}, set(statuses)
    return rate


def others_meanwhile(port, home, body):
    """p99 of another route at 500 requests a second, in ms, while logins keep the gate full."""
    crowd = subprocess.Popen(["h2load", "--h1", "-c8", "-t1", "-n400", "-d", body, "-H",
                              "Content-Type: application/json", f"http://127.0.0.1:{port}/auth/login"],
                             stdout=subprocess.DEVNULL)
    other = pathlib.Path(home) / "other"
    other.mkdir(exist_ok=True)
    _, statuses, took = load(port, other, "-c4", "-t1", f"--rps={RATE // 4}", "-n2000", f"http://127.0.0.1:{port}/free")
    crowd.terminate()
    crowd.wait()
    assert set(statuses) == {200}
    return percentile(took, 0.99)


def resident(child):
    status = pathlib.Path(f"/proc/{child.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


async def crowd(port):
    return await asyncio.gather(*[post(port, "/auth/login", USER) for _ in range(CROWD)])


def bare_hashes():
    """In a second, on as many threads as there are processors."""
    done = subprocess.run([BUILD / "bin/portico_bench_passwords", str(os.cpu_count())], capture_output=True, text=True,
                          check=True)
    return done.stdout


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    subprocess.run(["cmake", "--build", BUILD, "--target", "portico_bench_passwords", "portico_run"], check=True,
                   stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as home:
        gateway = Gateway(home, SETTINGS)
        child, port = gateway.child, gateway.port
        try:
            assert asyncio.run(post(port, "/auth/signup", USER))[0] == 201
            body = pathlib.Path(home) / "login.json"
            body.write_text(json.dumps(USER))
            before = resident(child)
            print(f"logins/s            {statistics.median(logins(port, home, body) for _ in range(rounds)):8.1f}")
            print(bare_hashes().rstrip())
            p99 = [others_meanwhile(port, home, body) for _ in range(rounds)]
            print(f"other route's p99   {statistics.median(p99):8.1f} ms at {RATE}/s beside logins")
            answers = asyncio.run(crowd(port))
            served = [took for status, took in answers if status == 200]
            refused = [took for status, took in answers if status == 503]
            print(f"{CROWD} at once         {len(served)} served, {len(refused)} refused, p95 of these "
                  f"{1e3 * percentile(refused, 0.95) if refused else 0:.1f} ms")
            print(f"memory              {before:8.1f} MiB before, {resident(child):.1f} MiB at most")
        finally:
            gateway.stop()


main()
