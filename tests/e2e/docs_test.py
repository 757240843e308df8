#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the samples of the READMEs and docs: YAML passes `portico check`, C++ stands in a compiled plugin,
the reference is what the program prints."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PORTICO = os.environ["PORTICO_BINARY"]
SOURCE = pathlib.Path(os.environ["PORTICO_SOURCE_DIR"])
PAGES = [
    SOURCE / "README.md",
    *sorted((SOURCE / "docs").glob("*.md")),
    *sorted((SOURCE / "plugins").glob("*/README.md")),
]
failures = []


def samples(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(), re.M | re.S)


def squeezed(text):
    return "\n".join(line.strip() for line in text.strip().splitlines())


def check_yaml(page, text):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "sample.yaml"
        file.write_text(text)
        (pathlib.Path(folder) / "conf.d").mkdir()
        done = subprocess.run([PORTICO, "check", "-c", file], capture_output=True, text=True)
        if done.returncode != 0:
            failures.append(f"{page.relative_to(SOURCE)}: a sample is refused:\n{text}\n{done.stderr}")


def first_party(reference):
    """The page without the plugins that only tests bring."""
    sections = re.split(r"(?m)^(?=## )", reference)
    ours = {folder.name for folder in SOURCE.glob("plugins/*")}
    kept = []
    for section in sections:
        plugin = re.match(r"## Plugin `(\w+)`", section)
        if plugin is None or plugin[1] in ours:
            kept.append(section)
    return "".join(kept).rstrip() + "\n"


def main():
    sources = [
        squeezed(file.read_text())
        for folder in ("tests/plugins", "plugins")
        for file in sorted((SOURCE / folder).rglob("*.[ch]*"))
    ]
    count = 0
    for page in PAGES:
        for text in samples(page, "yaml"):
            check_yaml(page, text)
            count += 1
        for text in samples(page, "cpp"):
            if not any(squeezed(text) in source for source in sources):
                failures.append(f"{page.relative_to(SOURCE)}: no compiled file holds this sample:\n{text}")
            count += 1
    reference = SOURCE / "docs/reference.md"
    printed = subprocess.run([PORTICO, "schema", "--markdown"], capture_output=True, text=True)
    if os.environ.get("PORTICO_REFRESH_GOLDENS"):
        reference.write_text(first_party(printed.stdout))
    if first_party(printed.stdout) != reference.read_text():
        failures.append("docs/reference.md is not what `portico schema --markdown` prints;"
                        " write it with PORTICO_REFRESH_GOLDENS=1")
    if count == 0:
        failures.append("no sample was found")
    print("\n\n".join(failures) or f"{count} samples run")
    return 1 if failures else 0


sys.exit(main())
