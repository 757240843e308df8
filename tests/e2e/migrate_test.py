#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`portico migrate`, the start of a gateway whose plugin has tables, and commands of plugins that use them."""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

from postgres_server import Postgres
from proxying import PROGRAM, Program

FILE = """
databases: {{main: {{url: "{url}"}}}}
plugins: {{ledger: {{}}}}
routes: [{{match: {{path: /free}}, respond: {{body: "free"}}}}]
"""
LISTEN = 'listen: [{address: "127.0.0.1:0"}]\nadmin: {address: "127.0.0.1:0"}\n'


class Tool:
    """The program's commands on one file."""

    def __init__(self, home, url):
        self.home = home
        self.text = FILE.format(url=url)
        self.path = pathlib.Path(home) / "tool.yaml"
        self.path.write_text(LISTEN + self.text)

    def begin(self, *words):
        return subprocess.Popen([PROGRAM, *words, "-c", str(self.path)], stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, env={**os.environ, "STATE_DIRECTORY": str(self.home)})

    def says(self, code, *words):
        child = self.begin(*words)
        text, _ = child.communicate(timeout=60)
        assert child.returncode == code, f"{words}: {child.returncode}, not {code}\n{text}"
        return text

    def states(self):
        rows = json.loads(self.says(0, "migrate", "--status", "--json"))
        return [(row["number"], row["name"], row["state"]) for row in rows if row["plugin"] == "ledger"]


def shows_what_is_pending(tool):
    assert tool.states() == [(1, "accounts", "pending"), (2, "opened", "pending")]
    table = tool.says(0, "migrate", "--status").splitlines()
    assert table[0].split() == ["database", "plugin", "number", "name", "state", "applied"], table
    assert ["main", "ledger", "1", "accounts", "pending"] in [line.split() for line in table], table


def applies_it_once(tool):
    begun = [tool.begin("migrate") for _ in range(4)]
    said = [child.communicate(timeout=60)[0] for child in begun]
    assert [child.returncode for child in begun] == [0] * 4, said
    assert "".join(said).count("main: applied ledger 1 (accounts), ") == 1, said
    assert "".join(said).count("main: applied ledger 2 (opened), ") == 1, said
    assert tool.says(0, "migrate") == "main: up to date\n"
    assert tool.states() == [(1, "accounts", "applied"), (2, "opened", "applied")]


def undoes_it(tool):
    assert "main: undid ledger 2 (opened), " in tool.says(0, "migrate", "--down-to", "ledger=1")
    assert tool.states()[1][2] == "pending"
    assert tool.says(0, "migrate", "--down-to=ledger=1") == "main: nothing to undo\n"
    assert tool.says(0, "migrate", "--down-to", "ledger=0").count("undid") == 1
    assert "has no plugin ledgre with migrations" in tool.says(64, "migrate", "--down-to", "ledgre=0")
    for words in (["--down-to", "ledger"], ["--down-to", "=1"], ["--down-to", "ledger=x"], ["--json"],
                  ["--down-to", "ledger=1", "--status"], ["--database", "main"], ["up"]):
        tool.says(64, "migrate", *words)


def is_done_for_commands_and_at_the_start(tool):
    assert tool.says(0, "open-account", "ada") == ""
    assert "ledger.open" in tool.says(70, "open-account", "ada"), "it is there already"
    gateway = Program(tool.text, tool.home)
    assert gateway.ask("/ledger/accounts/ada").body == b"0"
    assert gateway.ask("/ledger/accounts/eve", "POST").status == 200
    gateway.stop()


def refuses_what_does_not_go_with_the_plugin(tool, file):
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("INSERT INTO portico_migrations VALUES ('ledger', 3, 'later', 'x', 1, 1)")
    assert (3, "later", "unknown") in tool.states()
    for command in ("migrate", "run"):
        said = tool.says(69, command)
        assert "portico migrate --down-to ledger=2" in said, said
    database.execute("DELETE FROM portico_migrations WHERE name = 'later'")
    database.execute("UPDATE portico_migrations SET checksum = 'x' WHERE plugin = 'ledger' AND number = 1")
    assert tool.states()[0][2] == "changed"
    said = tool.says(69, "run")
    assert "tool.yaml:5:11: plugins.ledger: migration 1 (accounts) of ledger is not the one" in said, said
    assert "its text has changed since" in tool.says(69, "open-account", "bob")
    database.close()


def tells_of_a_database_that_is_away(home):
    tool = Tool(home, "postgresql://tester@127.0.0.1:1/x")
    tool.says(0, "check")
    for command in (["migrate"], ["migrate", "--status"], ["run"], ["open-account", "ada"]):
        said = tool.says(69, *command)
        assert "the database main is away: " in said and "databases.main" in said, said
    tool.says(0, "open-account")  # What does not ask it does not need it.


def main():
    with tempfile.TemporaryDirectory() as folder:
        # PostgreSQL runs as somebody else.
        os.chmod(folder, 0o755)
        tells_of_a_database_that_is_away(folder)
        file = pathlib.Path(folder) / "ledger.db"
        postgres = Postgres(f"{folder}/postgres")
        try:
            for url in (f"sqlite:{file}", postgres.url):
                tool = Tool(folder, url)
                shows_what_is_pending(tool)
                assert not file.exists() or url == postgres.url, "to look is to make nothing"
                applies_it_once(tool)
                undoes_it(tool)
                is_done_for_commands_and_at_the_start(tool)
                if url != postgres.url:
                    refuses_what_does_not_go_with_the_plugin(tool, file)
                print(f"{url.split(':')[0]}: fine", flush=True)
        finally:
            postgres.stop()


if __name__ == "__main__":
    sys.exit(main())
