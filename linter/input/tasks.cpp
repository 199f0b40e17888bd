// Tasks of Visual Studio Code: `.vscode/tasks.json`, and those of a `.code-workspace`.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/embed.h"
#include "linter/input/embed_json.h"
#include "linter/input/embed_variables.h"
#include "linter/input/embed_words.h"
#include "linter/input/interest.h"
#include "linter/input/json_file.h"
#include "linter/input/mcp_servers.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"
#include "linter/input/suppressions.h"
#include "linter/input/tasks_docker_run.h"

namespace cagelint::input {
namespace {

using syntax::Node;
using syntax::NodeId;
using syntax::Tree;

bool IsString(const Node& node) {
  return node.IsScalar() && node.style == syntax::ScalarStyle::kDoubleQuoted;
}

NodeId ValueOf(const Tree& tree, NodeId map, std::string_view key) {
  const syntax::Entry* entry = tree.Find(map, key);
  return entry == nullptr ? syntax::kNoNode : entry->value;
}

// The list of tasks: at the top, or in a workspace's `tasks`.
NodeId TasksOf(const JsonFile& file) {
  NodeId tasks = ValueOf(file.tree, file.Root(), "tasks");
  if (tasks != syntax::kNoNode && file.tree.At(tasks).IsMap())
    tasks = ValueOf(file.tree, tasks, "tasks");
  return tasks != syntax::kNoNode && file.tree.At(tasks).IsList() ? tasks : syntax::kNoNode;
}

// Whether a string in the command of `map`, a task or what it says for one system, names an engine.
bool NamesEngine(const Tree& tree, NodeId map) {
  const auto names = [&](NodeId id) {
    return NamesEngineAnywhere(tree.At(id).text) ||
           (tree.At(id).IsMap() && ValueOf(tree, id, "value") != syntax::kNoNode &&
            NamesEngineAnywhere(tree.At(ValueOf(tree, id, "value")).text));
  };
  const NodeId command = ValueOf(tree, map, "command");
  if (command != syntax::kNoNode && names(command)) return true;
  const NodeId arguments = ValueOf(tree, map, "args");
  if (arguments == syntax::kNoNode) return false;
  const auto& items = tree.At(arguments).items;
  return std::any_of(items.begin(), items.end(), names);
}

constexpr std::array<std::string_view, 3> kSystems{"windows", "osx", "linux"};

bool IsDockerRun(const Tree& tree, NodeId task) {
  const NodeId type = ValueOf(tree, task, "type");
  const NodeId options = ValueOf(tree, task, "dockerRun");
  return type != syntax::kNoNode && tree.At(type).text == "docker-run" &&
         options != syntax::kNoNode && tree.At(options).IsMap();
}

bool IsOfInterest(const Tree& tree, NodeId task) {
  if (IsDockerRun(tree, task) || NamesEngine(tree, task)) return true;
  return std::any_of(kSystems.begin(), kSystems.end(), [&](std::string_view system) {
    const NodeId own = ValueOf(tree, task, system);
    return own != syntax::kNoNode && NamesEngine(tree, own);
  });
}

std::vector<NodeId> TasksOfInterest(const JsonFile& file) {
  std::vector<NodeId> out;
  const NodeId tasks = TasksOf(file);
  if (tasks == syntax::kNoNode) return out;
  for (const NodeId task : file.tree.At(tasks).items)
    if (file.tree.At(task).IsMap() && IsOfInterest(file.tree, task)) out.push_back(task);
  return out;
}

bool Named(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  return name == "tasks.json" || name.ends_with(".code-workspace");
}

std::string AcceptsBytes(std::string_view bytes, bool is_fence) {
  const bool may_be = MayHideWords(bytes) || (NamesEngineAnywhere(bytes) &&
                                              bytes.find("\"tasks\"") != std::string_view::npos);
  if (!may_be || !BeginsLikeJson(bytes, is_fence)) return "";
  const JsonSample sample(bytes, is_fence);
  return TasksOfInterest(sample.File()).empty() ? "" : "tasks that name a container engine";
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  return Named(path) ? AcceptsBytes(bytes, false) : "";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  return IsJsonFence(language) ? AcceptsBytes(bytes, true) : "";
}

// Whether the editor puts a word of a command line in quotes: where it has a blank outside of
// quotes (`needsQuotes` of terminalTaskSystem.ts, with the quotes of bash).
bool NeedsQuotes(std::string_view value) {
  const bool is_quoted =
      value.size() >= 2 && (value[0] == '\'' || value[0] == '"') && value[0] == value.back();
  if (is_quoted) return false;
  char quote = 0;
  for (const char byte : value) {
    if (quote != 0) {
      if (byte == quote) quote = 0;
    } else if (byte == '\'' || byte == '"') {
      quote = byte;
    } else if (byte == ' ') {
      return true;
    }
  }
  return false;
}

// A new word of a command line; what the editor's quotes would not keep is refused.
std::optional<std::string> EscapeShellWord(std::string_view text) {
  std::string solid(text);
  std::erase(solid, ' ');
  if (solid.empty() || base::ShellQuote(solid) != solid) return std::nullopt;
  return EscapeJson(text);
}

class Reading {
 public:
  Reading(const base::Source& source, const Context& context)
      : context_(context),
        texts_(context, source.Path(), document_),
        file_(ParseJsonFile(source, context.sources)) {
    document_.file = source.Id();
    document_.carrier = model::Carrier::kTasks;
  }

