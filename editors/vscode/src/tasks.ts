// The task "cagelint: check workspace": findings in files that are not open.
import { ProcessExecution, Task, TaskRevealKind, tasks, workspace } from "vscode";
import type { Disposable, TaskDefinition, TaskProvider, WorkspaceFolder } from "vscode";
import { judgingOptions, programPath } from "./settings";

const TYPE = "cagelint";
const NAME = "check workspace";

interface CheckDefinition extends TaskDefinition {
  arguments?: string[];
}

function checkTask(folder: WorkspaceFolder, definition: CheckDefinition, name: string): Task {
  const words = ["check", "--format=gcc", ...judgingOptions(folder)];
  words.push(...(definition.arguments ?? []));
  // A process, not a shell: a folder's name is nothing that a shell should read.
  const execution = new ProcessExecution(programPath(), words, { cwd: folder.uri.fsPath });
  const task = new Task(definition, folder, name, TYPE, execution, ["$cagelint"]);
  // What it finds is among the problems; the terminal is only shown where there are errors.
  task.presentationOptions = { reveal: TaskRevealKind.Silent };
  return task;
}

class CheckTasks implements TaskProvider {
  provideTasks(): Task[] {
    return (workspace.workspaceFolders ?? [])
      .filter((folder) => folder.uri.scheme === "file")
      .map((folder) => checkTask(folder, { type: TYPE }, NAME));
  }

  // One that stands in a `tasks.json`.
  resolveTask(task: Task): Task | undefined {
    const scope = task.scope;
    const folder =
      typeof scope === "object" ? (scope as WorkspaceFolder) : workspace.workspaceFolders?.[0];
    return folder && checkTask(folder, task.definition as CheckDefinition, task.name);
  }
}

export function provideTasks(): Disposable {
  return tasks.registerTaskProvider(TYPE, new CheckTasks());
}
