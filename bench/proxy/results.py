# SPDX-License-Identifier: Apache-2.0
"""Keeps what was measured in results.json, and writes RESULTS.md from that: rows can be measured one at a time."""
import json
import pathlib
import statistics

import side_by_side as bench
from cases import CASES
from measures import MEASURES

NOISY = 0.05
OURS = "portico"
# Figures of plugins, written by hand.
BY_HAND = [pathlib.Path(__file__).resolve().parent.parent / name for name in ("accounts.md", "notify.md")]
HEAD = """# Beside other gateways

`./dev bench proxy` measures and writes this page; `./dev bench proxy CASE...` measures some cases again. What is not
quick is here too.

Every gateway is one process with one worker on core 0; load (h2load) and the upstream have core 1. All do the same:
forward to one upstream over connections that they keep, with Host as it came, X-Forwarded-For, -Proto and -Host, and
Via, which is checked before anything is measured; no access log; an answer has 118 bytes. What Portico tells the
upstream beyond that (X-Forwarded-Port, X-Request-Id, traceparent) is off; its metrics are on. What is compared is the
CPU time of the gateway's process for the work. Rounds take turns in changing order;
"Portico against it" is the median of the rounds' ratios with the bounds that hold 95 % of it when the rounds are drawn
again: below 1, Portico is the cheaper one. `relay` copies bytes and knows nothing of HTTP: it is the floor.
"""


def summary(samples, first, pairs_with):
    """Of one server: medians, and the ratio of the others' first figure to it."""
    middle = {name: statistics.median(sample[name] for sample in samples) for name in samples[0]}
    if pairs_with:
        middle["ratio"] = bench.ratio_bounds([sample[first] for sample in pairs_with],
                                             [sample[first] for sample in samples])
    return middle


def row(case, samples, skipped, about):
    """What is kept of a case. `samples`: by server, one for each round."""
    first = MEASURES[case.measure].first
    ours = samples.get(OURS)
    return {**about, "skipped": skipped,
            "servers": {name: summary(taken, first, ours if name != OURS else None)
                        for name, taken in samples.items() if taken}}


def duration(seconds):
    return f"{seconds * 1e6:.0f} us" if seconds < 0.01 else f"{seconds * 1e3:.1f} ms"


def cells(case, name, figures):
    measure = MEASURES[case.measure]
    ratio = figures.get("ratio")
    against = f"{ratio[0]:.3f} ({ratio[1]:.3f} to {ratio[2]:.3f})" if ratio else ""
    if case.measure == "latency":
        return [name, *(duration(figures[part]) for part in ("p50", "p99", "p99.9")), f"{figures['rate']:.0f}", against]
    if case.measure == "memory":
        return [name, f"{figures['cost']:.0f}", against]
    if case.measure == "bytes":
        return [name, f"{figures['cost']:.2f}", f"{figures['rate']:.2f}", against]
    return [name, f"{figures['cost'] * measure.scale:.2f}", f"{figures['rate']:.0f}", against]


COLUMNS = {
    "requests": ["", "CPU us a request", "requests/s", "Portico against it"],
    "bytes": ["", "CPU s a GB", "GB/s", "Portico against it"],
    "memory": ["", "bytes a connection", "Portico against it"],
    "latency": ["", "p50", "p99", "p99.9", "requests/s", "Portico against it, p99"],
}


def table(case, kept):
    head = COLUMNS[case.measure]
    lines = [f"## {case.title}", "", f"`{case.name}`", "", "| " + " | ".join(head) + " |",
             "|---" + "|---:" * (len(head) - 1) + "|"]
    lines += ["| " + " | ".join(cells(case, name, figures)) + " |" for name, figures in kept["servers"].items()]
    lines += [""] + [f"- Not measured: {reason}." for reason in kept["skipped"].values()]
    others = kept["others"]
    noisy = others is not None and others > NOISY
    if OURS in kept["servers"] and "nginx" in kept["servers"] and not noisy:
        high = kept["servers"]["nginx"]["ratio"][2]
        lines.append(f"- At most {case.most:.2f} of nginx, by the upper bound: "
                     f"{'reached' if high <= case.most else '**not reached**'}.")
    line = f"- {kept['when']}, {kept['pairs']} rounds of {kept['seconds']:g} s, commit {kept['commit']}"
    if noisy:
        line += f"; **noisy, not to be judged by**: others took {others:.0%} of the machine"
    elif others is not None:
        line += f"; others took {others:.1%} of the machine"
    lines.append(line + ".")
    return "\n".join(lines)


def write(folder, rows, machine, versions):
    """Joins `rows` with those of before; both files."""
    folder = pathlib.Path(folder)
    store = folder / "results.json"
    known = json.loads(store.read_text(encoding="utf-8"))["cases"] if store.exists() else {}
    known.update(rows)
    about = {**machine, "versions": versions}
    store.write_text(json.dumps({"machine": about, "cases": known}, indent=1) + "\n", encoding="utf-8")
    parts = [HEAD, f"Machine: {machine['processor']}; {machine['memory']}; {machine['system']}; Linux "
                   f"{machine['kernel']}. " + "; ".join(versions.values()) + ".\n"]
    parts += [table(case, known[case.name]) + "\n" for case in CASES if case.name in known]
    parts += [each.read_text(encoding="utf-8") for each in BY_HAND]
    (folder / "RESULTS.md").write_text("\n".join(parts), encoding="utf-8")
