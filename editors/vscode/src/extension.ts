// The extension: a language server for VS Code, its commands and a task.
import { commands, window, workspace } from "vscode";
import type { ExtensionContext } from "vscode";
import { documentSelector } from "./selector";
import { Server } from "./server";
import { provideTasks } from "./tasks";

let server: Server | undefined;

// Every fix, also unsafe ones, of the container that stands at the cursor.
async function hardenHere(running: Server): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return;
  try {
    // The name is the server's: the client registers it as a command of VS Code, which takes any
    // arguments and would show its errors as failures of the editor.
    await running.execute("cagelint.harden", ({ code2ProtocolConverter: converter }) => [
      converter.asUri(editor.document.uri),
      converter.asPosition(editor.selection.active),
    ]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showWarningMessage(`cagelint: ${why}`);
  }
}

export async function activate(context: ExtensionContext): Promise<void> {
  const own = new Server(documentSelector(context));
  server = own;
  context.subscriptions.push(
    own,
    provideTasks(),
    commands.registerCommand("cagelint.hardenHere", () => hardenHere(own)),
    commands.registerCommand("cagelint.restart", () => own.restart()),
    // Also when a workspace becomes trusted, and its own setting counts.
    workspace.onDidChangeConfiguration((event) =>
      event.affectsConfiguration("cagelint.path") ? own.restart() : undefined,
    ),
  );
  await own.restart();
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
