#!/usr/bin/env python3
"""The configuration files of editors that no test can start: each parses, names languages that the
editor has, and its command line starts a server that finds something and heeds the settings.

    editors/configurations_test.py /path/to/cagelint
"""

import json
import os
import pathlib
import re
import select
import subprocess
import sys
import time

import harness

try:
    import tomllib
except ImportError:  # before Python 3.11
    tomllib = None

HERE = pathlib.Path(__file__).resolve().parent
TIMEOUT = 30
COMPOSE = "services:\n  job:\n    image: alpine:3.22\n    privileged: true\n"

# Languages, and the servers that they have by default, of languages.toml in the repository of Helix
# (helix-editor/helix), as of release 25.07. A list of ours takes the place of Helix's.
HELIX = {
    "bash": ["bash-language-server"],
    "docker-compose": ["docker-compose-langserver", "yaml-language-server",
                       "docker-language-server"],
    "dockerfile": ["docker-langserver", "docker-language-server"],
    "go": ["gopls", "golangci-lint-lsp"],
    "javascript": ["typescript-language-server"],
    "json": ["vscode-json-language-server"],
    "jsonc": ["vscode-json-language-server"],
    "just": ["just-lsp"],
    "make": [],
    "markdown": ["marksman", "markdown-oxide"],
    "powershell": [],
    "python": ["ty", "ruff", "jedi", "pylsp"],
    "systemd": ["systemd-lsp"],
    "toml": ["taplo", "tombi"],
    "typescript": ["typescript-language-server"],
    "yaml": ["yaml-language-server", "ansible-language-server"],
}

# Base scopes: of the packages that come with Sublime Text (sublimehq/Packages); source.ini and
# source.powershell of the packages INI and PowerShell.
SUBLIME = {
    "source.dockerfile", "source.dosbatch", "source.go", "source.ini", "source.js", "source.json",
    "source.makefile", "source.powershell", "source.python", "source.shell", "source.toml",
    "source.ts", "source.tsx", "source.yaml", "text.html.markdown",
}

# Modes that `kate-syntax-highlighter --list` of KSyntaxHighlighting 5.103 prints.
KATE = {
    "Bash", "Dockerfile", "INI Files", "JSON", "MS-DOS Batch", "Makefile", "Markdown", "PowerShell",
    "TOML", "YAML", "Zsh", "systemd unit",
}
# Servers of addons/lspclient/settings.json in the repository of Kate (KDE/kate) whose names sort
# before ours, with what they are for.
KATE_BEFORE = {"bash": "^Bash$", "bibtex": "^BibTeX$",
               "c": "^(C|ANSI C89|Objective-C)$"}

# Names in config.toml of Zed's languages (zed-industries/zed, crates/languages/src), and of the
# extensions dockerfile (d1y/dockerfile.zed), docker-compose (eth0net/zed-docker-compose) and make
# (caius/zed-make).
ZED = {
    "Go", "JSON", "JSONC", "JavaScript", "Markdown", "Python", "Shell Script", "TSX", "TypeScript",
    "YAML", "Docker Compose", "Dockerfile", "Make",
}


class Server:
    """A language server that was started by a command line, and what it said."""

    def __init__(self, process):
        self.process = process
        self.received = b""
        self.deadline = time.monotonic() + TIMEOUT

    def send(self, method, params, **members):
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **members})
        data = body.encode()
        try:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
            self.process.stdin.flush()
        except BrokenPipeError:
            harness.fail(f"the server ended before it was sent {method}")

    def fill(self, enough):
        """Reads until `enough` of what was received says so."""
        while not enough(self.received):
            left = self.deadline - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                harness.fail("the server has not answered in time")
            data = os.read(self.process.stdout.fileno(), 65536)
            if not data:
                harness.fail("the server ended instead of an answer")
            self.received += data

    def message(self):
        self.fill(lambda received: b"\r\n\r\n" in received)
        head, self.received = self.received.split(b"\r\n\r\n", 1)
        length = re.search(rb"(?i)^Content-Length: (\d+)", head, re.M)
        if not length:
            harness.fail(f"not a header of the protocol: {head!r}")
        size = int(length[1])
        self.fill(lambda received: len(received) >= size)
        body, self.received = self.received[:size], self.received[size:]
        return json.loads(body)

    def wait(self, wanted):
        while True:
            message = self.message()
            if wanted(message):
                return message


