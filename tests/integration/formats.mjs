// Reads a document of an output format with a consumer that is not ours.
//
//   node formats.mjs KIND DOCUMENT...
//
// Standard output: "valid" or "not valid: " and why, a line for each document. Exit code 2: the
// consumer could not be run. KIND is sarif-schema, sarif-multitool, sarif-uris, rdjson, gitlab, lsp,
// lsp-uris, or jsonl, for which the document of `json` stands beside it as DOCUMENT.json. URIs are
// looked for from the folder of DOCUMENT.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));

// The bytes that a URI names, which need not be UTF-8.
function percentDecoded(text) {
  const hex = text.replace(/%([0-9A-F]{2})|[^%]/g, (all, digits) =>
    digits ?? Buffer.from(all, "latin1").toString("hex"));
  if (/[^0-9a-fA-F]/.test(hex)) throw new Error(`not percent-encoded: ${text}`);
  return Buffer.from(hex, "hex");
}

function missing(uris, folder) {
  const lost = [...new Set(uris)].filter((uri) => {
    const url = new URL(uri, "file://" + encodeURI(folder) + "/");
    if (url.protocol === "untitled:") return false;
    return url.search || url.hash || !existsSync(percentDecoded(url.pathname));
  });
  return lost.map((uri) => `there is no such file: ${uri}`);
}

function collect(value, key, into = []) {
  if (value === null || typeof value !== "object") return into;
  for (const [name, inner] of Object.entries(value)) {
    if (name === key && typeof inner === "string") into.push(inner);
    else collect(inner, key, into);
  }
  return into;
}

async function schemaErrors(text) {
  const { default: Ajv } = await import("ajv-draft-04");
  const { default: formats } = await import("ajv-formats");
  // The schema has patterns that are no regular expressions with flag u.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats(ajv);
  const schema = require.resolve("@microsoft/jest-sarif").replace(/lib\/.*/, "lib/schemas/");
  const check = ajv.compile(
    JSON.parse(readFileSync(schema + "sarif-2.1.0-rtm.5.json", "utf8").replace(/^\uFEFF/, "")));
  if (check(JSON.parse(text))) return [];
  return check.errors.map((each) => `${each.instancePath}: ${each.message}`);
}

