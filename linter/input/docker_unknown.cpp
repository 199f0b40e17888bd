#include "linter/input/docker_unknown.h"

#include <algorithm>
#include <string>

#include "linter/base/text.h"

namespace cagelint::input {
namespace {

// The author's text of a word that is nothing but one part that cannot be known; "" otherwise.
std::string_view UnknownText(const Argument& word) {
  if (word.text.size() != 1 || word.text[0] != kUnknownByte || word.pieces.empty()) return {};
  return word.pieces.front().written;
}

bool HasAny(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

bool IsArray(std::string_view written) {
  return written == "..." || written == "…" ||
         HasAny(written, {"[@]", "[*]", "$@", "$*", "${@", "${*"});
}

// Whether a part of the name between underscores is one of `words`, or the name ends in one of
// `endings`.
bool HasPart(std::string_view name, std::initializer_list<std::string_view> words,
             std::initializer_list<std::string_view> endings) {
  for (std::string_view part : base::Split(name, '_')) {
    part.remove_prefix(std::min(part.find_first_not_of("${[<"), part.size()));
    part = part.substr(0, part.find_first_of("}:-]> "));
    if (std::find(words.begin(), words.end(), part) != words.end()) return true;
    for (const std::string_view ending : endings)
      if (part.ends_with(ending)) return true;
  }
  return false;
}

// The parts of `$(NAME)` and `{{ a.b }}` as those of a variable's name.
std::string PartsOf(std::string_view written) {
  std::string name = base::ToLower(written);
  const bool is_make = name.starts_with("$(") && name.find(' ') == std::string::npos;
  if (is_make || name.find("{{") != std::string::npos)
    for (char& byte : name)
      if (std::string_view("$(){}. ").find(byte) != std::string_view::npos) byte = '_';
  return name;
}

enum class Hint { kNone, kFlags, kPositional };

// What the author's name for a variable says, or the command that makes it.
Hint HintOf(std::string_view written) {
  const std::string name = base::ToLower(written);
  // `${V:+--privileged}`, `$(tty -s && echo -it)`: the options stand there.
  const bool is_variable = name.find("${") != std::string::npos;
  if ((is_variable && HasAny(name, {"+-", "+\"-", "+'-", "--"})) ||
      HasAny(name, {"echo -", "echo '-", "echo \"-", "printf '-", "printf \"-"}))
    return Hint::kFlags;
  const std::string parts = PartsOf(written);
  if (HasPart(
          parts,
          {"opt", "option", "arg", "argv", "arguments", "flag", "param", "extra", "volume", "mount",
           "mounts", "env", "envs", "environment", "device", "devices", "port", "ports"},
          {"opts", "options", "args", "flags", "params", "volumes"})) {
    return Hint::kFlags;
  }
  if (HasAny(name, {"image", "img", "build"}) ||
      HasPart(parts, {"tag", "repo", "container", "ctr", "cid"}, {"container"})) {
    return Hint::kPositional;
  }
  return Hint::kNone;
}

bool IsFlagOf(const Argument& word, const Syntax& syntax) {
  const std::string_view text = word.text;
  if (text.size() < 2 || text[0] != '-') return false;
  if (text[1] == '-') {
    const std::string_view name = text.substr(2, text.find('=') - 2);
    return FindFlag(syntax.command, syntax.engine, name) != nullptr;
  }
  return FindFlag(syntax.command, syntax.engine, text[1]) != nullptr;
}

// `alpine:3.20`, `ghcr.io/a/b`, `x@sha256:…`, and names that are no program's.
bool IsPlainlyImage(std::string_view text) {
  if (text.empty() || HasAny(text, {" ", "=", "://"}) || text[0] == '/' || text[0] == '.' ||
      text[0] == '-') {
    return false;
  }
  for (const std::string_view name : {"alpine", "ubuntu", "debian", "busybox", "fedora"})
    if (text == name) return true;
  if (text.find("@sha256:") != std::string_view::npos) return true;
  const std::size_t slash = text.find('/');
  const std::size_t colon = text.rfind(':');
  if (slash != std::string_view::npos && text.substr(0, slash).find('.') != std::string_view::npos)
    return true;
  return colon != std::string_view::npos && colon + 1 < text.size() &&
         text.find('/', colon) == std::string_view::npos;
}

bool FlagsByWhatFollows(std::span<const Argument> words, const Syntax& syntax) {
  if (words.size() < 2) return false;
  const Argument& next = words[1];
  if (IsFlagOf(next, syntax)) return true;
  if ((syntax.command & (kRunCommand | kCreateCommand)) == 0) return false;
  const std::string_view written = UnknownText(next);
  if (written.empty()) return IsPlainlyImage(next.text);
  const Hint hint = HintOf(written);
  if (hint == Hint::kPositional) return true;
  return words[0].is_list && hint == Hint::kNone && !IsArray(written);
}

}  // namespace

bool MayBeFlags(std::span<const Argument> words, const Syntax& syntax) {
  if (words[0].may_be_options) return true;
  const std::string_view written = UnknownText(words[0]);
  if (written.empty()) return words[0].is_list && words[0].pieces.empty();
  // The elements of a list of source code: `*args`, `args...`.
  if (words[0].is_list &&
      (written.starts_with('*') || written.starts_with("...") || written.ends_with("...")))
    return true;
  const char first = written.front();
  // `traefik[:version]` begins with literal text; `args` is what source code calls a part of one.
  if (!words[0].is_list && ((first >= 'a' && first <= 'z') || (first >= '0' && first <= '9')))
    return false;
  const bool array = IsArray(written);
  const Hint hint = HintOf(written);
  if (syntax.interspersed) return array || (words[0].is_list && hint == Hint::kFlags);
  if (array || hint == Hint::kFlags) return true;
  return hint == Hint::kNone && FlagsByWhatFollows(words, syntax);
}

}  // namespace cagelint::input
