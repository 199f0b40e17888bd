// Reads files with parsers that cagelint does not use, as outer_files.py does, with those that npm has.
//
// Standard input: one JSON array [kind, bytes in hexadecimal] a line. Standard output: "ok" and the
// shape of what was read, or what is wrong, a line each. Kinds: dockerfile, powershell, batch,
// typescript.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import ts from "typescript";
import { validate } from "dockerfile-utils";
import { DockerfileParser } from "dockerfile-ast";
import { Language, Parser } from "web-tree-sitter";

const require = createRequire(import.meta.url);

// `plain` takes from a text what is right and the grammar does not know.
async function grammar(name, plain = (text) => text) {
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve(`${name}/${name}.wasm`)));
  return (text) => {
    const root = parser.parse(plain(text)).rootNode;
    const broken = root.hasError && root.descendantsOfType("ERROR")[0];
    if (root.hasError) throw new Error(`at ${(broken || root).text.slice(0, 80)}`);
    return root.namedChildren.map((child) => child.type).filter((type) => type !== "comment");
  };
}

// What a file of another language is made of at its outermost: that is the same before and after.
function dockerfile(text) {
  const errors = validate(text).filter((each) => each.severity === 1);
  if (errors.length > 0) throw new Error(errors[0].message);
  return DockerfileParser.parse(text).getInstructions().map((each) => each.getKeyword());
}

function typescript(text) {
  let broken;
  for (const name of ["x.ts", "x.tsx"]) {
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest);
    broken = file.parseDiagnostics[0];
    if (!broken) return file.statements.map((each) => ts.SyntaxKind[each.kind]);
  }
  throw new Error(ts.flattenDiagnosticMessageText(broken.messageText, " "));
}

// `--name=value`, `--` and `--%` as arguments of a program, and `$folder\name`.
const withoutNativeArguments = (text) =>
  text
    .replace(/(?<=\s)--([\w-]+)=/g, "$1_")
    .replace(/(?<=\s)--(?=[\s%])/g, "_")
    .replace(/(?<=\$[\w:.]+)\\/g, "_");

await Parser.init();
const checks = {
  dockerfile,
  typescript,
  powershell: await grammar("tree-sitter-powershell", withoutNativeArguments),
  batch: await grammar("tree-sitter-batch"),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [kind, data] = JSON.parse(line);
  try {
    console.log("ok " + checks[kind](Buffer.from(data, "hex").toString("utf8")).join(" "));
  } catch (error) {
    console.log(`broken ${error}`.replaceAll("\n", " "));
  }
}
