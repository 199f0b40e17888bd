"""Which of the files named on standard input a hook gets, says pre-commit: HOOKS-REPOSITORY ID.

Names end with NUL, here and in what is printed."""
import os
import sys

from pre_commit.clientlib import load_manifest
from pre_commit.commands.run import Classifier
from types import SimpleNamespace

folder, wanted = sys.argv[1:]
names = [os.fsdecode(name) for name in sys.stdin.buffer.read().split(b"\0") if name]
for hook in load_manifest(os.path.join(folder, ".pre-commit-hooks.yaml")):
    if hook["id"] == wanted:
        passed = Classifier(names).filenames_for_hook(SimpleNamespace(**hook))
        sys.stdout.buffer.write(b"".join(os.fsencode(name) + b"\0" for name in passed))
