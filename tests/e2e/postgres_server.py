# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL of a test's own, with its socket in the test's folder (tests/postgres.sh)."""
import os
import pathlib
import signal
import subprocess
import threading
import urllib.parse

SCRIPT = pathlib.Path(os.environ["PORTICO_SOURCE_DIR"]) / "tests/postgres.sh"
PATIENCE = 30


class Postgres:
    def __init__(self, home, options=()):
        """`options` are the server's own."""
        self.home = pathlib.Path(home)
        self.home.mkdir(exist_ok=True)
        self.options = options
        self.start()

    def start(self):
        self.child = subprocess.Popen([SCRIPT, self.home, *self.options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = []
        for line in self.child.stdout:
            said.append(line)
            if "ready to accept connections" in line:
                break
        else:
            raise AssertionError("PostgreSQL does not come up: " + "".join(said))
        # What it says from now on must go somewhere.
        threading.Thread(target=self.child.stdout.read, daemon=True).start()

    def kill(self):
        self.child.send_signal(signal.SIGQUIT)
        self.child.wait(PATIENCE)

    @property
    def url(self):
        return f"postgresql://tester@localhost/postgres?host={urllib.parse.quote(str(self.home), safe='')}"

    def stop(self):
        if self.child.poll() is None:
            self.kill()
