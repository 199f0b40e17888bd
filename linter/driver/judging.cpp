#include "linter/driver/judging.h"

#include <algorithm>

#include "linter/base/byte_gate.h"
#include "linter/base/glob.h"
#include "linter/base/text.h"
#include "linter/driver/config_keys.h"

namespace cagelint::driver {

using engine::Config;
using engine::Policy;
using engine::Section;

namespace {

std::string_view CarrierOf(const model::Document& document) {
  return model::Name(document.FileCarrier());
}

bool IsForCi(const model::Document& document) {
  return document.carrier == model::Carrier::kWorkflow ||
         document.carrier == model::Carrier::kGitlab;
}

}  // namespace

std::string_view NameOf(const model::Container& container) {
  if (container.IsCompose()) return container.service;
  return container.name.IsKnown() ? std::string_view(container.name.value) : std::string_view();
}

Judging::Judging(const Request& request, const base::FileSystem& files, base::SourceSet& sources,
                 std::vector<std::string>& errors)
    : request_(request), files_(files), sources_(sources), errors_(errors) {}

std::string Judging::RootOf(const std::string& folder) {
  for (std::string up = folder;;) {
    if (files_.kind(base::JoinPath(up, ".git")) != base::FileKind::kMissing) return up;
    if (up == "/" || up.empty()) break;
    up = base::DirectoryOf(up);
  }
  const std::string& here = files_.working_directory;
  const bool below = folder == here || folder.starts_with(here == "/" ? here : here + "/");
  return below ? here : folder;
}

Judging::Found Judging::Load(const std::string& file, const std::string& root) {
  const std::string shown = base::ShownPath(file, files_.working_directory);
  const auto known = by_path_.find(shown);
  if (known != by_path_.end()) return known->second;
  Found found;
  base::ReadResult read = files_.read(shown);
  std::string wrong = read.message;
  if (read.Ok()) {
    if (const auto refusal = base::CheckBytes(read.bytes)) {
      wrong = refusal->message;
    } else {
      const base::Source& source = sources_.Add(shown, std::move(read.bytes));
      auto config = ReadConfig(source, std::string(base::DirectoryOf(file)), root,
                               {files_, sources_, errors_});
      if (config) found.config = std::make_shared<const Config>(std::move(*config));
      wrong.clear();
      found.is_broken = found.config == nullptr;
    }
  }
  if (!wrong.empty()) {
    errors_.push_back(shown + ": " + wrong);
    found.is_broken = true;
  }
  return by_path_.emplace(shown, found).first->second;
}

const Judging::Found& Judging::ConfigFor(std::string_view path) {
  static const Found kNone;
  if (request_.no_config) return kNone;
  const std::lock_guard lock(mutex_);
  if (!request_.config.empty()) {
    const std::string file = base::JoinPath(files_.working_directory, request_.config);
    const auto known = by_folder_.find(file);
    if (known != by_folder_.end()) return known->second;
    return by_folder_.emplace(file, Load(file, "/")).first->second;
  }
  const std::string file = base::JoinPath(files_.working_directory, path);
  const std::string folder(base::DirectoryOf(file));
  const auto known = by_folder_.find(folder);
  if (known != by_folder_.end()) return known->second;
  const std::string root = RootOf(folder);
  Found found;
  for (std::string up = folder;;) {
    const std::string candidate = base::JoinPath(up, std::string(kConfigName));
    if (files_.kind(candidate) != base::FileKind::kMissing) {
      found = Load(candidate, root);
      break;
    }
    if (up == root || up == "/" || up.empty()) break;
    up = base::DirectoryOf(up);
  }
  return by_folder_.emplace(folder, std::move(found)).first->second;
}

std::string Judging::RelativeTo(const Config& config, std::string_view path) const {
  return base::RelativePath(config.folder, base::JoinPath(files_.working_directory, path));
}

bool Judging::IsExcluded(std::string_view path) {
  const Found& found = ConfigFor(path);
  if (found.config == nullptr) return false;
  const auto& patterns = found.config->exclude;
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return base::MatchesGlob(pattern, RelativeTo(*found.config, path));
  });
}

const std::string& Judging::PathOf(const model::Document& document) const {
  return sources_.Get(document.file).Path();
}

bool Judging::Prepare(const model::Document& document) {
  ConfigFor(PathOf(document));
  const std::lock_guard lock(mutex_);
  const std::size_t before = errors_.size();
  const auto refuse = [&](const base::Span& place, const std::string& message) {
    const base::Span span = sources_.ToFile(place);
    const base::Source& source = sources_.Get(span.file);
    const base::Position at = source.PositionAt(span.begin);
    errors_.push_back(source.Path() + ":" + std::to_string(at.line) + ":" +
                      std::to_string(at.column) + ": " + message);
  };
  for (const model::PreferenceError& error : document.preference_errors)
    refuse(error.span, error.message);
  for (const model::PolicyRequest& asked : document.policies) {
    auto& policy = by_name_[asked.policy];
    if (policy != nullptr) continue;
    auto loaded = LoadPolicy(asked.policy);
    if (!loaded.Ok()) {
      refuse(asked.span, loaded.Message());
    } else {
      policy = std::make_shared<const Policy>(std::move(loaded).Value());
    }
  }
  return errors_.size() == before;
}

