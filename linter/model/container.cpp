#include "linter/model/container.h"

#include <algorithm>
#include <cassert>

namespace cagelint::model {
namespace {

struct Names {
  std::string_view member;
  std::string_view flag;
  std::string_view key;
  bool list;
};

constexpr Names kNames[] = {
#define SETTING(type, member, flag, key) {#member, flag, key, false},
#define LIST(type, member, flag, key) {#member, flag, key, true},
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
};

const Names& Find(std::string_view member) {
  const auto* found = std::find_if(std::begin(kNames), std::end(kNames),
                                   [&](const Names& name) { return name.member == member; });
  assert(found != std::end(kNames));
  return *found;
}

template <typename T>
void MakeUnknown(Setting<T>& setting, const std::string& source, base::Span place) {
  if (setting.IsAbsent()) setting = Setting<T>::Dynamic(source, place, place);
}

template <typename T>
void MakeUnknown(List<T>& list, const std::string& source, base::Span place) {
  if (list.IsAbsent()) list.whole = place;
  list.state = State::kDynamic;
  list.source = source;
}

template <typename T>
void Forget(Setting<T>& setting) {
  if (setting.IsDynamic()) setting = {};
}

template <typename T>
void Forget(List<T>& list) {
  std::erase_if(list.items, [](const Setting<T>& item) { return item.IsDynamic(); });
  if (list.IsDynamic()) list.state = list.items.empty() ? State::kAbsent : State::kKnown;
}

}  // namespace

Container::Container() = default;
Container::Container(const Container& other) = default;
Container::Container(Container&& other) noexcept = default;
Container& Container::operator=(const Container& other) = default;
Container& Container::operator=(Container&& other) noexcept = default;
Container::~Container() = default;

std::string_view Name(Engine engine) {
  switch (engine) {
    case Engine::kDocker:
      return "docker";
    case Engine::kPodman:
      return "podman";
    case Engine::kNerdctl:
      return "nerdctl";
  }
  return "docker";
}

std::string_view Name(Carrier carrier) {
  switch (carrier) {
    case Carrier::kCommandLine:
      return "command";
    case Carrier::kShell:
      return "shell";
    case Carrier::kCompose:
      return "compose";
    case Carrier::kSeccomp:
      return "seccomp";
    case Carrier::kBatch:
      return "batch";
    case Carrier::kDevcontainer:
      return "devcontainer";
    case Carrier::kDockerfile:
      return "dockerfile";
    case Carrier::kGitlab:
      return "gitlab-ci";
    case Carrier::kGo:
      return "go";
    case Carrier::kInspect:
      return "inspect";
    case Carrier::kJustfile:
      return "justfile";
    case Carrier::kMakefile:
      return "makefile";
    case Carrier::kMarkdown:
      return "markdown";
    case Carrier::kMcp:
      return "mcp";
    case Carrier::kPackage:
      return "package-json";
    case Carrier::kPowershell:
      return "powershell";
    case Carrier::kPython:
      return "python";
    case Carrier::kQuadlet:
      return "quadlet";
    case Carrier::kSystemd:
      return "systemd";
    case Carrier::kTasks:
      return "vscode-tasks";
    case Carrier::kTypescript:
      return "typescript";
    case Carrier::kWorkflow:
      return "workflow";
  }
  return "shell";
}

std::string Spelling(const Container& container, std::string_view name, std::string_view value) {
  const Names& names = Find(name);
  const std::string_view word = container.IsCompose() ? names.key : names.flag;
  assert(!word.empty());
  std::string out = "`" + std::string(word);
  if (container.IsCompose()) {
    out += names.list ? ": [" + std::string(value) + "]" : ": " + std::string(value);
  } else if (value != "true") {
    out += "=" + std::string(value);
  }
  return out + "`";
}

void MakeAbsentDynamic(Container& container, const std::string& source, base::Span place) {
#define SETTING(type, member, flag, key) \
  if (!std::string_view(flag).empty()) MakeUnknown(container.member, source, place);
#define LIST(type, member, flag, key) \
  if (!std::string_view(flag).empty()) MakeUnknown(container.member, source, place);
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
}

void MakeOpen(Container& container, const std::string& source, base::Span place) {
  const State command = container.command.state;
  const State entrypoint = container.entrypoint.state;
  MakeAbsentDynamic(container, source, place);
#define SETTING(type, member, flag, key)
#define LIST(type, member, flag, key)         \
  if (container.member.IsKnown()) {           \
    container.member.state = State::kDynamic; \
    container.member.source = source;         \
  }
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
  if (command == State::kKnown) container.command.state = command;
  if (entrypoint == State::kKnown) container.entrypoint.state = entrypoint;
}

void MakeDynamicAbsent(Container& container) {
#define SETTING(type, member, flag, key) Forget(container.member);
#define LIST(type, member, flag, key) Forget(container.member);
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
}

}  // namespace cagelint::model
