#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What limits in Redis cost: requests a second and the gateway's CPU time for each, with a limit and without, beside
what redis-benchmark gets out of the same Redis with the same script. Arguments: the program, seconds (5), rounds (3)."""
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).parent.parent
FILE = """
listen: [{{address: "127.0.0.1:0"}}]
admin: {{address: "127.0.0.1:0"}}
workers: "1"
log: {{access: "off"}}
redis: {{shared: {{url: "unix:{socket}"}}}}
plugins: {{ratelimit: {{store: shared}}}}
routes:
  - {{match: {{path: /free}}, respond: "fine"}}
  - {{match: {{path: /limited}}, use: [{{ratelimit: {{limit: 10000000, per: 1s}}}}], respond: "fine"}}
"""
# What the plugin sends for that limit: no request is refused by it.
WORDS = ["0", "1", "bench", "portico:limit:node:", "g", "10", "1", "0", "1000000", "0"]


def script():
    text = (SOURCE / "plugins/ratelimit/store/scripts.cpp").read_text()
    return re.search(r'R"lua\((.*?)\)lua"', text, re.S)[1]


def redis_program():
    return shutil.which("redis-server") or shutil.which("redis-check-rdb")


class Gateway:
    def __init__(self, program, home):
        file = home / "portico.yaml"
        file.write_text(FILE.format(socket=home / "redis.sock"))
        self.child = subprocess.Popen([program, "run", "-c", str(file)], stdout=subprocess.PIPE, text=True,
                                      env={**os.environ, "STATE_DIRECTORY": str(home)})
        for line in self.child.stdout:
            if '"message":"serving"' in line:
                self.port = int(re.search(r'"listen":"127.0.0.1:(\d+)"', line)[1])
                return
        raise SystemExit("the gateway does not serve")

    def cpu(self):
        """Microseconds so far."""
        fields = pathlib.Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1e6 / os.sysconf("SC_CLK_TCK")

    def load(self, path, seconds):
        """Requests a second, and CPU microseconds for each."""
        before = self.cpu()
        text = subprocess.run(["h2load", "--h1", "-c", "64", "-D", str(seconds), f"http://127.0.0.1:{self.port}{path}"],
                              capture_output=True, text=True, check=True).stdout
        done, good = (int(re.search(pattern, text)[1]) for pattern in (r"(\d+) done", r"(\d+) 2xx"))
        # Where the machine is busy Redis may be late; more than a few would be another measurement.
        if done - good > done / 100:
            raise SystemExit(f"{done - good} of {done} requests were refused")
        return done / seconds, (self.cpu() - before) / done


def benchmark(path, sha):
    text = subprocess.run(["redis-benchmark", "-s", path, "-P", "16", "-n", "300000", "-r", "100000", "--csv",
                           "evalsha", sha, "1", "portico:limit:{__rand_int__}", *WORDS],
                          capture_output=True, text=True, check=True).stdout
    return float(re.findall(r'"([\d.]+)"', text.splitlines()[-1])[0])


def main(program, seconds, rounds):
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        path = str(home / "redis.sock")
        redis = subprocess.Popen(["redis-server", "--port", "0", "--unixsocket", path, "--save", "", "--dir", folder],
                                 executable=redis_program(), stdout=subprocess.DEVNULL)
        gateway = None
        try:
            while not pathlib.Path(path).exists():
                time.sleep(0.01)
            sha = subprocess.run(["redis-cli", "-s", path, "-x", "SCRIPT", "LOAD"], input=script(),
                                 capture_output=True, text=True, check=True).stdout.strip()
            gateway = Gateway(program, home)
            figures = [(gateway.load("/free", seconds), gateway.load("/limited", seconds), benchmark(path, sha))
                       for _ in range(rounds)]
        finally:
            if gateway:
                gateway.child.kill()
            redis.kill()
            redis.wait()
    median = statistics.median
    free, limited, alone = (median([row[0][1] for row in figures]), median([row[1][1] for row in figures]),
                            median([row[2] for row in figures]))
    rate = median([row[1][0] for row in figures])
    print(f"redis-benchmark -P 16 evalsha  {alone:9.0f} a second")
    print(f"limits in Redis                {rate:9.0f} requests a second ({rate / alone:.2f} of it)")
    print(f"CPU of the gateway             {limited:9.2f} us a request, {free:.2f} without: {limited - free:.2f} us a limit")


if len(sys.argv) < 2:
    raise SystemExit(__doc__)
main(sys.argv[1], *(int(word) for word in (sys.argv[2:] + ["5", "3"][len(sys.argv) - 2:])))
