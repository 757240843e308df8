#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A new process takes over while clients come and go: none is refused, none is cut off; a new process that does not
come to serve changes nothing."""
import atexit
import http.client
import os
import pathlib
import select
import signal
import socket
import subprocess
import tempfile
import threading
import time

PROGRAM = os.environ["PORTICO_BINARY"]
PATIENCE = 60

FILE = """
listen: [{{address: "127.0.0.1:{port}"}}, {{address: "unix:{home}/http"}}]
admin: {{address: "127.0.0.1:{admin}"}}
workers: "2"
limits: {{idle_timeout: 60s}}
routes: [{{match: {{path: /}}, respond: "{answer}"}}]
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Crowd:
    """Clients that ask all the time, on connections that are kept and on new ones."""

    def __init__(self, port):
        self.port, self.answers, self.faults, self.over = port, 0, [], threading.Event()
        kinds = [self.keep, self.keep, self.come, self.come]
        self.threads = [threading.Thread(target=kind, daemon=True) for kind in kinds]
        for thread in self.threads:
            thread.start()

    def ask(self, connection):
        connection.request("GET", "/")
        answer = connection.getresponse()
        if answer.status != 200 or not answer.read():
            self.faults.append(answer.status)
        self.answers += 1
        return answer.will_close

    def keep(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        while not self.over.is_set():
            try:
                if self.ask(connection):
                    connection.close()
            except Exception as fault:  # Whatever it is, a client saw it.
                self.faults.append(repr(fault))
                connection.close()

    def come(self):
        while not self.over.is_set():
            try:
                self.ask(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE))
            except Exception as fault:
                self.faults.append(repr(fault))

    def leave(self):
        self.over.set()
        for thread in self.threads:
            thread.join(PATIENCE)
        assert not self.faults, self.faults[:5]
        assert self.answers > 100, self.answers


def await_end(process):
    """Of one that is not our child."""
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return
    assert select.select([descriptor], [], [], PATIENCE)[0], f"process {process} does not end"


def get(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/")
    return connection.getresponse().read().decode()


class Gateway:
    def __init__(self, home):
        self.home, self.port, self.admin = home, free_port(), free_port()
        self.file = home / "portico.yaml"
        self.manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.manager.settimeout(PATIENCE)
        self.manager.bind(str(home / "notify"))
        self.environment = {**os.environ, "STATE_DIRECTORY": str(home), "NOTIFY_SOCKET": str(home / "notify")}
        self.write("one")

    def write(self, answer, more=""):
        """At once: a process may be reading it."""
        new = self.home / "new.yaml"
        new.write_text(FILE.format(port=self.port, admin=self.admin, home=self.home, answer=answer) + more)
        new.replace(self.file)

    def start(self):
        self.log = open(self.home / "log", "w+")
        self.first = subprocess.Popen([PROGRAM, "run", "-c", str(self.file), f"--pidfile={self.home}/pid"],
                                      stdout=self.log, stderr=self.log, env=self.environment)
        atexit.register(self.first.kill)
        self.hear("READY=1")

    def hear(self, wanted):
        while True:
            message = self.manager.recv(4096).decode()
            for line in message.splitlines():
                if line.startswith(wanted):
                    return line[len(wanted):]

    def upgrade(self):
        return subprocess.run([PROGRAM, "upgrade", "-c", str(self.file)], env=self.environment, timeout=PATIENCE,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def pid(self):
        return int((self.home / "pid").read_text())

    def await_log(self, text, times=1):
        """The log is written by a thread of its own."""
        deadline = time.monotonic() + PATIENCE
        while (self.home / "log").read_text().count(text) < times:
            assert time.monotonic() < deadline, f"no \"{text}\" in the log"
            select.select([], [], [], 0.01)


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        gateway = Gateway(home)
        gateway.start()
        assert gateway.pid() == gateway.first.pid and get(gateway.port) == "one"

        # What does not come to serve changes nothing.
        gateway.write("two", "plugins: {nobody: {}}\n")
        failed = gateway.upgrade()
        assert failed.returncode == 78 and "nobody" in failed.stdout, failed
        gateway.await_log("the upgrade failed; this process serves on")
        assert get(gateway.port) == "one" and gateway.first.poll() is None

        # A request that is under way ends in the old process; everybody else goes over.
        gateway.write("two")
        slow = socket.create_connection(("127.0.0.1", gateway.port), PATIENCE)
        slow.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        crowd = Crowd(gateway.port)
        done = gateway.upgrade()
        assert done.returncode == 0, done
        second = int(gateway.hear("MAINPID="))
        assert f"process {second} serves now" in done.stdout, done
        assert get(gateway.port) == "two"
        slow.sendall(b"\r\n")
        assert slow.recv(4096).endswith(b"one")
        slow.close()
        assert gateway.first.wait(PATIENCE) == 0
        assert gateway.pid() == second
        with socket.socket(socket.AF_UNIX) as local:
            local.connect(str(home / "http"))

        # Nobody else may listen here now either, and the next upgrade works as the first did.
        intruder = subprocess.run([PROGRAM, "run", "-c", str(gateway.file)], timeout=PATIENCE, text=True,
                                  env={**os.environ, "STATE_DIRECTORY": str(home / "other")},
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert intruder.returncode == 69 and str(gateway.port) in intruder.stdout, intruder
        gateway.write("three")
        os.kill(second, signal.SIGUSR2)
        third = int(gateway.hear("MAINPID="))
        await_end(second)
        assert get(gateway.port) == "three"
        crowd.leave()

        # A reload meanwhile is done by whoever serves afterwards. Many routes keep the new process busy.
        many = home / "many.yaml"
        many.write_text("routes:\n" + "".join(
            f'  - {{match: {{path: "/{number}"}}, respond: {{status: 204}}}}\n' for number in range(20_000)))
        started = (home / "log").read_text().count("starts a new process to take over")
        gateway.write("four", f'include: "{many}"\n')
        os.kill(third, signal.SIGUSR2)
        gateway.await_log("starts a new process to take over", started + 1)
        os.kill(third, signal.SIGHUP)
        gateway.await_log("the reload waits until the upgrade has ended")
        gateway.write("five")
        fourth = int(gateway.hear("MAINPID="))
        await_end(third)
        gateway.await_log("reloaded")
        assert get(gateway.port) == "five"

        os.kill(fourth, signal.SIGTERM)
        await_end(fourth)
        assert not (home / "http").exists() and not (home / "control.sock").exists() and not (home / "pid").exists()


if __name__ == "__main__":
    main()
