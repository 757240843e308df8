#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether the time of an answer tells who has an account: sign-ups and logins of the real program, in turn, of which
one half concerns an account that is there. The medians may differ by 5 ms at the most, and by a Kolmogorov-Smirnov test
the two must look alike (p above 0.01). Needs the machine for itself. Arguments: tries of each kind (1000)."""
import http.client
import json
import math
import pathlib
import statistics
import sys
import tempfile
import time

from accounts_gateway import Gateway

SETTINGS = ["mail: log",
            "throttle: {sign_ups_per_address: 100000, sign_ups_in_all: 10000000, logins_per_address: 100000, "
            "logins_in_all: 10000000, mails_per_account: 100}"]
PASSWORD = "correct horse battery staple"


class Site:
    def __init__(self, home):
        self.home = pathlib.Path(home)
        self.gateway = Gateway(home, SETTINGS)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=20)

    def post(self, path, **body):
        began = time.perf_counter()
        self.connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        answer.read()
        return answer.status, 1e3 * (time.perf_counter() - began)

    def enrol(self, email):
        self.post("/auth/signup", email=email, password=PASSWORD)
        lines = (self.home / "auth/mails.jsonl").read_text().splitlines()
        assert self.post("/auth/verify-email", token=json.loads(lines[-1])["link"].split("token=")[1])[0] == 200


def alike(left, right):
    """The p of a Kolmogorov-Smirnov test with two samples."""
    both = sorted([(value, 0) for value in left] + [(value, 1) for value in right])
    counts, widest = [0, 0], 0.0
    for _, which in both:
        counts[which] += 1
        widest = max(widest, abs(counts[0] / len(left) - counts[1] / len(right)))
    size = len(left) * len(right) / (len(left) + len(right))
    scaled = (math.sqrt(size) + 0.12 + 0.11 / math.sqrt(size)) * widest
    return max(0.0, min(1.0, 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * scaled) ** 2) for k in range(1, 101))))


def compare(name, tries, known, unknown):
    took = ([], [])
    for i in range(tries):
        took[0].append(known(i))
        took[1].append(unknown(i))
    apart = statistics.median(took[0]) - statistics.median(took[1])
    p = alike(*took)
    fine = abs(apart) < 5 and p > 0.01
    print(f"{name:28} {statistics.median(took[0]):8.2f} ms and {statistics.median(took[1]):8.2f} ms, p {p:.3f}"
          f"{'' if fine else '   TELLS'}", flush=True)
    return fine


def main():
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as home:
        site = Site(home)
        try:
            accounts = max(2, tries // 4)
            for i in range(accounts):
                site.enrol(f"user{i}@example.com")

            def timed(path, status, **body):
                got, took = site.post(path, **body)
                assert got == status, got
                return took
            # Each of these accounts is tried often, and none so often that it has to wait.
            results = [
                compare("sign-up, there and new", tries,
                        lambda i: timed("/auth/signup", 202, email=f"user{i % accounts}@example.com", password=PASSWORD),
                        lambda i: timed("/auth/signup", 202, email=f"new{i}@example.com", password=PASSWORD)),
                compare("login, wrong and unknown", tries,
                        lambda i: timed("/auth/login", 401, email=f"user{i % accounts}@example.com", password="wrong one"),
                        lambda i: timed("/auth/login", 401, email=f"nobody{i}@example.com", password="wrong one")),
                compare("forgot, there and unknown", tries,
                        lambda i: timed("/auth/password/forgot", 202, email=f"user{i % accounts}@example.com"),
                        lambda i: timed("/auth/password/forgot", 202, email=f"nobody{i}@example.com")),
            ]
        finally:
            site.gateway.stop()
    return 0 if all(results) else 1


sys.exit(main())
