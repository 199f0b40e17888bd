// A registry of npm that has the packages in FOLDER/*.tgz, and no others:
//   node registry.mjs FOLDER PORT-FILE
// Writes its port when it can be asked, and what it was asked for to FOLDER/asked.
import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const [folder, portFile] = process.argv.slice(2);
const packages = new Map();
for (const file of readdirSync(folder).filter((name) => name.endsWith(".tgz"))) {
  const manifest = JSON.parse(
    execFileSync("tar", ["-xOzf", join(folder, file), "package/package.json"]));
  packages.set(manifest.name, { file, manifest });
}

const server = createServer((request, response) => {
  const name = decodeURIComponent(request.url.slice(1));
  appendFileSync(join(folder, "asked"), name + "\n");
  if (name.endsWith(".tgz")) return response.end(readFileSync(join(folder, name)));
  const found = packages.get(name);
  if (found === undefined) {
    response.statusCode = 404;
    return response.end("{}");
  }
  const { version } = found.manifest;
  const dist = { tarball: `http://127.0.0.1:${server.address().port}/${found.file}` };
  response.setHeader("content-type", "application/json");
  const hasInstallScript = found.manifest.scripts?.install !== undefined;
  const versions = { [version]: { ...found.manifest, dist, hasInstallScript } };
  response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions }));
});
server.listen(0, "127.0.0.1", () => {
  writeFileSync(portFile + "-", String(server.address().port));
  renameSync(portFile + "-", portFile);
});
