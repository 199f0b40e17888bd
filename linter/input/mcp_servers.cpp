#include "linter/input/mcp_servers.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/docker_cli.h"
#include "linter/input/embed.h"
#include "linter/input/embed_json.h"
#include "linter/input/embed_toml.h"
#include "linter/input/embed_variables.h"
#include "linter/input/embed_words.h"
#include "linter/input/embed_yaml.h"

namespace cagelint::input {
namespace {

using syntax::Node;
using syntax::NodeId;
using syntax::Tree;

// Keys whose value holds servers by name, wherever they stand: Claude, Cursor, Gemini CLI, Codex;
// Zed; settings of Visual Studio Code and of Amp.
constexpr std::array<std::string_view, 6> kHolders{
    "mcpServers", "mcp_servers", "context_servers", "mcp.servers", "amp.mcpServers", "mcp-servers"};

bool IsString(const Node& node) {
  return node.IsScalar() && node.style != syntax::ScalarStyle::kNumber &&
         node.style != syntax::ScalarStyle::kBool;
}

// How a server is started: `command` with `args`, Zed's `command: {path, args}`, opencode's
// `command: […]`, Goose's `cmd` with `args`.
struct Command {
  NodeId program = syntax::kNoNode;
  NodeId arguments = syntax::kNoNode;
};

Command CommandOf(const Tree& tree, NodeId server) {
  const auto value = [&](NodeId map, std::string_view key) {
    const syntax::Entry* entry = tree.Find(map, key);
    if (entry == nullptr) return syntax::kNoNode;
    const Node& node = tree.At(entry->value);
    return node.kind == syntax::NodeKind::kAlias ? node.target : entry->value;
  };
  Command command{value(server, "command"), value(server, "args")};
  if (command.program == syntax::kNoNode) {
    command.program = value(server, "cmd");
    if (command.program == syntax::kNoNode || !tree.At(command.program).IsScalar() ||
        command.arguments == syntax::kNoNode)
      return {};
  }
  const Node& program = tree.At(command.program);
  if (program.IsMap()) {
    command = {value(command.program, "path"), value(command.program, "args")};
    if (command.program == syntax::kNoNode) return {};
  } else if (program.IsList()) {
    command = {syntax::kNoNode, command.program};
  }
  if (command.program != syntax::kNoNode && !IsString(tree.At(command.program))) return {};
  if (command.arguments != syntax::kNoNode && !tree.At(command.arguments).IsList())
    command.arguments = syntax::kNoNode;
  return command;
}

bool IsServer(const Tree& tree, NodeId id) {
  const Command command = CommandOf(tree, id);
  return command.program != syntax::kNoNode || command.arguments != syntax::kNoNode;
}

class Search {
 public:
  explicit Search(const Tree& tree) : tree_(tree) {}

  std::vector<NodeId> Do(NodeId root, bool loose, bool bare) {
    if (loose && IsServer(tree_, root))
      found_.push_back(root);
    else if (loose)
      AddMembers(root);
    pending_.push_back({root, bare});
    while (!pending_.empty()) {
      const auto [id, servers_too] = pending_.back();
      pending_.pop_back();
      Look(id, servers_too);
    }
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
  }

 private:
  // `servers_too`: the key `servers` means servers of MCP here, and not those of any program.
  void Look(NodeId id, bool servers_too) {
    for (const syntax::Entry& entry : tree_.At(id).entries) {
      const std::string_view key = tree_.At(entry.key).text;
      const bool is_mcp = key == "mcp";
      const bool holds = std::find(kHolders.begin(), kHolders.end(), key) != kHolders.end();
      if (holds || is_mcp || (servers_too && key == "servers")) AddMembers(entry.value);
      if (key == "extensions") AddMembers(entry.value, true);
      // Of an extension of Claude Desktop.
      if (key == "mcp_config" && IsServer(tree_, entry.value)) found_.push_back(entry.value);
      pending_.push_back({entry.value, is_mcp});
    }
    for (const NodeId item : tree_.At(id).items) pending_.push_back({item, false});
  }
  // `by_cmd`: only those that are written as Goose has them, where the key is a word of many.
  void AddMembers(NodeId holder, bool by_cmd = false) {
    const auto add = [&](NodeId id) {
      if ((!by_cmd || tree_.Find(id, "cmd") != nullptr) && IsServer(tree_, id))
        found_.push_back(id);
    };
    for (const syntax::Entry& entry : tree_.At(holder).entries) add(entry.value);
    for (const NodeId item : tree_.At(holder).items) add(item);
  }

  const Tree& tree_;
  std::vector<std::pair<NodeId, bool>> pending_;
  std::vector<NodeId> found_;
};

// `cmd /c docker run …`: the shell of Windows runs what follows.
bool IsWindowsShell(std::string_view program) {
  const std::string name = base::ToLower(program.substr(program.find_last_of("/\\") + 1));
  return name == "cmd" || name == "cmd.exe";
}
bool IsRunOption(std::string_view word) { return word == "/c" || word == "/C" || word == "/k"; }

class ServerReading {
 public:
  ServerReading(const Tree& tree, const base::Source& source, McpNotation notation)
      : tree_(tree), source_(source), notation_(notation), words_(source) {}

