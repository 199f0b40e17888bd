#include "linter/input/compose_extends.h"

#include <algorithm>
#include <cctype>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/compose_files.h"

namespace cagelint::input::compose {
namespace {

// Longer chains of `extends` do not occur.
constexpr int kLongestChain = 100;

// What Compose fetches: a git or OCI reference, an URL.
// user@host:path
bool IsScpAddress(std::string_view path) {
  const std::size_t at = path.find('@'), colon = path.find(':');
  if (at == 0 || colon == std::string_view::npos || at >= colon || at + 1 == colon) return false;
  const auto fits = [](std::string_view text, std::string_view more) {
    return std::all_of(text.begin(), text.end(), [&](unsigned char byte) {
      return (byte < 0x80 && std::isalnum(byte) != 0) ||
             more.find(static_cast<char>(byte)) != more.npos;
    });
  };
  return fits(path.substr(0, at), "-_.") && fits(path.substr(at + 1, colon - at - 1), "-.");
}

// What docker-compose 2.40.3 asks a registry or git for, and no file system: tried one by one.
bool IsRemote(std::string_view path) {
  if (path.starts_with("oci://") || path.starts_with("github.com/")) return true;
  const std::size_t end = path.find("://");
  if (end == std::string_view::npos) return IsScpAddress(path);
  const std::string scheme = base::ToLower(path.substr(0, end));
  if (scheme == "ssh" || scheme == "git") return true;
  return (scheme == "http" || scheme == "https") &&
         path.substr(0, path.find('#')).ends_with(".git");
}

std::unique_ptr<ServiceSet> SetOf(ValuePtr services, const std::vector<Path>& resets) {
  auto set = std::make_unique<ServiceSet>();
  for (const Slot& slot : services->slots) set->index.emplace(slot.key, &slot);
  set->services = std::move(services);
  for (const Path& path : resets)
    if (path.size() > 2 && path[0] == "services")
      set->resets[path[1]].emplace_back(path.begin() + 2, path.end());
  return set;
}

ValuePtr WithSlot(const ValuePtr& map, std::string_view key, ValuePtr value) {
  auto copy = std::make_shared<Value>(*map);
  for (Slot& slot : copy->slots)
    if (slot.key == key) slot.value = value;
  return copy;
}

ValuePtr WithoutKey(const ValuePtr& map, std::string_view key) {
  auto copy = std::make_shared<Value>(*map);
  std::erase_if(copy->slots, [&](const Slot& slot) { return slot.key == key; });
  return copy;
}

// Lists whose items the loader compares, and the kinds that it knows how to: in a file that is
// extended in all services, before any schema is asked (override/uncity.go).
const Value* UnknownItem(const Value& service) {
  constexpr std::string_view kStrings[] = {
      "annotations", "cap_add", "cap_drop",   "dns",   "dns_opt",  "dns_search", "environment",
      "label_file",  "labels",  "label_file", "links", "profiles", "sysctls",    "tmpfs"};
  constexpr std::string_view kLong[] = {"configs", "devices", "ports", "secrets", "volumes"};
  for (const Slot& slot : service.slots) {
    const bool strings =
        std::find(std::begin(kStrings), std::end(kStrings), slot.key) != std::end(kStrings);
    const bool is_long = std::find(std::begin(kLong), std::end(kLong), slot.key) != std::end(kLong);
    if (!slot.value->IsList() || !(strings || is_long || slot.key == "expose")) continue;
    for (const Slot& item : slot.value->slots) {
      const Value& value = *item.value;
      const bool number = slot.key == "expose" || slot.key == "ports";
      const bool known =
          value.IsString() || (is_long && value.IsMap()) || (number && value.kind == Kind::kInt);
      if (!known) return &value;
    }
  }
  return nullptr;
}

}  // namespace

ValuePtr Loader::ApplyExtends(const Converted& document, const Scope& scope) {
  const Slot* services = document.value->Find("services");
  if (services == nullptr || !services->value->IsMap()) return document.value;
  const bool any =
      std::any_of(services->value->slots.begin(), services->value->slots.end(),
                  [](const Slot& slot) { return slot.value->Find("extends") != nullptr; });
  if (!any) return document.value;
  const auto set = SetOf(services->value, document.resets);
  auto extended = std::make_shared<Value>(*services->value);
  for (Slot& slot : extended->slots) slot.value = Extended(*set, slot.key, scope, 0);
  return WithSlot(document.value, "services", std::move(extended));
}

// The service `name` of `set`, with what it extends below it. `name` must be there.
ValuePtr Loader::Extended(ServiceSet& set, const std::string& name, const Scope& scope, int depth) {
  const auto done = set.done.find(name);
  if (done != set.done.end()) return done->second;
  const Slot& slot = *set.index.at(name);
  if (!slot.value->IsMap() || slot.value->Find("extends") == nullptr) return slot.value;
  set.open[name] = true;
  ValuePtr value = Extend(set, slot, scope, depth);
  set.open[name] = false;
  set.done[name] = value;
  return value;
}

ValuePtr Loader::Extend(ServiceSet& set, const Slot& slot, const Scope& scope, int depth) {
  const ValuePtr own = WithoutKey(slot.value, "extends");
  const View extends = ViewOf(slot.value).Get("extends");
  if (!extends) return own;
  const View service = extends->IsMap() ? extends.Get("service") : extends;
  const View file = extends.Get("file");
  if (!service || !service->IsString()) {
    Say("invalid-compose", "`extends` names no service", extends->span);
    return own;
  }
  // What was not found keeps the key: the service may have there what it seems to lack.
  const ValuePtr open = WithSlot(slot.value, "extends", service.value);
  if (service->IsDynamic() || (file && file->IsDynamic())) {
    Say("unresolved-variable", "`extends` names something that cannot be known", extends->span);
    return open;
  }
  ServiceSet* from = file ? BaseSet(file, scope) : &set;
  if (from == nullptr) return open;
  const std::string& base_name = service->text.text;
  if (!from->index.contains(base_name)) {
    Say("invalid-compose", "there is no service `" + base_name + "` to extend", service.Text());
    return open;
  }
  if (from->open[base_name]) {
    Say("invalid-compose", "`" + base_name + "` extends itself in the end", service.Text());
    return open;
  }
  if (depth >= kLongestChain) {
    Say("limit-reached", "a chain of more than 100 `extends`", service.Text());
    return open;
  }
  ValuePtr base = Extended(*from, base_name, scope, depth + 1);
  if (base->IsNull()) return own;
  base = WithoutPaths(base, set.resets[slot.key]);
  if (budget_.left < 0) return open;  // said where it was spent
  std::vector<Problem> problems;
  if (static_cast<std::int64_t>(base->slots.size()) > budget_.left) {
    budget_.left = -1;
    Say("limit-reached", "merging takes more than 2,000,000 entries", service.Text());
    return open;
  }
  auto marked = std::make_shared<Value>(*base);
  for (Slot& child : marked->slots)
    child.steps = Joined({{service.Text(), "`extends` brings it here"}}, child.steps);
  ValuePtr merged = Merge(marked, own, {"services", slot.key}, budget_, problems);
  for (const Problem& problem : problems) Add(problem);
  return merged;
}

// The file that `path` names, at the folder that it was written for. Null with a gap.
const base::Source* Loader::FileOf(const View& path, int folder, std::string_view what) {
  if (!path || !path->IsString() || path->text.text.empty()) {
    Say("invalid-compose", "`" + std::string(what) + "` names no file",
        path ? path->span : base::Span{});
    return nullptr;
  }
  if (path->IsDynamic()) {
    Say("unresolved-variable", "a file that cannot be known", path.Text());
    return nullptr;
  }
  if (IsRemote(path->text.text)) {
    Add({"remote-file", "is loaded from elsewhere: what it holds is not judged, and may change",
         path.Text(), "copy the file into the project"});
    return nullptr;
  }
  const base::Source* source =
      ReadNamed(Resolve(path->text.text, folder), path.Text(), true, context_, project_.gaps);
  if (source == nullptr || LooksLikeCompose(TreeOf(*source), source->Bytes())) return source;
  Say("invalid-compose", "`" + path->text.Written() + "` is no compose file", path.Text());
  return nullptr;
}

ServiceSet* Loader::BaseSet(const View& file, const Scope& scope) {
  const base::Source* source = FileOf(file, file->folder, "extends");
  if (source == nullptr) return nullptr;
  const int folder = Folder(std::string(base::DirectoryOf(source->Path())));
  auto& slot = bases_[{source->Id(), folder}];
  if (slot != nullptr) return slot.get();
  std::vector<Path> resets;
  const ValuePtr services = BaseServices(*source, file, folder, scope, resets);
  if (services == nullptr) return nullptr;
  slot = SetOf(services, resets);
  return slot.get();
}

// Its documents merged, `extends` and `include` left alone. A file that is no compose file is not
// shown: it may be anything on this machine.
ValuePtr Loader::BaseServices(const base::Source& source, const View& file, int folder,
                              const Scope& scope, std::vector<Path>& resets) {
  const syntax::Tree& tree = TreeOf(source);
  ValuePtr model;
  std::vector<Problem> problems;
  for (const syntax::NodeId root : tree.documents) {
    if (!tree.errors.empty() || !MayRead(file.Text())) break;
    Converted document = Convert(tree, root, source.Bytes(), scope.variables, folder);
    visited_ += document.visited;
    if (document.value == nullptr || !document.value->IsMap()) break;
    problems.insert(problems.end(), document.problems.begin(), document.problems.end());
    if (model != nullptr) model = WithoutPaths(model, document.resets);
    model = model == nullptr ? document.value : Merge(model, document.value, {}, budget_, problems);
    resets = std::move(document.resets);
  }
  const Slot* services = model == nullptr ? nullptr : model->Find("services");
  if (services == nullptr || !services->value->IsMap()) {
    Say(tree.errors.empty() ? "invalid-compose" : "syntax-error",
        "`" + file->text.text + "` cannot be read as a compose file", file.Text());
    return nullptr;
  }
  for (const Problem& problem : problems) Add(problem);
  for (const Slot& service : services->value->slots) {
    const Value* item = service.value->IsMap() ? UnknownItem(*service.value) : nullptr;
    if (item == nullptr) continue;
    Say("invalid-compose", std::string(Name(item->kind)) + " in a list that holds none",
        item->span);
    break;
  }
  return services->value;
}

}  // namespace cagelint::input::compose
