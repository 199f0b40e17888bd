// Finds the binary of this machine: that of a platform package, or one that is built from the
// sources in this package.
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const kRoot = path.resolve(__dirname, "../../..");
const kBuilt = path.join(kRoot, "build", "npm", "cagelint");

// The path of the program in the package for this platform; undefined where none is installed.
function packaged() {
  try {
    return require.resolve(`cagelint-${process.platform}-${process.arch}/cagelint`);
  } catch {
    return undefined;
  }
}

// What CMake says goes to standard error: standard output is the linter's.
function cmake(...words) {
  const ran = spawnSync("cmake", words, { stdio: ["ignore", 2, 2] });
  if (ran.error) throw new Error(`cmake: ${ran.error.message}`);
  if (ran.status !== 0) throw new Error(`\`cmake ${words.join(" ")}\` failed`);
}

// In a folder of its own, and moved to its place as a whole: two may build at the same time.
function build() {
  fs.mkdirSync(path.dirname(kBuilt), { recursive: true });
  const folder = fs.mkdtempSync(path.join(kRoot, "build", "npm-"));
  try {
    cmake("-S", kRoot, "-B", folder, "-DCMAKE_BUILD_TYPE=Release", "-DCAGELINT_TESTS=OFF",
          "-DCAGELINT_WERROR=OFF");
    cmake("--build", folder, "--target", "cagelint", "--parallel", `${os.cpus().length}`);
    fs.renameSync(path.join(folder, "cagelint"), kBuilt);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

// The path of the program. Builds it where there is none, which takes minutes; throws where that
// cannot be done.
function binary() {
  const found = packaged();
  if (found !== undefined) return found;
  if (!fs.existsSync(kBuilt)) {
    process.stderr.write(
      `cagelint: no binary for ${process.platform}-${process.arch} is installed: building one\n`);
    build();
  }
  return kBuilt;
}

module.exports = { binary };
