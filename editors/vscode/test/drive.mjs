// Uses the extension in a VS Code that runs: what is done, and what must be seen then.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { readlinkSync, renameSync, rmSync } from "node:fs";
import { Editor, until } from "./editor.mjs";

const how = JSON.parse(process.argv[2]);
const planted = `${how.project}/planted`;
// The row of a file is its name, its folder and how many problems it has.
const CLOSED = "compose.yamlclosed 1";
// A blank before the flag and a tab behind it: else an edit that is one column off does the same.
const SCRIPT = "#!/bin/sh\necho 🐳; docker run --rm --privileged\talpine:3.22 true\n";

const program = (...words) => spawnSync(how.binary, words, { cwd: how.project, encoding: "utf8" });

// What the command line makes of a file. The editor has to come to the same bytes.
function fixedByProgram(name, ...options) {
  const copy = `${how.project}/copy-of-${name}`;
  copyFileSync(`${how.project}/${name}`, copy);
  program("fix", ...options, copy);
  const text = readFileSync(copy, "utf8");
  rmSync(copy);
  return text;
}

// The language servers of this editor.
function servers() {
  return readdirSync("/proc").filter((id) => {
    try {
      const isOurs = readlinkSync(`/proc/${id}/exe`) === how.binary;
      return isOurs && readlinkSync(`/proc/${id}/cwd`) === how.project;
    } catch {
      return false; // no process, or one that has just ended
    }
  });
}

// The row of the Problems panel that ends so.
const shows = (editor, end) =>
  until(`problem ${end}`, async () => (await editor.problems()).find((row) => row.endsWith(end)));

const squiggles = (editor, text) =>
  until(`line below ${text}`, async () => (await editor.squiggled()).includes(text));

// Says something only after something was shown below the same filter.
const vanish = (editor) => until("no problem", async () => !(await editor.problems()).length);

// What is written to the disk, byte for byte; before it was something else.
async function isSaved(editor, name, expected) {
  assert.notEqual(editor.onDisk(name), expected);
  // More than once, since a key that comes while a menu closes is lost.
  for (let tries = 0; tries < 10 && editor.onDisk(name) !== expected; ++tries) {
    await editor.page.keyboard.press("Control+s");
    await until("saved", () => editor.onDisk(name) === expected, 1000).catch(() => {});
  }
  assert.equal(editor.onDisk(name), expected);
  return JSON.stringify(expected);
}

async function serverOtherThan(old) {
  const [id] = await until("another server", () => {
    const all = servers();
    return all.length === 1 && all[0] !== old && all;
  });
  return id;
}

