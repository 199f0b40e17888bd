#include "linter/driver/config_file.h"

#include <algorithm>
#include <utility>

#include "linter/base/byte_gate.h"
#include "linter/base/text.h"
#include "linter/driver/lint.h"
#include "linter/driver/strict_yaml.h"
#include "linter/input/reader.h"

namespace cagelint::driver {
namespace {

using engine::Config;
using engine::Policy;
using engine::Section;
using syntax::NodeId;

constexpr int kDeepestExtends = 8;
constexpr std::string_view kEngines[] = {"auto", "docker", "podman", "nerdctl"};

std::shared_ptr<const Policy> FindPolicyAt(const std::string& name, const std::string& folder,
                                           const std::string& place, const Loading& loading,
                                           int depth);

const base::Source* Open(const std::string& path, const std::string& place,
                         const Loading& loading) {
  const std::string shown = base::ShownPath(path, loading.files.working_directory);
  if (const base::Source* known = loading.sources.FindPath(shown)) return known;
  base::ReadResult read = loading.files.read(shown);
  std::string wrong = read.message;
  if (read.Ok()) {
    const auto refusal = base::CheckBytes(read.bytes);
    if (!refusal) return &loading.sources.Add(shown, std::move(read.bytes));
    wrong = refusal->message;
  }
  loading.errors.push_back(place + "policy `" + shown + "`: " + wrong);
  return nullptr;
}

std::shared_ptr<const Policy> ReadPolicy(const base::Source& source, const std::string& folder,
                                         const Loading& loading, int depth) {
  const std::size_t before = loading.errors.size();
  StrictYaml yaml(source, loading.errors);
  if (!yaml.IsReadable()) return nullptr;
  Policy policy;
  engine::RuleSettings rules;
  yaml.Each(yaml.Root(), "a policy", PolicyKeys(), [&](const ConfigKey& key, NodeId value) {
    if (key.kind == KeyKind::kRules) {
      rules = yaml.Rules(value);
    } else if (key.kind == KeyKind::kText) {
      policy.description = yaml.Text(value, key.name);
    } else if (const std::string base = yaml.Text(value, key.name); !base.empty()) {
      const base::Position at = source.PositionAt(yaml.At(value).span.begin);
      const std::string place =
          source.Path() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
      const auto found = FindPolicyAt(base, folder, place, loading, depth + 1);
      if (found != nullptr) {
        policy.severities = found->severities;
        policy.parameters = found->parameters;
      }
    }
  });
  if (loading.errors.size() > before) return nullptr;
  Apply(rules, policy);
  policy.name = source.Path();
  const bool judges =
      std::any_of(policy.severities.begin(), policy.severities.end(),
                  [](const auto& one) { return one.second != diagnostic::Severity::kOff; });
  if (!judges) {
    loading.errors.push_back(source.Path() +
                             ": turns no rule on; let it begin with a policy: `extends: agent`");
    return nullptr;
  }
  return std::make_shared<const Policy>(std::move(policy));
}

std::shared_ptr<const Policy> FindPolicyAt(const std::string& name, const std::string& folder,
                                           const std::string& place, const Loading& loading,
                                           int depth) {
  if (depth > kDeepestExtends) {
    loading.errors.push_back(place + "policies extend each other more than eight deep");
    return nullptr;
  }
  if (IsPolicyFile(name)) {
    const std::string path = base::JoinPath(folder, name);
    const base::Source* source = Open(path, place, loading);
    return source == nullptr
               ? nullptr
               : ReadPolicy(*source, std::string(base::DirectoryOf(path)), loading, depth);
  }
  auto policy = LoadPolicy(name);
  if (policy.Ok()) return std::make_shared<const Policy>(std::move(policy).Value());
  loading.errors.push_back(place + policy.Message());
  return nullptr;
}

class ConfigReader {
 public:
  ConfigReader(const base::Source& source, const std::string& folder, const std::string& root,
               const Loading& loading)
      : source_(source), root_(root), loading_(loading), yaml_(source, loading.errors) {
    config_.path = source.Path();
    config_.folder = folder;
    config_.sections.emplace_back();
  }

  std::optional<Config> Do() {
    const std::size_t before = loading_.errors.size();
    if (!yaml_.IsReadable()) return std::nullopt;
    yaml_.Each(yaml_.Root(), "the configuration", ConfigKeys(),
               [this](const ConfigKey& key, NodeId value) { ReadTop(key, value); });
    if (loading_.errors.size() > before) return std::nullopt;
    return std::move(config_);
  }

