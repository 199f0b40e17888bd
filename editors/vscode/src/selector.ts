// Which documents the server gets to see.
import type { ExtensionContext } from "vscode";
import type { TextDocumentFilter } from "vscode-languageclient/node";

// Files that VS Code knows no language for, or only with an extension that may not be there.
const PATTERNS = [
  "**/*.{bats,cmd,container,service,just,mdc,mdx,mk,toml}",
  "**/{justfile,.justfile}",
  "**/{.clinerules,.cursorrules,.goosehints,.windsurfrules}",
];

const LANGUAGE_EVENT = "onLanguage:";

// The languages are those that start the extension, so that they are listed once: in the manifest.
// `compose.yaml` is of the language `dockercompose` for VS Code, not of `yaml`.
// A document of another scheme (the other side of a diff) has nothing to be fixed.
export function documentSelector(context: ExtensionContext): TextDocumentFilter[] {
  const events: string[] = context.extension.packageJSON.activationEvents;
  const languages = events
    .filter((event) => event.startsWith(LANGUAGE_EVENT))
    .map((event) => event.slice(LANGUAGE_EVENT.length));
  return [
    ...languages.flatMap((language) => [
      { language, scheme: "file" },
      { language, scheme: "untitled" },
    ]),
    ...PATTERNS.map((pattern) => ({ pattern, scheme: "file" })),
  ];
}