def conversation(server, uri, settings):
    """Returns what the server answers to `initialize`, and what it finds in COMPOSE."""
    server.send("initialize", {"processId": None, "rootUri": None, "capabilities": {},
                               "initializationOptions": settings}, id=1)
    answer = server.wait(lambda message: message.get("id") == 1)
    server.send("initialized", {})
    server.send("textDocument/didOpen", {"textDocument": {
        "uri": uri, "languageId": "yaml", "version": 1, "text": COMPOSE}})
    found = server.wait(lambda message: message["method"] == "textDocument/publishDiagnostics")
    server.send("shutdown", None, id=2)
    server.wait(lambda message: message.get("id") == 2)
    server.send("exit", None)
    return answer.get("result", {}), found["params"]["diagnostics"]


def serve(argv, folder, env, settings):
    """Starts a server by `argv`, as an editor would, and returns what conversation() does."""
    uri = (folder / "project" / "compose.yaml").as_uri()
    try:
        with harness.started(argv, folder, env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL) as process:
            result = conversation(Server(process), uri, settings)
            process.wait(timeout=TIMEOUT)
            if process.returncode != 0:
                harness.fail(f"{argv} ended with status {process.returncode}")
            return result
    except FileNotFoundError:
        harness.fail(f"{argv[0]} is not on PATH")
    except subprocess.TimeoutExpired:
        harness.fail(f"{argv} has not ended after `exit`")


def check_server(name, argv, settings, folder, env):
    """The command line starts our server, and the settings arrive in the shape of the file."""
    if settings != {"cagelint": {"minSeverity": "info"}}:
        harness.fail(f"{name}: settings that are not known here: {settings}")
    answer, found = serve(argv, folder, env, settings)
    harness.equal(f"{name} serverInfo", answer.get("serverInfo", {}).get("name"), "cagelint")
    privileged = [each for each in found if each["code"] == "privileged"]
    harness.equal(f"{name} finds", [each["range"]["start"] for each in privileged],
                  [{"line": 3, "character": 16}])
    _, errors = serve(argv, folder, env, {"cagelint": {"minSeverity": "error"}})
    severities = [{each["severity"] for each in part} for part in (found, errors)]
    # 1 is an error; without other severities before, the second could not be told from the first.
    if not severities[0] > {1} or severities[1] != {1}:
        harness.fail(f"{name}: severities {severities[0]}, with minSeverity {severities[1]}")
    harness.ok(f"{name} settings", "minSeverity is heeded")


def check_known(name, languages, known):
    unknown = sorted(set(languages) - set(known))
    if unknown or not languages:
        harness.fail(f"{name}: languages that the editor does not have: {unknown}")
    harness.ok(f"{name} languages", ", ".join(sorted(languages)))


def toml(path):
    """Parses a file as TOML 1.0."""
    module = tomllib
    if module is None:
        try:
            import tomli as module
        except ImportError:
            harness.missing("no tomllib (Python 3.11) and no tomli (package python3-tomli)")
    return module.loads(path.read_text(encoding="utf-8"))


def parsed(path):
    return json.loads(path.read_text(encoding="utf-8"))


def helix(folder, env):
    config = toml(HERE / "helix" / "languages.toml")
    check_known("helix", [each["name"] for each in config["language"]], HELIX)
    for each in config["language"]:
        wanted = HELIX[each["name"]] + ["cagelint"]
        if each["language-servers"] != wanted or set(each) != {"name", "language-servers"}:
            harness.fail(f"helix: {each} has not the servers {wanted}")
    harness.ok("helix servers", "those that Helix has by default are kept")
    server = config["language-server"]["cagelint"]
    check_server("helix", [server["command"], *server["args"]], server["config"], folder, env)


