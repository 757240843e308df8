#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema, judged by a validator that is not ours: it is a schema of draft 2020-12, it accepts
every file that Portico accepts, and it refuses what a person gets wrong first."""
import json
import os
import pathlib
import re
import subprocess
import sys

import yaml
from jsonschema import Draft202012Validator

PORTICO = os.environ["PORTICO_BINARY"]
SOURCE = pathlib.Path(os.environ["PORTICO_SOURCE_DIR"])
failures = []


class Text(yaml.SafeLoader):
    """YAML 1.2's core: no dates, no `yes` for true."""


Text.yaml_implicit_resolvers = {
    letter: [(tag, expression) for tag, expression in resolvers
             if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Text.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def samples():
    for file in sorted((SOURCE / "conf").glob("*.yaml")):
        yield file.name, file.read_text()
    for page in [SOURCE / "README.md", *sorted((SOURCE / "docs").glob("*.md"))]:
        for text in re.findall(r"^```yaml\n(.*?)^```$", page.read_text(), re.M | re.S):
            yield page.name, text


WRONG = [
    "limit: {body_bytes: 1MiB}",
    "limits: {body_bytes: many}",
    "log: {level: loud}",
    "routes: [{match: {pth: /a}, respond: a}]",
    "routes: [{match: {path: /a}}]",
    "routes: [{match: {path: /a}, respond: {status: 99}}]",
    "routes: [{match: {path: /a}, redirect: {status: 308}}]",
    "plugins: {hello: {greting: Ahoy}}",
    "use: [{hello: {value: x}, mode: shado}]",
    "listen: [{adress: x}]",
]
RIGHT = [
    "limits: {body_bytes: \"${SIZE}\"}",
    "plugins: {hello: {greeting: Ahoy}}\nuse: [hello, {hello: {value: x}, mode: shadow}]",
    "routes: [{match: {path: /a}, routes: [{match: {path: /a}, respond: a}]}]",
    "listen: [{address: \"[::]:443\", tls: {certificate: /a, key: /b, min_version: 1.3}}]",
    "listen: [{address: \"[::]:443\", tls: {certificates: [{certificate: /a, key: /b}], min_version: \"1.2\"}}]",
    "plugins: {acme: {file: /opt/acme.so, anything: 1}}",
]


def main():
    printed = subprocess.run([PORTICO, "schema"], capture_output=True, text=True, check=True)
    schema = json.loads(printed.stdout)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    count = 0
    for name, text in [*samples(), *(("sample", text) for text in RIGHT)]:
        count += 1
        for error in validator.iter_errors(yaml.load(text, Text)):
            failures.append(f"{name}: {error.json_path}: {error.message[:300]}\n{text}")
    for text in WRONG:
        count += 1
        if validator.is_valid(yaml.load(text, Text)):
            failures.append(f"accepted, but wrong: {text}")
    print("\n\n".join(failures) or f"{count} files judged")
    return 1 if failures else 0


sys.exit(main())
