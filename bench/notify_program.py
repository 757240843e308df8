#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Messages of the real program, by the clock on the wall:

    deliver [N]   deliveries in a second on PostgreSQL, of N (20000) messages that are due at the same time, by a
                  channel that is done at once (tests/plugins/nowhere); from when they are due to when the last is
                  written down. At least 5000.
    idle [N]      from the answer 202 to MAIL at the mail server, of N (200) messages one after the other, on either
                  engine; 99 % within 50 ms.
    begin [N]     `portico check`, `portico schema` and a start until it serves, with all seven plugins, as they are
                  installed; medians of N (15), below 100 ms each.

Without arguments, all of them. Ends with 1 where a limit is missed."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
BUILD = REPOSITORY / "build/release"
os.environ.setdefault("PORTICO_SOURCE_DIR", str(REPOSITORY))
os.environ.setdefault("PORTICO_BUILD_DIR", str(BUILD))
os.environ.setdefault("PORTICO_BINARY", str(BUILD / "bin/portico"))
sys.path.insert(0, str(REPOSITORY / "tests/e2e"))

from notify_site import Site, file  # noqa: E402
from postgres_server import Postgres  # noqa: E402
from smtp_sink import Sink  # noqa: E402

LEAST_DELIVERIES, MOST_IDLE, MOST_BEGIN = 5000, 50, 100
# Of a PostgreSQL as it comes, and unlike that of the tests: what is committed is on the disk.
AS_IT_COMES = ["-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "shared_buffers=128MB"]
# Copies of one message, each due at :due.
FILL = """
INSERT INTO notify_messages (id, recipient, template_key, template_version, locale, data, sealed, category, priority,
  status, send_at, created_by, created_at) SELECT 'm' || to_char(n, 'FM0000000'), n, template_key, template_version,
  locale, data, sealed, category, priority, 'queued', {due}, created_by, created_at
  FROM notify_messages, generate_series(1, {count}) AS n WHERE recipient = '0';
INSERT INTO notify_deliveries (id, message_id, channel, address, address_digest, job_id, status, attempts, next_at,
  created_at) SELECT 'd' || to_char(n, 'FM0000000'), 'm' || to_char(n, 'FM0000000'), channel, n,
  md5(n::text) || md5(n::text), 'j' || to_char(n, 'FM0000000'), 'queued', 0, {due}, created_at
  FROM notify_deliveries, generate_series(1, {count}) AS n WHERE address = '0';
INSERT INTO portico_jobs (id, kind, key, payload, priority, created_at, available_at, attempts)
  SELECT 'j' || to_char(n, 'FM0000000'), 'notify.carry', '', '{{"delivery":"d' || to_char(n, 'FM0000000') || '"}}', 1,
  {now}, {due}, 0 FROM generate_series(1, {count}) AS n;
"""
ALL_SEVEN = """
environment: development
secret: "a-secret-of-the-gateway-that-nobody-may-see"
databases: {{main: {{url: "sqlite:{home}/main.db"}}}}
listen: [{{address: "127.0.0.1:0"}}]
admin: {{address: "127.0.0.1:0"}}
plugins:
  headers: {{}}
  cors: {{origins: ["https://www.example.com"]}}
  ratelimit: {{limit: 100, per: 1s, by: client}}
  proxy: {{upstreams: {{app: {{targets: ["http://127.0.0.1:4000"]}}}}}}
  auth: {{database: main, issuer: "https://api.example.com"}}
  rbac: {{database: main, use: [auth]}}
  notify:
    database: main
    use: [auth.optional]
    from: "Example <no-reply@example.com>"
    url: "https://api.example.com"
    smtp: {{url: "smtp://127.0.0.1:2525", tls: never}}
use: [headers, cors, ratelimit]
routes:
  - {{match: {{path: "/**"}}, proxy: app}}
"""


def verdict(fine):
    return "" if fine else "   MISSED"


class Database:
    def __init__(self, url):
        self.url = url

    def ask(self, text):
        done = subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-d", self.url, "-c", text],
                              capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr)
        return done.stdout.strip()


def deliver(home, count=20000):
    server = Postgres(home / "server", AS_IT_COMES)
    with contextlib.ExitStack() as ends:
        ends.callback(server.stop)
        site = Site(file(server.url, 2).replace("  notify:", "  nowhere: {}\n  notify:"), home / "gateway")
        ends.callback(site.gateway.child.kill)
        token = site.make_administrator("root@example.org")
        reply = site.ask("POST", "/notify/messages", token,
                         {"to": {"address": "0"}, "channels": ["nowhere"], "content": {"title": "t", "body": "b"}})
        assert reply.status == 202, reply.body
        database = Database(server.url)
        while database.ask("SELECT COUNT(*) FROM portico_jobs WHERE kind = 'notify.carry'") != "0":
            time.sleep(0.1)
        now = int(time.time() * 1e6)
        due = now + int((8 + count / 5000) * 1e6)
        database.ask(FILL.format(due=due, now=now, count=count) + "ANALYZE")
        assert time.time() * 1e6 < due, "it took too long to write them"
        time.sleep(due / 1e6 - time.time())
        used, served = cpu_of(site.gateway.child.pid), cpu_below(server.child.pid)
        deadline = time.monotonic() + 120
        while database.ask("SELECT COUNT(*) FROM portico_jobs WHERE kind = 'notify.carry'") != "0":
            assert time.monotonic() < deadline, "they are not delivered"
            time.sleep(0.5)
        used, served = cpu_of(site.gateway.child.pid) - used, cpu_below(server.child.pid) - served
        sent = database.ask("SELECT COUNT(*) FROM notify_messages WHERE status = 'sent' AND id LIKE 'm%'")
        assert int(sent) == count, sent
        took = (int(database.ask("SELECT MAX(done_at) FROM notify_deliveries")) - due) / 1e6
        site.gateway.stop()
    fine = count / took >= LEAST_DELIVERIES
    print(f"deliver: {count / took:.0f} /s, {count} in {took:.2f} s; CPU for each: the gateway {1e6 * used / count:.0f} us, "
          f"PostgreSQL {1e6 * served / count:.0f} us{verdict(fine)}", flush=True)
    return fine


