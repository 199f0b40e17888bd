"""What the JSON document says of a run, for comparing other documents with it."""
import json
import sys
import traceback
import unicodedata


class Mismatch(Exception):
    pass


def expect(is_so, what):
    if not is_so:
        raise Mismatch(what)


def same(have, want, what):
    expect(have == want, f"{what}: has {have!r}, wants {want!r}")


def is_plain(text):
    """A text that every format shows as it is: nothing that is escaped, not cut."""
    hidden = any(unicodedata.category(c)[0] == "C" or c in "\u2028\u2029\ufffd" for c in text)
    return len(text) < 500 and not hidden


class Report:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        self.findings = [f for f in report["findings"] if "suppressed" not in f]
        self.suppressed = [f for f in report["findings"] if "suppressed" in f]
        self.gaps = report["gaps"]
        refused = " (refused by the program that reads it)"
        for gap in self.gaps:
            gap["severity"] = "error" if gap["refused"] else "warning"
            gap["rule"] = gap["kind"]
            gap["message"] += refused if gap["refused"] else ""


def run(main):
    """main(document, report) with the files of the command line; prints "ok" and what it returns,
    or what is wrong."""
    try:
        print("ok", main(sys.argv[1], Report(sys.argv[2])))
    except Mismatch as wrong:
        print(wrong)
        sys.exit(1)
    except Exception:
        print(traceback.format_exc())
        sys.exit(1)
