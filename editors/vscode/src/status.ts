// The state of the server, where VS Code shows that of languages: behind `{}` in the status bar.
import { languages, LanguageStatusSeverity } from "vscode";
import type { Disposable, DocumentSelector, LanguageStatusItem } from "vscode";

export class Status implements Disposable {
  private readonly item: LanguageStatusItem;

  constructor(selector: DocumentSelector) {
    this.item = languages.createLanguageStatusItem("cagelint.server", selector);
    this.item.name = "cagelint";
    this.item.command = { command: "cagelint.restart", title: "Restart" };
    this.stopped();
  }

  starting(): void {
    this.show("cagelint is starting", LanguageStatusSeverity.Information, true);
  }

  running(version: string): void {
    this.show(`cagelint ${version}`, LanguageStatusSeverity.Information);
  }

  stopped(): void {
    this.show("cagelint has stopped", LanguageStatusSeverity.Warning);
  }

  failed(why: string): void {
    this.show("cagelint cannot start", LanguageStatusSeverity.Error);
    this.item.detail = why;
  }

  dispose(): void {
    this.item.dispose();
  }

  private show(text: string, severity: LanguageStatusSeverity, busy = false): void {
    this.item.text = text;
    this.item.severity = severity;
    this.item.busy = busy;
    this.item.detail = "";
  }
}
