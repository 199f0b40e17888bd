// Drives every request and notification of the language server.
//
//   node lsp_conformance.mjs PROGRAM FOLDER
//
// FOLDER is empty and writable. A line for each thing that is not as the protocol wants it; last,
// how many messages of the server were checked. Exit code 2: the client could not be made.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Client, TextDocument, makeCheck, rpc } from "./lsp_client.mjs";

const [program, folder] = process.argv.slice(2);
const check = makeCheck();
const problems = [];
let messages = 0;
const uriOf = (name) => pathToFileURL(join(folder, name)).href;
const expect = (holds, what) => { if (!holds) problems.push(what); };
const expectEqual = (is, wanted, what) =>
  expect(isDeepStrictEqual(is, wanted), `${what}: ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`);

// What VS Code's client says it can.
const modern = {
  general: { positionEncodings: ["utf-16"] },
  window: { workDoneProgress: true },
  workspace: {
    applyEdit: true, configuration: true, workspaceFolders: true,
    workspaceEdit: { documentChanges: true }, inlayHint: { refreshSupport: true },
    diagnostics: { refreshSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true,
                          codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    codeAction: { isPreferredSupport: true, codeActionLiteralSupport: {
      codeActionKind: { valueSet: ["quickfix", "source", "refactor"] } } },
    hover: { contentFormat: ["markdown", "plaintext"] },
  },
};
const pulling = structuredClone(modern);
pulling.textDocument.diagnostic = { relatedDocumentSupport: true };

const compose = [
  "version: '3'", "services:", "  '🤖':", "    image: nginx:1.27", "  web:",
  "    image: nginx:1.27 # 🤖", "    privileged: true", "    cap_add: [SYS_ADMIN]",
  "    security_opt: ['seccomp:p.json']", "    ports: ['80:80']", ""].join("\n");
const script = "x='🤖'; docker run --privileged -v /:/host alpine:3.22 true\n";
const documentOf = (name, language, text) => TextDocument.create(uriOf(name), language, 1, text);

function writeFiles() {
  writeFileSync(join(folder, "p.json"), '{"defaultAction": "SCMP_ACT_ALLOW"}\n');
  writeFileSync(join(folder, "compose.override.yaml"), "services: {web: {network_mode: host}}\n");
}

async function withClient(capabilities, act, further) {
  const client = new Client(program, folder, check);
  await client.initialize(uriOf(""), capabilities, further);
  await act(client);
  expectEqual(await client.end(), 0, "exit code");
  problems.push(...client.problems);
  messages += client.messages;
}

async function askEverything(client, document) {
  const textDocument = { uri: document.uri };
  const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const answers = { actions: [] };
  for (const only of [undefined, ["quickfix"], ["source.fixAll"], ["refactor"]])
    answers.actions.push(...await client.ask("textDocument/codeAction", {
      textDocument, range: all, context: { diagnostics: [], only } }));
  answers.hovers = 0;
  const text = document.getText();
  for (let offset = 0; offset <= text.length; ++offset) {
    const hover = await client.ask("textDocument/hover",
                                   { textDocument, position: document.positionAt(offset) });
    if (hover !== null) ++answers.hovers;
  }
  answers.links = await client.ask("textDocument/documentLink", { textDocument });
  answers.hints = await client.ask("textDocument/inlayHint", { textDocument, range: all });
  return answers;
}

async function pushed() {
  await withClient(modern, async (client) => {
    client.configuration = { capabilityHints: true, debounce: 0 };
    for (const [name, language, text] of [
      ["compose.yaml", "dockercompose", compose], ["run.sh", "shellscript", script],
      ["README.md", "markdown", "```sh\n" + script + "```\n"],
      ["p.json", "json", '{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": []}\n']]) {
      const document = documentOf(name, language, text);
      const next = client.next(document.uri);
      await client.open(document);
      const found = await next;
      expect(found.length > 0, `nothing is found in ${name}`);
      const answers = await askEverything(client, document);
      // A profile in strict JSON has no fix, and no comments.
      if (language !== "json") expect(answers.actions.length > 0, `no action in ${name}`);
      if (language !== "markdown") expect(answers.hovers > 0, `no hover in ${name}`);
      if (language === "dockercompose") expect(answers.links.length === 1, "no link to the profile");
      if (language !== "json") expect(answers.hints.length > 0, `no hint in ${name}`);
      // Each fix makes an edit that the client can make, and that takes its finding away.
      const { version } = document;
      for (const action of answers.actions.filter((each) => each.kind === "quickfix" && each.edit))
        await applyAndCompare(client, document, action, version);
    }
    for (const command of ["cagelint.harden", "cagelint.fixAll"])
      await client.ask("workspace/executeCommand",
                       { command, arguments: [uriOf("compose.yaml")], workDoneToken: command });
    expectEqual(client.edits.length, 2, "edits of commands");
  });
}

// A copy of the document with the edit, next to it.
async function applyAndCompare(client, document, action, version) {
  const changes = action.edit.documentChanges.find((each) => each.textDocument.uri === document.uri);
  if (changes === undefined) return;
  expectEqual(changes.textDocument.version, version, "version of an edit");
  const before = document.getText();
  const after = TextDocument.applyEdits(document, changes.edits);
  expect(after !== before, `${action.title} changes nothing`);
  expect(after.isWellFormed(), `${action.title} cuts a character`);
  const emoji = (text) => [...text].filter((each) => each === "🤖").length;
  expectEqual(emoji(after), emoji(before), `${action.title}: emoji`);
  const copy = TextDocument.create(document.uri, document.languageId, document.version + 1, after);
  const next = client.next(document.uri, copy.version);
  await client.change(copy, [{ text: after }]);
  const left = await next;
  const code = action.diagnostics[0].code;
  const of = (list) => list.filter((each) => each.code === code).length;
  const back = client.next(document.uri, copy.version + 1);
  TextDocument.update(document, [{ text: before }], copy.version + 1);
  await client.change(document, [{ text: before }]);
  expect(of(left) < of(await back), `${action.title} leaves ${code}`);
}

async function pulled() {
  await withClient(pulling, async (client) => {
    const document = documentOf("compose.yaml", "dockercompose", compose);
    await client.open(document);
    const textDocument = { uri: document.uri };
    const first = await client.ask("textDocument/diagnostic", { textDocument });
    expect(first.kind === "full" && first.items.length > 0, "nothing is found when asked");
    expect(uriOf("compose.override.yaml") in (first.relatedDocuments ?? {}), "no related document");
    const again = await client.ask("textDocument/diagnostic",
                                   { textDocument, previousResultId: first.resultId });
    expectEqual(again.kind, "unchanged", "kind of the second report");
    writeFileSync(join(folder, "compose.override.yaml"), "services: {web: {}}\n");
    await client.tell("workspace/didChangeWatchedFiles",
                      { changes: [{ uri: uriOf("compose.override.yaml"), type: 2 }] });
    const third = await client.ask("textDocument/diagnostic",
                                   { textDocument, previousResultId: first.resultId });
    expectEqual(third.kind, "full", "kind of the third report");
    expectEqual(client.published.size, 0, "published although it is asked for");
  });
}

async function refusals() {
  await withClient(modern, async (client) => {
    for (const method of ["no/such", "$/private", "textDocument/definition", "workspace/symbol"])
      expectEqual((await client.ask(method, {})).code, -32601, method);
    for (const method of ["textDocument/hover", "textDocument/codeAction", "textDocument/inlayHint",
                          "textDocument/documentLink", "workspace/executeCommand"])
      expectEqual((await client.ask(method, { textDocument: { uri: uriOf("closed") } })).code,
                  -32602, method);
    // A folder that vanishes is no reason to end.
    await client.tell("workspace/didChangeWorkspaceFolders",
                      { event: { added: [{ uri: uriOf("gone"), name: "gone" }], removed: [] } });
    mkdirSync(join(folder, "gone"));
    const document = documentOf("gone/compose.yaml", "yaml", compose);
    rmSync(join(folder, "gone"), { recursive: true });
    const next = client.next(document.uri);
    await client.open(document);
    expect((await next).length > 0, "nothing is found in a folder that is gone");
    await client.tell("$/setTrace", { value: "off" });
    await client.tell("no/such", {});
    await client.tell("textDocument/didSave", { textDocument: { uri: document.uri } });
    await client.tell("textDocument/didClose", { textDocument: { uri: document.uri } });
    const source = new rpc.CancellationTokenSource();
    const slow = client.ask("workspace/executeCommand",
                            { command: "cagelint.harden", arguments: [uriOf("none")] }, source.token);
    source.cancel();
    expect([-32800, -32602].includes((await slow).code), "a cancelled request");
  });
}

// What a library would never send, byte by byte.
async function raw() {
  const frame = (message) => {
    const body = Buffer.from(typeof message === "string" ? message
                             : JSON.stringify({ jsonrpc: "2.0", ...message }));
    return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
  };
  const initialize = { id: 1, method: "initialize",
                       params: { processId: null, rootUri: null, capabilities: {} } };
  const run = (chunks, endsInput = false) => new Promise((resolve) => {
    const server = spawn(program, ["lsp"], { cwd: folder });
    let out = "";
    server.stdout.on("data", (data) => { out += data; });
    server.stdin.on("error", () => {});
    server.on("exit", (code, signal) => resolve({ code: signal ?? code, out }));
    (async () => {
      for (const chunk of chunks) {
        server.stdin.write(chunk);
        await new Promise((done) => setTimeout(done, 1));
      }
      if (endsInput) server.stdin.end();
    })();
  });
  const exit = frame({ method: "exit" });
  const shutdown = frame({ id: 2, method: "shutdown" });
  const good = Buffer.concat([frame(initialize), frame({ method: "initialized", params: {} }),
                              shutdown, exit]);
  expectEqual((await run([good])).code, 0, "all in one piece");
  expectEqual((await run([...good].map((byte) => Buffer.from([byte])))).code, 0, "byte by byte");
  expectEqual((await run([exit])).code, 1, "exit before initialize");
  expectEqual((await run([frame(initialize), exit])).code, 1, "exit without shutdown");
  expectEqual((await run([frame(initialize)], true)).code, 1, "a client that dies");
  expectEqual((await run([frame(initialize), shutdown], true)).code, 0, "it dies after shutdown");
  expectEqual((await run([], true)).code, 1, "no client");
  const early = await run([frame({ id: 7, method: "textDocument/hover", params: {} }), exit]);
  expect(early.out.includes("-32002"), "a request before initialize");
  const broken = await run([frame("{"), Buffer.from("Content-Length: x\r\n\r\n"), frame("[]"),
                            frame(initialize), shutdown, exit]);
  expectEqual(broken.code, 0, "broken messages");
  expectEqual(broken.out.match(/"error"/g)?.length, 3, "answers to broken messages");
  // One that has the process that it named end is left, although its pipe stays open.
  const gone = spawn("true");
  await new Promise((done) => gone.on("exit", done));
  const left = await run([frame({ ...initialize, params: { ...initialize.params, processId: gone.pid } })]);
  expectEqual(left.code, 1, "the client's process is gone");
}

writeFiles();
await pushed();
writeFiles();
await pulled();
await refusals();
await withClient({}, async (client) => {
  const document = documentOf("run.sh", "shellscript", script);
  const next = client.next(document.uri);
  await client.open(document);
  await next;
  await askEverything(client, document);
});
await raw();
for (const problem of new Set(problems)) console.log(problem);
console.log(`${messages} messages`);
process.exit(0);
