"""Reads the output of format `checkstyle`: xmllint with checkstyle.rng, then Python's parser.

DOCUMENT REPORT
"""
import os
import subprocess
from xml.etree import ElementTree

from report import expect, is_plain, run, same

SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "checkstyle.rng")


def main(document, report):
    valid = subprocess.run(["xmllint", "--noout", "--relaxng", SCHEMA, document],
                           capture_output=True, text=True)
    expect(valid.returncode == 0, valid.stderr)
    files = list(ElementTree.parse(document).getroot())
    names = [file.get("name") for file in files]
    same(len(set(names)), len(names), "each file stands there once")
    failures = [e for file in files for e in file if e.get("source") == "cagelint.run"]
    errors = [(file.get("name"), e.attrib) for file in files for e in file if e not in failures]
    entries = [(entry, "cagelint.") for entry in report.findings]
    entries += [(entry, "cagelint.gap.") for entry in report.gaps]
    same(len(errors), len(entries), "errors")
    for entry, prefix in entries:
        start = entry["range"].get("start", {"line": 0})

        def matches(name, error):
            return (error["source"] == prefix + entry["rule"]
                    and error["severity"] == entry["severity"]
                    and error["line"] == str(start["line"])
                    and error.get("column") == (str(start["column"]) if "column" in start else None)
                    and (name == entry["path"] or not is_plain(entry["path"]))
                    and (error["message"].startswith(entry["message"])
                         or not is_plain(entry["message"])))

        found = [at for at, (name, error) in enumerate(errors) if matches(name, error)]
        expect(found, f"nothing says {entry['rule']} of {entry['path']}")
        errors.pop(found[0])
    return f"{len(failures)} {len(entries)}"


run(main)