  void Do(const Command& command, base::SourceSet& sources, ShellTexts& texts) {
    const std::vector<NodeId> arguments = command.arguments == syntax::kNoNode
                                              ? std::vector<NodeId>{}
                                              : tree_.At(command.arguments).items;
    if (command.program != syntax::kNoNode) {
      const Node& program = tree_.At(command.program);
      // A whole command line, which only some clients split: what is meant is read.
      const bool is_line = arguments.empty() && program.text.find(' ') != std::string::npos;
      if (is_line) return ReadLine(program, sources, texts);
      // Behind the arguments it is shown at the first of them, so that places do not go backwards.
      const base::Span first = arguments.empty() ? base::Span{} : tree_.At(arguments.front()).span;
      AddProgram(program,
                 first.IsValid() && first.begin < program.span.begin ? first : base::Span{});
    }
    // `cmd /c "docker run …"`.
    if (command.program != syntax::kNoNode && arguments.size() == 2 &&
        IsWindowsShell(tree_.At(command.program).text) &&
        IsRunOption(tree_.At(arguments[0]).text) && IsString(tree_.At(arguments[1])))
      return texts.Read(
          FillShellVariables(Content(tree_.At(arguments[1]))).AddTo(sources, nullptr));
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const Node& word = tree_.At(arguments[i]);
      const bool is_skipped = i == 0 && command.program != syntax::kNoNode && IsString(word) &&
                              IsRunOption(word.text) &&
                              IsWindowsShell(tree_.At(command.program).text);
      if (!is_skipped) AddArgument(word);
    }
    if (!words_.IsEmpty()) texts.Read(words_.AddTo(sources, {}));
  }

 private:
  EmbeddedText Content(const Node& string) const {
    if (notation_ == McpNotation::kYaml) return ReadYamlText(source_, string).text;
    return notation_ == McpNotation::kJson ? JsonText(source_, string) : TomlText(source_, string);
  }

  void ReadLine(const Node& line, base::SourceSet& sources, ShellTexts& texts) const {
    auto writer = notation_ == McpNotation::kYaml ? ReadYamlText(source_, line).writer
                                                  : StringWriter(EscapeJson);
    texts.Read(FillShellVariables(Content(line)).AddTo(sources, std::move(writer)));
  }

  // Its own key: nothing can be put beside it. Of a path the last part counts, on Windows, too.
  // `instead`: where it is shown, if valid.
  void AddProgram(const Node& program, const base::Span& instead) {
    EmbeddedText content(source_);
    if (instead.IsValid())
      content.Put(program.text, instead.begin, instead.end);
    else
      content.Append(Content(program));
    const base::Span& place = instead.IsValid() ? instead : program.span;
    const std::string_view text = content.Text();
    if (IsWindowsShell(text)) return;
    if (const EmbeddedText variable = ShellVariable(content); variable.Size() > 0)
      return words_.AddShell(variable, place, false);
    if (!NamesEngineProgram(text)) return AddSplit(content, place);
    const std::size_t begin = text.find_last_of("/\\") + 1;
    EmbeddedText name(source_);
    name.Append(content, static_cast<std::uint32_t>(begin), content.Size());
    words_.AddImplied("", name, place);
  }
  static bool NamesEngineProgram(std::string_view text) { return input::NamesEngine(text); }

  // `"command": "docker run", "args": […]`: see above. Any other command stays one word.
  void AddSplit(const EmbeddedText& content, const base::Span& place) {
    const std::string_view text = content.Text();
    const std::size_t first = text.find(' ');
    if (first == std::string_view::npos || !NamesEngineProgram(text.substr(0, first)))
      return words_.AddImplied("", FillWordVariables(content), place);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      EmbeddedText word(source_);
      word.Append(content, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end));
      if (word.Size() > 0) words_.AddImplied("", word, place);
      at = end + 1;
    }
  }

  void AddArgument(const Node& word) {
    // How a list of YAML is written is not known to what writes lists.
    if (notation_ == McpNotation::kYaml && IsString(word))
      words_.AddImplied("", FillWordVariables(Content(word)), word.span);
    else if (IsString(word))
      words_.Add(FillWordVariables(Content(word)), word.span);
    else if (word.IsScalar())
      words_.AddImplied(word.text, word.span, word.span);
    else
      words_.AddUnknown("value", word.span, false);
  }

  const Tree& tree_;
  const base::Source& source_;
  McpNotation notation_;
  WordList words_;
};

}  // namespace

std::vector<NodeId> FindMcpServers(const Tree& tree, bool loose, bool bare) {
  if (tree.documents.empty()) return {};
  return Search(tree).Do(tree.documents.front(), loose, bare);
}

bool McpServerNamesEngine(const Tree& tree, NodeId server) {
  const Command command = CommandOf(tree, server);
  const auto names = [&](NodeId id) { return NamesEngineAnywhere(tree.At(id).text); };
  if (command.program != syntax::kNoNode && names(command.program)) return true;
  if (command.arguments == syntax::kNoNode) return false;
  const auto& items = tree.At(command.arguments).items;
  return std::any_of(items.begin(), items.end(), names);
}

void ReadMcpServer(const Tree& tree, NodeId server, const base::Source& source,
                   McpNotation notation, base::SourceSet& sources, ShellTexts& texts) {
  ServerReading(tree, source, notation).Do(CommandOf(tree, server), sources, texts);
}

}  // namespace cagelint::input
