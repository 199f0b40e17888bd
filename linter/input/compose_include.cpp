#include <algorithm>
#include <set>

#include "linter/base/files.h"
#include "linter/input/compose_extends.h"

namespace cagelint::input::compose {
namespace {

// More than any project has; a guard against files that include each other in a tree.
constexpr int kMostIncludes = 200;

std::vector<View> Texts(const View& value) {
  if (!value) return {};
  if (value->IsList()) return value.Children();
  return {value};
}

// Values are equal whatever the place where they are written.
bool Equal(const Value& a, const Value& b) {
  if (a.kind != b.kind || a.text.text != b.text.text || a.slots.size() != b.slots.size())
    return false;
  if (a.folder != b.folder && a.IsString()) return false;
  for (std::size_t i = 0; i < a.slots.size(); ++i) {
    const Slot* other = a.IsMap() ? b.Find(a.slots[i].key) : &b.slots[i];
    if (other == nullptr || !Equal(*a.slots[i].value, *other->value)) return false;
  }
  return true;
}

}  // namespace

ValuePtr Loader::ApplyInclude(const ValuePtr& config, const Scope& scope) {
  const View include = ViewOf(config).Get("include");
  if (!include) return config;
  if (!include->IsList()) {
    Say("invalid-compose", "`include` is no list", include->span);
    return config;
  }
  auto model = std::make_shared<Value>(*config);
  std::erase_if(model->slots, [](const Slot& slot) { return slot.key == "include"; });
  for (const View& entry : include.Children()) IncludeOne(entry, scope, *model);
  return model;
}

void Loader::IncludeOne(const View& entry, const Scope& scope, Value& into) {
  if (++includes_ > kMostIncludes) {
    if (includes_ == kMostIncludes + 1)
      Say("limit-reached", "more than 200 included files", entry->span);
    return;
  }
  const std::vector<View> paths = Texts(entry->IsMap() ? entry.Get("path") : entry);
  std::vector<const base::Source*> sources;
  for (const View& path : paths) {
    const base::Source* source = FileOf(path, scope.folder, "include");
    if (source == nullptr) return;
    const auto& included = scope.included;
    if (sources.empty() &&
        std::find(included.begin(), included.end(), source->Path()) != included.end()) {
      return Say("invalid-compose", "this file includes itself in the end", path.Text());
    }
    sources.push_back(source);
  }
  if (sources.empty()) return Say("invalid-compose", "`include` names no file", entry->span);
  int folder = Folder(std::string(base::DirectoryOf(sources[0]->Path())));
  if (const View own = entry.Get("project_directory")) {
    if (own->IsDynamic())
      return Say("unresolved-variable", "a folder that cannot be known", own.Text());
    folder = Folder(Resolve(own->text.text, scope.folder));
  }
  Variables variables = scope.variables;
  std::vector<std::string> env_files;
  for (const View& file : Texts(entry.Get("env_file")))
    if (file->IsString() && !file->IsDynamic()) env_files.push_back(file->text.text);
  if (env_files.empty()) {
    ReadEnvironment({".env"}, false, folder, true, variables);
  } else {
    ReadEnvironment(env_files, true, scope.folder, true, variables);
  }
  const ValuePtr model = LoadModel(sources, {variables, folder, scope.included});
  if (model != nullptr) Import(*model, entry, into);
}

// Adds what the included files define; a name that is there already must mean the same.
void Loader::Import(const Value& from, const View& entry, Value& into) {
  for (const char* kind : {"services", "volumes", "networks", "secrets", "configs", "models"}) {
    const Slot* source = from.Find(kind);
    if (source == nullptr || !source->value->IsMap()) continue;
    auto target = std::find_if(into.slots.begin(), into.slots.end(),
                               [&](const Slot& slot) { return slot.key == kind; });
    auto merged = std::make_shared<Value>();
    merged->kind = Kind::kMap;
    merged->span = source->value->span;
    if (target != into.slots.end() && target->value->IsMap()) *merged = *target->value;
    std::unordered_map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < merged->slots.size(); ++i) index.emplace(merged->slots[i].key, i);
    for (const Slot& slot : source->value->slots) {
      const auto [at, fresh] = index.emplace(slot.key, merged->slots.size());
      if (fresh) {
        merged->slots.push_back(slot);
        merged->slots.back().steps =
            Joined({{entry->span, "`include` brings it here"}}, slot.steps);
      } else if (!Equal(*merged->slots[at->second].value, *slot.value)) {
        Say("invalid-compose", "`" + slot.key + "` is something else in an included file",
            merged->slots[at->second].key_span);
      }
    }
    if (target == into.slots.end()) {
      into.slots.push_back({kind, source->key_span, std::move(merged), {}});
    } else {
      target->value = std::move(merged);
    }
  }
}

}  // namespace cagelint::input::compose
