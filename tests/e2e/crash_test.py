#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a crash leaves behind: a report on standard error and in the state directory, and the signal's own status."""
import os
import pathlib
import re
import resource
import signal
import socket
import subprocess
import tempfile

PROGRAM = os.environ["PORTICO_BINARY"]
PATIENCE = 30

FILE = """
listen: [{{address: "127.0.0.1:{port}"}}]
admin: {{address: "127.0.0.1:0"}}
plugins: {{crash: {{}}}}
routes:
  - {{match: {{path: /middleware}}, use: [crash], respond: "never"}}
  - {{match: {{path: /fine}}, respond: "fine"}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def without_core():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def crash(path):
    """The signal that ended it, standard error, and the file."""
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        port = free_port()
        file = home / "portico.yaml"
        file.write_text(FILE.format(port=port))
        program = subprocess.Popen([PROGRAM, "run", "-c", str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True, env={**os.environ, "STATE_DIRECTORY": str(home)},
                                   preexec_fn=without_core)
        assert any("serving" in line for line in program.stdout)
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as client:
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            try:
                client.recv(4096)
            except ConnectionError:
                pass
        told = program.communicate(timeout=PATIENCE)[1]
        reports = list(home.glob("crash-*.txt"))
        assert len(reports) == 1 and re.fullmatch(r"crash-\d{8}T\d{6}Z-\d+\.txt", reports[0].name), reports
        report = reports[0].read_text()
        assert reports[0].stat().st_mode & 0o777 == 0o600
        assert report in told, told
        assert report.startswith("Portico ") and f"process: {program.pid}\n" in report, report
        return -program.returncode, report


def main():
    number, report = crash("/middleware")
    assert number == signal.SIGSEGV, number
    assert "signal:  SIGSEGV (memory that is not there) at 0x0\n" in report, report
    assert "thread:  lane " in report and "plugin:  crash, in its rule\n" in report, report
    assert re.search(r"#00 /\S*/crash\.so \+0x[0-9a-f]+\n", report), report
    assert re.search(r"#\d\d /\S*/libportico\.so\S* \+0x[0-9a-f]+\n", report), report

    number, report = crash("/crash/null")
    assert number == signal.SIGSEGV and "plugin:  crash, in its handler\n" in report, report
    assert "thread:  worker " in report, report

    number, report = crash("/crash/overflow")
    assert number == signal.SIGSEGV and re.search(r"#00 /\S*/crash\.so", report), report

    # The stack of one who jumped to nowhere cannot be followed; all else is told.
    number, report = crash("/crash/astray")
    assert number == signal.SIGSEGV and "at 0x7f00dead0000\n" in report, report
    assert "plugin:  crash, in its handler\n" in report and "stack:\n  #00 0x7f00dead0000\n" in report, report

    number, report = crash("/crash/terminate")
    assert number == signal.SIGABRT, number
    assert "because: nobody caught a std::runtime_error: no way out\n" in report, report
    assert "plugin:  crash, in its handler\n" in report, report

    number, report = crash("/crash/abort")
    assert number == signal.SIGABRT and "/crash.so" in report, report


# A sanitizer reports crashes itself.
if __name__ == "__main__" and not os.environ.get("PORTICO_SANITIZE"):
    main()
