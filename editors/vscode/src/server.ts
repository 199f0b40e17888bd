// One language server at a time, and what became of it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { commands, window } from "vscode";
import type { Disposable, LogOutputChannel } from "vscode";
import {
  ExecuteCommandRequest,
  LanguageClient,
  State,
  type TextDocumentFilter,
} from "vscode-languageclient/node";
import { programPath } from "./settings";
import { Status } from "./status";

const ANSWER_TIMEOUT_MS = 10_000;

// Asked before the client is, which says of a missing program only that its pipe has broken.
async function assertRuns(command: string): Promise<void> {
  try {
    await promisify(execFile)(command, ["--version"], { timeout: ANSWER_TIMEOUT_MS });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Error(`there is no program ${command}`);
  }
}

export class Server implements Disposable {
  private readonly status: Status;
  private readonly log: LogOutputChannel = window.createOutputChannel("cagelint", { log: true });
  private client: LanguageClient | undefined;
  // The one that will be ended as soon as there is time.
  private leaving: LanguageClient | undefined;
  // Starting and stopping take time and can be asked for meanwhile: one after the other.
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly selector: TextDocumentFilter[]) {
    this.status = new Status(selector);
  }

  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.end());
  }

  // A command of the server; the error says why it is not done.
  async execute(command: string, words: (client: LanguageClient) => unknown[]): Promise<void> {
    await this.last;
    const client = this.client;
    if (!client?.isRunning()) throw new Error("the server does not run");
    await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: words(client) });
  }

  dispose(): void {
    this.status.dispose();
    this.log.dispose();
  }

  private inTurn(act: () => Promise<void>): Promise<void> {
    this.leaving = this.client;
    this.last = this.last.then(act, act).catch((error: unknown) => this.fail(error));
    return this.last;
  }

  private async begin(): Promise<void> {
    this.status.starting();
    const command = programPath();
    await assertRuns(command);
    const client: LanguageClient = new LanguageClient(
      "cagelint",
      "cagelint",
      { command, args: ["lsp"] },
      {
        documentSelector: this.selector,
        outputChannel: this.log,
        // The change that ends a server is no news for it, and what cannot be sent any more would
        // be shown as an error.
        middleware: {
          workspace: {
            didChangeConfiguration: (sections, next) =>
              client === this.leaving ? Promise.resolve() : next(sections),
          },
        },
      },
    );
    client.onDidChangeState(({ newState }) => this.follow(client, newState));
    this.client = client;
    await client.start();
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // One that has failed cannot be stopped, and need not be.
    await client?.dispose().catch((error: unknown) => this.log.warn(String(error)));
    this.status.stopped();
  }

  private follow(client: LanguageClient, state: State): void {
    if (client !== this.client) return;
    if (state === State.Starting) this.status.starting();
    if (state === State.Running)
      this.status.running(client.initializeResult?.serverInfo?.version ?? "");
    if (state === State.Stopped) this.status.stopped();
  }

  private fail(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.log.error(why);
    this.status.failed(why);
    const settings = "Open settings";
    void window.showErrorMessage(`cagelint cannot start: ${why}`, settings).then((chosen) => {
      if (chosen === settings)
        void commands.executeCommand("workbench.action.openSettings", "cagelint.path");
    });
  }
}
