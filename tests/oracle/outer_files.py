"""Reads files with parsers that cagelint does not use, and says which of them are broken.

Standard input: one JSON array [kind, bytes in hexadecimal] a line. Standard output: "ok" and the shape
of what was read, or what is wrong, a line each. Kinds: jsonc, yaml, toml, markdown, python,
make, just, go, unit.
"""
import ast
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib

import yaml
from markdown_it import MarkdownIt

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def without_comments(text):
    """JSON with comments and last commas as JSON."""
    out, i = [], 0
    while i < len(text):
        if text[i] == '"':
            end = i + 1
            while end < len(text) and text[end] != '"':
                end += 2 if text[end] == "\\" else 1
            out.append(text[i:end + 1])
            i = end + 1
        elif text.startswith("//", i):
            i = text.find("\n", i) if "\n" in text[i:] else len(text)
        elif text.startswith("/*", i):
            i = text.index("*/", i) + 2
        elif text[i] in "}]":
            while out and out[-1].isspace():
                out.pop()
            if out and out[-1] == ",":
                out.pop()
            out.append(text[i])
            i += 1
        else:
            out.append(text[i])
            i += 1
    return "".join(out)


class Loader(yaml.SafeLoader):
    """Takes any tag."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def run(arguments, text, name, must_pass=True):
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/" + name
        with open(path, "w", newline="") as file:
            file.write(text)
        done = subprocess.run([*arguments, path], capture_output=True, text=True, timeout=60,
                              check=False, cwd=folder)
        if must_pass and done.returncode != 0:
            raise ValueError(done.stderr or done.stdout)
        return done.stdout, done.stderr


def make(text):
    """Nothing is run, not even what `$(shell …)` says; a target that is missing is no mistake of the
    file."""
    try:
        run(["make", "--dry-run", "SHELL=/bin/true", "--file"], text, "Makefile")
    except ValueError as error:
        if "No rule to make target" not in str(error) and "No targets" not in str(error):
            raise
    return "rules"


def just(text):
    """just itself: it writes what it read, and runs nothing."""
    program = ROOT + "/tests/node_modules/rust-just-linux-x64/bin/just"
    arguments = [program, "--dump", "--dump-format", "json", "--justfile"]
    return sorted(json.loads(run(arguments, text, "justfile")[0])["recipes"])


def unit(text):
    """systemd's own parser. Of sections that it does not know it reads nothing, so Quadlet's get a name
    whose keys are not theirs. What it says without a line is about the machine, not about the file."""
    text = re.sub(r"(?m)^\[(Container|Pod|Quadlet)\]", "[Install]", text)
    said = run(["systemd-analyze", "verify"], text, "x.service", must_pass=False)[1]
    for line in said.splitlines():
        if "/x.service:" in line and "Unknown key" not in line:
            raise ValueError(line)
    return re.findall(r"(?m)^\[.*\]", text)


def blocks(text):
    """The code blocks of a document: what makes one of several, or none, breaks it."""
    return [t.type for t in MarkdownIt("commonmark").parse(text) if t.type in ("fence", "code_block")]


CHECKS = {
    "jsonc": lambda text: json.loads(without_comments(text)),
    "yaml": lambda text: list(yaml.load_all(text, Loader)),
    "toml": tomllib.loads,
    "markdown": blocks,
    "python": ast.parse,
    "make": make,
    "just": just,
    "go": lambda text: run(["gofmt", "-e"], text, "x.go")[1],
    "unit": unit,
}


def shape(kind, value):
    """What must be the same before and after: the kind of thing, not its words."""
    if kind in ("markdown", "just", "unit"):
        return str(value)
    if kind in ("jsonc", "toml") and isinstance(value, dict):
        return "map"
    return type(value).__name__


for line in sys.stdin:
    kind, data = json.loads(line)
    try:
        print("ok " + shape(kind, CHECKS[kind](bytes.fromhex(data).decode())))
    except Exception as error:  # whatever a parser raises: the file is broken
        print(("broken " + type(error).__name__ + ": " + str(error)).replace("\n", " "))
