// Settings that the extension itself reads; the server asks for its own.
import { homedir } from "node:os";
import * as path from "node:path";
import { workspace, type WorkspaceFolder } from "vscode";

// The program, as a process is started with it. In a workspace that is not trusted VS Code leaves
// out what the workspace says of `cagelint.path`, since the manifest restricts it.
export function programPath(): string {
  const name = workspace.getConfiguration("cagelint").get<string>("path", "").trim() || "cagelint";
  if (name.startsWith("~/")) return path.join(homedir(), name.slice(2));
  const isName = path.basename(name) === name;
  const folder = workspace.workspaceFolders?.find((one) => one.uri.scheme === "file");
  return isName || folder === undefined ? name : path.resolve(folder.uri.fsPath, name);
}

// What the command line needs to judge a folder as the server judges its documents.
export function judgingOptions(folder: WorkspaceFolder): string[] {
  const settings = workspace.getConfiguration("cagelint", folder);
  const out: string[] = [];
  const add = (option: string, value: string | undefined) => {
    if (value) out.push(`${option}=${value}`);
  };
  add("--policy", settings.get<string>("policy"));
  add("--config", settings.get<string>("config"));
  add("--select", settings.get<string[]>("select", []).join(","));
  add("--ignore", settings.get<string[]>("ignore", []).join(","));
  add("--min-severity", settings.get<string>("minSeverity"));
  add("--engine", settings.get<string>("engine"));
  for (const file of settings.get<string[]>("envFiles", [])) add("--env-file", file);
  if (settings.get<boolean>("strict", false)) out.push("--strict");
  return out;
}