def cpu_of(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_below(process):
    """Of a server's processes that are there."""
    children = pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return sum(cpu_of(child) for child in [process, *children])


def latencies(site, sink, token, count):
    """From the answer and from the request, in milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", site.gateway.port, timeout=20)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    times = {}
    for number in range(count + 5):
        to = f"n{number}@example.net"
        body = json.dumps({"to": {"email": to}, "content": {"title": "t", "body": "b"}})
        began = time.monotonic()
        connection.request("POST", "/notify/messages", body, headers)
        answer = connection.getresponse()
        assert answer.status == 202, answer.read()
        times[to] = (began, time.monotonic())
        answer.read()
        time.sleep(0.1)
    deadline = time.monotonic() + 60
    while len(arrived := {mail["to"]: mail["at"] for mail in sink.mails() if mail["to"] in times}) < len(times):
        assert time.monotonic() < deadline, "mails are missing"
        time.sleep(0.1)
    # The first of them make the connection and are no idle server's.
    counted = [to for to in times if int(re.search(r"\d+", to)[0]) >= 5]
    return [sorted(1e3 * (arrived[to] - times[to][which]) for to in counted) for which in (1, 0)]


def idle_on(name, home, url, count):
    sink = Sink()
    with contextlib.ExitStack() as ends:
        ends.callback(sink.stop)
        site = Site(file(url, sink.port), home)
        ends.callback(site.gateway.child.kill)
        token = site.make_administrator("root@example.org")
        answered, asked = latencies(site, sink, token, count)
        site.gateway.stop()
    at = lambda values, share: values[min(len(values) - 1, int(share * len(values)))]
    fine = at(answered, 0.99) <= MOST_IDLE
    print(f"idle, {name}: from the answer to MAIL p50 {at(answered, 0.5):.1f} ms, p99 {at(answered, 0.99):.1f} ms, most "
          f"{answered[-1]:.1f} ms; from the request p50 {at(asked, 0.5):.1f} ms, p99 {at(asked, 0.99):.1f} ms"
          f"{verdict(fine)}", flush=True)
    return fine


def idle(home, count=200):
    fine = idle_on("SQLite", home / "sqlite", f"sqlite:{home}/notify.db", count)
    server = Postgres(home / "server", AS_IT_COMES)
    try:
        return idle_on("PostgreSQL", home / "postgresql", server.url, count) and fine
    finally:
        server.stop()


def timed(work):
    """Milliseconds by the clock, and of CPU of the children that it waited for."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    took = work() or time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1e3 * took, 1e3 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def start(program, path, environment):
    began = time.perf_counter()
    child = subprocess.Popen([program, "run", "-c", path], stdout=subprocess.PIPE, text=True, env=environment)
    for line in child.stdout:
        if '"message":"serving"' in line:
            break
    else:
        raise SystemExit("portico does not begin")
    took = time.perf_counter() - began
    child.kill()
    child.wait()
    child.stdout.close()
    return took


def begin(home, runs=15):
    # As packages have it: debug information is in files of its own.
    subprocess.run(["cmake", "--install", BUILD, "--prefix", home / "installed", "--strip"], check=True,
                   stdout=subprocess.DEVNULL)
    program = home / "installed/bin/portico"
    path = home / "portico.yaml"
    path.write_text(ALL_SEVEN.format(home=home))
    environment = {**os.environ, "STATE_DIRECTORY": str(home)}
    run = lambda *words: (lambda: subprocess.run([program, *words], check=True, stdout=subprocess.DEVNULL,
                                                 env=environment) and None)
    start(program, path, environment)  # Makes the tables.
    works = {"check": run("check", "-c", path), "schema": run("schema", "-c", path),
             "start": lambda: start(program, path, environment)}
    taken = {what: [] for what in works}
    for _ in range(runs):
        for what, work in works.items():
            taken[what].append(timed(work))
    fine = True
    for what, each in taken.items():
        wall, cpu = (statistics.median(values) for values in zip(*each))
        fine &= wall < MOST_BEGIN
        print(f"{what}: {wall:.0f} ms (least {min(each)[0]:.0f}), CPU {cpu:.0f} ms{verdict(wall < MOST_BEGIN)}", flush=True)
    return fine


def main(what=None, *arguments):
    works = {"deliver": deliver, "idle": idle, "begin": begin}
    fine = True
    for name in [what] if what else works:
        with tempfile.TemporaryDirectory() as home:
            home = pathlib.Path(home)
            home.chmod(0o755)
            fine &= works[name](home, *map(int, arguments))
    return 0 if fine else 1


sys.exit(main(*sys.argv[1:]))
