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
  return HasAny(written, {"[@]", "[*]", "$@", "$*", "${@", "${*"});
}

bool NamedLikeImage(std::string_view written) {
  const std::string name = base::ToLower(written);
  return HasAny(name, {"image", "img", "build", "tag", "repo", "container", "ctr", "cid"}) &&
         !HasAny(name, {"opt", "arg", "flag", "param"});
}

bool NamedLikeFlags(std::string_view written) {
  const std::string name = base::ToLower(written);
  return HasAny(name,
                {"opt", "arg", "flag", "param", "volume", "mount", "env", "devices", "ports"});
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
  if (NamedLikeImage(written)) return true;
  return words[0].is_list && !NamedLikeFlags(written) && !IsArray(written);
}

}  // namespace

bool MayBeFlags(std::span<const Argument> words, const Syntax& syntax) {
  const std::string_view written = UnknownText(words[0]);
  if (written.empty()) return words[0].is_list && words[0].pieces.empty();
  const bool array = IsArray(written);
  if (syntax.interspersed) return array || (words[0].is_list && NamedLikeFlags(written));
  if (array) return true;
  if (NamedLikeImage(written)) return false;
  if (NamedLikeFlags(written)) return true;
  return FlagsByWhatFollows(words, syntax);
}

}  // namespace cagelint::input
