#include "linter/input/compose_files.h"

#include <algorithm>
#include <array>
#include <map>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/compose_load.h"
#include "linter/input/compose_variables.h"
#include "linter/syntax/yaml.h"

namespace cagelint::input::compose {
namespace {

// compose-go 2.9.1, cli/options.go, in order of preference.
constexpr std::array<std::string_view, 4> kDefaultNames{
    "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"};
constexpr std::array<std::string_view, 4> kOverrideNames{
    "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml",
    "docker-compose.override.yaml"};

constexpr std::string_view kChooser = "COMPOSE_FILE";
constexpr std::string_view kSeparator = "COMPOSE_PATH_SEPARATOR";
constexpr std::size_t kMostFiles = 100;
constexpr int kMostFolders = 20;

std::string Below(std::string_view folder, std::string_view name) {
  if (folder.empty()) return std::string(name);
  return std::string(folder) + (folder == "/" ? "" : "/") + std::string(name);
}

// The first of `names` that stands in `folder`; "" when none does.
std::string FirstIn(std::string_view folder, const std::array<std::string_view, 4>& names,
                    const base::FileSystem& files) {
  for (const std::string_view name : names) {
    std::string candidate = Below(folder, name);
    // Compose takes what is there, and then cannot read what is no file.
    if (files.kind(candidate) != base::FileKind::kMissing) return candidate;
  }
  return "";
}

// What is set for a Compose that is started in `folder`, of the two variables that choose files.
Variables ChoosersIn(const std::string& folder, const Context& context) {
  Variables variables(context.options);
  std::vector<std::string> files = context.options.env_files;
  if (files.empty()) files.push_back(Below(folder, ".env"));
  std::vector<diagnostic::Gap> said_later;  // when the project is loaded
  for (const std::string& file : files) {
    const base::Source* source = ReadNamed(file, {}, false, context, said_later);
    if (source == nullptr || source->Bytes().find(kChooser) == std::string_view::npos) continue;
    std::map<std::string, Argument> values;
    ReadDotEnv(source->Bytes(), source->Id(), false, variables, values);
    for (const std::string_view name : {kChooser, kSeparator})
      if (const auto found = values.find(std::string(name)); found != values.end())
        variables.Set(found->first, std::move(found->second), false);
  }
  return variables;
}

struct Choice {
  bool made = false;               // something is set
  std::vector<std::string> paths;  // none: what is set cannot be known
};

Choice ChoiceIn(const std::string& folder, const Context& context) {
  const Variables variables = ChoosersIn(folder, context);
  const Variable* chosen = nullptr;
  if (variables.Look(std::string(kChooser), chosen) != Variables::State::kKnown) return {};
  Choice choice;
  choice.made = true;
  const Variable* separator = nullptr;
  std::string between;
  if (variables.Look(std::string(kSeparator), separator) == Variables::State::kKnown)
    between = separator->value.text;
  if (between.empty()) between = ":";
  const std::string& text = chosen->value.text;
  if (!IsLiteralText(text) || !IsLiteralText(between)) return choice;
  const std::string& here = context.files.working_directory;
  for (std::size_t at = 0; at <= text.size() && choice.paths.size() < kMostFiles;) {
    const std::size_t end = std::min(text.find(between, at), text.size());
    const std::string full =
        base::JoinPath(base::JoinPath(here, folder), std::string_view(text).substr(at, end - at));
    choice.paths.push_back(folder.starts_with('/') ? full : base::RelativePath(here, full));
    at = end + between.size();
  }
  return choice;
}

// Without COMPOSE_FILE.
std::vector<std::string> FoundWith(const base::Source& source, const Context& context) {
  const std::string& path = source.Path();
  const std::string_view folder = base::DirectoryOf(path), name = base::NameOf(path);
  const std::string first = FirstIn(folder, kDefaultNames, context.files);
  if (IsDefaultName(name)) {
    // Compose comes to it by `-f` alone.
    if (!first.empty() && first != path)
      return context.named ? std::vector{path} : std::vector<std::string>{};
    const std::string over = FirstIn(folder, kOverrideNames, context.files);
    return over.empty() ? std::vector{path} : std::vector{path, over};
  }
  if (first.empty()) return {path};
  if (IsOverrideName(name))
    return context.named || FirstIn(folder, kOverrideNames, context.files) == path
               ? std::vector{first, path}
               : std::vector<std::string>{};
  return IsFragment(source) ? std::vector{first, path} : std::vector{path};
}

}  // namespace

bool IsTopKey(std::string_view key) {
  constexpr std::array<std::string_view, 9> kTop{"version",  "name",    "include",
                                                 "services", "models",  "networks",
                                                 "volumes",  "secrets", "configs"};
  return key.starts_with("x-") || std::find(kTop.begin(), kTop.end(), key) != kTop.end();
}

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

bool LooksLikeCompose(const syntax::Tree& tree, std::string_view bytes) {
  if (HasTopKey(bytes, "services") || HasTopKey(bytes, "include")) return true;
  if (!tree.errors.empty()) return false;
  return std::all_of(tree.documents.begin(), tree.documents.end(), [&](syntax::NodeId id) {
    const syntax::Node& root = tree.At(id);
    if (!root.IsMap()) return root.IsNull();
    return std::all_of(root.entries.begin(), root.entries.end(), [&](const syntax::Entry& entry) {
      return IsTopKey(tree.At(entry.key).text);
    });
  });
}

bool IsDefaultName(std::string_view name) {
  return std::find(kDefaultNames.begin(), kDefaultNames.end(), name) != kDefaultNames.end();
}

bool IsOverrideName(std::string_view name) {
  return std::find(kOverrideNames.begin(), kOverrideNames.end(), name) != kOverrideNames.end();
}

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

ProjectFiles FilesOf(const base::Source& source, const Context& context,
                     std::vector<diagnostic::Gap>& gaps) {
  const std::string& path = source.Path();
  const std::string own(base::DirectoryOf(path));
  std::string folder = own;
  for (int count = 0; count < kMostFolders; ++count) {
    const Choice choice = ChoiceIn(folder, context);
    if (std::find(choice.paths.begin(), choice.paths.end(), path) != choice.paths.end())
      return {choice.paths, folder};
    const std::string_view name = base::NameOf(path);
    if (choice.made && folder == own && (IsDefaultName(name) || IsOverrideName(name))) {
      diagnostic::Gap gap;
      gap.kind = "unsupported-construct";
      gap.message = "`COMPOSE_FILE` is set: without `-f`, other files than this one are loaded";
      gap.path = path;
      gaps.push_back(std::move(gap));
      return {{path}, own};
    }
    if (folder.empty() || folder == "." || folder.starts_with('/')) break;
    folder = base::DirectoryOf(folder);
  }
  return {FoundWith(source, context), own};
}

}  // namespace cagelint::input::compose