// In a workspace that is not trusted.
const restricted = {
  async diagnostics(editor) {
    await editor.filterProblems("privileged");
    await editor.open("compose.yaml", 4, 17);
    const row = await shows(editor, "cagelint privileged [Ln 4, Col 17]");
    assert.match(row, /^error runs privileged; fix: /);
    await squiggles(editor, "true");
    await editor.shot("diagnostics");
    return row;
  },
  async "settings of the workspace"(editor) {
    assert.match(program("check", "--format=gcc", "compose.yaml").stdout, /restart-policy/);
    const found = await editor.squiggled();
    assert.ok(!found.includes("always"), `${found}`);
    return "restart-policy is ignored";
  },
  async "state of the server"(editor) {
    const shown = await editor.languageStatus();
    await editor.shot("status");
    assert.ok(shown.startsWith(program("--version").stdout.trim()), shown);
    return shown.split("\n")[0];
  },
  async "quick fix"(editor) {
    await editor.fix("run it unprivileged", "quick-fix");
    await vanish(editor);
    // The others are still there.
    await until("one line less", async () => `${await editor.squiggled()}` === "job");
    await editor.shot("fixed");
    const text = "services:\n  job:\n    image: alpine:3.22\n    restart: always\n";
    return isSaved(editor, "compose.yaml", text);
  },
  async "quick fix behind an emoji"(editor) {
    await editor.open("emoji.sh", 2, 30);
    await shows(editor, "cagelint privileged [Ln 2, Col 26]");
    await squiggles(editor, "--privileged");
    await editor.fix("run it unprivileged", "emoji-quick-fix");
    await vanish(editor);
    return isSaved(editor, "emoji.sh", SCRIPT.replace(" --privileged", ""));
  },
  async "fix all behind an emoji"(editor) {
    const expected = fixedByProgram("emoji.sh");
    assert.match(expected, /echo 🐳; docker run --rm\s--/);
    await editor.command("Fix All");
    await until("the edit", async () => (await editor.text()).includes("--pids-limit"));
    return isSaved(editor, "emoji.sh", expected);
  },
  async "harden this command"(editor) {
    const expected = fixedByProgram("harden.sh", "--unsafe");
    assert.match(expected, /echo 🐳; docker run --rm\s--user/);
    await editor.open("harden.sh", 2, 13);
    await shows(editor, "cagelint privileged [Ln 2, Col 26]");
    await editor.command("cagelint: Harden this command");
    await vanish(editor);
    await editor.shot("hardened");
    return isSaved(editor, "harden.sh", expected);
  },
  async "nothing to harden"(editor) {
    await editor.goTo(1, 1);
    await editor.command("cagelint: Harden this command");
    return editor.notification("cagelint: no container stands there");
  },
  async "restart server"(editor) {
    const [old] = servers();
    await editor.command("cagelint: Restart server");
    const id = await serverOtherThan(old);
    await editor.open("job.container", 3, 12);
    const row = await shows(editor, "cagelint privileged [Ln 3, Col 12]");
    assert.ok(id !== old);
    return `${row}, of another process`;
  },
  async "program of the workspace is not run"() {
    assert.ok(!existsSync(`${planted}.was-run`));
    return "cagelint.path of a workspace that is not trusted";
  },
};

const trusted = {
  async "program of the workspace is run"(editor) {
    const [old] = servers();
    await editor.trust();
    await until("the planted program", () => existsSync(`${planted}.was-run`));
    await serverOtherThan(old);
    await editor.open("job.container", 3, 12);
    await shows(editor, "cagelint privileged [Ln 3, Col 12]");
    const toasts = await editor.notifications();
    assert.ok(!toasts.some((text) => text.includes("failed")), `${toasts}`);
    return "cagelint.path of a trusted workspace";
  },
  async "missing program"(editor) {
    renameSync(planted, `${planted}.away`);
    await editor.command("cagelint: Restart server");
    const shown = await editor.notification("cagelint cannot start: there is no program");
    await editor.shot("missing");
    assert.match(await editor.languageStatus(), /^cagelint cannot start/);
    renameSync(`${planted}.away`, planted);
    await editor.command("cagelint: Restart server");
    await serverOtherThan(undefined);
    return shown;
  },
  async "task: check workspace"(editor) {
    await editor.filterProblems("mutable-tag");
    await shows(editor, "cagelint mutable-tag [Ln 2, Col 7]");
    await editor.goTo(3, 12);
    await editor.command("Tasks: Run Task");
    await editor.choose("cagelint", "cagelint");
    await editor.choose("check", "cagelint: check workspace");
    // Where there are errors it takes the panel's place at the end.
    await editor.terminal();
    await editor.filterProblems("mutable-tag");
    const rows = await until("problems of a closed file", async () => {
      const all = await editor.problems();
      return all.includes(CLOSED) && all;
    });
    await editor.shot("task");
    const found = rows[rows.indexOf(CLOSED) + 1];
    assert.match(found, /^info the tag .* cagelint mutable-tag \[Ln 3, Col 12\]$/);
    // Those of files that are open are the server's, and are not said twice.
    assert.ok(rows.includes("emoji.sh 1"), `${rows}`);
    return found;
  },
};

const editor = await Editor.start(how);
try {
  for (const [name, act] of Object.entries({ ...restricted, ...trusted })) {
    console.log(`ok ${name}: ${await act(editor)}`);
  }
} catch (error) {
  await editor.shot("failure");
  console.log(error.stack, "\nProblems:", await editor.problems());
  process.exitCode = 1;
} finally {
  await editor.close();
}
