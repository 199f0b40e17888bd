#!/bin/sh
# Installs what builds the extension and the VS Code that it is tested in. Safe to run again: does
# nothing when all is there. Needs of Debian: chromium, g++, make, python3, ripgrep.
set -eu
cd "$(dirname "$0")"

# Stamps hold the lock file as it was installed, so that a changed lock installs again.
is_done() { cmp -s "$1/package-lock.json" "$1/node_modules/.cagelint-lock" 2>/dev/null; }
mark_done() { cp "$1/package-lock.json" "$1/node_modules/.cagelint-lock"; }
fetch() {
  echo "editors/vscode: npm ci ($2)"
  (cd "$1" && npm ci --ignore-scripts --loglevel=error)
}

# npm knows where its node-gyp is, so that scripts of package.json call it.
compile() {
  log="node_modules/.$1.log"
  npm run --silent "$1" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

# Two modules have no ready build. Their own install scripts do more than compile, partly from the
# network, so the compiler alone is called.
complete() {
  # node-gyp would download Node's headers also where they lie beside the program.
  beside=$(node -p 'require("path").join(process.execPath, "../..")')
  [ ! -e "$beside/include/node/node.h" ] || export npm_config_nodedir="$beside"
  compile compile-argon2
  compile compile-node-pty
  # VS Code looks for files of packages below its own folder only.
  ln -sfn ../../.. node_modules/code-server/lib/vscode/node_modules
  # The package would download this program.
  mkdir -p node_modules/@vscode/ripgrep/bin
  ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
  mark_done .
}

completing=""
if ! is_done .; then
  command -v rg >/dev/null || { echo "editors/vscode: ripgrep is missing" >&2; exit 1; }
  fetch . "VS Code"
  complete &
  completing=$!
fi
if ! is_done ..; then
  fetch .. "extension"
  mark_done ..
fi
[ -z "$completing" ] || wait "$completing"
