#!/usr/bin/env python3
"""Tests what this folder ships in Kakoune: editors/kakoune/test.py /path/to/cagelint."""

import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.dont_write_bytecode = True

from harness import binary_argument, equal, fail, ok, require, started, workspace  # noqa: E402

SESSION = "cagelint-test"
TIMEOUT = 60
COMPOSE = "services:\n  job:\n    image: alpine:3.22\n    privileged: true\n"
# One column off gives other bytes: behind the flag is not what is before it.
SCRIPT = "#!/bin/sh\necho 🐳; docker run --rm --privileged\talpine:3.22 true\n"
PRIVILEGED = "error: runs privileged [privileged]"
PIDS = "[unlimited-pids]"


class Kakoune:
    """A Kakoune that runs, and the shell that talks to it as plugins do."""

    def __init__(self, kak, folder, env):
        self.kak, self.folder, self.env = kak, folder, env
        self.answers = 0

    def tell(self, commands):
        """Has its one client do these commands."""
        try:
            subprocess.run([self.kak, "-p", SESSION], cwd=self.folder, env=self.env, check=True,
                           input=f"evaluate-commands -client client0 %¶{commands}¶\n".encode(),
                           timeout=TIMEOUT, capture_output=True)
        except (subprocess.SubprocessError, OSError) as error:
            fail(f"kak -p: {error} {getattr(error, 'stderr', b'')}")

    def ask(self, expansion):
        """Returns what %val{…}, %opt{…} or so is."""
        self.answers += 1
        answer = self.folder / f"answer{self.answers}"
        self.tell(f"echo -to-file {answer}.new -- {expansion}\nnop %sh§mv {answer}.new {answer}§")
        end = time.monotonic() + TIMEOUT
        while not answer.exists():
            if time.monotonic() > end:
                fail(f"kakoune does not say what {expansion} is: {self.debug()}")
            time.sleep(0.01)
        return answer.read_text()

    def debug(self):
        """Returns what it complained of."""
        log = self.folder / "debug"
        subprocess.run([self.kak, "-p", SESSION], cwd=self.folder, env=self.env, check=False,
                       input=f"evaluate-commands -buffer *debug* 'write -force {log}'\n".encode(),
                       timeout=TIMEOUT, capture_output=True)
        time.sleep(0.1)
        return log.read_text() if log.exists() else "nothing was said"

    def expect_complaint(self, text):
        """Waits until it has complained so."""
        end = time.monotonic() + TIMEOUT
        while text not in self.debug():
            if time.monotonic() > end:
                fail(f"nothing was said of {text}: {self.debug()}")
        ok("complaint", text)

    def wait(self, what, is_so):
        """Waits until the messages beside the lines are so, and returns them by line."""
        end = time.monotonic() + TIMEOUT
        while True:
            told = self.ask("%opt{lint_messages}")
            if is_so(told):
                return told
            if time.monotonic() > end:
                fail(f"{what}: waited in vain; there is {told!r}; {self.debug()}")
            time.sleep(0.2)


def try_file(kakoune, file, old, new, place):
    """Sees a finding in the file, makes the safe fixes, and compares its bytes."""
    line, column = place
    kakoune.tell(f"edit {file}\ncagelint-lint")
    told = kakoune.wait(f"a finding in {file}", lambda text: PRIVILEGED in text)
    if f"{PRIVILEGED}(col {column})" not in told.split(f"{line}|", 1)[-1] or PIDS not in told:
        fail(f"{file}: the finding is not at {place}: {told!r}")
    ok(f"finding in {file}", f"line {line}, {PRIVILEGED}(col {column})")
    equal(f"flag in {file}", f"{line}|{{Error}}x" in kakoune.ask("%opt{lint_flags}"), True)

    kakoune.tell("cagelint-fix")
    kakoune.wait(f"no {PIDS} in {file}", lambda text: PIDS not in text and PRIVILEGED in text)
    text = (kakoune.folder / "project" / file).read_bytes()
    equal(f"bytes of {file}", text, old.replace(*new).encode())
    kakoune.tell("execute-keys <percent>")
    equal(f"buffer of {file}", kakoune.ask("%val{selection}").encode(), text)

    kakoune.tell("cagelint-fix --unsafe")
    kakoune.wait(f"no finding in {file}", lambda text: PRIVILEGED not in text and "|" in text)
    ok(f"unsafe fixes of {file}", "the finding has vanished")


def try_others(kakoune, project):
    """Findings in a file that is loaded are not shown in this one; what fails is told."""
    (project / "loads.yaml").write_text("include: [loaded.yaml]\nservices:\n"
                                        "  web:\n    image: alpine:3.22\n")
    (project / "loaded.yaml").write_text(COMPOSE)
    kakoune.tell("edit loads.yaml\ncagelint-lint")
    told = kakoune.wait("a finding in loads.yaml", lambda text: PIDS in text)
    equal("findings in a file that is loaded", PRIVILEGED in told, False)
    (project / ".cagelint.yaml").write_text("policy: unheard-of\n")
    kakoune.tell("cagelint-lint")
    kakoune.wait("nothing", lambda text: PIDS not in text)
    kakoune.expect_complaint("unheard-of")


def main():
    kak = require("kak", "kakoune")
    binary = binary_argument()
    with workspace(binary) as (folder, env):
        project = folder / "project"
        (project / "compose.yaml").write_bytes(COMPOSE.encode())
        (project / "run.sh").write_bytes(SCRIPT.encode())
        (folder / "config" / "kak").mkdir()
        (folder / "config" / "kak" / "kakrc").write_text(f"source {HERE / 'cagelint.kak'}\n")
        with started([kak, "-s", SESSION, "-ui", "dummy"], project, env,
                     stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                     stderr=subprocess.DEVNULL):
            socket = folder / "run" / "kakoune" / SESSION
            end = time.monotonic() + TIMEOUT
            while not socket.exists():
                if time.monotonic() > end:
                    fail("kakoune has not begun")
                time.sleep(0.02)
            kakoune = Kakoune(kak, folder, env)
            try_file(kakoune, "compose.yaml", COMPOSE,
                     ("true\n", "true\n    pids_limit: 256\n"), (4, 17))
            try_file(kakoune, "run.sh", SCRIPT, ("\t", "\t--pids-limit=256 "), (2, 28))
            try_others(kakoune, project)


if __name__ == "__main__":
    main()