def sublime(folder, env):
    client = parsed(HERE / "sublime" / "LSP.sublime-settings")["clients"]["cagelint"]
    if client["enabled"] is not True:
        harness.fail("sublime: the client is not enabled")
    check_known("sublime", client["selector"].split(" | "), SUBLIME)
    settings = {}
    for key, value in client["settings"].items():  # dots are levels, as in VS Code
        section, member = key.split(".")
        settings.setdefault(section, {})[member] = value
    check_server("sublime", client["command"], settings, folder, env)


def kate_server(servers, mode):
    """The server that Kate takes for a mode: the first by name, then what it says to use."""
    for name in sorted(servers):
        pattern = servers[name].get("highlightingModeRegex", name)
        if re.search(pattern, mode, re.I):
            while "use" in servers[name]:
                name = servers[name]["use"]
            return name
    return None


def kate(folder, env):
    ours = parsed(HERE / "kate" / "settings.json")["servers"]
    server = ours["cagelint"]
    modes = re.fullmatch(r"\^\((.*)\)\$", server["highlightingModeRegex"])[1].split("|") + ["Bash"]
    check_known("kate", modes, KATE)
    merged = {name: {"highlightingModeRegex": mode} for name, mode in KATE_BEFORE.items()}
    for name, each in ours.items():
        merged[name] = {**merged.get(name, {}), **each}
    for mode in modes:
        if kate_server(merged, mode) != "cagelint":
            harness.fail(f"kate: mode {mode} has server {kate_server(merged, mode)}")
    harness.ok("kate servers", "each mode leads to cagelint")
    check_server("kate", server["command"], server["settings"], folder, env)


def zed_extension():
    """The command line that the extension starts."""
    extension = toml(HERE / "zed" / "extension.toml")
    check_known("zed", extension["language_servers"]["cagelint"]["languages"], ZED)
    cargo = toml(HERE / "zed" / "Cargo.toml")
    harness.equal("zed versions", cargo["package"]["version"], extension["version"])
    harness.equal("zed crate", cargo["lib"]["crate-type"], ["cdylib"])
    code = (HERE / "zed" / "src" / "lib.rs").read_text(encoding="utf-8")
    command = re.search(r'worktree\.which\("(.*?)"\)', code)
    arguments = re.search(r"const ARGUMENTS: .* = (\[.*\]);", code)
    if not command or not arguments:
        harness.fail("zed: src/lib.rs does not say what it starts")
    return [command[1], *json.loads(arguments[1])]


def zed_tasks(folder, env):
    variables = {"$ZED_FILE": folder / "project" / "compose.yaml",
                 "$ZED_WORKTREE_ROOT": folder / "project"}
    for task in parsed(HERE / "zed" / "tasks.json"):
        argv = [task["command"], *(str(variables.get(word, word)) for word in task["args"])]
        status, output = harness.run(argv, folder / "project", env, TIMEOUT)
        if status != 1 or not re.search(r"compose\.yaml:4:\d+: error: .* \[privileged\]\n", output):
            harness.fail(f"zed: task {task['label']!r} ended with {status} and printed {output}")
        harness.ok(f"zed task {task['label']!r}", "prints path:line:column")


def zed(folder, env):
    server = parsed(HERE / "zed" / "settings.json")["lsp"]["cagelint"]
    # The section is what the extension puts around the settings.
    check_server("zed", zed_extension(), {"cagelint": server["settings"]}, folder, env)
    zed_tasks(folder, env)


def main():
    binary = harness.binary_argument()
    with harness.workspace(binary) as (folder, env):
        (folder / "project" / "compose.yaml").write_text(COMPOSE, encoding="utf-8")
        for editor in (helix, sublime, kate, zed):
            editor(folder, env)


if __name__ == "__main__":
    sys.exit(main())
