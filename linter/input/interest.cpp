#include "linter/input/interest.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "linter/base/files.h"
#include "linter/base/find_any.h"
#include "linter/base/hash.h"

namespace cagelint::input {

namespace {

constexpr std::string_view kWords[] = {
    "docker",       "podman",     "nerdctl",  // in commands, lists, `FROM docker.io/…`
    "DOCKER",       "PODMAN",     "NERDCTL",       "CONTAINER_",  // variables that hold a name
    "services",                                                   // of compose files, workflows
    "container:",                                                 // of workflows
    "SCMP_ACT_",    "archMap",    "syscalls",                     // of seccomp profiles
    "[Container]",                                                // of Quadlet
    "HostConfig",                                                 // of what engines tell
    "devcontainer", "remoteUser", "containerUser", "containerEnv", "runArgs",
};
// How escapes of letters begin.
constexpr std::string_view kEscapes[] = {"\\u004", "\\u005", "\\u006", "\\u007", "\\x4",
                                         "\\x5",   "\\x6",   "\\x7",   "\\U0000"};
// Endings of names of files whose strings have such escapes.
constexpr std::string_view kEscaping[] = {".json", ".jsonc", ".yaml",
                                          ".yml",  ".toml",  ".code-workspace"};
// Endings of names that tell enough.
constexpr std::string_view kTelling[] = {".sh", ".bash", ".zsh", ".ksh", ".dash", ".container"};

}  // namespace

bool MaySpeakOfContainers(std::string_view bytes) {
  static constexpr base::AnyOf kAny(kWords);
  return kAny.StandsIn(bytes);
}

bool MayHideWords(std::string_view bytes) {
  static constexpr base::AnyOf kAny(kEscapes);
  return kAny.StandsIn(bytes);
}

bool MayBeOfInterest(std::string_view path, std::string_view bytes) {
  const std::string_view name = base::NameOf(path);
  const bool tells = name.find('.') == std::string_view::npos ||
                     name.find("compose") != std::string_view::npos ||
                     name == "devcontainer.json" || name == ".devcontainer.json" ||
                     std::any_of(std::begin(kTelling), std::end(kTelling),
                                 [&](std::string_view ending) { return name.ends_with(ending); });
  const bool is_wide = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (tells || is_wide) return true;
  const auto ends_so = [&](std::string_view ending) { return name.ends_with(ending); };
  if (std::none_of(std::begin(kEscaping), std::end(kEscaping), ends_so))
    return MaySpeakOfContainers(bytes);
  // Both in one pass.
  static constexpr auto kAll = [] {
    std::array<std::string_view, std::size(kWords) + std::size(kEscapes)> words{};
    std::copy(std::begin(kEscapes), std::end(kEscapes),
              std::copy(std::begin(kWords), std::end(kWords), words.begin()));
    return words;
  }();
  static constexpr base::AnyOf kAny(kAll);
  return kAny.StandsIn(bytes);
}

std::uint64_t InterestVersion() {
  std::uint64_t hash = base::HashOf("2");  // of how they are looked for
  for (const std::string_view word : kWords) hash = base::HashOf(word, hash);
  for (const std::string_view word : kEscapes) hash = base::HashOf(word, hash);
  for (const std::string_view ending : kTelling) hash = base::HashOf(ending, hash);
  for (const std::string_view ending : kEscaping) hash = base::HashOf(ending, hash);
  return hash;
}

}  // namespace cagelint::input