 private:
  void ReadTop(const ConfigKey& key, NodeId value) {
    if (key.kind == KeyKind::kEngine) return ReadEngine(value);
    if (key.kind == KeyKind::kOverrides) return ReadOverrides(value);
    if (key.kind == KeyKind::kFile) {
      config_.baseline = Inside(yaml_.Text(value, key.name), value);
    } else if (key.kind == KeyKind::kPatterns) {
      config_.exclude = yaml_.Texts(value, key.name);
    } else {
      ReadInto(config_.sections[0], key, value);
    }
  }

  void ReadInto(Section& section, const ConfigKey& key, NodeId value) {
    if (key.kind == KeyKind::kRules) {
      section.rules = yaml_.Rules(value);
    } else if (key.kind == KeyKind::kReasons) {
      section.ignores = yaml_.Reasons(value);
    } else if (key.kind == KeyKind::kPolicy) {
      section.policy = PolicyAt(value);
    } else if (key.kind == KeyKind::kCarriers) {
      section.carriers = CarriersAt(value);
    } else {
      auto& list = key.name == "files" ? section.files : section.containers;
      list = yaml_.Texts(value, key.name);
    }
  }

  void ReadOverrides(NodeId value) {
    const syntax::Node& list = yaml_.At(value);
    if (!list.IsList()) return yaml_.Refuse(list.span, "`overrides` is a list of mappings");
    for (const NodeId item : list.items) {
      Section section;
      yaml_.Each(item, "an override", OverrideKeys(),
                 [&](const ConfigKey& key, NodeId of) { ReadInto(section, key, of); });
      if (section.files.empty() && section.containers.empty() && section.carriers.empty())
        yaml_.Refuse(yaml_.At(item).span,
                     "an override for everything; it needs `files`, `containers` or `carriers`");
      config_.sections.push_back(std::move(section));
    }
  }

  void ReadEngine(NodeId value) {
    const std::string name = yaml_.Text(value, "engine");
    if (std::find(std::begin(kEngines), std::end(kEngines), name) == std::end(kEngines))
      return yaml_.Refuse(yaml_.At(value).span, UnknownWord("engine", name, kEngines));
    for (const auto engine :
         {model::Engine::kDocker, model::Engine::kPodman, model::Engine::kNerdctl})
      if (model::Name(engine) == name) config_.engine = engine;
  }

  std::vector<std::string> CarriersAt(NodeId value) {
    std::vector<std::string_view> names{model::Name(model::Carrier::kCommandLine)};
    for (const input::Reader& reader : input::Readers()) names.push_back(reader.name);
    std::vector<std::string> carriers = yaml_.Texts(value, "carriers");
    for (const std::string& carrier : carriers)
      if (std::find(names.begin(), names.end(), carrier) == names.end())
        yaml_.Refuse(yaml_.At(value).span, UnknownWord("carrier", carrier, names));
    return carriers;
  }

  std::shared_ptr<const Policy> PolicyAt(NodeId value) {
    const std::string name = yaml_.Text(value, "policy");
    if (name.empty()) return nullptr;
    if (IsPolicyFile(name) && Inside(name, value).empty()) return nullptr;
    const base::Position at = source_.PositionAt(yaml_.At(value).span.begin);
    return FindPolicy(
        name, config_.folder,
        source_.Path() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ",
        loading_);
  }

  // The absolute path of a file that the configuration names; "" after an error.
  std::string Inside(const std::string& name, NodeId value) {
    if (name.empty()) return "";
    const std::string path = base::JoinPath(config_.folder, name);
    if (root_ == "/" || path.starts_with(root_ + "/")) return path;
    yaml_.Refuse(yaml_.At(value).span, "`" + name + "` lies outside of the repository");
    return "";
  }

  const base::Source& source_;
  const std::string& root_;
  const Loading& loading_;
  StrictYaml yaml_;
  Config config_;
};

}  // namespace

bool IsPolicyFile(std::string_view name) {
  return name.find('/') != std::string_view::npos || name.ends_with(".yaml") ||
         name.ends_with(".yml");
}

std::shared_ptr<const Policy> FindPolicy(const std::string& name, const std::string& folder,
                                         const std::string& place, const Loading& loading) {
  return FindPolicyAt(name, folder, place, loading, 0);
}

Policy NamedPolicy(const std::string& name, const base::FileSystem& files,
                   std::vector<std::string>& errors) {
  base::SourceSet sources;
  const std::string asked = name.empty() ? std::string(kDefaultPolicy) : name;
  if (!IsPolicyFile(asked))
    if (auto ours = LoadPolicy(asked); ours.Ok()) return std::move(ours).Value();
  const auto found =
      FindPolicy(asked, files.working_directory, "--policy: ", {files, sources, errors});
  return found == nullptr ? Policy{} : *found;
}

std::optional<Config> ReadConfig(const base::Source& source, const std::string& folder,
                                 const std::string& root, const Loading& loading) {
  return ConfigReader(source, folder, root, loading).Do();
}

}  // namespace cagelint::driver
