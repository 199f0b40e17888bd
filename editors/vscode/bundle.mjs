// Makes out/extension.js, the extension with all that it imports, and out/notices.txt, the licences
// of what was taken in: they ask to be passed on.
import { build } from "esbuild";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "out/extension.js",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node18",
  external: ["vscode"],
  metafile: true,
  logLevel: "warning",
});

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
const LICENCES = ["LICENSE", "LICENSE.md", "LICENSE.txt", "License.txt", "license"];

function noticeOf(folder) {
  const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = LICENCES.find((one) => existsSync(`${folder}/${one}`));
  if (file === undefined) throw new Error(`${folder} has no licence`);
  return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
}

const folders = Object.keys(metafile.inputs).flatMap((input) => input.match(PACKAGE)?.[0] ?? []);
const notices = [...new Set(folders)].sort().map(noticeOf);
writeFileSync("out/notices.txt", notices.join(`\n${"-".repeat(80)}\n\n`));
