#!/usr/bin/env python3
"""Tests what this folder ships in Neovim: editors/neovim/test.py /path/to/cagelint."""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.dont_write_bytecode = True

from harness import binary_argument, equal, fail, require, run, workspace  # noqa: E402

# How users begin; the second is for 0.11 and newer.
BEGINNINGS = {
    "setup": "require('cagelint').setup({ ignore = { 'mutable-tag' } })",
    "vim.lsp.enable": "vim.lsp.config('cagelint', "
                      "{ settings = { cagelint = { ignore = { 'mutable-tag' } } } })\n"
                      "vim.lsp.enable('cagelint')",
}


def version(nvim, folder, env):
    """Returns (major, minor)."""
    _, text = run([nvim, "--version"], folder, env)
    match = re.search(r"NVIM v(\d+)\.(\d+)", text) or fail(f"no version in {text!r}")
    return tuple(int(part) for part in match.groups())


def try_beginning(nvim, binary, name):
    """Runs test.lua in a Neovim that was begun so, and compares the files that it wrote."""
    with workspace(binary) as (folder, env):
        project = folder / "project"
        files = {"compose.yaml": ("services:\n  job:\n    image: alpine:3.22\n"
                                  "    privileged: true\n"),
                 "run.sh": "#!/bin/sh\necho 🐳; docker run --rm --privileged\talpine:3.22 true\n"}
        for file, text in files.items():
            (project / file).write_bytes(text.encode())
        init = folder / "init.lua"
        init.write_text(f"vim.opt.runtimepath:append('{HERE}')\n{BEGINNINGS[name]}\n")
        status, output = run([nvim, "--headless", "-n", "-u", init, "-c",
                              f"luafile {HERE / 'test.lua'}"], project, env, timeout=300)
        lines = output.split("\n")
        for line in lines:
            if line.startswith("ok "):
                print(f"ok {name}, {line[3:]}", flush=True)
        if status != 0 or "done" not in lines:
            fail(f"{name}: nvim ended with {status}\n{output}")
        for file, old, new in (("compose.yaml", "    privileged: true\n", ""),
                               ("run.sh", " --privileged", "")):
            expected = files[file].replace(old, new, 1).encode()
            equal(f"{name}, bytes of {file}", (project / file).read_bytes(), expected)


def main():
    nvim = require("nvim", "neovim")
    binary = binary_argument()
    with workspace(binary) as (folder, env):
        newest = version(nvim, folder, env) >= (0, 11)
    for name in BEGINNINGS:
        if newest or name == "setup":
            try_beginning(nvim, binary, name)


if __name__ == "__main__":
    main()
