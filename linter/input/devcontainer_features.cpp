#include <utility>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/devcontainer.h"
#include "linter/syntax/json.h"

namespace cagelint::input::devcontainer {
namespace {

// The name in the collection of the CLI's makers, without a version; "" for a feature of others. A
// bare name and one of their repository are how this was written before there were collections.
std::string_view NameInCollection(std::string_view feature) {
  const std::size_t name = feature.rfind('/');
  const std::string_view folder = name == std::string_view::npos ? "" : feature.substr(0, name);
  if (name != std::string_view::npos) {
    const std::string lower = base::ToLower(folder);
    if (lower != "ghcr.io/devcontainers/features" && lower != "devcontainers/features") return "";
    feature.remove_prefix(name + 1);
  }
  return feature.substr(0, feature.find_first_of(":@"));
}

std::optional<std::vector<Wish>> WishesInCollection(std::string_view feature) {
  static const base::CsvTable table =
      base::ParseCsv(embedded::Find("rules/data/devcontainer_features.csv"));
  const std::string_view name = NameInCollection(feature);
  if (name.empty()) return std::nullopt;
  std::vector<Wish> out;
  for (const auto& row : table.rows)
    if (row[table.Column("feature")] == name)
      out.push_back(
          {std::string(row[table.Column("flag")]), std::string(row[table.Column("value")])});
  return out;
}

// `text` with what its variables bring made unknown.
std::string Known(std::string text) {
  for (std::size_t at = 0; (at = text.find("${", at)) != std::string::npos; at += 2) {
    const std::size_t end = text.find('}', at);
    if (end == std::string::npos) break;
    text.replace(end, 1, "}}");
    text.replace(at, 1, "{");
  }
  return text;
}

std::string MountText(const Config& feature, syntax::NodeId id) {
  const syntax::Node& node = feature.tree.At(id);
  if (node.IsScalar()) return node.text;
  std::string out;
  for (const char* key : {"type", "source", "target"})
    if (const syntax::Entry* entry = feature.FindIn(id, key))
      out += (out.empty() ? "" : ",") + std::string(key) + "=" + feature.ValueOf(*entry).text;
  return out;
}

// Of a feature that stands in a folder beside the configuration.
std::optional<std::vector<Wish>> WishesBeside(const std::string& name, const Config& config,
                                              const Context& context) {
  if (config.source.Within() != nullptr) return std::nullopt;
  const base::Source* file = OpenFile(
      base::JoinPath(base::JoinPath(config.folder, name), "devcontainer-feature.json"), context);
  if (file == nullptr) return std::nullopt;
  const syntax::Tree tree = syntax::ParseJson(*file, {.comments = true});
  if (!tree.errors.empty() || tree.documents.empty()) return std::nullopt;
  const Config feature{*file, tree, tree.documents[0], {}, {}};
  std::vector<Wish> out;
  if (feature.FindTrue("init") != nullptr) out.push_back({"--init", ""});
  if (feature.FindTrue("privileged") != nullptr) out.push_back({"--privileged", ""});
  for (const auto& [key, flag] :
       {std::pair{"capAdd", "--cap-add"}, {"securityOpt", "--security-opt"}, {"mounts", "--mount"}})
    if (const syntax::Entry* entry = feature.Find(key))
      for (const syntax::NodeId item : feature.ValueOf(*entry).items)
        if (std::string value = MountText(feature, item); !value.empty())
          out.push_back({flag, Known(std::move(value))});
  return out;
}

}  // namespace

std::vector<Feature> FeaturesOf(const Config& config, const Context& context) {
  std::vector<Feature> out;
  const syntax::Entry* entry = config.Find("features");
  if (entry == nullptr) return out;
  for (const syntax::Entry& feature : config.ValueOf(*entry).entries) {
    // So one was switched off.
    if (config.ValueOf(feature).text == "false") continue;
    const std::string& name = config.tree.At(feature.key).text;
    const bool is_local = name.starts_with("./") || name.starts_with("../");
    out.push_back({config.KeyOf(feature),
                   is_local ? WishesBeside(name, config, context) : WishesInCollection(name)});
  }
  return out;
}

std::string TargetOf(std::string_view mount) {
  std::string target;
  for (const std::string_view part : base::Split(mount, ',')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view key = part.substr(0, equals);
    if (key == "target" || key == "dst" || key == "destination") target = part.substr(equals + 1);
  }
  return target;
}

}  // namespace cagelint::input::devcontainer
