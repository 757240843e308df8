#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What /metrics says, judged by Prometheus' own reader, and what a reload does to it."""
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

PROGRAM = os.environ["PORTICO_BINARY"]
PROMTOOL = pathlib.Path(os.environ["PORTICO_SOURCE_DIR"], "build/peers/usr/bin/promtool")
PATIENCE = 20
FILE = """
listen: [{{address: "127.0.0.1:0"}}]
admin: {{address: "127.0.0.1:0"}}
workers: "2"
log: {{access: "off"}}
plugins: {{gives: {{}}, needs: {{}}}}
routes:
  - {{match: {{path: /stays}}, respond: "stays"}}
  - {{match: {{path: "{path}", methods: [GET]}}, respond: {{status: 201}}}}
"""


class Program:
    def __init__(self, file, home):
        self.child = subprocess.Popen([PROGRAM, "run", "-c", str(file)], stdout=subprocess.PIPE, text=True,
                                      env={**os.environ, "STATE_DIRECTORY": str(home)})
        line = self.next('"message":"serving"')
        self.port, self.admin = (int(re.search(rf'"{key}":"127.0.0.1:(\d+)"', line).group(1))
                                 for key in ("listen", "admin"))

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        """A test that fails leaves nobody behind who keeps its output open."""
        self.child.kill()
        self.child.wait()

    def next(self, word):
        return next(line for line in self.child.stdout if word in line)

    def reload(self):
        self.child.send_signal(signal.SIGHUP)
        self.next('"event":"reload"')

    def get(self, path, port=None):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port or self.port}{path}", timeout=PATIENCE) as answer:
                return answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.headers, answer.read().decode()

    def metrics(self):
        return self.get("/metrics", self.admin)[1]

    def metrics_after(self, requests):
        """A client has its answer just before its loop counts it; another loop may write the page meanwhile."""
        end = time.monotonic() + PATIENCE
        while answered(page := self.metrics()) < requests:
            assert time.monotonic() < end, f"{requests} requests were never counted:\n{page}"
        return page


def answered(page):
    return sum(map(int, re.findall(r"^portico_http_requests_total\{.*\} (\d+)$", page, re.M)))


def value(page, sample):
    found = re.search(rf"^{re.escape(sample)} (\S+)$", page, re.M)
    assert found, f"no {sample} in\n{page}"
    return float(found.group(1))


def judge(page):
    done = subprocess.run([PROMTOOL, "check", "metrics"], input=page, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr + page


def main(home):
    file = home / "portico.yaml"
    file.write_text(FILE.format(path="/goes/{id}"))
    with Program(file, home) as program:
        check(program, file)


def check(program, file):
    for path in ("/needs", "/stays", "/stays", "/goes/1", "/goes/2", "/nothing"):
        program.get(path)
    page = program.metrics_after(6)
    headers, _ = program.get("/metrics", program.admin)
    assert headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8", headers
    judge(page)
    assert value(page, 'portico_http_requests_total{route="* /stays",code="200"}') == 2
    assert value(page, 'portico_http_requests_total{route="GET /goes/{id}",code="201"}') == 2
    assert value(page, 'portico_http_requests_total{route="",code="404"}') == 1
    assert value(page, 'portico_http_request_duration_seconds_count{route="* /stays"}') == 2
    assert value(page, "portico_http_requests_in_flight") == 0
    assert value(page, "gives_tally") == 2
    assert value(page, 'gives_tally_steps_bucket{of="all",le="1"}') == 1
    assert value(page, 'gives_tally_steps_sum{of="all"}') == 3
    assert value(page, "process_resident_memory_bytes") > 1e6
    assert value(page, 'portico_workers{pool="workers"}') > 0
    assert value(page, 'portico_workers{pool="crypto"}') == 0
    assert value(page, "portico_ready") == 1
    assert json.loads(program.get("/health/ready", program.admin)[1])["status"] == "ready"
    digest = subprocess.run(["sha256sum", file], capture_output=True, text=True).stdout.split()[0]
    assert value(page, f'portico_config_info{{hash="{digest}"}}') == 1

    file.write_text(FILE.format(path="/new/{id}"))
    program.reload()
    program.get("/stays")
    page = program.metrics_after(4)
    judge(page)
    assert value(page, 'portico_http_requests_total{route="* /stays",code="200"}') == 3
    assert "/goes/" not in page
    assert value(page, 'portico_reloads_total{result="succeeded"}') == 1
    assert value(page, "portico_reload_last_successful") == 1

    file.write_text("routes: [{}]")
    program.reload()
    page = program.metrics()
    assert value(page, 'portico_reloads_total{result="refused"}') == 1
    assert value(page, "portico_reload_last_successful") == 0
    program.child.send_signal(signal.SIGTERM)
    assert program.child.wait(PATIENCE) == 0


with tempfile.TemporaryDirectory() as folder:
    main(pathlib.Path(folder))
