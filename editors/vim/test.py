#!/usr/bin/env python3
"""Tests what this folder ships in Vim, without and with ALE.

    editors/vim/test.py /path/to/cagelint
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.dont_write_bytecode = True

from harness import binary_argument, equal, fail, missing, require, run, workspace  # noqa: E402

PLUGIN = f"set nocompatible\nset runtimepath+={HERE}\nfiletype plugin on\nset encoding=utf-8\n"
ALE = ("packadd! ale\nlet g:ale_cagelint_settings = {'ignore': ['mutable-tag']}\n"
       # As the README says. Others could be installed, and find something themselves.
       "let g:ale_linters = {'sh': ['cagelint']}\n")
COMPOSE = "services:\n  job:\n    image: alpine:3.22\n    privileged: true\n"
# One column off gives other bytes: behind the flag is not what is before it.
SCRIPT = "#!/bin/sh\necho 🐳; docker run --rm --privileged\talpine:3.22 true\n"


def run_vim(vim, binary, name, vimrc, script):
    """Runs script in a Vim that has begun; returns the bytes of the two files afterwards."""
    with workspace(binary) as (folder, env):
        project = folder / "project"
        (project / "compose.yaml").write_bytes(COMPOSE.encode())
        (project / "run.sh").write_bytes(SCRIPT.encode())
        (folder / "vimrc").write_text(vimrc)
        # What -c says is done before Vim has begun, but after plugins were loaded.
        begun = f"autocmd VimEnter * ++nested source {HERE / script}"
        status, output = run([vim, "-n", "-i", "NONE", "-u", folder / "vimrc", "--not-a-term",
                              "-e", "-s", "-c", begun, "compose.yaml"], project, env, timeout=300)
        lines = output.replace("\r", "").split("\n")
        for line in lines:
            if line.startswith("ok "):
                print(f"ok {name}, {line[3:]}", flush=True)
        if status != 0 or "done" not in lines:
            fail(f"{name}: vim ended with {status}\n{output}")
        return [(project / file).read_bytes() for file in ("compose.yaml", "run.sh")]


def main():
    vim = require("vim", "vim")
    binary = binary_argument()
    with workspace(binary) as (folder, env):
        status, _ = run([vim, "-u", "NONE", "-e", "-s", "-c",
                         "execute empty(globpath(&packpath, 'pack/*/opt/ale')) ? 'cq' : 'q'"],
                        folder, env)
        has_ale = status == 0

    compose, script = run_vim(vim, binary, "compiler", PLUGIN, "test_compiler.vim")
    equal("compiler, bytes of compose.yaml", compose, (COMPOSE + "    pids_limit: 256\n").encode())
    equal("compiler, bytes of run.sh", script,
          SCRIPT.replace("\t", "\t--pids-limit=256 ").encode())

    if not has_ale:
        missing("ALE is not installed (package vim-ale)")
    compose, script = run_vim(vim, binary, "ale", ALE + PLUGIN, "test_ale.vim")
    equal("ale, bytes of compose.yaml", compose,
          COMPOSE.replace("    privileged: true\n", "").encode())
    equal("ale, bytes of run.sh", script, SCRIPT.replace(" --privileged", "").encode())


if __name__ == "__main__":
    main()
