// Configurations of MCP clients: servers that are containers.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/embed_yaml.h"
#include "linter/input/interest.h"
#include "linter/input/json_file.h"
#include "linter/input/mcp_servers.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"
#include "linter/input/suppressions.h"
#include "linter/syntax/toml.h"
#include "linter/syntax/yaml.h"

namespace cagelint::input {
namespace {

using syntax::NodeId;

bool IsTomlName(std::string_view name) { return name.ends_with(".toml"); }
bool IsYamlName(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

bool Named(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  return IsTomlName(name) || IsYamlName(name) || name.ends_with(".json") ||
         name.ends_with(".jsonc") || name.ends_with(".code-workspace");
}

// Cheap: without these words nothing is parsed.
bool MayBeMcp(std::string_view bytes, bool is_fence) {
  if (!is_fence && MayHideWords(bytes)) return true;
  if (!NamesEngineAnywhere(bytes) || (bytes.find("command") == std::string_view::npos &&
                                      bytes.find("cmd") == std::string_view::npos))
    return false;
  return is_fence || bytes.find("extensions") != std::string_view::npos ||
         bytes.find("mcp") != std::string_view::npos ||
         bytes.find("servers") != std::string_view::npos ||
         bytes.find("Servers") != std::string_view::npos;
}

// Which servers name an engine, and where they stand.
std::vector<NodeId> ServersOfInterest(const syntax::Tree& tree, bool loose, bool bare = true) {
  std::vector<NodeId> servers = FindMcpServers(tree, loose, bare);
  std::erase_if(servers, [&](NodeId id) { return !McpServerNamesEngine(tree, id); });
  return servers;
}

std::string AcceptsJson(std::string_view bytes, bool is_fence) {
  if (!BeginsLikeJson(bytes, is_fence)) return "";
  const JsonSample sample(bytes, is_fence);
  return ServersOfInterest(sample.File().tree, is_fence).empty()
             ? ""
             : "a JSON object with MCP servers that name a container engine";
}

std::string AcceptsToml(std::string_view bytes, bool is_fence) {
  base::SourceSet sources;
  const base::Source& source = sources.Add("", std::string(bytes));
  return ServersOfInterest(syntax::ParseToml(source), is_fence).empty()
             ? ""
             : "a TOML file with MCP servers that name a container engine";
}

// As much of a YAML file as is whole.
syntax::Tree YamlOf(const base::Source& source) {
  syntax::Tree tree = syntax::ParseYaml(source.Bytes(), source.Id());
  return tree.errors.empty() ? std::move(tree) : YamlBefore(source);
}

// Agents in YAML: Continue, Goose, LibreChat, mcp-agent. Never a piece: `command` and `args` are
// keys of many.
std::vector<NodeId> YamlServers(const syntax::Tree& tree) {
  return ServersOfInterest(tree, false, false);
}

std::string AcceptsYaml(std::string_view bytes) {
  const bool may_be = MayHideWords(bytes) || bytes.find("mcp") != std::string_view::npos ||
                      bytes.find("extensions:") != std::string_view::npos;
  if (!may_be || BeginsLikeJson(bytes, false)) return "";
  base::SourceSet sources;
  const syntax::Tree tree = YamlOf(sources.Add("", std::string(bytes)));
  if (tree.documents.empty()) return "";
  // Workflows and projects have readers of their own.
  const NodeId root = tree.documents.front();
  if (tree.Find(root, "jobs") != nullptr || tree.Find(root, "services") != nullptr) return "";
  return YamlServers(tree).empty() ? ""
                                   : "a YAML file with MCP servers that name a container engine";
}

// A dev container's file may hold such servers, but it is more than that.
bool IsOfOthers(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  return name == "devcontainer.json" || name == ".devcontainer.json";
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  if (!MayBeMcp(bytes, false) || IsOfOthers(path)) return "";
  if (IsYamlName(path)) return AcceptsYaml(bytes);
  return IsTomlName(path) ? AcceptsToml(bytes, false) : AcceptsJson(bytes, false);
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  if (!MayBeMcp(bytes, true)) return "";
  if (IsJsonFence(language))
    if (std::string why = AcceptsJson(bytes, true); !why.empty()) return why;
  if (language == "yaml" || language == "yml" || language.empty())
    if (std::string why = AcceptsYaml(bytes); !why.empty()) return why;
  return language == "toml" || language.empty() ? AcceptsToml(bytes, true) : "";
}

class Reading {
 public:
  Reading(const base::Source& source, const Context& context)
      : source_(source),
        context_(context),
        is_text_(source.Within() != nullptr),
        texts_(context, source.Path(), document_) {
    document_.file = source.Id();
    document_.carrier = model::Carrier::kMcp;
  }

  model::Document Do() {
    if (BeginsLikeJson(source_.Bytes(), is_text_) && !BeginsLikeToml())
      ReadJson();
    else if (!ReadYaml())
      ReadToml();
    texts_.Link();
    return std::move(document_);
  }

 private:
  // `[mcp_servers.x]` and `"a.b" = 1`, which begin like a list and a piece of JSON.
  bool BeginsLikeToml() const {
    const std::string_view bytes = source_.Bytes();
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || bytes[first] != '[') return false;
    const std::size_t next = bytes.find_first_not_of("[ \t\r\n", first);
    return next != std::string_view::npos && bytes[next] != '{' && bytes[next] != '/';
  }

  void ReadJson() {
    const JsonFile file = ParseJsonFile(source_, context_.sources);
    for (const NodeId server : ServersOfInterest(file.tree, is_text_))
      if (file.IsWhole(server))
        ReadMcpServer(file.tree, server, *file.source, McpNotation::kJson, context_.sources,
                      texts_);
    AddJsonGaps(file, document_);
    CollectSuppressions(file.tree, context_.sources, document_.suppressions);
  }

  // False where there are no servers, as in TOML.
  bool ReadYaml() {
    const syntax::Tree tree = YamlOf(source_);
    const std::vector<NodeId> servers = YamlServers(tree);
    if (servers.empty()) return false;
    for (const NodeId server : servers)
      ReadMcpServer(tree, server, source_, McpNotation::kYaml, context_.sources, texts_);
    for (const syntax::SyntaxError& error : syntax::ParseYaml(source_.Bytes(), source_.Id()).errors)
      document_.gaps.push_back({error.limit ? "limit-reached" : "syntax-error", error.message,
                                error.span, "", error.certain && !error.limit});
    CollectSuppressions(tree, context_.sources, document_.suppressions);
    return true;
  }

  void ReadToml() {
    const syntax::Tree tree = syntax::ParseToml(source_);
    for (const NodeId server : ServersOfInterest(tree, is_text_))
      ReadMcpServer(tree, server, source_, McpNotation::kToml, context_.sources, texts_);
    if (!tree.errors.empty())
      document_.gaps.push_back({"syntax-error", "not valid TOML: " + tree.errors.front().message,
                                tree.errors.front().span, "", true});
    CollectSuppressions(tree, context_.sources, document_.suppressions);
  }

  const base::Source& source_;
  const Context& context_;
  bool is_text_;
  model::Document document_;
  ShellTexts texts_;
};

model::Document Read(const base::Source& source, const Context& context) {
  return Reading(source, context).Do();
}

}  // namespace

const Reader kMcpReader{"mcp", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
