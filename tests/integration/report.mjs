// What the JSON document says of a run, for comparing other documents with it.
import { readFileSync } from "node:fs";

export class Mismatch extends Error {}

export function expect(isSo, what) {
  if (!isSo) throw new Mismatch(what);
}

export function same(have, want, what) {
  const [a, b] = [JSON.stringify(have), JSON.stringify(want)];
  expect(a === b, `${what}: has ${a}, wants ${b}`);
}

// A text that every format shows as it is: no control, format or replacement character, not cut.
export const isPlain = (text) => text.length < 500 && !/[\p{C}\p{Zl}\p{Zp}\uFFFD]/u.test(text);

// Findings that nobody suppressed, then the gaps, as {code, severity, message, path, range}.
export function entriesOf(report) {
  const findings = report.findings
    .filter((finding) => !finding.suppressed)
    .map((finding) => ({ ...finding, code: finding.rule, isGap: false }));
  const gaps = report.gaps.map((gap) => ({
    ...gap,
    code: gap.kind,
    isGap: true,
    severity: gap.refused ? "error" : "warning",
    message: gap.message + (gap.refused ? " (refused by the program that reads it)" : ""),
  }));
  return [...findings, ...gaps];
}

export const namesFile = (path) => path !== "<stdin>" && path !== "<command line>";

// main(document, report) is called with the files named on the command line; prints "ok" and what
// it returns, or what is wrong.
export async function run(main) {
  const [document, report] = process.argv.slice(2);
  try {
    console.log("ok", await main(document, JSON.parse(readFileSync(report, "utf8"))));
  } catch (error) {
    console.log(error instanceof Mismatch ? error.message : error.stack);
    process.exitCode = 1;
  }
}
