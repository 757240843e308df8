# SPDX-License-Identifier: Apache-2.0
"""A name server of a test's own: Debian's dnsmasq without its service, on a free port."""
import pathlib
import signal
import socket
import subprocess

from proxying import PATIENCE, eventually

DNSMASQ = pathlib.Path("/usr/sbin/dnsmasq")


def free_port():
    """Of UDP and of TCP: it listens on both."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, socket.socket() as other:
            probe.bind(("127.0.0.1", 0))
            try:
                other.bind(probe.getsockname())
                return probe.getsockname()[1]
            except OSError:
                pass


class NameServer:
    """Answers what it is told to; told anew, it is another process on the same port."""

    def __init__(self):
        self.port = free_port()
        self.child = None

    def answer(self, *options):
        self.stop()
        eventually(lambda: self.begins(options))

    def begins(self, options):
        """Not while somebody else has the port, as a client of another test may for a moment."""
        self.child = subprocess.Popen(
            [str(DNSMASQ), "--keep-in-foreground", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--user=root",
             "--pid-file=", "--bind-interfaces", "--listen-address=127.0.0.1", f"--port={self.port}", "--local=/test/",
             "--local-ttl=0", "--log-facility=-", *options], stderr=subprocess.PIPE, text=True)
        # What answers on the port may be somebody else; what it says of itself is not.
        return any("started" in line for line in self.child.stderr)

    def stop(self):
        if self.child is not None:
            self.child.send_signal(signal.SIGTERM)
            self.child.wait(PATIENCE)
            self.child = None
