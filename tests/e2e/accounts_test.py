#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Accounts in the real program, on SQLite and on PostgreSQL: many clients at once, a database that is killed, commands
of an operator, and secrets looked for wherever something was written."""
import concurrent.futures
import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from accounts_site import OTHER, PASSWORD, at_once, file, serving
from postgres_server import Postgres
from proxying import eventually


def a_life(site):
    site.enrol("ada@example.com")
    tokens = site.login("ada@example.com").seen
    assert site.opens(tokens["access_token"]) == 200
    assert site.gateway.ask("/private").status == 401
    next_tokens = site.post("/auth/refresh", refresh_token=tokens["refresh_token"]).seen
    site.secrets |= {next_tokens["access_token"], next_tokens["refresh_token"]}
    assert site.post("/auth/logout", next_tokens["access_token"]).status == 204
    assert site.opens(next_tokens["access_token"]) == 401 and site.opens(tokens["access_token"]) == 401
    assert site.post("/auth/password/forgot", email="ada@example.com").status == 202
    token = site.token_mailed_to("ada@example.com", "reset_password")
    answer = site.post("/auth/password/reset", token=token, password=OTHER)
    assert answer.status == 204, answer.body
    assert site.login("ada@example.com").status == 401 and site.login("ada@example.com", OTHER).status == 200


def one_user_of_fifty_sign_ups(site):
    """Case 161."""
    replies = at_once(50, lambda: site.sign_up("race@example.com"))
    # The pool that hashes has a queue; what does not fit is told to come again.
    statuses = sorted({reply.status for reply in replies})
    assert statuses in ([202], [202, 503]), statuses
    listed = site.command("user", "list", "--json").stdout
    assert listed.count("race@example.com") == 1, listed


def one_successor_of_twenty_refreshes(site):
    """Case 77."""
    token = site.login("ada@example.com", OTHER).seen["refresh_token"]
    replies = at_once(20, lambda: site.post("/auth/refresh", refresh_token=token))
    assert {reply.status for reply in replies} == {200}, [reply.status for reply in replies]
    successors = {reply.seen["refresh_token"] for reply in replies}
    assert len(successors) == 1, f"{len(successors)} successors"
    site.secrets |= successors
    site.secrets |= {reply.seen["access_token"] for reply in replies}


def one_winner_of_a_hundred_links(site):
    """Case 93."""
    site.sign_up("link@example.com")
    token = site.token_mailed_to("link@example.com")
    replies = at_once(100, lambda: site.post("/auth/verify-email", token=token))
    statuses = [reply.status for reply in replies]
    assert statuses.count(200) == 1 and set(statuses) <= {200, 410, 503}, statuses


def no_session_outlives_a_global_logout(site):
    """Case 91."""
    tokens = site.login("ada@example.com", OTHER).seen
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        refreshes = [pool.submit(site.post, "/auth/refresh", refresh_token=tokens["refresh_token"]) for _ in range(7)]
        out = pool.submit(site.post, "/auth/logout?scope=global", tokens["access_token"])
        assert out.result().status == 204
    for answer in [refresh.result() for refresh in refreshes]:
        if answer.status != 200:
            continue
        site.secrets |= {answer.seen["access_token"], answer.seen["refresh_token"]}
        assert site.opens(answer.seen["access_token"]) == 401
        assert site.post("/auth/refresh", refresh_token=answer.seen["refresh_token"]).status == 401


def a_crowd_of_logins(site):
    """Case 59: what does not fit is refused at once, and other routes go on."""
    took = []

    def login():
        began = time.monotonic()
        status = site.login("ada@example.com", OTHER).status
        took.append((status, time.monotonic() - began))
    with concurrent.futures.ThreadPoolExecutor(200) as pool:
        logins = [pool.submit(login) for _ in range(200)]
        while not all(done.done() for done in logins):
            assert site.gateway.ask("/free").status == 200
    statuses = {status for status, _ in took}
    assert statuses <= {200, 401, 503} and 200 in statuses, statuses


def an_operator(site):
    made = site.command("admin", "create", "root@example.com", "--password-stdin", typed=PASSWORD + "\n")
    assert made.returncode == 0 and "root@example.com" in made.stdout, made.stderr
    again = site.command("admin", "create", "root@example.com", "--password-stdin", typed=PASSWORD + "\n")
    assert again.returncode == 1 and "already" in again.stderr
    weak = site.command("admin", "create", "weak@example.com", "--password-stdin", typed="password\n")
    assert weak.returncode == 1
    answer = site.login("root@example.com")
    assert answer.status == 200, (answer.status, answer.body)
    tokens = answer.seen
    assert site.opens(tokens["access_token"]) == 200
    last = site.command("user", "disable", "root@example.com")
    assert last.returncode == 1 and "administrator" in last.stderr, last.stderr
    deputy = site.command("admin", "create", "deputy@example.com", "--password-stdin", typed=PASSWORD + "\n")
    assert deputy.returncode == 0, deputy.stderr
    assert site.command("user", "disable", "root@example.com").returncode == 0
    assert site.login("root@example.com").status == 401
    eventually(lambda: site.opens(tokens["access_token"]) == 401)
    assert site.command("user", "enable", "root@example.com").returncode == 0
    assert site.login("root@example.com").status == 200
    assert site.command("user", "reset", "root@example.com").returncode == 0
    assert site.token_mailed_to("root@example.com", "reset_password")
    assert site.command("user", "disable", "nobody@example.com").returncode == 1
    assert site.command("user").returncode == 64


def outlives_its_database(site, postgres):
    """Case 162: what was cached goes on for a while, all else is told to come again."""
    tokens = site.login("ada@example.com", OTHER).seen
    assert site.opens(tokens["access_token"]) == 200
    postgres.kill()
    assert site.opens(tokens["access_token"]) == 200
    eventually(lambda: site.login("ada@example.com", OTHER).status == 503)
    answer = site.login("ada@example.com", OTHER)
    assert answer.seen["code"] == "database_unavailable" and answer.fields["Retry-After"]
    assert site.gateway.ask("/free").status == 200
    postgres.start()
    eventually(lambda: site.login("ada@example.com", OTHER).status == 200)


def keeps_no_secret(site, database):
    """Cases 154 to 156: of all that was written."""
    said = []
    with contextlib.suppress(Exception):
        while True:
            said.append(site.gateway.lines.get_nowait())
    places = {"log": "".join(said), "metrics": site.gateway.metrics(), "status": site.gateway.page("/status"),
              "database": database()}
    for name, text in places.items():
        for secret in site.secrets:
            assert secret not in text, f"{secret[:12]}... is in the {name}"


def sqlite_bytes(home):
    return "".join(path.read_bytes().decode("latin-1") for path in pathlib.Path(home).glob("portico.db*"))


def postgres_dump(url):
    return subprocess.run(["pg_dump", url], capture_output=True, text=True, check=True).stdout


def lives(site, database):
    a_life(site)
    one_user_of_fifty_sign_ups(site)
    one_successor_of_twenty_refreshes(site)
    one_winner_of_a_hundred_links(site)
    no_session_outlives_a_global_logout(site)
    a_crowd_of_logins(site)
    an_operator(site)
    keeps_no_secret(site, database)


def main():
    with tempfile.TemporaryDirectory() as home:
        home = pathlib.Path(home)
        with serving(file(f"sqlite:{home}/one/portico.db"), home / "one") as site:
            lives(site, lambda: sqlite_bytes(home / "one"))
    with tempfile.TemporaryDirectory() as home:
        # PostgreSQL runs as somebody else.
        os.chmod(home, 0o755)
        home = pathlib.Path(home)
        postgres = Postgres(home / "postgres")
        try:
            with serving(file(postgres.url), home / "one") as site:
                lives(site, lambda: postgres_dump(postgres.url))
                outlives_its_database(site, postgres)
        finally:
            postgres.stop()
    print("accounts hold, on both engines")
    return 0


sys.exit(main())
