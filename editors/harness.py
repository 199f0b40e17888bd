"""What the tests of all editors share: a temporary home, time limits, the rule for skipping.

A test is `editors/NAME/test.py /path/to/cagelint`. It ends with 0 when all passed, with 77 when
the editor is not installed, and with 1 otherwise.
"""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

SKIPPED = 77


def fail(message):
    """Ends the test with a message; all that workspace() and started() hold is cleaned up."""
    sys.exit(f"not ok: {message}")


def ok(name, shown):
    """Reports one case that passed."""
    print(f"ok {name}: {shown}", flush=True)


def equal(name, actual, expected):
    """Passes when both are equal, and shows both where they are not."""
    if actual != expected:
        fail(f"{name}\n  expected {expected!r}\n  but was  {actual!r}")
    ok(name, repr(actual))


def missing(what):
    """Skips the test, or fails it where everything has to be installed (as in CI)."""
    if os.environ.get("CAGELINT_REQUIRE_ORACLES") == "1":
        fail(what)
    print(f"skipped: {what}")
    sys.exit(SKIPPED)


def require(program, package):
    """Returns the path of a program; package is what has to be installed to have it."""
    return shutil.which(program) or missing(f"{program} is not installed (package {package})")


def binary_argument():
    """Returns the absolute path of the cagelint that the test was called with."""
    # Who ends the test from outside wants its editor to end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if len(sys.argv) != 2:
        fail(f"usage: {sys.argv[0]} /path/to/cagelint")
    binary = pathlib.Path(sys.argv[1]).absolute()
    if not os.access(binary, os.X_OK):
        fail(f"{binary} is not a program")
    return binary


@contextlib.contextmanager
def workspace(binary):
    """Yields a temporary folder and an environment: `cagelint` is binary, HOME is empty."""
    with tempfile.TemporaryDirectory(prefix="cagelint-editor-", ignore_cleanup_errors=True) as name:
        # The real path: editors resolve links, and a test compares names.
        folder = pathlib.Path(name).resolve()
        for part in ("bin", "home", "config", "data", "state", "cache", "run", "project"):
            (folder / part).mkdir(mode=0o700)
        (folder / "bin" / "cagelint").symlink_to(binary)
        yield folder, {
            "PATH": f"{folder / 'bin'}:{os.environ.get('PATH', os.defpath)}",
            "HOME": str(folder / "home"), "TMPDIR": str(folder / "run"), "TERM": "dumb",
            "XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder / "data"),
            "XDG_STATE_HOME": str(folder / "state"), "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_RUNTIME_DIR": str(folder / "run"), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


@contextlib.contextmanager
def started(argv, cwd, env, **options):
    """Yields a process in a group of its own; the group is killed at the end, whatever happens."""
    process = subprocess.Popen([str(word) for word in argv], cwd=cwd, env=env,
                               start_new_session=True, **options)
    try:
        yield process
    finally:
        # Also when the leader has ended: what it started may still be there.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def run(argv, cwd, env, timeout=60):
    """Runs to the end and returns (exit status, output and errors as text); fails when late."""
    with started(argv, cwd, env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                 stderr=subprocess.STDOUT) as process:
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            fail(f"{pathlib.Path(argv[0]).name} has not ended after {timeout} s")
        return process.returncode, output.decode("utf-8", "replace")
