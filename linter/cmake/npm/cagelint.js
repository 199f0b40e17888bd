#!/usr/bin/env node
// Stands for the program on PATH: arguments, streams, signals and exit code are those of the binary.
"use strict";
const { spawn } = require("node:child_process");
const { constants } = require("node:os");
const { binary } = require("./binary.js");

const kFailed = 2;

function fail(message) {
  process.stderr.write(`cagelint: ${message}\n`);
  process.exit(kFailed);
}

let path;
try {
  path = binary();
} catch (error) {
  fail(error.message);
}
const child = spawn(path, process.argv.slice(2), { stdio: "inherit" });
const signals = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"];
for (const signal of signals) process.on(signal, () => child.kill(signal));
child.on("error", (error) => fail(`${path}: ${error.message}`));
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  // Whoever waits for this program shall see what ended it.
  for (const name of signals) process.removeAllListeners(name);
  process.kill(process.pid, signal);
  process.exitCode = 128 + constants.signals[signal];
});
