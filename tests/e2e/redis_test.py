#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A gateway whose plugin keeps its numbers in a real Redis, which is killed, comes back, sleeps, and asks who we are."""
import json
import pathlib
import re
import socket
import sys
import tempfile
import threading
import time
import urllib.error

from load import BUSY_MACHINE, LONGEST_WAIT, Load
from proxying import PATIENCE, Program, eventually
from redis_server import Redis, free_port
from serving import certify

FILE = """
redis: {{shared: {{url: "{url}"{more}}}}}
plugins: {{hits: {{{place}}}}}
routes:
  - {{match: {{path: /count}}, use: [hits], respond: {{body: "counted"}}}}
  - {{match: {{path: /window}}, use: [{{window: {{limit: "3"}}}}], respond: {{body: "passed"}}}}
  - {{match: {{path: /run}}, use: [window], respond: {{body: "passed"}}}}
  - {{match: {{path: /free}}, respond: {{body: "free"}}}}
"""
RECOVERY = 2
PATIENT = "timeout: 10s"  # Where the machine is not to be what is tested.


def file(url, more="", place=""):
    return FILE.format(url=url, more=f", {more}" if more else "", place=place)


class Attentive(Program):
    """Knows what was logged before it served."""

    def __init__(self, text, home):
        self.early = []
        super().__init__(text, home)

    def next(self, word):
        while word not in (line := self.lines.get(timeout=PATIENCE)):
            self.early.append(line)
        return line

    def ever(self, word):
        """A line with this word, also one that was passed over."""
        return next((line for line in self.early if word in line), None) or self.next(word)

    def metric(self, line):
        found = re.search(rf"^{re.escape(line)} (\S+)$", self.metrics(), re.MULTILINE)
        return float(found.group(1)) if found else None


def counts_and_reads(redis, gateway):
    eventually(lambda: gateway.metric('portico_redis_connected{redis="shared"}') == 1)
    assert gateway.ask("/count").fields["X-Hits"] == "1"
    assert gateway.ask("/count").fields["X-Hits"] == "2"
    assert gateway.ask("/hits/keys/hits").body == b"2"
    assert gateway.ask("/hits/keys/nobody").body == b"nothing"
    redis.say("LPUSH", "list", "x")
    assert b"WRONGTYPE" in gateway.ask("/hits/keys/list").body


def runs_scripts_that_redis_has_forgotten(redis, gateway):
    statuses = [gateway.ask("/window").status for _ in range(4)]
    assert statuses == [200, 200, 200, 429], statuses
    assert redis.say("SCRIPT", "FLUSH") == "+OK"
    assert gateway.ask("/window").status == 429, "the script was not sent again, or the count was lost"


def hears_what_is_published(_, gateway):
    eventually(lambda: gateway.ask("/hits/heard").body.startswith(b"1 "))
    assert gateway.ask("/hits/say", "POST").status == 200
    eventually(lambda: gateway.ask("/hits/heard").body == b"1 hello")


def shows_itself(_, gateway):
    status = json.loads(gateway.page("/status"))["redis"]
    assert status[0]["name"] == "shared" and status[0]["connected"] is True, status
    assert gateway.metric('portico_redis_connected{redis="shared"}') == 1
    assert gateway.metric('portico_redis_commands_total{redis="shared",outcome="answered"}') >= 4
    assert gateway.metric('portico_redis_command_duration_seconds_count{redis="shared"}') >= 4
    assert json.loads(gateway.page("/health/ready"))["status"] == "ready"


def is_served(load):
    load.forget()
    load.wait_for(200, 200)
    return load.seen(503) == 0


def outlives_a_redis_that_is_killed(redis, gateway):
    load = Load(gateway.port, "/run")
    eventually(lambda: load.seen(200) > 100)
    redis.kill()
    assert '"a Redis is away"' in gateway.next('"redis":"shared"')
    eventually(lambda: load.seen(503) > 100)
    assert load.slowest < LONGEST_WAIT + BUSY_MACHINE, f"a request waited {load.slowest:.3f} s"
    load.forget()
    eventually(lambda: load.seen(503) > 1000)
    assert load.seen(200) == 0 and load.slowest < LONGEST_WAIT + BUSY_MACHINE, load.slowest
    assert gateway.ask("/free").status == 200
    assert gateway.metric('portico_redis_connected{redis="shared"}') == 0
    redis.start()
    # Each loop finds out for itself.
    took = eventually(lambda: is_served(load))
    assert took < RECOVERY, f"it took {took:.1f} s to be back"
    assert '"a Redis is back"' in gateway.next('"redis":"shared"')
    load.stop()
    # Its subscription stands again too, and who listens was told that it may have missed something.
    eventually(lambda: gateway.ask("/hits/heard").body.startswith(b"2 "))
    gateway.ask("/hits/say", "POST")
    eventually(lambda: gateway.ask("/hits/heard").body == b"2 hello")


def waits_for_no_redis_that_sleeps(redis, gateway):
    load = Load(gateway.port, "/run")
    eventually(lambda: load.seen(200) > 100)
    sleeper = threading.Thread(target=redis.say, args=("DEBUG", "SLEEP", "3"))
    sleeper.start()
    eventually(lambda: load.seen(503) > 500)
    assert load.slowest < LONGEST_WAIT + BUSY_MACHINE, f"a request waited {load.slowest:.3f} s"
    sleeper.join()
    load.forget()
    took = eventually(lambda: load.seen(200) > 0)
    assert took < RECOVERY, f"it took {took:.1f} s to be back"
    load.stop()


