#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Case 129: mails at a strict and at a lenient Postfix, byte for byte (plugins/notify/tests/smtp/real_servers_test)."""
import os
import pathlib
import sys

from mail_servers import main

TESTS = pathlib.Path(os.environ["PORTICO_BUILD_DIR"]) / "bin/notify_tests"

if __name__ == "__main__":
    sys.exit(main([TESTS, "--gtest_filter=*RealServers*", "--gtest_brief=1"]))
