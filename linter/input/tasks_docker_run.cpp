#include "linter/input/tasks_docker_run.h"

#include <string>
#include <string_view>
#include <utility>

#include "linter/input/embed.h"
#include "linter/input/embed_json.h"
#include "linter/input/embed_variables.h"
#include "linter/input/embed_words.h"

namespace cagelint::input {
namespace {

using syntax::Node;
using syntax::NodeId;
using syntax::Tree;

// The order is that of DockerRunTaskProvider (microsoft/vscode-containers) and of
// getRunContainerCommandArgs (microsoft/vscode-docker-extensibility).
class Building {
 public:
  Building(const Tree& tree, const syntax::Entry& options, const base::Source& source)
      : tree_(tree),
        options_(options.value),
        source_(source),
        begin_(tree.At(options.key).span),
        words_(source) {}

  const base::Source& Do(base::SourceSet& sources) {
    for (const std::string_view word : {"docker", "container", "run", "--detach", "--tty"})
      words_.AddImplied(word, begin_);
    AddFlag("remove", "--rm");
    AddNamed("containerName", "--name");
    AddPorts();
    AddNamed("network", "--network");
    AddNamed("networkAlias", "--network-alias");
    AddExtraHosts();
    AddVolumes();
    AddPairs("labels", "--label");
    AddPairs("env", "--env");
    AddEach("envFiles", "--env-file");
    AddNamed("entrypoint", "--entrypoint");
    AddCustomOptions();
    // Without one it is that of a build task, or made of the folder's name.
    if (Value("image") == nullptr)
      words_.AddUnknown("image", begin_, false);
    else
      words_.AddImplied("", Text(*Value("image")), Value("image")->span);
    AddCommand();
    return words_.AddTo(sources, {});
  }

 private:
  const Node* Value(std::string_view key) const { return ValueIn(options_, key); }
  const Node* ValueIn(NodeId map, std::string_view key) const {
    const syntax::Entry* entry = tree_.Find(map, key);
    return entry == nullptr || tree_.At(entry->value).IsNull() ? nullptr : &tree_.At(entry->value);
  }
  static bool IsString(const Node& node) {
    return node.IsScalar() && node.style == syntax::ScalarStyle::kDoubleQuoted;
  }
  // What a scalar says; a placeholder for anything else.
  EmbeddedText Text(const Node& node) const {
    if (IsString(node)) return FillWordVariables(JsonText(source_, node));
    EmbeddedText out(source_);
    if (node.IsScalar())
      out.Copy(node.span.begin, node.span.end);
    else
      out.Put("{{value}}", node.span.begin, node.span.end);
    return out;
  }

  void AddFlag(std::string_view key, std::string_view flag) {
    const Node* value = Value(key);
    if (value != nullptr && value->text == "true") words_.AddImplied(flag, value->span);
  }
  void AddNamed(std::string_view key, std::string_view flag) {
    const Node* value = Value(key);
    if (value == nullptr || (IsString(*value) && value->text.empty())) return;
    words_.AddImplied(flag, value->span);
    words_.AddImplied("", Text(*value), value->span);
  }
  void AddEach(std::string_view key, std::string_view flag) {
    const Node* list = Value(key);
    if (list == nullptr) return;
    for (const NodeId id : list->items) {
      words_.AddImplied(flag, tree_.At(id).span);
      words_.AddImplied("", Text(tree_.At(id)), tree_.At(id).span);
    }
  }
  void AddPairs(std::string_view key, std::string_view flag) {
    const Node* map = Value(key);
    if (map == nullptr) return;
    for (const syntax::Entry& entry : map->entries) {
      const Node& value = tree_.At(entry.value);
      if (value.IsNull()) continue;
      words_.AddImplied(flag, tree_.At(entry.key).span);
      words_.AddImplied(tree_.At(entry.key).text + "=", Text(value), value.span);
    }
  }

  // A word that is made of the values of several keys, and shown at `place`.
  void AddMade(std::string_view flag, const std::string& word, const base::Span& place) {
    words_.AddImplied(flag, place);
    words_.AddImplied(word, place);
  }
  std::string Said(NodeId map, std::string_view key) const {
    const Node* value = ValueIn(map, key);
    return value == nullptr ? "" : Text(*value).Text();
  }

  void AddPorts() {
    const Node* ports = Value("ports");
    for (const NodeId id : ports == nullptr ? std::vector<NodeId>{} : ports->items) {
      std::string word = Said(id, "hostIp");
      if (!word.empty()) word += ':';
      word += Said(id, "hostPort") + ":" + Said(id, "containerPort");
      if (const std::string protocol = Said(id, "protocol"); !protocol.empty())
        word += "/" + protocol;
      AddMade("--publish", word, tree_.At(id).span);
    }
    const Node* all = Value("portsPublishAll");
    const bool is_default = all == nullptr && (ports == nullptr || ports->items.empty());
    if (is_default || (all != nullptr && all->text == "true"))
      words_.AddImplied("--publish-all", all == nullptr ? begin_ : all->span);
  }
  void AddExtraHosts() {
    const Node* hosts = Value("extraHosts");
    if (hosts == nullptr) return;
    for (const NodeId id : hosts->items)
      AddMade("--add-host", Said(id, "hostname") + ":" + Said(id, "ip"), tree_.At(id).span);
  }
  // The file cannot say more than `ro`: all others are writable.
  void AddVolumes() {
    const Node* volumes = Value("volumes");
    if (volumes == nullptr) return;
    for (const NodeId id : volumes->items) {
      const Node* source = ValueIn(id, "localPath");
      if (source == nullptr) continue;
      const std::string permissions = Said(id, "permissions");
      const bool is_read_only = permissions == "ro" || permissions == "ro,z";
      EmbeddedText mount = Text(*source);
      const base::Span& place = tree_.At(id).span;
      mount.Put(",destination=" + Said(id, "containerPath") + (is_read_only ? ",readonly" : ""),
                place.begin, place.end);
      words_.AddImplied("--mount", place);
      words_.AddImplied("type=bind,source=", mount, place);
    }
  }

  // Goes into the command line as it stands.
  void AddCustomOptions() {
    const Node* custom = Value("customOptions");
    if (custom != nullptr && IsString(*custom) && !custom->text.empty())
      words_.AddShell(FillShellVariables(JsonText(source_, *custom)), custom->span, false);
  }
  void AddCommand() {
    const Node* command = Value("command");
    if (command == nullptr) return;
    for (const NodeId id : command->items)
      words_.AddImplied("", Text(tree_.At(id)), tree_.At(id).span);
    if (IsString(*command) && !command->text.empty())
      words_.AddShell(FillShellVariables(JsonText(source_, *command)), command->span, false);
  }

  const Tree& tree_;
  NodeId options_;
  const base::Source& source_;
  base::Span begin_;
  WordList words_;
};

}  // namespace

void ReadDockerRunTask(const Tree& tree, const syntax::Entry& options, const base::Source& source,
                       base::SourceSet& sources, ShellTexts& texts) {
  texts.Read(Building(tree, options, source).Do(sources));
}

}  // namespace cagelint::input
