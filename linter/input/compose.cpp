// Compose files as a carrier: which files are projects, and what Compose would load for them.
#include <algorithm>
#include <array>
#include <set>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/compose_load.h"
#include "linter/input/compose_schema.h"
#include "linter/input/compose_service.h"
#include "linter/input/reader.h"
#include "linter/syntax/yaml.h"

namespace cagelint::input {
namespace {

// compose-go 2.9.1, cli/options.go, in order of preference.
constexpr std::array<std::string_view, 4> kDefaultNames{
    "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"};
constexpr std::array<std::string_view, 4> kOverrideNames{
    "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml",
    "docker-compose.override.yaml"};

template <std::size_t N>
bool IsOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsYamlName(std::string_view name) { return name.ends_with(".yml") || name.ends_with(".yaml"); }

// Whether some line begins with `key:`, quoted or not.
bool HasTopKey(std::string_view bytes, std::string_view key) {
  for (std::size_t at = 0; (at = bytes.find(key, at)) != std::string_view::npos; ++at) {
    std::size_t begin = at;
    std::size_t end = at + key.size();
    const bool quoted = begin > 0 && (bytes[begin - 1] == '"' || bytes[begin - 1] == '\'');
    if (quoted) {
      --begin;
      ++end;
    }
    const bool first = begin == 0 || bytes[begin - 1] == '\n' || bytes[begin - 1] == '{' ||
                       (begin == 3 && bytes.starts_with("\xEF\xBB\xBF"));
    if (first && end < bytes.size() && bytes[end] == ':') return true;
  }
  return false;
}

// A map of services as Compose knows them, and no key at the top that Compose does not know: not a
// workflow, not the configuration of some other program.
bool FitsContent(std::string_view bytes) {
  if (!HasTopKey(bytes, "services")) return false;
  if (bytes.find("image") == std::string_view::npos &&
      bytes.find("build") == std::string_view::npos)
    return false;
  const syntax::Tree tree = syntax::ParseYaml(bytes, 0);
  if (!tree.errors.empty() || tree.documents.empty()) return false;
  const syntax::NodeId root = tree.documents[0];
  if (!tree.At(root).IsMap()) return false;
  constexpr std::array<std::string_view, 9> kTop{"version",  "name",    "include",
                                                 "services", "models",  "networks",
                                                 "volumes",  "secrets", "configs"};
  for (const syntax::Entry& entry : tree.At(root).entries) {
    const std::string& key = tree.At(entry.key).text;
    if (!key.starts_with("x-") && !IsOneOf(key, kTop)) return false;
  }
  const syntax::Entry* services = tree.Find(root, "services");
  if (services == nullptr || !tree.At(services->value).IsMap()) return false;
  const auto& entries = tree.At(services->value).entries;
  return std::any_of(entries.begin(), entries.end(), [&](const syntax::Entry& entry) {
    return tree.Find(entry.value, "image") != nullptr || tree.Find(entry.value, "build") != nullptr;
  });
}

// Services at the top, as before Compose knew versions.
bool HasFirstLayout(std::string_view bytes) {
  const syntax::Tree tree = syntax::ParseYaml(bytes, 0);
  if (!tree.errors.empty() || tree.documents.empty()) return false;
  const auto& entries = tree.At(tree.documents[0]).entries;
  return std::any_of(entries.begin(), entries.end(), [&](const syntax::Entry& entry) {
    return tree.Find(entry.value, "image") != nullptr || tree.Find(entry.value, "build") != nullptr;
  });
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  const std::string_view name = base::NameOf(path);
  if (IsOneOf(name, kDefaultNames) || IsOneOf(name, kOverrideNames)) return "its name";
  const bool named = IsYamlName(name) && name.find("compose") != std::string_view::npos;
  if (named && (HasTopKey(bytes, "services") || HasTopKey(bytes, "include")))
    return "its name, and a key `services` or `include`";
  if (named && HasFirstLayout(bytes)) return "its name, and services at the top";
  if (!IsYamlName(name) && !name.ends_with(".json")) return "";
  return FitsContent(bytes) ? "a mapping `services` with images or builds" : "";
}

std::string Beside(std::string_view path, std::string_view name) {
  const std::string_view directory = base::DirectoryOf(path);
  if (directory.empty()) return std::string(name);
  return std::string(directory) + (directory == "/" ? "" : "/") + std::string(name);
}

// The first of `names` that stands beside `path`; "" when none does.
template <std::size_t N>
std::string FirstBeside(std::string_view path, const std::array<std::string_view, N>& names,
                        const base::FileSystem& files) {
  for (const std::string_view name : names) {
    std::string candidate = Beside(path, name);
    if (files.kind(candidate) == base::FileKind::kRegular) return candidate;
  }
  return "";
}

model::Document Empty(const base::Source& source) {
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kCompose;
  return document;
}

// In a file that was read up to a syntax error, what is not declared may be declared behind it:
// nothing is held against the author for that, and such a network is not known.
void ForgiveMissing(model::Document& document) {
  std::erase_if(document.gaps,
                [](const diagnostic::Gap& gap) { return gap.kind == "invalid-compose"; });
  std::set<std::string> declared{"default"};
  for (const model::Network& network : document.networks) declared.insert(network.key);
  for (const model::Container& container : document.containers) {
    for (const auto& item : container.networks.items) {
      if (!item.IsKnown() || !declared.insert(item.value).second) continue;
      model::Network network;
      network.key = network.name = item.value;
      network.internal =
          model::Setting<bool>::Dynamic("", container.networks.whole, container.networks.whole);
      document.networks.push_back(std::move(network));
    }
  }
}

// `found`: Compose would look for the files itself.
model::Document Merged(const std::vector<const base::Source*>& sources, const Context& context,
                       bool found) {
  model::Document document = Empty(*sources[0]);
  compose::Project project = compose::Load(sources, context);
  const compose::Variable* chosen = nullptr;
  if (found &&
      project.variables.Look("COMPOSE_FILE", chosen) == compose::Variables::State::kKnown &&
      !chosen->value.text.empty()) {
    diagnostic::Gap gap;
    gap.kind = "unsupported-construct";
    gap.message = "`COMPOSE_FILE` is set, and names other files than these";
    gap.path = sources[0]->Path();
    project.gaps.push_back(std::move(gap));
  }
  compose::ReadProject(project, context, document);
  if (project.partial) ForgiveMissing(document);
  return document;
}

// Whether a service has neither an image nor a build, nor what brings it one: the file means to be
// laid over another (`-f docker-compose.yml -f docker-compose.prod.yml`).
bool IsFragment(const base::Source& source) {
  const syntax::Tree tree = syntax::ParseYaml(source.Bytes(), source.Id());
  if (!tree.errors.empty() || tree.documents.size() != 1) return false;
  const syntax::Entry* services = tree.Find(tree.documents[0], "services");
  if (services == nullptr || !tree.At(services->value).IsMap()) return false;
  constexpr std::array<std::string_view, 5> kWhole{"image", "build", "provider", "extends", "<<"};
  const auto& entries = tree.At(services->value).entries;
  return std::any_of(entries.begin(), entries.end(), [&](const syntax::Entry& entry) {
    return tree.At(entry.value).IsMap() &&
           std::none_of(kWhole.begin(), kWhole.end(), [&](std::string_view key) {
             return tree.Find(entry.value, key) != nullptr;
           });
  });
}

// A file of another name than those that Compose looks for: a project of its own, or a fragment
// over the project beside it.
model::Document ReadOther(const base::Source& source, const Context& context) {
  const std::string first = FirstBeside(source.Path(), kDefaultNames, context.files);
  if (first.empty() || !IsFragment(source)) return Merged({&source}, context, false);
  std::vector<diagnostic::Gap> gaps;
  const base::Source* below = compose::ReadNamed(first, {}, true, context, gaps);
  model::Document document = below == nullptr ? Merged({&source}, context, false)
                                              : Merged({below, &source}, context, false);
  document.file = source.Id();
  document.gaps.insert(document.gaps.end(), gaps.begin(), gaps.end());
  return document;
}

model::Document Read(const base::Source& source, const Context& context) {
  const std::string_view name = base::NameOf(source.Path());
  const bool is_default = IsOneOf(name, kDefaultNames);
  const bool is_override = IsOneOf(name, kOverrideNames);
  if (!is_default && !is_override) return ReadOther(source, context);
  const std::string first = FirstBeside(source.Path(), kDefaultNames, context.files);
  // Loaded with its base, or never loaded.
  if (is_override && !first.empty()) return Empty(source);
  if (is_default && !first.empty() && base::NameOf(first) != name) return Empty(source);
  std::vector<const base::Source*> sources{&source};
  model::Document document = Empty(source);
  if (is_default) {
    const std::string over = FirstBeside(source.Path(), kOverrideNames, context.files);
    if (!over.empty()) {
      const base::Source* read = compose::ReadNamed(over, {}, true, context, document.gaps);
      if (read != nullptr) sources.push_back(read);
    }
  }
  model::Document merged = Merged(sources, context, true);
  merged.gaps.insert(merged.gaps.end(), document.gaps.begin(), document.gaps.end());
  return merged;
}

}  // namespace

const Reader kComposeReader{"compose", Accepts, Read};

model::Document ReadComposeFiles(const std::vector<const base::Source*>& sources,
                                 const Context& context) {
  return Merged(sources, context, false);
}

}  // namespace cagelint::input
