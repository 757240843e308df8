#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures Portico's proxy beside others. `bench/proxy/run` prepares them and calls this."""
import argparse
import contextlib
import datetime
import pathlib
import signal
import sys
import tempfile

sys.dont_write_bytecode = True
FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))
import side_by_side as bench  # noqa: E402
import machine  # noqa: E402
import results  # noqa: E402
from cases import CASES  # noqa: E402
from gateways import CORS, SECURITY, Gateways  # noqa: E402
from measures import MEASURES, verify  # noqa: E402

NAMES = ["relay", "portico", "nginx", "haproxy", "caddy", "express"]


def forwarded(case):
    return ["Host: bench.test", "X-Forwarded-For: 127.0.0.1", f"X-Forwarded-Proto: {case.scheme}",
            "X-Forwarded-Host: bench.test", "Via: 1.1 "]


def start(gateways, name, case, skipped, running):
    """The server, or nothing and the reason in `skipped`."""
    try:
        server = gateways.start(name, case)
        running.callback(server.stop)
        verify(server, case, {**SECURITY, **CORS}, forwarded(case))
        return server
    except bench.Failed as reason:
        skipped[name] = str(reason).replace(f"{gateways.home}/", "").replace(f"{FOLDER.parents[1]}/", "")
        print(f"  {skipped[name]}", flush=True)
        return None


def attempt(servers, what, skipped, turn=0):
    """`what` with each, beginning with the one whose turn it is. Whoever fails is left out from then on."""
    for server in servers[turn:] + servers[:turn]:
        try:
            what(server)
        except bench.Failed as reason:
            servers.remove(server)
            skipped[server.name] = str(reason)
            print(f"  {reason}", flush=True)


def side_by_side(gateways, case, names, given, home, upstream):
    """All servers at once, taking turns. Returns samples by server, who was skipped, and the others' share."""
    samples, skipped = {}, {}
    with contextlib.ExitStack() as running:
        servers = [server for name in names if (server := start(gateways, name, case, skipped, running))]
        measure = MEASURES[case.measure](case, given.seconds, home)
        attempt(servers, measure.prepare, skipped)
        quiet = machine.Quiet([*servers, upstream])
        quiet.begin()
        for number in range(given.pairs):
            turn = number % len(servers) if servers else 0
            attempt(servers, lambda server: samples.setdefault(server.name, []).append(measure.measure(server)),
                    skipped, turn)
        share = quiet.share()
    return {name: samples[name] for name in names if name in samples and name not in skipped}, skipped, share


def one_by_one(gateways, case, names, given, home, upstream):
    """A fresh server for each sample: what one has kept of memory, the next connections would not ask for."""
    samples, skipped = {}, {}
    measure = MEASURES[case.measure](case, given.seconds, home)
    for _ in range(min(given.pairs, 3)):
        for name in names:
            with contextlib.ExitStack() as running:
                server = None if name in skipped else start(gateways, name, case, skipped, running)
                attempt([server] if server else [], measure.prepare, skipped)
                if server and name not in skipped:
                    samples.setdefault(name, []).append(measure.measure(server))
    return samples, skipped, None  # What others do meanwhile changes nothing.


def show(case, kept):
    for name, figures in kept["servers"].items():
        words = [f"{title} {cell}" for title, cell in
                 zip(results.COLUMNS[case.measure][1:], results.cells(case, name, figures)[1:]) if cell]
        print(f"  {name:9} " + ", ".join(words), flush=True)


def arguments():
    parser = argparse.ArgumentParser(prog="./dev bench proxy")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(case.name for case in CASES))
    parser.add_argument("--seconds", type=float, default=5, help="of one measurement (5)")
    parser.add_argument("--pairs", type=int, default=15, help="rounds (15)")
    parser.add_argument("--gateways", default=",".join(NAMES), help="which ones, with commas")
    parser.add_argument("--results", default=str(FOLDER.parent), help="folder for RESULTS.md and results.json")
    for name in ("upstream", *NAMES):
        parser.add_argument(f"--{name}", required=True, help=argparse.SUPPRESS)
    given = parser.parse_args()
    unknown = set(given.cases) - {case.name for case in CASES}
    unknown |= set(given.gateways.split(",")) - set(NAMES)
    if unknown:
        parser.error("no case or gateway: " + ", ".join(sorted(unknown)))
    return given


def main():
    given = arguments()
    # Every way out passes through the stacks that stop what was started.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    chosen = [case for case in CASES if not given.cases or case.name in given.cases]
    binaries = {name: getattr(given, name) for name in NAMES}
    about, reached = machine.describe(FOLDER), True
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        home, port = pathlib.Path(folder), bench.free_port()
        upstream = bench.Server("upstream", [given.upstream, str(port)], port, core=bench.LOAD_CORE)
        running.callback(upstream.stop)
        gateways = Gateways(home, binaries, str(port))
        for case in chosen:
            names = [name for name in given.gateways.split(",") if name not in case.without]
            print(case.title, flush=True)
            way = one_by_one if case.measure == "memory" else side_by_side
            samples, skipped, share = way(gateways, case, names, given, home, upstream)
            kept = results.row(case, samples, skipped, {
                "when": datetime.date.today().isoformat(), "seconds": given.seconds, "others": share,
                "pairs": max(map(len, samples.values()), default=0), "commit": about["commit"]})
            show(case, kept)
            results.write(given.results, {case.name: kept}, about, gateways.versions())
            reached = reached and bool(samples)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
