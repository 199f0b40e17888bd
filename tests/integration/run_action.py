"""Runs a composite action as GitHub's runner does: ACTION-FOLDER INPUTS, the latter as JSON.

Exits as its first step that fails. What a step writes to GITHUB_PATH holds for the next ones.
Expressions are known in `env` alone, and only those that name an input."""
import json
import os
import re
import subprocess
import sys

import yaml

folder, given = sys.argv[1:]
with open(os.path.join(folder, "action.yml"), encoding="utf-8") as file:
    action = yaml.safe_load(file)
given = json.loads(given)
unknown = given.keys() - action["inputs"].keys()
assert not unknown, f"no such inputs: {unknown}"
inputs = {name: given.get(name, spec["default"]) for name, spec in action["inputs"].items()}


def evaluate(text):
    return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: inputs[match[1]], text)


os.environ["GITHUB_ACTION_PATH"] = os.path.abspath(folder)
for step in action["runs"]["steps"]:
    assert step["shell"] == "bash" and "${{" not in step["run"], "an input would be part of the script"
    env = {name: evaluate(value) for name, value in step["env"].items()}
    script = os.path.join(os.environ["RUNNER_TEMP"], "step.sh")
    with open(script, "w", encoding="utf-8") as file:
        file.write(step["run"])
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", script], env={**os.environ, **env})
    if ran.returncode != 0:
        sys.exit(ran.returncode)
    with open(os.environ["GITHUB_PATH"], encoding="utf-8") as file:
        for line in file.read().splitlines():
            os.environ["PATH"] = line + ":" + os.environ["PATH"]
