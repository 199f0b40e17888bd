// Edits documents at random, as somebody who hurries, and looks whether the server keeps up.
//
//   node lsp_fuzz.mjs PROGRAM FOLDER SECONDS SEED
//
// Inserts, deletes and undoes at random positions, several changes in a message too, in texts with
// characters of one and two units, of which it cuts some. After each edit the server's text must be
// the client's; now and then, and at the end, what it found must be what `cagelint check -` finds in
// that text. Every problem is a line; last, how many edits were made.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { Client, TextDocument } from "./lsp_client.mjs";

const [program, folder, seconds, seed] = process.argv.slice(2);
const end = Date.now() + Number(seconds) * 1000;

// mulberry32
let state = Number(seed) >>> 0;
function random(below) {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % below;
}
const pick = (list) => list[random(list.length)];

const starts = {
  "compose.yaml": ["yaml", "services:\n  web:\n    image: 'nginx:1.27' # 🤖é\n    privileged: true\n" +
    "  db:\n    image: postgres\n    cap_add: [SYS_ADMIN]\n    volumes: ['/:/host']\n"],
  "run.sh": ["shellscript", "#!/bin/sh\nx='🤖é€'\ndocker run --privileged \\\n  -v /:/host alpine \"$x\"\n" +
    "if true; then docker run -p 80:80 nginx; fi\n"],
  "README.md": ["markdown", "# 🤖\n\n```sh\ndocker run --privileged alpine\n```\n\ntext `docker run x`\n"],
  "p.json": ["json", '{"defaultAction": "SCMP_ACT_ALLOW",\n "syscalls": []}\n'],
};
const pieces = ["", "a", " ", "\n", "\r\n", "\r", "\t", "🤖", "é", "€", "\ud83e", "\udd16", ":", "- ", "#",
  "'", '"', "\\", "\\\n", "{", "}", "[", "]", "docker run --privileged alpine\n", "    pid: host\n",
  "privileged: true", "--cap-add=ALL ", "$x", "```\n", "services:\n", "$(", "`", "\u2028", "\u0000"];

const uriOf = (name) => pathToFileURL(join(folder, name)).href;
const problems = [];
const client = new Client(program, folder, null);
await client.initialize(uriOf(""), {
  textDocument: { publishDiagnostics: { versionSupport: true } } },
  { initializationOptions: { debounce: 0 } });

// The library loses count of its lines behind a change beyond the last one: one change at a time, and
// lines that are counted anew.
function updated(document, changes, version) {
  let fresh = document;
  for (const change of changes) {
    TextDocument.update(fresh, [change], version);
    fresh = TextDocument.create(document.uri, document.languageId, version, fresh.getText());
  }
  return fresh;
}

class Edited {
  constructor(name) {
    this.name = name;
    const [language, text] = starts[name];
    this.document = TextDocument.create(uriOf(name), language, 1, text);
    this.past = [];
  }

  position() {
    const text = this.document.getText();
    // Not always where there is something.
    if (random(20) === 0) return { line: random(50), character: random(200) };
    const offset = random(text.length + 1);
    const position = this.document.positionAt(offset);
    return position;
  }

  change() {
    if (this.past.length > 0 && random(6) === 0) {
      const before = this.past.splice(random(this.past.length))[0];
      return [{ text: before }];
    }
    const changes = [];
    for (let count = 1 + (random(5) === 0 ? random(4) : 0); count > 0; --count) {
      const start = this.position();
      const stop = random(2) === 0 ? start : random(4) === 0 ? this.position()
        : { line: start.line, character: start.character + random(6) };
      let text = "";
      for (let more = random(4); more > 0; --more) text += pick(pieces);
      const [from, to] = start.line < stop.line ||
        (start.line === stop.line && start.character <= stop.character) ? [start, stop] : [stop, start];
      changes.push({ range: { start: from, end: to }, text });
    }
    return changes;
  }

  async edit() {
    this.past.push(this.document.getText());
    if (this.past.length > 50) this.past.shift();
    const changes = this.change();
    this.document = updated(this.document, changes, this.document.version + 1);
    if (this.document.getText().length > 20000) {
      changes.push({ text: starts[this.name][1] });
      this.document = updated(this.document, [changes.at(-1)], this.document.version);
    }
    await client.change(this.document, changes);
    const theirs = await client.ask("cagelint/fileText", { textDocument: { uri: this.document.uri } });
    const ours = this.document.getText().toWellFormed();
    if (theirs !== ours)
      problems.push(`${this.name}: after ${JSON.stringify(changes)} the server has ` +
        `${JSON.stringify(theirs)}, not ${JSON.stringify(ours)}`);
  }

  async compare() {
    const next = client.next(this.document.uri, this.document.version + 1);
    const text = this.document.getText();
    // Nothing, so that there is a version to be waited for.
    TextDocument.update(this.document, [{ range: { start: this.document.positionAt(text.length),
      end: this.document.positionAt(text.length) }, text: "" }], this.document.version + 1);
    await client.change(this.document, [{ range: { start: this.document.positionAt(text.length),
      end: this.document.positionAt(text.length) }, text: "" }]);
    const found = (await next).filter((each) => each.data?.kept !== true);
    const ran = spawnSync(program, ["check", "-", "--stdin-filename", this.name, "--format", "lsp"],
                          { cwd: folder, input: Buffer.from(this.document.getText(), "utf8") });
    if (ran.signal) problems.push(`check ended by ${ran.signal}`);
    const lists = ran.stdout.length > 0 ? JSON.parse(ran.stdout) : [];
    const fresh = lists.filter((each) => each.uri === this.document.uri)
      .flatMap((each) => each.diagnostics)
      // That a file configures nothing is no news in an editor.
      .filter((each) => !each.message.includes("nothing that is known to configure containers"))
      .map(({ relatedInformation, ...rest }) => (void relatedInformation, rest));
    if (!isDeepStrictEqual(found, fresh))
      problems.push(`${this.name}: the editor shows ${JSON.stringify(found).slice(0, 600)}, a fresh ` +
        `check finds ${JSON.stringify(fresh).slice(0, 600)} in ` +
        JSON.stringify(this.document.getText()).slice(0, 1500));
  }
}

const all = Object.keys(starts).map((name) => new Edited(name));
for (const one of all) await client.open(one.document);
let edits = 0;
let compared = 0;
let gone = false;
client.ended.then((code) => { gone = code; });
while (Date.now() < end && problems.length === 0 && gone === false) {
  for (let burst = 1 + random(20); burst > 0; --burst, ++edits) await pick(all).edit();
  await pick(all).compare();
  ++compared;
}
if (gone !== false) problems.push(`the server ended with ${gone}`);
for (const one of all) if (gone === false) await one.compare();
problems.push(...client.problems);
if (gone === false) {
  const code = await client.end();
  if (code !== 0) problems.push(`exit code ${code}`);
}
for (const problem of problems) console.log(problem);
console.log(`${edits} edits, ${compared} comparisons`);
process.exit(0);
