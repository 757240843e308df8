#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Instructions that a lane executes for one request, counted by valgrind: the same on a busy machine as on an idle
one. More than what is committed in instructions.txt, by more than a little, fails.

A case is a file of settings and a request. Each is served N and 2N times by a fresh gateway; the difference is free
of what starting costs.
"""
import argparse
import contextlib
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading

REQUESTS = 2000
MOST = 1.03
PATIENCE = 60
COMMITTED = pathlib.Path(__file__).with_name("instructions.txt")

COMMON = """environment: development
listen: [{address: "127.0.0.1:0"}]
admin: {address: "127.0.0.1:0"}
workers: "1"
log: {access: "off"}
"""
REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: h2load nghttp2/1.52.0\r\n\r\n"


@contextlib.contextmanager
def fixed_reply():
    """The same 118 bytes as in fixed_reply.py."""
    yield f"""routes:
  - match: {{path: /}}
    respond: {{status: 200, headers: {{Content-Type: text/plain}}, body: "{"x" * 117}\\n"}}
"""


def answer_all(listener):
    """Serves one connection after another, until the listener is closed."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 118\r\n\r\n" + b"x" * 117 + b"\n"
    with contextlib.suppress(OSError):
        while True:
            connection, _ = listener.accept()
            with connection:
                while connection.recv(65536):
                    connection.sendall(answer)


@contextlib.contextmanager
def forwarded():
    """Those bytes by an upstream, over a connection that is kept."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=answer_all, args=(listener,), daemon=True).start()
        yield f"""plugins: {{relay: {{to: ["127.0.0.1:{listener.getsockname()[1]}"]}}}}
routes:
  - match: {{path: "/**"}}
    relay: {{}}
"""
        listener.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def proxied():
    """The same by the plugin `proxy`, which tells the upstream of the client."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=answer_all, args=(listener,), daemon=True).start()
        yield f"""plugins: {{proxy: {{upstreams: {{up: {{targets: ["http://127.0.0.1:{listener.getsockname()[1]}"]}}}}}}}}
routes:
  - match: {{path: "/**"}}
    proxy: up
"""
        listener.shutdown(socket.SHUT_RDWR)


# A case is a context manager that gives the settings of the routes; one with an upstream serves it meanwhile.
CASES = {case.__name__: case for case in (fixed_reply, forwarded, proxied)}


def serving_port(gateway):
    """Waits until it serves, and goes on reading what it says."""
    for line in gateway.stdout:
        found = re.search(r'"message":"serving".*?"listen":"127\.0\.0\.1:(\d+)"', line)
        if found:
            threading.Thread(target=gateway.stdout.read, daemon=True).start()
            return int(found[1])
    raise SystemExit("instructions: the gateway ended before it served")


def ask(port, times):
    """One connection, one request at a time: each has a turn of the loop for itself."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        size = None
        for _ in range(times):
            connection.sendall(REQUEST)
            answer = connection.recv(65536)
            while b"\r\n\r\n" not in answer or (size and len(answer) < size):
                answer += connection.recv(65536)
            size = size or answer.index(b"\r\n\r\n") + 4 + int(re.search(rb"Content-Length: (\d+)", answer)[1])
            assert answer.startswith(b"HTTP/1.1 200 ") and len(answer) == size, answer


def count(binary, routes, times):
    """The instructions of each thread, by its number."""
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        (home / "portico.yaml").write_text(COMMON + routes)
        counter = ["valgrind", "--quiet", "--tool=callgrind", "--separate-threads=yes",
                   f"--callgrind-out-file={home}/count", binary, "run", "-c", str(home / "portico.yaml")]
        with subprocess.Popen(counter, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              env={**os.environ, "STATE_DIRECTORY": folder}) as gateway:
            late = threading.Timer(PATIENCE, gateway.kill)
            late.start()
            try:
                ask(serving_port(gateway), times)
                gateway.send_signal(signal.SIGTERM)
                gateway.wait(PATIENCE)
            finally:
                late.cancel()
                gateway.kill()
        files = home.glob("count-*")
        return {file.name: int(re.search(r"^totals: (\d+)", file.read_text(), re.M)[1]) for file in files}


def measure(binary, case):
    with case() as routes:
        once, twice = (count(binary, routes, times) for times in (REQUESTS, 2 * REQUESTS))
    # The lane is the thread to which the requests made a difference.
    return round(max(twice[thread] - once.get(thread, 0) for thread in twice) / REQUESTS)


def judge(name, figure, committed):
    if committed is None:
        print(f"{name:20} {figure:6} instructions; none are committed: NOT KNOWN", flush=True)
        return False
    fine = figure <= committed * MOST
    print(f"{name:20} {figure:6} instructions, {figure / committed - 1:+.1%} of the committed {committed}, "
          f"at most {MOST - 1:+.0%}: {'ok' if fine else 'TOO MANY'}", flush=True)
    return fine


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("portico")
    arguments.add_argument("cases", nargs="*", choices=[[], *CASES])
    arguments.add_argument("--accept", action="store_true", help="write the new figures down")
    given = arguments.parse_args()
    committed = {name: int(figure) for name, figure in map(str.split, COMMITTED.read_text().splitlines())}
    fine = True
    for name in given.cases or CASES:
        figure = measure(given.portico, CASES[name])
        fine &= judge(name, figure, committed.get(name))
        committed[name] = figure
    if given.accept:
        COMMITTED.write_text("".join(f"{name} {figure}\n" for name, figure in committed.items()))
    elif not fine:
        print("instructions: spend fewer, or accept the figures with bench/instructions.sh --accept and say why")
    return 0 if fine or given.accept else 1


if __name__ == "__main__":
    sys.exit(main())
