# SPDX-License-Identifier: Apache-2.0
"""Requests that go on while something else happens."""
import http.client
import threading
import time

from proxying import PATIENCE, eventually

# What no request may exceed where a store is away, with what a busy machine adds: time that the gateway was given no
# processor for.
LONGEST_WAIT = 0.1
BUSY_MACHINE = 0.4
CLIENTS = 8


class Load:
    """Clients that ask on and on, each over a connection that is kept."""

    def __init__(self, port, target):
        self.port, self.target = port, target
        self.running = True
        self.statuses, self.slowest, self.faults = {}, 0.0, []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.ask, daemon=True) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def ask(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        while self.running:
            began = time.monotonic()
            try:
                connection.request("GET", self.target)
                answer = connection.getresponse()
                answer.read()
            except OSError as fault:
                self.faults.append(fault)
                return
            took = time.monotonic() - began
            with self.lock:
                self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
                self.slowest = max(self.slowest, took)

    def seen(self, status):
        with self.lock:
            return self.statuses.get(status, 0)

    def wait_for(self, status, more=1):
        """How long it takes until so many more requests are answered so."""
        wanted = self.seen(status) + more
        return eventually(lambda: self.seen(status) >= wanted)

    def forget(self):
        with self.lock:
            self.statuses, self.slowest = {}, 0.0

    def stop(self):
        self.running = False
        for thread in self.threads:
            thread.join(PATIENCE)
        assert not self.faults, self.faults