  model::Document Do() {
    for (const NodeId task : TasksOfInterest(file_))
      if (file_.IsWhole(task)) ReadTask(task);
    // A workspace has its settings in the same file, and these may have servers.
    for (const NodeId server : FindMcpServers(file_.tree, false))
      if (file_.IsWhole(server) && McpServerNamesEngine(file_.tree, server))
        ReadMcpServer(file_.tree, server, *file_.source, McpNotation::kJson, context_.sources,
                      texts_);
    texts_.Link();
    AddJsonGaps(file_, document_);
    CollectSuppressions(file_.tree, context_.sources, document_.suppressions);
    return std::move(document_);
  }

 private:
  struct Way {
    std::string_view type;
    NodeId command = syntax::kNoNode;
    std::vector<NodeId> arguments;
  };

  // What a task says for one system goes before what it says for all.
  void ReadTask(NodeId task) {
    const Tree& tree = file_.tree;
    if (IsDockerRun(tree, task))
      return ReadDockerRunTask(tree, *tree.Find(task, "dockerRun"), *file_.source, context_.sources,
                               texts_);
    const Way all = WayOf(task, {});
    if (NamesEngine(tree, task)) Read(all);
    for (const std::string_view system : kSystems) {
      const NodeId own = ValueOf(tree, task, system);
      if (own == syntax::kNoNode) continue;
      const Way way = WayOf(own, all);
      const bool differs = way.command != all.command || way.arguments != all.arguments;
      if (differs && (NamesEngine(tree, task) || NamesEngine(tree, own))) Read(way);
    }
  }
  Way WayOf(NodeId map, Way way) const {
    const Tree& tree = file_.tree;
    if (const NodeId type = ValueOf(tree, map, "type"); type != syntax::kNoNode)
      way.type = tree.At(type).text;
    if (const NodeId command = ValueOf(tree, map, "command"); command != syntax::kNoNode)
      way.command = command;
    if (const NodeId arguments = ValueOf(tree, map, "args"); arguments != syntax::kNoNode)
      way.arguments = tree.At(arguments).items;
    return way;
  }

  // Without a type it is a process (`fillDefaults` of taskConfiguration.ts).
  void Read(const Way& way) {
    if (way.command == syntax::kNoNode) return;
    const Node& command = file_.tree.At(way.command);
    if (way.type == "shell" && way.arguments.empty() && IsString(command)) {
      texts_.Read(FillShellVariables(JsonText(*file_.source, command))
                      .AddTo(context_.sources, StringWriter(EscapeJson)));
      return;
    }
    WordList words(*file_.source);
    const bool is_shell = way.type == "shell";
    if (!is_shell && way.type != "process" && !way.type.empty()) return;
    Add(way.command, is_shell, false, words);
    for (const NodeId argument : way.arguments) Add(argument, is_shell, true, words);
    ListStyle style;
    if (is_shell) style.escape = EscapeShellWord;
    texts_.Read(words.AddTo(context_.sources, std::move(style)));
  }

  void Add(NodeId id, bool is_shell, bool is_element, WordList& words) {
    const Node& node = file_.tree.At(id);
    if (node.IsMap()) return AddQuoted(id, is_element, words);
    if (!IsString(node)) {
      if (node.IsScalar()) return words.AddImplied(node.text, node.span, node.span);
      return words.AddUnknown("value", node.span, false);
    }
    const EmbeddedText content = JsonText(*file_.source, node);
    if (is_shell)
      words.AddShell(FillShellVariables(Quoted(content, node, NeedsQuotes(node.text) ? "'" : "")),
                     node.span, is_element);
    else if (is_element)
      words.Add(FillWordVariables(content), node.span);
    else if (EmbeddedText variable = ShellVariable(content); variable.Size() > 0)
      words.AddShell(variable, node.span, false);
    else
      words.AddImplied("", FillWordVariables(content), node.span);
  }

  // `{"value": "a b", "quoting": "strong"}`.
  void AddQuoted(NodeId id, bool is_element, WordList& words) {
    const Tree& tree = file_.tree;
    const base::Span& place = tree.At(id).span;
    const NodeId value = ValueOf(tree, id, "value");
    const NodeId quoting = ValueOf(tree, id, "quoting");
    const std::string_view kind =
        quoting == syntax::kNoNode ? std::string_view() : std::string_view(tree.At(quoting).text);
    if (value == syntax::kNoNode || !IsString(tree.At(value)) || kind == "escape")
      return words.AddUnknown("value", place, false);
    const std::string_view quote = kind == "strong" ? "'" : (kind == "weak" ? "\"" : "");
    const Node& node = tree.At(value);
    words.AddShell(FillShellVariables(Quoted(JsonText(*file_.source, node), node, quote)), place,
                   is_element);
  }
  EmbeddedText Quoted(const EmbeddedText& content, const Node& node, std::string_view quote) const {
    EmbeddedText out(*file_.source);
    out.Put(quote, node.span.begin, node.span.begin + 1);
    out.Append(content);
    out.Put(quote, node.span.end - 1, node.span.end);
    return out;
  }

  const Context& context_;
  model::Document document_;
  ShellTexts texts_;
  JsonFile file_;
};

model::Document Read(const base::Source& source, const Context& context) {
  return Reading(source, context).Do();
}

}  // namespace

const Reader kTasksReader{"vscode-tasks", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
