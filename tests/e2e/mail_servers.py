#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mail servers of a test's own: Debian's Postfix without its service, on a free port, with all its files in the
test's folder. It is taken out of build/peers, where its package is unpacked, or as it is installed. It delivers every
message, whoever it is for, into one folder; only mailboxes named "gone" are not there, and those named "later" come
back later. It believes itself root, by fakeroot where it is not; what it does then, it does as users that every
Debian has.

    mail_servers.py COMMAND...

runs the command beside a strict and a lenient one, which PORTICO_STRICT_MAIL and PORTICO_LENIENT_MAIL name: the port,
a colon, and the folder where each message is a file. PORTICO_MAIL_CA is the file of their authority."""
import os
import pathlib
import pwd
import signal
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE = 60
OWNER, OTHER_GROUP = "mail", "news"
FOLDERS = "active bounce corrupt defer deferred flush hold incoming maildrop pid private public saved trace".split()
SERVICES = """\
{port} inet n - n - - smtpd
anvil unix - - n - 1 anvil
bounce unix - - n - 0 bounce
cleanup unix n - n - 0 cleanup
defer unix - - n - 0 bounce
error unix - - n - - error
postlog unix-dgram n - n - 1 postlogd
proxymap unix - - n - - proxymap
qmgr unix n - n 300 1 qmgr
retry unix - - n - - error
rewrite unix - - n - - trivial-rewrite
tlsmgr unix - - n 1000? 1 tlsmgr
trace unix - - n - 0 bounce
virtual unix - n n - - virtual
"""
SETTINGS = {
    "compatibility_level": "3.6",
    "mail_owner": OWNER,
    "setgid_group": OTHER_GROUP,
    "import_environment": "MAIL_CONFIG LD_LIBRARY_PATH LD_PRELOAD FAKEROOTKEY TZ",
    "maillog_file_prefixes": "/",
    "inet_interfaces": "127.0.0.1",
    "inet_protocols": "ipv4",
    "myhostname": "mail.example",
    "mydestination": "",
    "mynetworks": "127.0.0.0/8",
    "local_recipient_maps": "",
    "alias_maps": "",
    "alias_database": "",
    # A message stays as it came, but for what is written above it.
    "local_header_rewrite_clients": "",
    "virtual_mailbox_domains": "static:all",
    "virtual_mailbox_maps": "static:all/",
    "virtual_minimum_uid": "1",
    "smtpd_recipient_restrictions": "check_recipient_access inline:{"
                                    "{gone@ = 550 5.1.1 No such mailbox}, {later@ = 450 4.7.1 Greylisted}}, "
                                    "permit_mynetworks, reject",
    # Whatever a client does here, it is asked to be quick.
    "smtpd_error_sleep_time": "0",
    "smtpd_client_connection_count_limit": "0",
}
# In the session of fakeroot: what it pretends is forgotten with it.
BEGIN = f"""\
set -e
cd "$1"
chown {OWNER} data mail queue/*
chown root queue/pid
chgrp {OTHER_GROUP} queue/public queue/maildrop
exec "$0" -c "$1/conf" -d
"""
TRACE = (b"Return-Path:", b"X-Original-To:", b"Delivered-To:", b"Received:")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def root_of_postfix():
    source = pathlib.Path(os.environ.get("PORTICO_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
    for root in (source / "build/peers", pathlib.Path("/")):
        if (root / "usr/lib/postfix/sbin/master").exists():
            return root
    raise FileNotFoundError(f"no Postfix, neither unpacked in {source}/build/peers nor installed")


def as_sent(raw):
    """What a message was on the wire: without what the server wrote above it, and with CRLF."""
    lines = raw.split(b"\n")
    while lines[0].startswith(TRACE):
        del lines[0]
        while lines[0][:1] in (b" ", b"\t"):
            del lines[0]
    return b"\r\n".join(lines)


class MailServer:
    """A server of its kind's manners; with `certificate`, a pair of PEM files, STARTTLS too."""
    MANNERS = {}

    def __init__(self, home, certificate=None):
        self.home, self.port = pathlib.Path(home), free_port()
        self.child = None
        self.root = root_of_postfix()
        self.make(certificate)
        self.start()

    def make(self, certificate):
        owner = pwd.getpwnam(OWNER)
        self.home.mkdir(parents=True, exist_ok=True)
        # The daemons are nobody's and somebody's, not the test's.
        self.home.chmod(0o755)
        for name in ("conf", "data", "mail", "queue", *(f"queue/{folder}" for folder in FOLDERS)):
            (self.home / name).mkdir()
        for name, mode in (("data", 0o700), ("queue/private", 0o700), ("queue/public", 0o710),
                           ("queue/maildrop", 0o730)):
            (self.home / name).chmod(mode)
        settings = {
            **SETTINGS,
            "queue_directory": self.home / "queue",
            "data_directory": self.home / "data",
            "command_directory": self.root / "usr/sbin",
            "daemon_directory": self.root / "usr/lib/postfix/sbin",
            "shlib_directory": self.root / "usr/lib/postfix",
            "meta_directory": self.home / "conf",
            "maillog_file": self.home / "log",
            "virtual_mailbox_base": self.home / "mail",
            "virtual_uid_maps": f"static:{owner.pw_uid}",
            "virtual_gid_maps": f"static:{owner.pw_gid}",
            **self.MANNERS,
        }
        if certificate:
            settings |= {"smtpd_tls_security_level": "may", "smtpd_tls_cert_file": certificate[0],
                         "smtpd_tls_key_file": certificate[1]}
        lines = [f"{name} = {value}\n" for name, value in settings.items()]
        (self.home / "conf/main.cf").write_text("".join(lines), encoding="ascii")
        (self.home / "conf/master.cf").write_text(SERVICES.format(port=self.port), encoding="ascii")

    def start(self):
        environment = dict(os.environ, MAIL_CONFIG=str(self.home / "conf"))
        # It looks for its libraries where it would be installed.
        if self.root != pathlib.Path("/"):
            environment["LD_LIBRARY_PATH"] = str(self.root / "usr/lib/postfix")
        command = ["sh", "-c", BEGIN, self.root / "usr/lib/postfix/sbin/master", self.home]
        if os.geteuid() != 0:
            # fakeroot puts its own library's folder in front of the others.
            command = ["fakeroot", "--", *command]
        self.child = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)
        until = time.monotonic() + PATIENCE
        while not self.greets():
            assert time.monotonic() < until and self.child.poll() is None, f"Postfix does not begin: {self.log}"
            time.sleep(0.02)

    def greets(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
                return connection.recv(4) == b"220 "
        except ConnectionRefusedError:
            return False

    @property
    def log(self):
        log = self.home / "log"
        return log.read_text(errors="replace") if log.exists() else "no log"

    @property
    def folder(self):
        return self.home / "mail/all/new"

    def messages(self):
        """The files that were delivered, the oldest first."""
        if not self.folder.exists():
            return []
        files = sorted(self.folder.iterdir(), key=lambda file: (file.stat().st_mtime_ns, file.name))
        return [file.read_bytes() for file in files]

    def wait_for(self, count):
        """So many messages, as they were sent; it takes a moment from its yes to the file."""
        until = time.monotonic() + PATIENCE
        while len(self.messages()) < count:
            assert time.monotonic() < until, f"{len(self.messages())} messages of {count}: {self.log}"
            time.sleep(0.02)
        return [as_sent(raw) for raw in self.messages()]

    def stop(self):
        if self.child.poll() is None:
            # Its daemons end with it.
            os.kill(int((self.home / "queue/pid/master.pid").read_text()), signal.SIGTERM)
            self.child.wait(PATIENCE)


class StrictMailServer(MailServer):
    """Whoever sends a line end that is none, or more than it was asked for, is refused."""
    MANNERS = {
        "smtpd_forbid_bare_newline": "reject",
        "smtpd_forbid_bare_newline_exclusions": "",
        "smtpd_forbid_unauth_pipelining": "yes",
        "strict_rfc821_envelopes": "yes",
        "smtpd_helo_required": "yes",
        "disable_vrfy_command": "yes",
        "smtpd_helo_restrictions": "reject_invalid_helo_hostname, reject_non_fqdn_helo_hostname",
    }


class LenientMailServer(MailServer):
    """As Postfix was before 2024: a line ends where there is an LF, and a message at "\\n.\\n" too."""
    MANNERS = {
        "smtpd_forbid_bare_newline": "no",
        "smtpd_forbid_unauth_pipelining": "no",
        "strict_rfc821_envelopes": "no",
    }


def certificate_for_this_machine(home):
    """A pair of PEM files; the certificate is its own authority."""
    pair = home / "certificate.pem", home / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", "-subj", "/CN=mail server of a test", "-addext",
                    "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", pair[0], "-keyout", pair[1]],
                   check=True, stderr=subprocess.DEVNULL)
    return pair


def main(command):
    with tempfile.TemporaryDirectory() as home:
        home = pathlib.Path(home)
        home.chmod(0o755)
        certificate = certificate_for_this_machine(home)
        servers = []
        environment = dict(os.environ, PORTICO_MAIL_CA=str(certificate[0]))
        try:
            for kind, name in ((StrictMailServer, "PORTICO_STRICT_MAIL"), (LenientMailServer, "PORTICO_LENIENT_MAIL")):
                servers.append(kind(home / kind.__name__, certificate))
                environment[name] = f"{servers[-1].port}:{servers[-1].folder}"
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            for server in servers:
                server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