def keeps_its_connections_over_a_reload(redis, gateway):
    opened = 'portico_redis_connections_opened_total{redis="shared"}'
    before = gateway.metric(opened)
    gateway.reload(file(redis.url, PATIENT) + "secret: changed-but-nothing-of-this-redis\n")
    assert gateway.ask("/count").status == 200
    # The new instance listens anew; commands go on over what stood.
    assert gateway.metric(opened) == before, "a reload that changed nothing of it made connections"
    gateway.reload(file(redis.url + "/3", PATIENT))
    before = int(gateway.ask("/count").fields["X-Hits"])
    assert before == 1, "the database of the new file is not used"


def is_refused_and_let_in(home):
    """Users, passwords and databases; what is wrong is said without them."""
    redis = Redis(home, "--requirepass", "open sesame")
    redis.say("ACL", "SETUSER", "portico", "on", ">hunter2", "+@all", "~*", "&*", password="open sesame")
    try:
        by_user = f"redis://portico:hunter2@127.0.0.1:{redis.port}/2"
        for url, more in ((by_user, ""), (by_user.replace("127.0.0.1", "localhost").replace("/2", "/4"), ""),
                          (f"unix:{redis.path}", 'password: "open sesame", '),
                          (redis.url, 'user: portico, password: hunter2, database: 5, ')):
            gateway = Attentive(file(url, more + PATIENT), home)
            eventually(lambda: gateway.ask("/count").status == 200)
            assert gateway.ask("/count").fields["X-Hits"] == "2", url
            assert "hunter2" not in gateway.page("/status") and "sesame" not in gateway.page("/status")
            gateway.stop()
        gateway = Attentive(file(redis.url, "password: hunter3, required: true"), home)
        line = gateway.ever('"a Redis is away"')
        assert "WRONGPASS" in line and "hunter3" not in line, line
        assert gateway.ask("/count").status == 503
        eventually(lambda: '"shared is away"' in probe(gateway))
        gateway.stop()
        gateway = Attentive(file(redis.url), home)
        assert "NOAUTH" in gateway.ever('"a Redis is away"')
        gateway.stop()
    finally:
        redis.stop()


def is_reached_over_tls(home):
    """Each side proves who it is; a name that the certificate does not bear is refused."""
    certify(home)
    pair = f"certificate: {home}/cert.pem, key: {home}/key.pem"
    redis = Redis(home, "--tls-port", str(secure := free_port()), "--tls-cert-file", f"{home}/cert.pem",
                  "--tls-key-file", f"{home}/key.pem", "--tls-ca-cert-file", f"{home}/cert.pem")
    try:
        gateway = Attentive(file(f"rediss://localhost:{secure}", f"ca: {home}/cert.pem, {pair}, {PATIENT}"), home)
        eventually(lambda: gateway.ask("/count").fields["X-Hits"] == "1")
        load = Load(gateway.port, "/run")
        eventually(lambda: load.seen(200) > 200)
        load.stop()
        redis.say("SET", "large", "x" * 100_000)
        assert len(gateway.ask("/hits/keys/large").body) == 100_000
        gateway.stop()
        gateway = Attentive(file(f"rediss://127.0.0.1:{secure}", f"ca: {home}/cert.pem, {pair}"), home)
        line = gateway.ever('"a Redis is away"')
        assert "mismatch" in line, line
        assert gateway.ask("/count").status == 503
        gateway.stop()
    finally:
        redis.stop()


def probe(gateway):
    try:
        return gateway.page("/health/ready")
    except urllib.error.HTTPError as error:
        return error.read().decode()


class Liar:
    """Accepts, and says what a test wants."""

    def __init__(self, says):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.says = says
        self.connections = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
                self.connections.append(connection)
                connection.sendall(self.says)
            except OSError:
                return

    def stop(self):
        self.listener.close()


def bears_what_is_no_redis(home):
    for says, reason in ((b"", "no answer to the greeting in time"),
                         (b"HTTP/1.1 400 Bad Request\r\n\r\n", "what it sends is no Redis reply"),
                         (b"+OK\r\n+PONG\r\n+one too many\r\n", "it answered what nobody asked"),
                         (b"*9999999\r\n*9999999\r\n$-5\r\n", "what it sends is no Redis reply")):
        liar = Liar(says)
        gateway = Attentive(file(f"redis://127.0.0.1:{liar.port}", "connect_timeout: 200ms"), home)
        try:
            line = gateway.ever('"a Redis is away"')
            assert reason in line, line
            began = time.monotonic()
            # An answer too many may come in time to be taken for one.
            assert {gateway.ask("/count").status for _ in range(20)} <= {200, 503}
            assert time.monotonic() - began < 20 * LONGEST_WAIT + BUSY_MACHINE
        finally:
            gateway.stop()
            liar.stop()


def main():
    with tempfile.TemporaryDirectory() as folder:
        redis = Redis(folder)
        calm = (counts_and_reads, runs_scripts_that_redis_has_forgotten, hears_what_is_published, shows_itself,
                keeps_its_connections_over_a_reload)
        rough = (outlives_a_redis_that_is_killed, waits_for_no_redis_that_sleeps)
        try:
            for parts, options in ((calm, PATIENT), (rough, "")):
                gateway = Attentive(file(redis.url, options), folder)
                for part in parts:
                    part(redis, gateway)
                    print(f"{part.__name__}: fine", flush=True)
                gateway.stop()
        finally:
            redis.stop()
        for part in (is_refused_and_let_in, is_reached_over_tls, bears_what_is_no_redis):
            home = pathlib.Path(folder) / part.__name__
            home.mkdir()
            part(home)
            print(f"{part.__name__}: fine", flush=True)


if __name__ == "__main__":
    sys.exit(main())
