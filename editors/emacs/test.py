#!/usr/bin/env python3
"""Shows in a real Emacs what cagelint.el gives: editors/emacs/test.py /path/to/cagelint"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import harness  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
FILES = {
    "compose.yaml": "services:\n  job: {image: 'alpine:3.22', environment: {A: '🐳'}, "
                    "privileged: true}\n",
    "run.sh": "#!/bin/sh\necho 🐳; docker run --rm --privileged\talpine:3.22 true\n",
    "notes.txt": "nothing that runs a container\n",
}
# After the fixes of the language server.
FIXED = {
    **FILES,
    "compose.yaml": "services:\n  job: {image: 'alpine:3.22', environment: {A: '🐳'}}\n",
    "run.sh": "#!/bin/sh\necho 🐳; docker run --rm\t--security-opt=no-new-privileges:true "
              "--pids-limit=256 alpine:3.22 true\n",
}
# The end of each; what comes before is told by Emacs itself.
FUNCTIONS = {"test-eglot": FIXED, "test-flymake": FILES, "test-both": FILES}


def check_packages(emacs, folder, env):
    """Skips the test where packages are missing that Emacs has from elsewhere."""
    for feature, package in (("eglot", "elpa-eglot"), ("yaml-mode", "elpa-yaml-mode")):
        form = f"(kill-emacs (if (progn (package-initialize) (locate-library \"{feature}\")) 0 9))"
        status, output = harness.run([emacs, "-q", "--batch", "-l", "package", "--eval", form],
                                     folder, env)
        if status == 9:
            harness.missing(f"{feature} of Emacs is not installed (package {package})")
        if status != 0:
            harness.fail(f"Emacs ended with {status}: {output}")


def check_compiles(emacs, folder, env):
    """The byte compiler has nothing against the file that users load."""
    form = ("(progn (setq byte-compile-error-on-warn t byte-compile-dest-file-function"
            f" (lambda (_) \"{folder / 'cagelint.elc'}\"))"
            f" (unless (byte-compile-file \"{HERE / 'cagelint.el'}\") (kill-emacs 1)))")
    status, output = harness.run([emacs, "-Q", "--batch", "--eval", form], folder, env)
    if status != 0:
        harness.fail(f"cagelint.el does not compile: {output}")
    harness.ok("emacs compile", "no warnings")


def run_function(emacs, function, folder, env):
    project = folder / function
    project.mkdir()
    for name, text in FILES.items():
        (project / name).write_bytes(text.encode())
    status, output = harness.run([emacs, "-q", "--batch", "-L", HERE, "-l", HERE / "test.el",
                                  "-f", function], project, env, timeout=120)
    lines = [line for line in output.splitlines() if line.startswith(("ok ", "not ok ", "  "))]
    print("\n".join(lines))
    if status != 0 or not lines:
        harness.fail(f"{function} ended with {status}: {output}")
    for name, text in FUNCTIONS[function].items():
        actual = (project / name).read_bytes()
        if actual != text.encode():
            harness.fail(f"{function}: {name} is {actual!r}, not {text.encode()!r}")
    harness.ok(function, "the files are as they should be, byte for byte")


def main():
    binary = harness.binary_argument()
    emacs = harness.require("emacs", "emacs-nox")
    with harness.workspace(binary) as (folder, env):
        check_packages(emacs, folder, env)
        check_compiles(emacs, folder, env)
        for function in FUNCTIONS:
            run_function(emacs, function, folder, env)


if __name__ == "__main__":
    main()
