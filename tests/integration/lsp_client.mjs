// A client of the language server made of libraries that are not ours: vscode-jsonrpc speaks,
// vscode-languageserver-textdocument keeps texts, and ajv judges every message of the server by a
// schema of the types of vscode-languageserver-protocol.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const rpc = require("vscode-jsonrpc/node");
const { TextDocument } = require("vscode-languageserver-textdocument");
const { createGenerator } = require("ts-json-schema-generator");
const { default: Ajv } = await import("ajv");

export { rpc, TextDocument };

// Gives check(pointer, value) → "" or what is wrong; `pointer` is a path of Everything.
export function makeCheck() {
  const schema = createGenerator({
    path: join(here, "lsp_types.ts"), type: "Everything", skipTypeCheck: true,
    additionalProperties: false, topRef: false, jsDoc: "none",
  }).createSchema("Everything");
  const ajv = new Ajv({ strict: false, allErrors: false });
  ajv.addSchema(schema, "lsp");
  const checks = new Map();
  return (part, method, value) => {
    const key = `${part} ${method}`;
    const escaped = method.replaceAll("~", "~0").replaceAll("/", "~1");
    const at = part === "failed" ? "properties/failed"
                                 : `properties/${part}/properties/${encodeURIComponent(escaped)}`;
    if (!checks.has(key)) checks.set(key, ajv.getSchema(`lsp#/${at}`) ?? null);
    const check = checks.get(key);
    if (check === null) return `there is no schema of ${key}`;
    if (check(value)) return "";
    return `${key}: ${ajv.errorsText(check.errors)}: ${JSON.stringify(value).slice(0, 400)}`;
  };
}

export class Client {
  // `check` as makeCheck gives it; null: nothing is checked.
  constructor(program, folder, check) {
    this.problems = [];
    this.messages = 0;
    this.published = new Map();
    this.waiting = new Map();
    this.edits = [];
    this.configuration = {};
    this.check = check;
    this.process = spawn(program, ["lsp", "--stdio"], { cwd: folder });
    this.ended = new Promise((resolve) => this.process.on("exit", (code, signal) =>
      resolve(signal ?? code)));
    this.process.stderr.on("data", (data) => this.problems.push(`on standard error: ${data}`));
    this.process.stdin.on("error", () => {});
    this.connection = rpc.createMessageConnection(
      new rpc.StreamMessageReader(this.process.stdout),
      new rpc.StreamMessageWriter(this.process.stdin));
    this.connection.onError(([error]) => this.problems.push(`of the connection: ${error}`));
    // Of a request without parameters the library hands on the token alone.
    const take = (method, act) => (...given) => {
      const params = rpc.CancellationToken.is(given[0]) ? null : given[0] ?? null;
      this.#checked("sent", method, params);
      return act(params);
    };
    for (const [method, act] of [
      ["textDocument/publishDiagnostics", (params) => this.#publish(params)],
      ["window/logMessage", () => {}], ["$/progress", () => {}]])
      this.connection.onNotification(method, take(method, act));
    for (const [method, act] of [
      ["client/registerCapability", () => null],
      ["workspace/configuration", (params) => params.items.map(() => this.configuration)],
      ["workspace/applyEdit", (params) => { this.edits.push(params.edit); return { applied: true }; }],
      ["workspace/diagnostic/refresh", () => null], ["workspace/inlayHint/refresh", () => null]])
      this.connection.onRequest(method, take(method, act));
    this.connection.onNotification((method) => this.problems.push(`unknown notification ${method}`));
    this.connection.listen();
  }

  #checked(part, method, value) {
    ++this.messages;
    const wrong = this.check?.(part, method, value);
    if (wrong) this.problems.push(wrong);
  }

  #publish(params) {
    this.published.set(params.uri, params);
    const waiting = this.waiting.get(params.uri);
    if (waiting && (waiting.version === undefined || params.version === waiting.version)) {
      this.waiting.delete(params.uri);
      waiting.resolve(params.diagnostics);
    }
  }

  // The next diagnostics of `uri` (of `version`).
  next(uri, version) {
    return new Promise((resolve) => this.waiting.set(uri, { version, resolve }));
  }

  async ask(method, params, token) {
    try {
      const result = await this.connection.sendRequest(method, ...(params === undefined ? [] : [params]),
                                                       ...(token ? [token] : []));
      this.#checked("answered", method, result);
      return result;
    } catch (error) {
      if (!(error instanceof rpc.ResponseError)) throw error;
      this.#checked("failed", "", error.toJson());
      return { code: error.code };
    }
  }

  tell(method, params) {
    return this.connection.sendNotification(method, params);
  }

  open(document) {
    return this.tell("textDocument/didOpen", { textDocument: {
      uri: document.uri, languageId: document.languageId, version: document.version,
      text: document.getText() } });
  }

  change(document, contentChanges) {
    return this.tell("textDocument/didChange", {
      textDocument: { uri: document.uri, version: document.version }, contentChanges });
  }

  async initialize(folder, capabilities, further = {}) {
    const result = await this.ask("initialize", {
      processId: process.pid, rootUri: folder, capabilities, ...further });
    await this.tell("initialized", {});
    return result;
  }

  async end() {
    await this.ask("shutdown");
    await this.tell("exit");
    return this.ended;
  }
}
