# needs: npm node
# prints: ran by npm
mkdir dependency
printf '{"name": "dependency", "version": "1.0.0", "main": "index.js"}\n' >dependency/package.json
printf 'module.exports = "ran by npm";\n' >dependency/index.js
printf '{"name": "sample", "version": "1.0.0", "scripts": {"hello": "node main.js"}}\n' >package.json
printf 'console.log(require("dependency"));\n' >main.js
npm install --offline --no-audit --no-fund --loglevel=error --cache ./cache ./dependency >/dev/null
npm run --silent hello