// The multitool ends with 0 whatever it finds: what it writes counts.
function multitoolErrors(documents) {
  const tool = require("@microsoft/sarif-multitool");
  chmodSync(tool, 0o755); // npm's --ignore-scripts leaves it as it was packed
  const scratch = mkdtempSync(join(tmpdir(), "sarif-"));
  try {
    // Files of other names are passed by.
    const inputs = documents.map((document, i) => join(scratch, `document${i}.sarif`));
    documents.forEach((document, i) => copyFileSync(document, inputs[i]));
    const output = join(scratch, "validated");
    const ran = spawnSync(
      tool, ["validate", ...inputs, "--rule-kind", "Sarif;Ghas", "--output", output],
      { env: { ...process.env, HOME: scratch, DOTNET_BUNDLE_EXTRACT_BASE_DIR: scratch,
               DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" }, encoding: "utf8" });
    if (ran.status !== 0 || !ran.stdout.includes(`${inputs.length} files scanned`))
      throw new Error(`${ran.stdout}${ran.stderr}`);
    const run = JSON.parse(readFileSync(output, "utf8").replace(/^\uFEFF/, "")).runs[0];
    const notes = (run.invocations ?? []).flatMap((each) => each.toolExecutionNotifications ?? []);
    const lost = notes.find((each) => each.level === "error");
    if (lost) throw new Error(JSON.stringify(lost));
    // 2006 asks the network for $schema; 2005 wants an address of the project, which has none yet.
    const said = run.results
      .filter((each) => !["SARIF2006", "SARIF2005"].includes(each.ruleId))
      .filter((each) => (each.level ?? "warning") !== "note");
    const uriOf = (each) => each.locations[0].physicalLocation.artifactLocation.uri ??
      run.artifacts[each.locations[0].physicalLocation.artifactLocation.index].location.uri;
    if (!said.every((each) => /document\d+\.sarif$/.test(uriOf(each)))) throw new Error("whose?");
    return documents.map((document, i) =>
      said.filter((each) => uriOf(each).endsWith(`/document${i}.sarif`))
        .map((each) => `${each.ruleId}: ${JSON.stringify(each.message)}`));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function rdjsonErrors(document) {
  const cli = require.resolve("@umbrelladocs/rdformat-validator").replace(/dist\/.*/, "bin/");
  const ran = spawnSync(
    process.execPath,
    [cli + "rdformat-validator.js", "--strict", "--no-extra-fields", document],
    { encoding: "utf8" });
  return ran.status === 0 ? [] : [`${ran.stdout}${ran.stderr}`];
}

// JSON is an expression of TypeScript: the compiler says whether it is of a type. All documents at
// once, since reading the types takes longest.
async function typeErrors(documents, type, module) {
  const { default: ts } = await import("typescript");
  const sources = new Map(documents.map((document, i) => [
    join(here, `document${i}.ts`),
    `import type { ${type} } from "${module}";\n` +
      `export const d: ${type}[] = ${readFileSync(document, "utf8")};`]));
  const options = {
    noEmit: true, strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    sources.has(file) ? ts.createSourceFile(file, sources.get(file), rest[0])
                      : getSourceFile(file, ...rest);
  const program = ts.createProgram([...sources.keys()], options, host);
  const outside = ts.getPreEmitDiagnostics(program).filter((each) => !sources.has(each.file?.fileName));
  if (outside.length > 0) throw new Error(ts.flattenDiagnosticMessageText(outside[0].messageText, " "));
  return [...sources.keys()].map((name) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map((each) => ts.flattenDiagnosticMessageText(each.messageText, " ")));
}

// What GitLab asks for beyond Code Climate.
function gitlabErrors(text) {
  const issues = JSON.parse(text);
  const prints = new Set(issues.map((each) => each.fingerprint));
  const errors = [];
  if (prints.size !== issues.length) errors.push("two issues have one fingerprint");
  for (const { location, severity, fingerprint } of issues)
    if (location.path.startsWith("./") || !(location.lines.begin >= 1) || !severity || !fingerprint)
      errors.push(`incomplete: ${JSON.stringify(location)}`);
  return errors;
}

function jsonlErrors(text, other) {
  if (!text.endsWith("\n")) return ["the last line does not end"];
  const lines = text.slice(0, -1).split("\n").map((line) => JSON.parse(line));
  const of = (key) => lines.filter((each) => key in each).map((each) => each[key]);
  const errors = lines.filter((each) => Object.keys(each).length !== 1).map(() => "two keys a line");
  if (!("summary" in lines.at(-1))) errors.push("the summary is not the last line");
  for (const [key, want] of [["finding", other.findings], ["gap", other.gaps],
                             ["fixed", other.fixed ?? []], ["summary", [other.summary]]])
    if (!isDeepStrictEqual(of(key), want)) errors.push(`${key}: not what json says`);
  return errors;
}

// A document that is not even JSON is not valid.
const each = (documents, check) =>
  Promise.all(documents.map(async (document) => {
    try {
      return await check(readFileSync(document, "utf8"), document);
    } catch (error) {
      if (error instanceof SyntaxError || /not percent-encoded/.test(error.message))
        return [String(error)];
      throw error;
    }
  }));

const kinds = {
  "sarif-schema": (documents) => each(documents, schemaErrors),
  "sarif-multitool": multitoolErrors,
  "sarif-uris": (documents) => each(documents, (text, document) =>
    missing(collect(JSON.parse(text).runs, "uri"), dirname(document))),
  rdjson: (documents) => each(documents, (text, document) => rdjsonErrors(document)),
  gitlab: async (documents) => {
    const types = await typeErrors(documents, "Issue", "codeclimate-types");
    const rest = await each(documents, gitlabErrors);
    return documents.map((document, i) => [...types[i], ...rest[i]]);
  },
  lsp: (documents) =>
    typeErrors(documents, "PublishDiagnosticsParams", "vscode-languageserver-protocol"),
  "lsp-uris": (documents) => each(documents, (text, document) =>
    missing(collect(JSON.parse(text), "uri"), dirname(document))),
  jsonl: (documents) => each(documents, (text, document) =>
    jsonlErrors(text, JSON.parse(readFileSync(document + ".json", "utf8")))),
};

try {
  const [kind, ...documents] = process.argv.slice(2);
  for (const errors of await kinds[kind](documents))
    console.log(errors.length === 0 ? "valid" : `not valid: ${errors.join("; ")}`.replace(/\n/g, " "));
} catch (error) {
  console.error(error);
  process.exitCode = 2;
}
