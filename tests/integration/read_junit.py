"""Reads the output of format `junit` with junitparser, which knows nothing of cagelint.

DOCUMENT REPORT
"""
from junitparser import Error, Failure, JUnitXml, Skipped

from report import expect, is_plain, run, same


def outcome(case):
    expect(len(case.result) <= 1, f"{case.name} has two results")
    return type(case.result[0]) if case.result else None


def check_counts(element, cases):
    same(element.tests, len(cases), f"tests of {element.name}")
    for name, kind in ("failures", Failure), ("errors", Error), ("skipped", Skipped):
        have = sum(outcome(case) is kind for case in cases)
        same(getattr(element, name), have, f"{name} of {element.name}")


def main(document, report):
    xml = JUnitXml.fromfile(document)
    suites = list(xml)
    cases = [case for suite in suites for case in suite]
    for suite in suites:
        check_counts(suite, list(suite))
    check_counts(xml, cases)
    names = [(case.classname, case.name) for case in cases]
    same(len(set(names)), len(names), "test cases that GitLab tells apart")

    run_case, rest = cases[0], cases[1:]
    same((run_case.classname, run_case.name), ("cagelint", "run"), "the first test case")
    failed = outcome(run_case) is Error
    by_kind = {kind: [c for c in rest if outcome(c) is kind] for kind in (Failure, Error, Skipped, None)}
    failing = [f for f in report.findings if f["severity"] != "info"]
    same(len(by_kind[Failure]), len(failing), "failures")
    same(len(by_kind[Error]), len(report.gaps), "errors")
    same(len(by_kind[Skipped]), len(report.suppressed), "skipped")
    same(len(by_kind[None]), len(report.findings) - len(failing), "passed")
    for case in by_kind[Failure] + by_kind[Error]:
        same(case.result[0].text.count(case.result[0].message) > 0, True, f"text of {case.name}")
    have = sorted(case.result[0].message for case in by_kind[Failure] + by_kind[Error])
    for entry in failing + report.gaps:
        if is_plain(entry["message"]):
            expect(entry["message"] in have, f"nothing says: {entry['message']}")
    for case in by_kind[Skipped]:
        expect(case.result[0].message.startswith("suppressed by "), case.result[0].message)
    for suite in suites[1:]:
        for case in suite:
            same(case.classname, suite.name, "suite")
    return f"{int(failed)} {len(rest)}"


run(main)
