// Writes the platform package that holds BINARY, a program that needs no libraries:
//   node linter/cmake/npm/platform.js BINARY OUT
// OUT/cagelint-linux-ARCH is then a folder for `npm pack`; which ARCH is read from the binary.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const kRoot = path.resolve(__dirname, "../../..");
// e_machine of ELF → npm's name.
const kMachines = { 0x3e: "x64", 0xb7: "arm64" };

function archOf(bytes) {
  const isElf = bytes.length > 20 && bytes.readUInt32BE(0) === 0x7f454c46;
  return isElf ? kMachines[bytes.readUInt16LE(18)] : undefined;
}

function write(binary, out) {
  const bytes = fs.readFileSync(binary);
  const arch = archOf(bytes);
  if (arch === undefined) throw new Error(`${binary}: no ELF program for a platform that is known`);
  const { version, license, description } = JSON.parse(
    fs.readFileSync(path.join(kRoot, "package.json")));
  const name = `cagelint-linux-${arch}`;
  const folder = path.join(out, name);
  fs.mkdirSync(folder, { recursive: true });
  const manifest = {
    name, version, license,
    description: `${description}: the program for linux-${arch}`,
    os: ["linux"], cpu: [arch], files: ["cagelint"], preferUnplugged: true,
  };
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest, null, 2) + "\n");
  fs.copyFileSync(path.join(kRoot, "LICENSE"), path.join(folder, "LICENSE"));
  fs.writeFileSync(path.join(folder, "cagelint"), bytes);
  fs.chmodSync(path.join(folder, "cagelint"), 0o755);
  process.stdout.write(folder + "\n");
}

const [binary, out] = process.argv.slice(2);
if (out === undefined) {
  process.stderr.write("usage: platform.js BINARY OUT\n");
  process.exit(2);
}
write(binary, out);
