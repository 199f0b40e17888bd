// VS Code in a browser, as a user has it: keys, menus, panels.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "../../../tests/node_modules/playwright-core/index.mjs";

const LONGEST_WAIT_MS = 30_000;
const FILTER_DELAY_MS = 3000;
const LONGEST_START_MS = 120_000;

// Asks until what comes is true, and returns it.
export async function until(what, ask, longest = LONGEST_WAIT_MS) {
  const end = Date.now() + longest;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`never seen: ${what}`);
    await sleep(50);
  }
}

export class Editor {
  constructor(page, project, shots) {
    this.page = page;
    this.project = project;
    this.shots = shots;
    this.filter = { words: "", since: 0 };
  }

  static async start({ url, project, shots, program }) {
    const browser = await chromium.launch({
      executablePath: program,
      args: ["--no-sandbox", "--disable-gpu"],
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.setDefaultTimeout(LONGEST_WAIT_MS);
    await page.goto(url, { waitUntil: "commit" });
    const editor = new Editor(page, project, shots);
    editor.close = () => browser.close();
    await page.waitForSelector(".monaco-workbench .statusbar-item", { timeout: LONGEST_START_MS });
    return editor;
  }

  async shot(name) {
    if (this.shots) await this.page.screenshot({ path: `${this.shots}/vscode-${name}.png` });
  }

  // Types into the input at the top, and takes the entry `label`.
  async choose(words, label) {
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(words);
    const names = this.page.locator(".quick-input-list .monaco-list-row .label-name");
    // Other entries begin with it, or end.
    const entry = names.filter({ hasText: new RegExp(`^\\s*${label}\\s*$`) });
    await entry.first().click();
  }

  // The same once it is opened. How `words` begin says what is looked for, so one key is enough.
  async pick(words, label) {
    await this.page.keyboard.press("F1");
    await this.choose(words, label);
  }

  command(title) {
    return this.pick(`>${title}`, title);
  }

  async open(name, line = 1, column = 1) {
    await this.pick(name, name);
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
    await this.goTo(line, column);
  }

  async goTo(line, column) {
    await this.pick(`:${line}:${column}`, `Go to line ${line} and character ${column}.`);
    // Its columns count characters, those of the Problems panel UTF-16.
    await this.page.locator(".statusbar-item", { hasText: `Ln ${line}, Col` }).first().waitFor();
  }

  // What is shown of the document.
  text() {
    return this.page.locator(".monaco-editor .view-lines").first().innerText();
  }

  onDisk(name) {
    return readFileSync(`${this.project}/${name}`, "utf8");
  }

  // What the Problems panel has of `words`: it draws only what has room, so it is asked for less.
  async filterProblems(words) {
    if (!(await this.page.locator(".markers-panel").isVisible()))
      await this.command("Problems: Focus on Problems View");
    await this.page.locator(".markers-panel").waitFor();
    await this.fillFilter(words);
  }

  async fillFilter(words) {
    const input = this.page.locator(".viewpane-filter input").first();
    await input.fill("");
    await input.fill(words);
    this.filter = { words, since: Date.now() };
  }

  // Its rows: files, and below each what is found, with the icon in front.
  async problems() {
    const rows = await this.page.locator(".markers-panel .monaco-list-row").evaluateAll((all) =>
      all.map((row) => {
        const [, severity = ""] = /codicon-(error|warning|info)\b/.exec(row.innerHTML) ?? [];
        return `${severity} ${row.innerText}`.replace(/\s+/g, " ").trim();
      }));
    // A panel that has just opened can forget what was typed; others wait a while for more.
    const { words, since } = this.filter;
    const isStray = (row) => /^(error|warning|info) /.test(row) && !row.includes(words);
    if (rows.some(isStray) && Date.now() > since + FILTER_DELAY_MS) await this.fillFilter(words);
    return rows;
  }

  // The texts that have a red line below them.
  squiggled() {
    return this.page.evaluate(() => {
      const isUnder = (mark, box) => {
        const x = (box.left + box.right) / 2;
        const y = (box.top + box.bottom) / 2;
        return mark.left <= x && x <= mark.right && mark.top <= y && y <= mark.bottom;
      };
      const characters = [];
      for (const line of document.querySelectorAll(".monaco-editor .view-line")) {
        const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        for (let node = walk.nextNode(); node; node = walk.nextNode())
          for (let at = 0; at < node.data.length; ++at) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            characters.push({ box: range.getBoundingClientRect(), unit: node.data[at] });
          }
      }
      return [...document.querySelectorAll(".monaco-editor .cdr.squiggly-error")].map((one) => {
        const mark = one.getBoundingClientRect();
        const under = characters.filter(({ box }) => isUnder(mark, box));
        return under.map(({ unit }) => unit).join("");
      });
    });
  }

  // Takes what has `title` in the menu of quick fixes at the cursor, of which `shot` is made.
  async fix(title, shot) {
    await this.page.keyboard.press("Control+.");
    const row = this.page.locator(".action-widget .monaco-list-row.action", { hasText: title });
    await row.first().waitFor();
    await this.shot(shot);
    // By keys: the menu shields itself from clicks at first.
    await until(`${title} chosen`, async () => {
      if (/ focused/.test(await row.first().getAttribute("class"))) return true;
      await this.page.keyboard.press("ArrowDown");
      return false;
    });
    await this.page.keyboard.press("Enter");
    await row.first().waitFor({ state: "detached" });
  }

  terminal() {
    return this.page.locator(".integrated-terminal .terminal-wrapper").first().waitFor();
  }

  async notification(text) {
    const toast = this.page.locator(".notification-toast", { hasText: text }).first();
    await toast.waitFor();
    return toast.locator(".notification-list-item-message").innerText();
  }

  notifications() {
    return this.page.locator(".notification-toast").allInnerTexts();
  }

  async trust() {
    await this.command("Workspaces: Manage Workspace Trust");
    await this.shot("trust");
    const button = this.page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" });
    await button.first().click();
  }

  // What stands behind `{}` in the status bar.
  async languageStatus() {
    const item = this.page.locator("#status\\.languageStatus").first();
    await item.hover();
    const shown = this.page.locator(".hover-language-status");
    await shown.first().waitFor();
    return (await shown.allInnerTexts()).join("\n");
  }
}
