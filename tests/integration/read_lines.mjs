// Reads the output of format `gcc` with Vim's errorformat, and with the problem matcher as the
// runner of GitHub Actions does. DOCUMENT REPORT; the files that the report names lie here.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { entriesOf, expect, isPlain, run, same } from "./report.mjs";

const matchers = JSON.parse(
  readFileSync(new URL("../../editors/problem-matcher.json", import.meta.url), "utf8"),
).problemMatcher;

function byMatcher(line) {
  const found = [];
  for (const { severity, pattern } of matchers) {
    same(pattern.length, 1, "lines of a pattern");
    const [at] = pattern;
    const match = new RegExp(at.regexp).exec(line);
    if (match === null) continue;
    const group = (index) => (index === undefined ? undefined : match[index]);
    found.push({
      file: group(at.file), line: Number(group(at.line)), column: Number(group(at.column)),
      severity: group(at.severity) ?? severity, message: group(at.message), code: group(at.code),
    });
  }
  same(found.length, 1, `matchers for ${line}`);
  return found[0];
}

// What Vim's quickfix list has of the lines of a file.
function byVim(document) {
  const script = [
    "set nocompatible encoding=utf-8 errorformat=%f:%l:%c:\\ %t%*[a-z]:\\ %m",
    `execute "cgetfile" fnameescape(${JSON.stringify(document)})`,
    'let all = map(getqflist(), {_, e -> {"valid": e.valid, "file": bufname(e.bufnr), ' +
      '"line": e.lnum, "column": e.col, "type": e.type, "text": e.text}})',
    `call writefile([json_encode(all)], ${JSON.stringify(`${document}.vim`)})`,
    "qall!",
  ];
  const args = ["-Nu", "NONE", "-i", "NONE", "-n", "-es"];
  execFileSync("vim", [...args, ...script.flatMap((line) => ["-c", line])]);
  return JSON.parse(readFileSync(`${document}.vim`, "utf8"));
}

// Bytes from the begin of the line, from 1.
function byteColumn({ path, range }) {
  if (range.start === undefined) return 1;
  const before = readFileSync(path).subarray(0, range.start.offset);
  return before.length - Math.max(before.lastIndexOf(10), before.lastIndexOf(13));
}

function compare(entry, line, vim, matched) {
  const severity = entry.isGap ? "warning" : entry.severity;
  const code = entry.isGap ? `gap ${entry.code}` : entry.code;
  same(matched.severity, severity === "info" ? "notice" : severity, "severity");
  same(matched.code, code, "code");
  same(matched.line, entry.range.start?.line ?? 1, "line");
  same([vim.valid, vim.line, vim.column], [1, matched.line, matched.column], `Vim on ${line}`);
  same(vim.type, severity === "info" ? "n" : severity[0], "Vim's type");
  same(vim.text, `${matched.message} [${code}]`, "Vim's message");
  if (isPlain(entry.message)) same(matched.message.replaceAll("\\x23#[", "##["), entry.message, "message");
  if (!isPlain(entry.path)) return;
  if (existsSync(entry.path)) same(matched.column, byteColumn(entry), "column");
  const shown = entry.path.replaceAll(/:(?=[0-9])/g, "\\x3a").replaceAll("##[", "\\x23#[");
  same(matched.file.replace(/^\.\//, ""), shown, "file");
  // Vim finds the file, unless its name had to be changed.
  if (shown === entry.path && existsSync(entry.path))
    expect(existsSync(vim.file), `Vim looks for ${vim.file}`);
}

await run((document, report) => {
  const lines = readFileSync(document, "utf8").split("\n").slice(0, -1);
  const failures = lines.filter((line) => line.startsWith("cagelint: error: "));
  const about = lines.slice(failures.length);
  const entries = entriesOf(report);
  same(about.length, entries.length, "lines");
  for (const line of lines) {
    expect(!/^\s*::/.test(line), `a command to the runner: ${line}`);
    expect(!line.includes("##["), `a command to the runner: ${line}`);
    expect(!/[\p{Cc}\p{Cf}]/u.test(line), `what cannot be seen stands in: ${line}`);
  }
  const vim = byVim(document).slice(failures.length);
  about.forEach((line, index) => compare(entries[index], line, vim[index], byMatcher(line)));
  return `${failures.length} ${about.length}`;
});
