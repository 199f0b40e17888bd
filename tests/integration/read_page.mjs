// Opens the output of format `html` in Chromium and uses it as a reader would. DOCUMENT REPORT.
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { expect, isPlain, run, same } from "./report.mjs";

const program = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

// How many are on the page now. To ask each whether it is visible would lay out what the browser
// leaves alone until it is scrolled to, so that is asked of the first only.
async function shown(page, selector) {
  const [left, wrong] = await page.locator(selector).evaluateAll((all) => {
    const isShown = (one) => one.closest("[hidden]") === null;
    const seen = all.slice(0, 50).filter((one) => one.checkVisibility() !== isShown(one));
    return [all.filter(isShown).length, seen.length];
  });
  same(wrong, 0, `${selector}: what is hidden is not seen, all else is`);
  return left;
}

// Milliseconds until the page has the answer of its slowest filter laid out.
const slowest = (page) =>
  page.evaluate(() => {
    const change = (id, set) => {
      const input = document.getElementById(id);
      const began = performance.now();
      set(input);
      input.dispatchEvent(new Event("change"));
      document.body.getBoundingClientRect();
      return performance.now() - began;
    };
    return Math.ceil(Math.max(
      change("error", (box) => (box.checked = false)),
      change("error", (box) => (box.checked = true)),
      change("rule", (list) => (list.selectedIndex = 1)),
      change("rule", (list) => (list.selectedIndex = 0)),
      change("file", (list) => (list.selectedIndex = 1)),
      change("suppressed", (box) => (box.checked = true)),
    ));
  });

async function checkFilters(page, report) {
  const of = (severity) =>
    report.findings.filter((f) => f.severity === severity && !f.suppressed).length;
  const all = report.findings.length + report.gaps.length;
  const hidden = report.findings.filter((finding) => finding.suppressed).length;
  same(await shown(page, ".finding"), all - hidden, "shown at first");
  for (const severity of ["error", "warning", "info"])
    same(await shown(page, `.finding.${severity}:not(.suppressed)`), of(severity), severity);
  same(await shown(page, ".finding.gap"), report.gaps.length, "gaps");

  await page.locator("#suppressed").check();
  same(await shown(page, ".finding"), all, "shown with those that are suppressed");
  await page.locator("#suppressed").uncheck();

  await page.locator("#error").uncheck();
  same(await shown(page, ".finding.error"), 0, "without errors");
  same(await shown(page, ".finding.warning"), of("warning"), "warnings without errors");
  await page.locator("#reset").click();
  same(await shown(page, ".finding"), all - hidden, "after the reset");

  for (const id of ["rule", "file"]) await checkSelect(page, id, report);
  await checkSearch(page, report, all - hidden);
}

async function checkSelect(page, id, report) {
  const seen = report.findings.filter((f) => !f.suppressed);
  if (seen.length === 0) return;
  const wanted = seen[0][id === "rule" ? "rule" : "path"];
  const options = await page.locator(`#${id} option`).allTextContents();
  const same_file = (one) => one[id === "rule" ? "rule" : "path"] === wanted;
  const times = [...report.findings, ...(id === "file" ? report.gaps : [])].filter(same_file).length;
  const index = options.indexOf(`${wanted} (${times})`);
  if (!isPlain(wanted)) return;
  expect(index > 0, `${id}: no option for ${wanted} (${times}): ${options}`);
  await page.locator(`#${id}`).selectOption({ index });
  const left = seen.filter(same_file).length + (id === "file" ? report.gaps.filter(same_file).length : 0);
  same(await shown(page, ".finding"), left, `${id} ${wanted}`);
  await page.locator("#reset").click();
}

// By keyboard alone: `/` leads to the field.
async function checkSearch(page, report, all) {
  const words = report.findings.find((f) => !f.suppressed && isPlain(f.message));
  if (words === undefined) return;
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("/");
  same(await page.evaluate(() => document.activeElement.id), "text", "what `/` leads to");
  const text = words.message.replaceAll("`", "");
  await page.keyboard.type(text.toUpperCase());
  await page.waitForTimeout(300);
  const left = await shown(page, ".finding");
  expect(left > 0 && left <= all, `${left} of ${all} have ${text}`);
  const texts = await page.locator(".finding:not([hidden])").allTextContents();
  for (const one of texts) expect(one.includes(text) || left === all, `${one} has no ${text}`);
  await page.locator("#text").fill("no finding says this");
  await page.waitForTimeout(300);
  same(await shown(page, ".finding, .group, .place"), 0, "shown for what nothing says");
  await page.locator("#reset").click();
}

// The names and messages stand there as text, and none of it is markup.
async function checkText(page, report) {
  const text = await page.locator("body").evaluate((body) => body.textContent);
  const texts = [...report.findings, ...report.gaps].flatMap(({ path, message }) =>
    [path, message.replaceAll("`", "")]);
  for (const one of new Set(texts)) if (isPlain(one)) expect(text.includes(one), `no text ${one}`);
  const tags = await page.evaluate(() => [...new Set([...document.querySelectorAll("*")].map((e) => e.localName))]);
  const ours = ("html head meta title style body header main h1 h2 p a b ul li code pre span mark div " +
    "section label input select option button output details summary table thead tbody tr th td script").split(" ");
  same(tags.filter((tag) => !ours.includes(tag)), [], "elements that are none of ours");
  same(await page.locator("script").count(), 1, "scripts");
  const attributes = await page.evaluate(() =>
    [...document.querySelectorAll("*")].flatMap((e) => e.getAttributeNames()).filter((n) => n.startsWith("on") || n === "style" || n === "src"));
  same(attributes, [], "attributes that run or load something");
}

// Chromium says so where the policy of the page forbids something.
async function checkPolicy(page) {
  const forbidden = await page.evaluate(async () => {
    const seen = [];
    document.addEventListener("securitypolicyviolation", (e) => seen.push(e.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    const image = document.createElement("img");
    image.src = "http://127.0.0.1:9/x.png";
    const styled = document.createElement("p");
    styled.setAttribute("style", "color: red");
    styled.setAttribute("onclick", "window.ran = true");
    document.body.append(script, image, styled);
    styled.click();
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const one of [script, image, styled]) one.remove();
    return { seen: seen.sort(), ran: window.ran === true };
  });
  same(forbidden, { seen: ["img-src", "script-src-attr", "script-src-elem", "style-src-attr"], ran: false }, "what is forbidden");
}

async function use(browser, document, report) {
  const address = pathToFileURL(document).href;
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
  const page = await context.newPage();
  const said = [];
  const asked = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  context.on("request", (request) => asked.push(request.url()));
  await page.goto(address);
  same(said, [], "what the console says at first");
  await checkText(page, report);
  await checkFilters(page, report);
  const took = await slowest(page);
  same(said, [], "what the console says");
  same(asked, [address], "what is requested");
  await checkPolicy(page);
  await context.close();

  // Without scripts all is there, what is suppressed too.
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(address);
  const all = report.findings.length + report.gaps.length;
  same(await still.locator(".finding").count(), all, "findings without scripts");
  same(await still.locator(".filters").isVisible(), false, "filters without scripts");
  await plain.close();
  return `${all} ${took}`;
}

await run(async (document, report) => {
  expect(program !== undefined, "there is no Chromium");
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    return await use(browser, document, report);
  } finally {
    await browser.close();
  }
});
