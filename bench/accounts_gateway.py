# SPDX-License-Identifier: Apache-2.0
"""The real program with accounts in a SQLite of its own, for measurements of them."""
import os
import pathlib
import re
import subprocess
import threading

BUILD = pathlib.Path(__file__).parent.parent / "build/release"
FILE = """
environment: development
listen: [{{address: "127.0.0.1:0"}}]
admin: {{address: "127.0.0.1:0"}}
log: {{access: "off"}}
databases: {{main: {{url: "sqlite:{home}/portico.db"}}}}
plugins:
  auth:
    database: main
    issuer: "https://api.example.com"
    {settings}
routes:
  - {{match: {{path: /free}}, respond: "free"}}
"""


class Gateway:
    def __init__(self, home, settings):
        """`settings` are lines of the plugin's."""
        file = pathlib.Path(home) / "portico.yaml"
        file.write_text(FILE.format(home=home, settings="\n    ".join(settings)))
        self.child = subprocess.Popen([BUILD / "bin/portico", "run", "-c", file], stdout=subprocess.PIPE, text=True,
                                      env={**os.environ, "STATE_DIRECTORY": str(home)})
        for line in self.child.stdout:
            if '"message":"serving"' in line:
                break
        else:
            raise SystemExit("portico does not begin")
        # What it says from now on must go somewhere.
        threading.Thread(target=self.child.stdout.read, daemon=True).start()
        self.port = int(re.search(r'"listen":"127.0.0.1:(\d+)"', line).group(1))

    def stop(self):
        self.child.terminate()
        self.child.wait()
