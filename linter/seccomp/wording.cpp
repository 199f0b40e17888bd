#include "linter/seccomp/wording.h"

#include <vector>

#include "linter/seccomp/part.h"

namespace cagelint::seccomp {
namespace {

constexpr std::size_t kMostNames = 4;

}  // namespace

std::string Quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string NameList(std::span<const std::string_view> names) {
  const std::size_t shown = names.size() > kMostNames ? kMostNames - 1 : names.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == names.size();
    text += (i == 0 ? "" : last ? " and " : ", ") + Quoted(names[i]);
  }
  if (shown < names.size()) text += " and " + std::to_string(names.size() - shown) + " more";
  return text;
}

std::string NameList(std::span<const model::Word* const> names) {
  // Those that are only counted need no text.
  std::vector<std::string_view> texts(names.size());
  for (std::size_t i = 0; i < names.size() && i < kMostNames; ++i) texts[i] = names[i]->text;
  return NameList(texts);
}

std::string_view Is(std::size_t count) { return count == 1 ? " is " : " are "; }

std::string ArgumentList(std::span<const std::uint64_t> arguments) {
  std::size_t end = arguments.size();
  while (end > 1 && arguments[end - 1] == 0) --end;
  std::string text;
  for (std::size_t i = 0; i < end; ++i) {
    if (!text.empty()) text += ", ";
    text += "arg" + std::to_string(i) + " = " + Hexadecimal(arguments[i]);
  }
  return Quoted(text);
}

std::string Answered(Action action) {
  if (action.kind == ActionKind::kAllow) return "allowed";
  return (action.Opens() ? "let through (" : "denied (") + Quoted(Name(action)) + ")";
}

}  // namespace cagelint::seccomp
