// Compose files as a carrier: which files are projects, and what Compose would load for them.
#include <algorithm>
#include <set>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/compose_files.h"
#include "linter/input/compose_load.h"
#include "linter/input/compose_schema.h"
#include "linter/input/compose_service.h"
#include "linter/input/interest.h"
#include "linter/input/reader.h"
#include "linter/syntax/yaml.h"

namespace cagelint::input {
namespace {

bool IsYamlName(std::string_view name) { return name.ends_with(".yml") || name.ends_with(".yaml"); }

// A map of services as Compose knows them, and no key at the top that Compose does not know: not a
// workflow, not the configuration of some other program.
bool FitsContent(std::string_view bytes) {
  const bool hides = MayHideWords(bytes);
  if (!hides && !compose::HasTopKey(bytes, "services")) return false;
  if (!hides && bytes.find("image") == std::string_view::npos &&
      bytes.find("build") == std::string_view::npos)
    return false;
  const syntax::Tree tree = syntax::ParseYaml(bytes, 0);
  if (!tree.errors.empty() || tree.documents.empty()) return false;
  const syntax::NodeId root = tree.documents[0];
  if (!tree.At(root).IsMap()) return false;
  for (const syntax::Entry& entry : tree.At(root).entries)
    if (!compose::IsTopKey(tree.At(entry.key).text)) return false;
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

bool Named(std::string_view path) { return IsYamlName(path) || path.ends_with(".json"); }

std::string Accepts(std::string_view path, std::string_view bytes) {
  const std::string_view name = base::NameOf(path);
  if (compose::IsDefaultName(name) || compose::IsOverrideName(name)) return "its name";
  const bool named = IsYamlName(name) && name.find("compose") != std::string_view::npos;
  if (named && (compose::HasTopKey(bytes, "services") || compose::HasTopKey(bytes, "include")))
    return "its name, and a key `services` or `include`";
  if (named && HasFirstLayout(bytes)) return "its name, and services at the top";
  if (!IsYamlName(name) && !name.ends_with(".json")) return "";
  return FitsContent(bytes) ? "a mapping `services` with images or builds" : "";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  const bool fits = language.empty() || language == "yaml" || language == "yml" ||
                    language.find("compose") != std::string_view::npos;
  return fits && FitsContent(bytes) ? "a mapping `services` with images or builds" : "";
}

model::Document Empty(const base::Source& source) {
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kCompose;
  return document;
}

void ForgiveRemarks(model::Document& document) {
  std::erase_if(document.remarks, [](const model::Remark& remark) {
    return remark.kind == model::RemarkKind::kInvalidOption;
  });
}

// In a file that was read up to a syntax error, what is not declared may be declared behind it:
// nothing is held against the author for that, and such a network is not known.
void ForgiveMissing(model::Document& document) {
  std::erase_if(document.gaps,
                [](const diagnostic::Gap& gap) { return gap.kind == "invalid-compose"; });
  ForgiveRemarks(document);
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

// `folder`: where Compose would be started.
model::Document Merged(const std::vector<const base::Source*>& sources, const std::string& folder,
                       const Context& context) {
  model::Document document = Empty(*sources[0]);
  for (const base::Source* source : sources) document.project.push_back(source->Id());
  compose::Project project = compose::Load(sources, folder, context);
  compose::ReadProject(project, context, document);
  if (project.partial) ForgiveMissing(document);
  return document;
}

// A text in another file is no part of a project, whatever lies beside that file.
model::Document ReadText(const base::Source& source, const Context& context) {
  model::Document document =
      Merged({&source}, std::string(base::DirectoryOf(source.Path())), context);
  if (compose::IsFragment(source)) ForgiveRemarks(document);
  return document;
}

model::Document Read(const base::Source& source, const Context& context) {
  if (source.Within() != nullptr) return ReadText(source, context);
  std::vector<diagnostic::Gap> gaps;
  const compose::ProjectFiles files = compose::FilesOf(source, context, gaps);
  std::vector<const base::Source*> sources;
  for (const std::string& path : files.paths) {
    const base::Source* read =
        path == source.Path() ? &source : compose::ReadNamed(path, {}, true, context, gaps);
    if (read != nullptr) sources.push_back(read);
  }
  model::Document document =
      sources.empty() ? Empty(source) : Merged(sources, files.folder, context);
  // What is missing in a part of a project may stand in the other parts, which nothing names.
  if (sources.size() == 1 && !compose::IsDefaultName(base::NameOf(source.Path())) &&
      compose::IsFragment(source))
    ForgiveRemarks(document);
  document.file = source.Id();
  document.gaps.insert(document.gaps.end(), gaps.begin(), gaps.end());
  return document;
}

}  // namespace

const Reader kComposeReader{"compose", Named, Accepts, Read, AcceptsFence};

model::Document ReadComposeFiles(const std::vector<const base::Source*>& sources,
                                 const Context& context) {
  return Merged(sources, std::string(base::DirectoryOf(sources[0]->Path())), context);
}

}  // namespace cagelint::input