std::vector<const Section*> Judging::SectionsFor(const model::Document& document,
                                                 std::string_view container) {
  std::vector<const Section*> out;
  const auto& config = ConfigFor(PathOf(document)).config;
  if (config == nullptr) return out;
  const std::string path = RelativeTo(*config, PathOf(document));
  for (const Section& section : config->sections)
    if (section.FitsFile(path, CarrierOf(document)) && section.FitsContainer(container))
      out.push_back(&section);
  return out;
}

// What is asked for on the command line comes before what stands next to the service, that before
// the project, and that before the configuration.
const Policy* Judging::BasePolicy(const model::Document& document, const std::string& container,
                                  const std::vector<const Section*>& sections) {
  if (request_.policy_is_forced) return &request_.policy;
  const model::PolicyRequest* asked = nullptr;
  for (const model::PolicyRequest& one : document.policies)
    if ((one.service == container && !container.empty()) ||
        (one.service.empty() && asked == nullptr))
      asked = &one;
  if (asked != nullptr) return by_name_.at(asked->policy).get();
  for (auto section = sections.rbegin(); section != sections.rend(); ++section)
    if ((*section)->policy != nullptr) return (*section)->policy.get();
  return IsForCi(document) ? CiPolicy() : &request_.policy;
}

// What CI runs in containers is the repository's own code, on a machine that is thrown away.
const Policy* Judging::CiPolicy() {
  auto& policy = by_name_[std::string(kCiPolicy)];
  if (policy == nullptr) policy = std::make_shared<const Policy>(LoadPolicy(kCiPolicy).Value());
  return policy.get();
}

const Policy* Judging::PolicyFor(const model::Document& document,
                                 const model::Container* container) {
  const std::string name(container == nullptr ? std::string_view() : NameOf(*container));
  std::vector<const Section*> sections = SectionsFor(document, name);
  const std::lock_guard lock(mutex_);
  const Policy* policy = BasePolicy(document, name, sections);
  std::erase_if(sections, [](const Section* section) { return section->rules.empty(); });
  if (sections.empty()) return policy;
  auto& resolved = resolved_[{policy, sections}];
  if (resolved == nullptr) {
    resolved = std::make_unique<Policy>(*policy);
    for (const Section* section : sections) Apply(section->rules, *resolved);
  }
  return resolved.get();
}

std::vector<model::Suppression> Judging::IgnoresFor(const model::Document& document) {
  std::vector<model::Suppression> out;
  const auto& config = ConfigFor(PathOf(document)).config;
  if (config == nullptr) return out;
  const std::string path = RelativeTo(*config, PathOf(document));
  std::set<std::string_view> names;
  for (const model::Container& container : document.containers)
    if (!NameOf(container).empty()) names.insert(NameOf(container));
  for (const Section& section : config->sections) {
    if (section.ignores.empty() || !section.FitsFile(path, CarrierOf(document))) continue;
    for (const model::Suppression& ignore : section.ignores) {
      out.push_back(ignore);
      if (section.containers.empty()) continue;
      const model::Suppression one = std::move(out.back());
      out.pop_back();
      for (const std::string_view name : names) {
        if (!section.FitsContainer(name)) continue;
        out.push_back(one);
        out.back().service = name;
      }
    }
  }
  return out;
}

std::pair<std::string, std::string> Judging::FoldersOf(const model::Document& document) {
  const std::string file = base::JoinPath(files_.working_directory, PathOf(document));
  const std::string folder(base::DirectoryOf(file));
  for (std::string up = folder; up.size() > 1; up = base::DirectoryOf(up))
    if (files_.kind(base::JoinPath(up, ".git")) != base::FileKind::kMissing) return {folder, up};
  return {folder, folder};
}

std::vector<std::string> Judging::Used() const {
  std::vector<std::string> out;
  for (const auto& [path, found] : by_path_)
    if (found.config != nullptr) out.push_back(path);
  return out;
}

std::vector<std::string> Judging::Baselines() const {
  if (!request_.baseline.empty()) return {request_.baseline};
  std::vector<std::string> out;
  for (const auto& [path, found] : by_path_)
    if (found.config != nullptr && !found.config->baseline.empty())
      out.push_back(found.config->baseline);
  return out;
}

}  // namespace cagelint::driver
