# SPDX-License-Identifier: Apache-2.0
"""The machine: what it is, and whether others worked on it meanwhile."""
import contextlib
import os
import pathlib
import platform
import resource
import subprocess

TICKS = os.sysconf("SC_CLK_TCK")


def describe(source):
    """For the head of the results."""
    model, memory = "unknown", 0
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    for line in pathlib.Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemTotal"):
            memory = int(line.split()[1]) / 1024 / 1024
    commit = ""
    with contextlib.suppress(FileNotFoundError):  # A bare machine has no git.
        commit = subprocess.run(["git", "-C", source, "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
                                check=False).stdout.strip()
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    return {"processor": f"{model}, {os.cpu_count()} cores", "memory": f"{memory:.1f} GiB", "system": system,
            "kernel": platform.release(), "commit": commit}


def busy_seconds():
    """Of all cores, including what the host took from us."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _, _, irq, softirq, steal = map(int, file.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / TICKS


class Quiet:
    """How much of the machine others used between `begin` and `share`, as part of the whole."""

    def __init__(self, ours):
        self.ours = ours
        self.before = self.used = self.begun = 0.0

    def own_seconds(self):
        spent = sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime
                    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return spent + sum(server.cpu_seconds() for server in self.ours)

    def begin(self):
        self.before, self.used, self.begun = busy_seconds(), self.own_seconds(), os.times().elapsed

    def share(self):
        passed = (os.times().elapsed - self.begun) * os.cpu_count()
        others = (busy_seconds() - self.before) - (self.own_seconds() - self.used)
        return max(0.0, others / passed) if passed > 0 else 0.0
