#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A gateway whose plugin keeps its records in a database, SQLite or a real PostgreSQL, which is killed and comes back."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error

from load import BUSY_MACHINE, LONGEST_WAIT, Load
from postgres_server import Postgres
from proxying import PROGRAM, Program, eventually

FILE = """
databases: {{main: {{url: "{url}"{how}}}}}
plugins: {{ledger: {{{place}}}}}
routes:
  - {{match: {{path: /free}}, respond: {{body: "free"}}}}
  - {{match: {{path: /impatient}}, use: [impatient], respond: {{body: "never"}}}}
"""
RECOVERY = 5


def file(url, place="", how=""):
    return FILE.format(url=url, place=place, how=how)


def metric(gateway, line):
    found = re.search(rf"^{re.escape(line)} (\S+)$", gateway.metrics(), re.MULTILINE)
    return float(found.group(1)) if found else None


def keeps_accounts(gateway):
    assert gateway.ask("/ledger/accounts/ada", "POST").status == 200
    assert gateway.ask("/ledger/accounts/ada", "POST").status == 409
    assert gateway.ask("/ledger/accounts/eve").status == 404
    assert gateway.ask("/ledger/accounts/ada").body == b"0"
    threads = [threading.Thread(target=lambda: gateway.ask("/ledger/accounts/ada/deposit", "POST")) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gateway.ask("/ledger/accounts/ada").body == b"12", "a deposit was lost"


def pays_in_once(gateway):
    """Many at once with the same key, who come again while the first one is under way."""
    assert gateway.ask("/ledger/accounts/bob", "POST").status == 200
    bodies = []

    def pay_in():
        while (reply := gateway.ask("/ledger/accounts/bob/deposit", "POST", Idempotency_Key="k1")).status == 409:
            pass
        bodies.append((reply.status, reply.body))
    threads = [threading.Thread(target=pay_in) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies == [(200, b"1")] * 12, bodies
    again = gateway.ask("/ledger/accounts/bob/deposit", "POST", Idempotency_Key="k1")
    assert again.fields["Idempotent-Replayed"] == "true"
    assert gateway.ask("/ledger/accounts/bob/deposit", "POST", b"more", Idempotency_Key="k1").status == 422
    assert gateway.ask("/ledger/accounts/bob").body == b"1"


def shows_itself(gateway, engine):
    status = json.loads(gateway.page("/status"))["databases"][0]
    assert (status["name"], status["engine"], status["connected"]) == ("main", engine, True), status
    assert metric(gateway, 'portico_sql_connected{database="main"}') == 1
    done = 'portico_sql_statements_total{database="main",statement="ledger.set",outcome="done"}'
    assert metric(gateway, done) >= 12
    failed = 'portico_sql_statements_total{database="main",statement="ledger.open",outcome="failed"}'
    assert metric(gateway, failed) >= 1
    assert metric(gateway, 'portico_sql_sessions_opened_total{database="main",use="write"}') >= 1
    assert "INSERT" not in gateway.metrics() and "INSERT" not in gateway.page("/status")
    assert json.loads(gateway.page("/health/ready"))["status"] == "ready"
    eventually(lambda: metric(gateway, 'portico_sql_outbox_backlog{database="main"}') == 2)


def keeps_its_sessions_over_a_reload(gateway, url):
    opened = 'portico_sql_sessions_opened_total{database="main",use="write"}'
    before = metric(gateway, opened)
    gateway.reload(file(url) + "secret: changed-but-nothing-of-databases\n")
    assert gateway.ask("/ledger/accounts/ada/deposit", "POST").body == b"13"
    assert metric(gateway, opened) == before, "a reload that changed nothing of it opened sessions"


def never_waits_on_a_loop(gateway):
    assert gateway.ask("/impatient").status == 500
    gateway.next("a database was asked on a loop")


def outlives_a_postgresql_that_is_killed(postgres, gateway):
    load = Load(gateway.port, "/ledger/accounts/ada")
    load.wait_for(200, 50)
    postgres.kill()
    load.wait_for(503, 50)
    load.forget()
    load.wait_for(503, 200)
    assert load.seen(200) == 0 and load.slowest < LONGEST_WAIT + BUSY_MACHINE, load.slowest
    assert gateway.ask("/free").status == 200
    assert gateway.ask("/ledger/accounts/ada/deposit", "POST").status == 503
    assert metric(gateway, 'portico_sql_connected{database="main"}') == 0
    eventually(lambda: "main is away" in gateway.page("/health/ready"))
    postgres.start()
    took = load.wait_for(200)
    assert took < RECOVERY, f"it took {took:.1f} s to be back"
    load.stop()
    eventually(lambda: metric(gateway, 'portico_sql_connected{database="main"}') == 1)
    assert gateway.ask("/ledger/accounts/ada/deposit", "POST").body == b"14"


def fails_its_probe_where_it_is_required(postgres, folder):
    gateway = Program(file(postgres.url, how=", required: true, slow_query: 1h"), folder)
    assert probe(gateway) == 200
    postgres.kill()
    eventually(lambda: gateway.ask("/ledger/accounts/ada").status == 503)
    eventually(lambda: probe(gateway) == 503)
    postgres.start()
    eventually(lambda: probe(gateway) == 200)
    gateway.stop()


def probe(gateway):
    try:
        gateway.page("/health/ready")
        return 200
    except urllib.error.HTTPError as error:
        return error.code


def checked(home, text):
    path = pathlib.Path(home) / "checked.yaml"
    path.write_text(text)
    return subprocess.run([PROGRAM, "check", "-c", str(path)], capture_output=True, text=True, timeout=20, check=False,
                          env={**os.environ, "STATE_DIRECTORY": str(home)})


def is_checked_without_being_touched(home):
    """What `check` passes it has not opened; what it refuses it explains."""
    made = pathlib.Path(home) / "made.db"
    fine = checked(home, file(f"sqlite:{made}"))
    assert fine.returncode == 0 and not made.exists(), fine.stdout + fine.stderr
    assert checked(home, file("postgresql://nobody@127.0.0.1:1/x")).returncode == 0
    for place, url, said in (("database: mian", f"sqlite:{made}", "did you mean main?"),
                             ("", "postgresql://u@127.0.0.1/x?sslmood=require", "PostgreSQL knows no `sslmood`")):
        refused = checked(home, file(url, place))
        assert refused.returncode == 78 and said in refused.stdout + refused.stderr, refused.stdout + refused.stderr


def says_why_a_file_cannot_be_opened(home):
    file_ = pathlib.Path(home) / "nowhere.yaml"
    file_.write_text('listen: [{address: "127.0.0.1:0"}]\n' + file(f"sqlite:{home}/nowhere/ledger.db"))
    refused = subprocess.run([PROGRAM, "run", "-c", str(file_)], capture_output=True, text=True,
                             env={**os.environ, "STATE_DIRECTORY": home})
    said = refused.stdout + refused.stderr
    assert refused.returncode == 69 and f"{home}/nowhere/ledger.db cannot be opened: No such file or directory" in said, said


def main():
    with tempfile.TemporaryDirectory() as folder:
        # PostgreSQL runs as somebody else.
        os.chmod(folder, 0o755)
        is_checked_without_being_touched(folder)
        says_why_a_file_cannot_be_opened(folder)
        postgres = Postgres(f"{folder}/postgres")
        try:
            for engine, url in (("sqlite", f"sqlite:{folder}/ledger.db"), ("postgresql", postgres.url)):
                began = time.monotonic()
                gateway = Program(file(url), folder)
                keeps_accounts(gateway)
                pays_in_once(gateway)
                shows_itself(gateway, engine)
                keeps_its_sessions_over_a_reload(gateway, url)
                never_waits_on_a_loop(gateway)
                if engine == "postgresql":
                    outlives_a_postgresql_that_is_killed(postgres, gateway)
                gateway.stop()
                if engine == "postgresql":
                    fails_its_probe_where_it_is_required(postgres, folder)
                print(f"{engine}: fine, {time.monotonic() - began:.1f} s", flush=True)
        finally:
            postgres.stop()


if __name__ == "__main__":
    sys.exit(main())
