// Reads the output of format `github` as the runner of GitHub Actions does, and issues each command
// again with @actions/core: the bytes must be the same. DOCUMENT REPORT.
import { readFileSync } from "node:fs";
import * as core from "@actions/core";
import { entriesOf, expect, isPlain, namesFile, run, same } from "./report.mjs";

const known = ["error", "warning", "notice", "debug", "group", "endgroup", "echo", "stop-commands",
  "add-mask", "add-matcher", "remove-matcher", "set-env", "add-path", "set-output", "save-state"];

const unescape = (text, codes) =>
  codes.reduce((out, code) => out.replaceAll(code, decodeURIComponent(code)), text);

// By the runner's rules (ActionCommand.cs): `::name key=value,…::data` at the begin of a line, and
// the older `##[name]data` anywhere in it.
function commandIn(line) {
  const trimmed = line.trimStart();
  const end = trimmed.startsWith("::") ? trimmed.indexOf("::", 2) : -1;
  if (end > 0) {
    const head = trimmed.slice(2, end);
    const space = head.indexOf(" ");
    const name = space < 0 ? head : head.slice(0, space);
    const properties = {};
    for (const part of space < 0 ? [] : head.slice(space + 1).trim().split(",")) {
      const at = part.indexOf("=");
      if (at > 0 && at + 1 < part.length)
        properties[part.slice(0, at)] =
          unescape(part.slice(at + 1), ["%0D", "%0A", "%3A", "%2C", "%25"]);
    }
    if (known.includes(name))
      return { name, properties, data: unescape(trimmed.slice(end + 2), ["%0D", "%0A", "%25"]) };
  }
  const old = /##\[([^ \]]*)/.exec(line);
  return old && known.includes(old[1]) ? { name: old[1], properties: {}, data: "" } : null;
}

function issued(command) {
  let written = "";
  const write = process.stdout.write;
  process.stdout.write = (text) => (written += text) !== null;
  const { title, file, line, endLine, col, endColumn } = command.properties;
  try {
    core[command.name](command.data, {
      title, file, startLine: line, endLine, startColumn: col, endColumn,
    });
  } finally {
    process.stdout.write = write;
  }
  return written;
}

const rank = { error: 0, warning: 1, notice: 2 };
const wordOf = { error: "error", warning: "warning", info: "notice" };

function compare(command, entry) {
  const { name, properties, data } = command;
  same(name, wordOf[entry.severity], "kind");
  const code = entry.isGap ? `gap ${entry.code}` : entry.code;
  expect(properties.title.startsWith(code), `${properties.title} is not ${code}`);
  const where = namesFile(entry.path) ? "" : `${entry.path}:`;
  expect(data.startsWith(where), `${data} does not begin with ${where}`);
  if (isPlain(entry.message) && where === "")
    same(data.split("\n")[0], entry.message, "message");
  same(properties.file === undefined, where !== "", "names no file");
  if (isPlain(entry.path) && where === "") same(properties.file, entry.path, "file");
  const { start, end } = entry.range;
  if (!start || where !== "") return same(properties.line, undefined, "line");
  same(properties.line, String(start.line), "line");
  same(properties.endLine, String(end.line), "end line");
  const columns = start.line === end.line ? [String(start.column), String(end.column)] : [];
  same([properties.col, properties.endColumn].filter((x) => x), columns, "columns");
}

await run((document, report) => {
  const text = readFileSync(document, "utf8");
  const lines = text.trimEnd().split("\n");
  const summary = lines.pop();
  same(commandIn(summary), null, "the last line is no command");
  const commands = lines.map((line) => {
    const command = commandIn(line);
    expect(command !== null, `not a command: ${line}`);
    same(`${line}\n`, issued(command), "@actions/core writes");
    return command;
  });
  const failures = commands.filter(({ properties }) => properties.title === "cagelint");
  for (const { name } of failures) same(name, "error", "what kept it from its work");
  const about = commands.slice(failures.length);
  about.reduce((before, { name }) => {
    expect(rank[name] >= before, "the worst come first");
    return rank[name];
  }, 0);
  const entries = entriesOf(report);
  entries.sort((a, b) => rank[wordOf[a.severity]] - rank[wordOf[b.severity]]);
  same(about.length, entries.length, "annotations");
  about.forEach((command, index) => compare(command, entries[index]));
  return `${failures.length} ${about.length}`;
});
