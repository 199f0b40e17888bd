// Seccomp profiles, as files of their own and as containers name them.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/base/byte_gate.h"
#include "linter/base/text.h"
#include "linter/input/argument.h"
#include "linter/input/reader.h"
#include "linter/input/seccomp_profile_decode.h"
#include "linter/model/effective.h"
#include "linter/syntax/json.h"

namespace cagelint::input {
namespace {

// What stands at the top of a JSON object, seen without parsing it.
struct Glance {
  bool object = false;
  bool default_action = false;  // with a value that begins like an action
  bool syscalls = false;        // a list of objects, or an empty one
  bool arch_map = false;
  bool only_known_keys = true;
};

void Note(std::string_view key, std::string_view behind, Glance& glance) {
  std::string lower = base::ToLower(key);
  const auto value_at = behind.find_first_not_of(" \t\r\n:");
  const std::string_view value = behind.substr(std::min(value_at, behind.size()));
  if (!IsSeccompKey(key)) glance.only_known_keys = false;
  if (lower == "defaultaction" && value.starts_with("\"SCMP_")) glance.default_action = true;
  if (lower == "archmap" && value.starts_with("[")) glance.arch_map = true;
  if (lower == "syscalls" && value.starts_with("[")) {
    const auto first = value.find_first_not_of(" \t\r\n", 1);
    glance.syscalls = first == std::string_view::npos || value[first] == '{' || value[first] == ']';
  }
}

// The end of the string that begins at `at`, behind its closing quote.
std::size_t StringEnd(std::string_view bytes, std::size_t at) {
  for (++at; at < bytes.size() && bytes[at] != '"'; ++at)
    if (bytes[at] == '\\') ++at;
  return std::min(at + 1, bytes.size());
}

Glance LookAt(std::string_view bytes) {
  Glance glance;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t begin = bytes.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || bytes[begin] != '{') return glance;
  glance.object = true;
  int depth = 0;
  for (std::size_t at = begin; at < bytes.size(); ++at) {
    const char byte = bytes[at];
    if (byte == '{' || byte == '[') ++depth;
    if (byte == '}' || byte == ']') --depth;
    if (byte != '"') continue;
    const std::size_t end = StringEnd(bytes, at);
    const std::size_t next = bytes.find_first_not_of(" \t\r\n", end);
    if (depth == 1 && next != std::string_view::npos && bytes[next] == ':')
      Note(bytes.substr(at + 1, end - at - 2), bytes.substr(next), glance);
    at = end - 1;
  }
  return glance;
}

bool Named(std::string_view path) {
  return path.ends_with(".json") || path.ends_with(".jsonc") ||
         base::NameOf(path).find('.') == std::string_view::npos;
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  const Glance glance = LookAt(bytes);
  if (!glance.object) return "";
  if (glance.default_action) return "a JSON object with `defaultAction`";
  if (glance.syscalls) return "a JSON object with `syscalls`";
  if (glance.arch_map) return "a JSON object with `archMap`";
  // An empty profile is one too, and it switches seccomp off.
  const bool named = base::ToLower(base::NameOf(path)).find("seccomp") != std::string::npos;
  return named && glance.only_known_keys ? "a JSON object in a file named after seccomp" : "";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  if (!language.empty() && !language.starts_with("json")) return "";
  const Glance glance = LookAt(bytes);
  const bool is_profile = glance.object && glance.default_action && glance.syscalls;
  return is_profile ? "a JSON object with `defaultAction` and `syscalls`" : "";
}

// What a container names as its profile and looks like none is somebody's secret perhaps, and
// nothing of it must be shown.
bool MayBeShown(const base::Source& source) {
  const Glance glance = LookAt(source.Bytes());
  return !Accepts(source.Path(), source.Bytes()).empty() ||
         (glance.object && glance.only_known_keys);
}

void AddGap(model::Document& document, std::string kind, std::string message, base::Span span,
            bool refused) {
  diagnostic::Gap gap;
  gap.kind = std::move(kind);
  gap.message = std::move(message);
  gap.span = span;
  gap.refused = refused;
  document.gaps.push_back(std::move(gap));
}

// Adds the profile in `source`, and what is wrong with it. False when there is none to judge.
bool AddProfile(const base::Source& source, model::Document& document) {
  const syntax::Tree tree = syntax::ParseJson(source);
  if (!tree.errors.empty()) {
    const syntax::SyntaxError& error = tree.errors.front();
    AddGap(document, "syntax-error", "not valid JSON: " + error.message, error.span, true);
    return false;
  }
  document.profiles.push_back(DecodeSeccompProfile(tree, source));
  for (const model::SeccompProblem& problem : document.profiles.back().problems)
    if (problem.kind == model::SeccompProblem::Kind::kInvalid)
      AddGap(document, "seccomp-invalid-profile", problem.message, problem.span, true);
  return true;
}

model::Document Read(const base::Source& source, const Context&) {
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kSeccomp;
  AddProfile(source, document);
  return document;
}

int FindProfile(const model::Document& document, base::FileId file) {
  for (std::size_t i = 0; i < document.profiles.size(); ++i)
    if (document.profiles[i].file == file) return static_cast<int>(i);
  return -1;
}

// The file named by the container's last seccomp option, with the place of the name.
std::optional<model::SeccompReference> ReferenceOf(const model::Container& container,
                                                   const Context& context) {
  const model::SecurityOption option = model::FindSecurityOption(container, "seccomp");
  if (!option.present || option.unknown || option.value.empty()) return std::nullopt;
  if (option.value == "unconfined" || option.value == "builtin") return std::nullopt;
  // An engine's API takes the profile itself; no client reads it from a file then.
  if (option.value.starts_with('{')) return std::nullopt;
  model::SeccompReference reference;
  reference.path = option.value;
  reference.span = container.security_opt.items[option.index].value_span;
  const std::size_t at = context.sources.Text(reference.span).rfind(option.value);
  if (at != std::string_view::npos) {
    reference.span.begin += static_cast<std::uint32_t>(at);
    reference.span.end = reference.span.begin + static_cast<std::uint32_t>(option.value.size());
  }
  return reference;
}

// Reads `path` from the first of `directories` that has it.
base::ReadResult ReadFrom(const std::vector<std::string>& directories, const std::string& path,
                          const Context& context, std::string& found) {
  base::ReadResult result;
  result.failure = base::ReadFailure::kMissing;
  result.message = "no such file";
  if (path.starts_with('/')) return context.files.read(found = base::CleanPath(path));
  for (const std::string& directory : directories) {
    found = base::JoinPath(directory, path);
    result = context.files.read(found);
    if (result.failure != base::ReadFailure::kMissing) break;
  }
  return result;
}

// The source of the profile at `path`, read now or before; null with a gap when it cannot be.
const base::Source* Load(const model::SeccompReference& reference, const std::string& path,
                         const std::vector<std::string>& directories, const Context& context,
                         model::Document& document) {
  std::string found;
  base::ReadResult read = ReadFrom(directories, path, context, found);
  if (!read.Ok()) {
    const bool missing = read.failure == base::ReadFailure::kMissing;
    const bool large = read.failure == base::ReadFailure::kTooLarge;
    AddGap(document,
           missing ? "missing-file"
           : large ? "limit-reached"
                   : "unreadable-file",
           "the seccomp profile `" + path + "` cannot be read: " + read.message, reference.span,
           false);
    return nullptr;
  }
  found = base::ShownPath(found, context.files.working_directory);
  if (const base::Source* known = context.sources.FindPath(found)) return known;
  if (const auto refusal = base::CheckBytes(read.bytes)) {
    AddGap(document, "unreadable-file",
           "the seccomp profile `" + path + "` cannot be read: it " + refusal->message,
           reference.span, false);
    return nullptr;
  }
  return &context.sources.Add(found, std::move(read.bytes));
}

// `$PWD/x`, `$(dirname "$0")/x` and `x` name the same file: relative to a directory that is tried.
std::optional<std::string> LiteralPath(std::string path) {
  if (path.size() > 2 && path[1] == '/' &&
      (path[0] == kWorkingDirectoryByte || path[0] == kFileDirectoryByte))
    path.erase(0, 2);
  return IsLiteralText(path) ? std::optional(std::move(path)) : std::nullopt;
}

}  // namespace

const Reader kSeccompReader{"seccomp", Named, Accepts, Read, AcceptsFence};

void FollowSeccompProfile(model::Container& container, model::Document& document,
                          const std::vector<std::string>& directories, const Context& context) {
  auto reference = ReferenceOf(container, context);
  if (!reference) return;
  const auto path = LiteralPath(reference->path);
  if (!path) return;
  reference->path = *path;
  const base::Source* source = Load(*reference, *path, directories, context, document);
  if (source != nullptr && !MayBeShown(*source)) {
    const bool is_object = LookAt(source->Bytes()).object;
    AddGap(document, is_object ? "unsupported-construct" : "syntax-error",
           "`" + *path + "` is no seccomp profile", reference->span, !is_object);
  } else if (source != nullptr) {
    reference->profile = FindProfile(document, source->Id());
    if (reference->profile < 0 && AddProfile(*source, document))
      reference->profile = static_cast<int>(document.profiles.size()) - 1;
  }
  container.seccomp = std::move(reference);
}

}  // namespace cagelint::input
