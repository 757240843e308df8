# SPDX-License-Identifier: Apache-2.0
"""Measures servers beside each other on the same work.

Each server is one process on core 0, the load generator has core 1. Rounds take turns, in changing order, so that
what the machine does meanwhile hits all of them. What is compared is the CPU time of the server for each request:
it depends on the machine's speed, not on how fast the load generator happens to be.
"""
import ctypes
import os
import random
import re
import resource
import signal
import socket
import statistics
import subprocess
import tempfile
import time

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = str(CORES[0]), str(CORES[-1])
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class Failed(SystemExit):
    """A server that does not do what is measured; ends the program unless somebody goes on without it."""


class NotServing(Failed):
    """One that does not even start."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def in_child():
    """Runs in each process before its program: it never outlives us, and may have many connections."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class Server:
    """A process that serves, once it does."""

    def __init__(self, name, command, port, environment=None, core=SERVER_CORE):
        self.name, self.port = name, port
        self.said = tempfile.TemporaryFile()
        self.process = subprocess.Popen(["taskset", "-c", core, *command], env=environment, preexec_fn=in_child,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.said)
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise

    def wait(self):
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise NotServing(f"{self.name} does not serve: {self.first_words()}") from None
                time.sleep(0.02)

    def first_words(self):
        self.said.seek(0)
        lines = self.said.read().decode("utf-8", "replace").strip().splitlines()
        return lines[0] if lines else "it said nothing"

    def pids(self):
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        with open(children, encoding="ascii") as file:
            return [self.process.pid, *map(int, file.read().split())]

    def cpu_seconds(self):
        """Of all threads of the server and its workers, to the nanosecond."""
        total = 0
        for pid in self.pids():
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as file:
                    total += int(file.read().split()[0])
        return total / 1e9

    def resident_bytes(self):
        """Not shared with others, of the process that serves most."""
        def private(pid):
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
                return sum(int(line.split()[1]) for line in file if line.startswith("Private")) * 1024
        return sum(private(pid) for pid in self.pids())

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.said.close()


def h2load(*arguments, patience=300):
    """What it prints; nothing when it does not end. It hangs at times when its time is up before it has connected."""
    try:
        return subprocess.run(["taskset", "-c", LOAD_CORE, "h2load", "-t1", *arguments], capture_output=True, text=True,
                              check=True, stdin=subprocess.DEVNULL, preexec_fn=in_child, timeout=patience).stdout
    except subprocess.TimeoutExpired:
        return ""
    except subprocess.CalledProcessError as reason:
        raise Failed(f"h2load: {reason}") from None


def load(server, requests=None, path="/", connections=64, extra=(), scheme="http", protocol=("--h1",), seconds=None):
    """Sends so many requests, or for so long; returns the CPU seconds that each cost the server, and the rate."""
    amount = f"-n{requests}" if requests else f"-D{int(seconds * 1000)}ms"
    for _ in range(5):
        before = server.cpu_seconds()
        output = h2load(*protocol, f"-c{connections}", amount, *extra, f"{scheme}://127.0.0.1:{server.port}{path}",
                        patience=300 if requests else 10 + 5 * seconds)
        used = server.cpu_seconds() - before
        done = re.search(r"(\d+) succeeded, (\d+) failed, (\d+) errored", output)
        succeeded, failed, errored = map(int, done.groups()) if done else (0, 0, 0)
        if failed + errored > 0 or requests not in (None, succeeded):
            raise Failed(f"{server.name}: not every request succeeded: {done[0] if done else output[-200:]}")
        if succeeded > 0:
            rate = float(re.search(r"finished in [^,]*, ([\d.]+) req/s", output)[1])
            return used / succeeded, rate
    raise Failed(f"{server.name}: others left the machine no time to answer")


def compare(ours, theirs, rounds, measure):
    """Interleaved pairs of `measure(server)`; returns both lists."""
    figures = {ours.name: [], theirs.name: []}
    for number in range(rounds):
        for server in (ours, theirs) if number % 2 == 0 else (theirs, ours):
            figures[server.name].append(measure(server))
    return figures[ours.name], figures[theirs.name]


def ratio_bounds(ours, theirs, draws=4000):
    """Median of the pairs' ratios, with the bounds that hold 95 % of it when the pairs are drawn again."""
    ratios = [a / b for a, b in zip(ours, theirs)]
    chance = random.Random(1)
    medians = sorted(statistics.median(chance.choices(ratios, k=len(ratios))) for _ in range(draws))
    return statistics.median(ratios), medians[int(draws * 0.025)], medians[int(draws * 0.975)]


def report(what, ours, theirs, names, unit="us", scale=1e6, most=1.0):
    """Prints one line; true when even the upper bound is within `most`."""
    middle, low, high = ratio_bounds(ours, theirs)
    verdict = "ok" if high <= most else "NOT REACHED"
    print(f"{what:28} {names[0]} {statistics.median(ours) * scale:8.2f} {unit}   "
          f"{names[1]} {statistics.median(theirs) * scale:8.2f} {unit}   "
          f"ratio {middle:.3f} ({low:.3f} to {high:.3f}), at most {most:.2f}: {verdict}", flush=True)
    return high <= most
