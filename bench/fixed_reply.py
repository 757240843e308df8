#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A fixed reply of 118 bytes: `respond` against nginx's `return 200`."""
import argparse
import os
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
import side_by_side as bench  # noqa: E402

BODY = "x" * 117

PORTICO = """environment: development
listen: [{{address: "127.0.0.1:{port}"}}]
admin: {{address: "127.0.0.1:{admin}"}}
workers: "1"
limits: {{connections_per_client: 100000}}
log: {{access: "off", level: warning}}
routes:
{fillers}  - match: {{path: /}}
    respond: {{status: 200, headers: {{Content-Type: text/plain}}, body: "{body}\\n"}}
"""

NGINX = """daemon off; master_process off; pid {home}/nginx.pid; error_log {home}/error.log;
events {{ worker_connections 20000; }}
http {{
  access_log off; keepalive_requests 1000000000; server_tokens off; default_type text/plain;
  client_body_temp_path {home}/b; proxy_temp_path {home}/p; fastcgi_temp_path {home}/f;
  uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
  server {{ listen 127.0.0.1:{port} backlog=4096; location / {{ return 200 "{body}\\n"; }} }}
}}
"""


def filler(number):
    return (f'  - {{match: {{path: "/api/v{number % 9}/service-{number}/{{id}}/items"}}, '
            f'respond: {{status: 200, body: "x"}}}}\n')


def portico(binary, home, routes=0):
    port = bench.free_port()
    path = home / f"portico-{routes}.yaml"
    path.write_text(PORTICO.format(port=port, admin=bench.free_port(), body=BODY,
                                   fillers="".join(filler(i) for i in range(routes))))
    state = home / f"state-{routes}"
    state.mkdir(exist_ok=True)
    return bench.Server(f"portico {routes}" if routes else "portico", [binary, "run", "-c", str(path)], port,
                        {**os.environ, "STATE_DIRECTORY": str(state)})


def nginx(binary, home):
    port = bench.free_port()
    path = home / "nginx.conf"
    path.write_text(NGINX.format(port=port, home=home, body=BODY))
    return bench.Server("nginx", [binary, "-p", str(home), "-c", str(path), "-e", str(home / "error.log")], port)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("portico")
    arguments.add_argument("nginx")
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("--requests", type=int, default=200_000)
    given = arguments.parse_args()
    fine = True
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        ours, peer, many = portico(given.portico, home), nginx(given.nginx, home), \
            portico(given.portico, home, 10_000)
        try:
            for server in (ours, peer, many):
                bench.load(server, given.requests // 4)

            def cost(server):
                return bench.load(server, given.requests)[0]
            figures = bench.compare(ours, peer, given.rounds, cost)
            fine &= bench.report("fixed reply, keep-alive", *figures, ("portico", "nginx"))
            figures = bench.compare(many, ours, given.rounds, cost)
            fine &= bench.report("10 000 routes against 1", *figures, ("10 000", "1"), most=1.05)
        finally:
            for server in (ours, peer, many):
                server.stop()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
