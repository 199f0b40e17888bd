// What the server may send, in the words of vscode-languageserver-protocol: lsp_schema.mjs makes a
// JSON Schema of it.
import type {
  ApplyWorkspaceEditParams, CodeAction, Command, ConfigurationParams, DocumentDiagnosticReport,
  DocumentLink, Hover, InitializeError, InitializeResult, InlayHint, LogMessageParams,
  PublishDiagnosticsParams, RegistrationParams, WorkDoneProgressBegin, WorkDoneProgressEnd,
} from "vscode-languageserver-protocol";

// By the method of a notification or a request of the server.
export interface Sent {
  "textDocument/publishDiagnostics": PublishDiagnosticsParams;
  "window/logMessage": LogMessageParams;
  "$/progress": { token: string | number; value: WorkDoneProgressBegin | WorkDoneProgressEnd };
  "client/registerCapability": RegistrationParams;
  "workspace/configuration": ConfigurationParams;
  "workspace/applyEdit": ApplyWorkspaceEditParams;
  "workspace/diagnostic/refresh": null;
  "workspace/inlayHint/refresh": null;
}

// By the method of the request that is answered.
export interface Answered {
  "initialize": InitializeResult;
  "shutdown": null;
  "textDocument/codeAction": (Command | CodeAction)[] | null;
  "textDocument/diagnostic": DocumentDiagnosticReport;
  "textDocument/documentLink": DocumentLink[] | null;
  "textDocument/hover": Hover | null;
  "textDocument/inlayHint": InlayHint[] | null;
  "workspace/executeCommand": null;
}

export interface Failed {
  code: number;
  message: string;
  data?: InitializeError;
}

export interface Everything {
  sent: Partial<Sent>;
  answered: Partial<Answered>;
  failed: Failed;
}
