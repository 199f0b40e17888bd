#!/usr/bin/env python3
"""Packages the extension, installs it into VS Code (code-server) and uses it there, key by key:
editors/vscode/test.py /path/to/cagelint. test/install.sh installs what it needs.

CAGELINT_SCREENSHOTS=FOLDER keeps pictures of what was seen."""

import json
import os
import pathlib
import re
import sys
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.dont_write_bytecode = True

from harness import (  # noqa: E402
    binary_argument, equal, fail, missing, ok, require, run, started, workspace)

CODE_SERVER = HERE / "test/node_modules/code-server/out/node/entry.js"
INSTALLED = [HERE / "node_modules/.cagelint-lock", HERE / "test/node_modules/.cagelint-lock",
             HERE.parents[1] / "tests/node_modules/playwright-core/package.json"]
PACKAGE_TIMEOUT = 120
START_TIMEOUT = 30
DRIVE_TIMEOUT = 300

PACKED = ["[Content_Types].xml", "extension.vsixmanifest", "extension/LICENSE.txt",
          "extension/out/extension.js", "extension/out/notices.txt", "extension/package.json",
          "extension/readme.md"]

USER_SETTINGS = {
    "workbench.startupEditor": "none",
    # In a browser VS Code saves by itself.
    "files.autoSave": "off",
    # Nothing moves by itself: without a graphics card drawing takes most of the time.
    "editor.cursorBlinking": "solid",
    "editor.minimap.enabled": False,
    "workbench.reduceMotion": "on",
    # A folder is not trusted until the test says so.
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
    "security.workspace.trust.untrustedFiles": "open",
}

PROJECT = {
    ".vscode/settings.json": json.dumps(
        {"cagelint.path": "./planted", "cagelint.ignore": ["restart-policy"]}),
    # What a hostile project would have the editor run.
    "planted": '#!/bin/sh\necho >>"$0.was-run"\nexec cagelint "$@"\n',
    "compose.yaml": "services:\n  job:\n    image: alpine:3.22\n    privileged: true\n"
                    "    restart: always\n",
    "emoji.sh": "#!/bin/sh\necho 🐳; docker run --rm --privileged\talpine:3.22 true\n",
    "harden.sh": "#!/bin/sh\necho 🐳; docker run --rm --privileged\talpine:3.22 true\n",
    "job.container": "[Container]\nImage=alpine:3.22\nPodmanArgs=--privileged\n",
    "closed/compose.yaml": "services:\n  job:\n    image: alpine:3.22\n    privileged: true\n",
}


def packaged(folder, env):
    """Packages as the README says; the package holds what it needs and nothing else."""
    vsix = folder / "cagelint.vsix"
    status, output = run(["npm", "run", "--silent", "package", "--", "-o", vsix], HERE, env,
                         PACKAGE_TIMEOUT)
    if status != 0:
        fail(f"npm run package:\n{output}")
    equal("packaged", sorted(zipfile.ZipFile(vsix).namelist()), PACKED)
    return vsix


def project(folder):
    """Writes the files that are opened."""
    for name, text in PROJECT.items():
        path = folder / "project" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    (folder / "project/planted").chmod(0o755)
    # VS Code asks a login shell for the environment of extensions, and such a one sets PATH anew.
    (folder / "home/.bash_profile").write_text(f"export PATH='{folder}/bin':$PATH\n")
    settings = folder / "data/User/settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps(USER_SETTINGS))
    return folder / "project"


def address(log, server):
    """Waits until the server says where it listens."""
    end = time.monotonic() + START_TIMEOUT
    while time.monotonic() < end and server.poll() is None:
        if found := re.search(r"listening on (http://\S+?)/?\s", log.read_text()):
            return found[1]
        time.sleep(0.05)
    fail(f"VS Code does not start:\n{log.read_text()}")


def main():
    binary = binary_argument()
    node, chromium = require("node", "nodejs"), require("chromium", "chromium")
    require("npm", "npm")
    for path in INSTALLED:
        if not path.exists():
            missing(f"{path.relative_to(HERE.parents[1])} is missing "
                    "(.ci/setup, editors/vscode/test/install.sh)")
    with workspace(binary) as (folder, env):
        files = project(folder)
        env["SHELL"] = "/bin/bash"
        code = [node, CODE_SERVER, "--user-data-dir", folder / "data",
                "--extensions-dir", folder / "extensions"]
        status, output = run([*code, "--install-extension", packaged(folder, env)], folder, env)
        if status != 0:
            fail(f"the extension cannot be installed:\n{output}")
        log = folder / "log"
        serve = ["--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry",
                 "--disable-update-check", "--disable-getting-started-override"]
        with log.open("w") as out, started([*code, *serve], folder, env, stdout=out,
                                           stderr=out) as server:
            shots = os.environ.get("CAGELINT_SCREENSHOTS") or folder
            drive = {"url": f"{address(log, server)}/?folder={files}", "project": str(files),
                     "shots": str(pathlib.Path(shots).absolute()), "program": chromium,
                     "binary": str(binary.resolve())}
            status, output = run([node, HERE / "test/drive.mjs", json.dumps(drive)], folder, env,
                                 DRIVE_TIMEOUT)
    print(output, end="")
    if status != 0:
        fail("VS Code did not show what it should")
    ok("all", "in VS Code")


main()
