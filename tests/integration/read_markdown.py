"""Renders the output of format `markdown` with cmark-gfm, which GitHub uses, and with markdown-it,
and looks at what came out: tables of what was found, and no markup, link, mention or reference
from an input.

DOCUMENT REPORT
"""
import re
import subprocess
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from report import expect, is_plain, run, same

TAGS = {"h3", "p", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "code",
        "pre", "details", "summary"}
ATTRIBUTES = {("a", "href"), ("code", "class")}
# GitHub makes links of these, outside of code (its filters run on what is rendered), and pictures
# of `:name:`.
LINKED = re.compile(r"@\w|#\d|\bGH-\d|://|\bwww\.|\b[0-9a-f]{7,40}\b|:\w+:|\b[A-Z]+-\d")


class Page(HTMLParser):
    """The rows of each table, and what should not be there."""

    def __init__(self):
        super().__init__()
        self.tables, self.open = [], []
        self.left_out = {}  # by table: rows that are counted below it

    def handle_starttag(self, tag, attributes):
        expect(tag in TAGS, f"<{tag}> is none of ours")
        for name, value in attributes:
            expect((tag, name) in ATTRIBUTES, f"<{tag} {name}={value!r}> is none of ours")
            if name == "href":
                expect(re.fullmatch(r"rules/README\.md#[a-z0-9-]+", value), f"a link to {value!r}")
        self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag):
        expect(self.open and self.open.pop() == tag, f"</{tag}> closes something else")

    def handle_comment(self, data):
        expect(False, f"a comment: {data!r}")

    def handle_data(self, data):
        if "td" in self.open or "th" in self.open:
            self.tables[-1][-1][-1] += data
        cut = re.fullmatch(r"(\d+) more are left out here\.", data)
        if cut and self.open == ["p"]:
            self.left_out[len(self.tables) - 1] = int(cut[1])
        if not {"code", "pre"} & set(self.open):
            linked = LINKED.search(data)
            expect(not linked, f"GitHub makes something of {data!r}")


def rendered(document):
    extensions = ["table", "strikethrough", "autolink", "tasklist"]
    command = ["cmark-gfm", "--unsafe"] + [w for name in extensions for w in ("-e", name)]
    yield "cmark-gfm", subprocess.run([*command, document], capture_output=True, check=True,
                                      encoding="utf-8").stdout
    with open(document, encoding="utf-8", newline="") as file:
        yield "markdown-it", MarkdownIt("commonmark", {"html": True}).enable("table").render(file.read())


def main(document, report):
    with open(document, "rb") as file:
        expect(len(file.read()) <= 65536, "longer than a comment may be")
    for name, html in rendered(document):
        page = Page()
        page.feed(html)
        page.close()
        same(page.open, [], f"{name}: what is open at the end")
        rows = {tuple(table[0]): (table[1:], page.left_out.get(at, 0))
                for at, table in enumerate(page.tables)}
        none = ([], 0)
        findings, findings_left = rows.get(("severity", "rule", "place", "message"), none)
        gaps, gaps_left = rows.get(("gap", "place", "message"), none)
        suppressed, suppressed_left = rows.get(("rule", "place", "by", "reason"), none)
        order = sorted(report.findings, key=lambda f: "error warning info".split().index(f["severity"]))
        same(len(findings) + findings_left, len(order), f"{name}: findings")
        same(len(gaps) + gaps_left, len(report.gaps), f"{name}: gaps")
        same(len(suppressed) + suppressed_left, len(report.suppressed), f"{name}: suppressed")
        for row, entry in [*zip(findings, order), *zip(gaps, report.gaps)]:
            expect(entry["rule"] in row, f"{row} is not {entry['rule']}")
            if is_plain(entry["message"]):
                same(row[-1], entry["message"].replace("`", ""), f"{name}: message")
            start = entry["range"].get("start")
            place = entry["path"] + (f":{start['line']}:{start['column']}" if start else "")
            if is_plain(place) and "\\|" not in place:
                same(row[-2], place, f"{name}: place")
        for row, entry in zip(suppressed, report.suppressed):
            if is_plain(entry["suppressed"]["reason"]):
                same(row[-1], entry["suppressed"]["reason"].replace("`", ""), f"{name}: reason")
    return f"{len(findings)} {len(gaps)} {len(suppressed)}"


run(main)
