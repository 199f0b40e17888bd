// Run by npm when the package is installed: afterwards there is a binary, or the install failed.
"use strict";
const { binary } = require("./binary.js");

try {
  binary();
} catch (error) {
  process.stderr.write(`cagelint: ${error.message}\n`);
  process.exit(1);
}
