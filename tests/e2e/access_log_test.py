#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The access log of the real program: beside the other lines, in a file of its own, and over a reload."""
import http.client
import json
import os
import pathlib
import queue
import re
import signal
import subprocess
import tempfile
import threading

PROGRAM = os.environ["PORTICO_BINARY"]
PATIENCE = 20
FILE = """
listen: [{{address: "127.0.0.1:0"}}]
admin: {{address: "127.0.0.1:0"}}
workers: "2"
log: {{{log}}}
routes: [{{match: {{path: "/users/{{id}}"}}, respond: "hello"}}]
"""


class Program:
    def __init__(self, file, home):
        self.child = subprocess.Popen([PROGRAM, "run", "-c", str(file)], stdout=subprocess.PIPE, text=True,
                                      env={**os.environ, "STATE_DIRECTORY": str(home)})
        self.lines = queue.Queue()
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.child.stdout], daemon=True).start()
        self.port = int(re.search(r'"listen":"127.0.0.1:(\d+)"', self.next('"message":"serving"')).group(1))

    def next(self, word):
        """The next line that has this word."""
        while word not in (line := self.lines.get(timeout=PATIENCE)):
            pass
        return line

    def get(self, target, **fields):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", target, headers={"X-Secret": "hidden", "Cookie": "hidden", **fields})
        return connection.getresponse().read()

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        assert self.child.wait(PATIENCE) == 0


def lines_of(file, count):
    """The file's text once it has that many lines; the program writes them within a tenth of a second."""
    with open(file) as text:
        lines = []
        while len(lines) < count:
            lines += text.readlines()
        return lines


def among_the_others(home):
    file = home / "json.yaml"
    file.write_text(FILE.format(log=""))
    program = Program(file, home)
    program.get("/users/7?token=hidden&page=2", **{"User-Agent": "test"})
    line = json.loads(program.next('"ended"'))
    assert line["route"] == "* /users/{id}" and line["query"] == "token=***&page=2", line
    assert line["status"] == 200 and line["user_agent"] == "test" and len(line["request_id"]) == 32, line
    assert "hidden" not in str(line), line
    file.write_text(FILE.format(log="access: 'off'"))
    program.child.send_signal(signal.SIGHUP)
    program.next('"message":"reloaded"')
    program.get("/users/8")
    file.write_text(FILE.format(log="access: combined"))
    program.child.send_signal(signal.SIGHUP)
    program.next('"message":"reloaded"')
    program.get("/users/9")
    line = program.next("/users/")
    assert re.fullmatch(r'127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] '
                        r'"GET /users/9 HTTP/1\.1" 200 5 "-" "-"\n', line), line
    program.stop()


def in_a_file_of_its_own(home):
    access = home / "access.log"
    file = home / "file.yaml"
    file.write_text(FILE.format(log=f'access: combined, access_file: "{access}"'))
    program = Program(file, home)
    for _ in range(20):
        program.get("/users/1")
    assert all('"GET /users/1 HTTP/1.1" 200 5' in line for line in lines_of(access, 20))
    access.rename(home / "access.log.1")
    program.child.send_signal(signal.SIGUSR1)
    while not access.exists():
        program.get("/users/2")
    program.get("/users/3")
    program.stop()
    assert "/users/3" in access.read_text() and "/users/1" not in access.read_text()


def where_it_cannot_be_opened(home):
    file = home / "bad.yaml"
    file.write_text(FILE.format(log=f'access_file: "{home}/none/access.log"'))
    done = subprocess.run([PROGRAM, "run", "-c", str(file)], capture_output=True, text=True, timeout=PATIENCE,
                          env={**os.environ, "STATE_DIRECTORY": str(home)})
    assert done.returncode == 69 and "none/access.log" in done.stderr, done


with tempfile.TemporaryDirectory() as folder:
    among_the_others(pathlib.Path(folder))
    in_a_file_of_its_own(pathlib.Path(folder))
    where_it_cannot_be_opened(pathlib.Path(folder))
