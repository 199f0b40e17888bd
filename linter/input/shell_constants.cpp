// Expansions whose result follows from constants alone (bash reference manual, "Shell Expansions").
#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "linter/base/text.h"
#include "linter/input/shell_prefixes.h"
#include "linter/input/shell_values.h"

namespace cagelint::input {
namespace {

using syntax::PartKind;
using syntax::Word;
using syntax::WordPart;

constexpr std::size_t kMostBraced = 64;

bool ToNumber(std::string_view text, int& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

// `{a,b}` and `{1..3}` with nothing quoted, expanded or nested in it.
std::vector<std::string> Alternatives(std::string_view text) {
  std::vector<std::string> items;
  if (text.size() < 3 || text.find_first_of("'\"\\$`*?[~") != std::string_view::npos) return items;
  text = text.substr(1, text.size() - 2);
  if (text.find_first_of("{}") != std::string_view::npos) return items;
  if (text.find(',') != std::string_view::npos) {
    for (const std::string_view item : base::Split(text, ',')) items.emplace_back(item);
    return items;
  }
  int first = 0;
  int last = 0;
  const std::size_t dots = text.find("..");
  const bool is_padded = text.find("0") == 0 || text.find("..0") != std::string_view::npos;
  if (dots == std::string_view::npos || is_padded || !ToNumber(text.substr(0, dots), first) ||
      !ToNumber(text.substr(dots + 2), last) || std::abs(last / 2 - first / 2) > 32)
    return items;
  for (int at = first;; at += first < last ? 1 : -1) {
    items.push_back(std::to_string(at));
    if (at == last) return items;
  }
}

bool IsPlain(std::string_view pattern) {
  return pattern.find_first_of("*?[]\\()") == std::string_view::npos;
}

// `${v/pattern/text}` and `${v//pattern/text}` without wildcards; `&` is the match in bash 5.2.
bool Substitute(std::string_view value, const WordPart& part, std::string operand,
                std::string& result) {
  if (part.written.find_first_of("'\"\\&") != std::string::npos) return false;
  char anchor = '\0';
  if (part.operation == "/" && (operand.starts_with('#') || operand.starts_with('%'))) {
    anchor = operand.front();
    operand.erase(0, 1);
  }
  const std::size_t slash = std::min(operand.find('/'), operand.size());
  const std::string pattern = operand.substr(0, slash);
  const std::string text = operand.substr(std::min(slash + 1, operand.size()));
  if (pattern.empty() || !IsPlain(pattern)) return false;
  std::size_t at = 0;
  while (at < value.size()) {
    std::size_t found = value.find(pattern, at);
    if (anchor == '#') found = value.starts_with(pattern) ? 0 : std::string_view::npos;
    if (anchor == '%')
      found = value.ends_with(pattern) ? value.size() - pattern.size() : std::string_view::npos;
    if (found == std::string_view::npos) break;
    result.append(value.substr(at, found - at)).append(text);
    at = found + pattern.size();
    if (part.operation == "/") break;
  }
  result.append(value.substr(at));
  return true;
}

}  // namespace

std::vector<Word> Unbrace(const Word& word) {
  std::vector<Word> words{word};
  for (std::size_t at = 0; at < word.parts.size(); ++at) {
    if (word.parts[at].kind != PartKind::kBraces) continue;
    const std::vector<std::string> items = Alternatives(word.parts[at].text);
    if (items.empty() || items.size() * words.size() > kMostBraced) return {word};
    std::vector<Word> longer;
    for (const Word& begun : words)
      for (const std::string& item : items) {
        Word next = begun;
        next.parts[at].kind = PartKind::kLiteral;
        next.parts[at].text = item;
        longer.push_back(std::move(next));
      }
    words = std::move(longer);
  }
  return words;
}

bool Transform(std::string_view value, const WordPart& part, std::string& result) {
  const std::string& operation = part.operation;
  const Word operand{part.operand, part.span, true};
  if (!IsLiteralText(value) || !operand.IsLiteral()) return false;
  if (std::any_of(value.begin(), value.end(), [](char c) { return (c & 0x80) != 0; })) return false;
  const std::string text = operand.Text();
  if (operation == "#v") {
    result = std::to_string(value.size());
  } else if (operation == "#" || operation == "##") {
    if (!IsPlain(text)) return false;
    result = value.substr(value.starts_with(text) ? text.size() : 0);
  } else if (operation == "%" || operation == "%%") {
    if (!IsPlain(text)) return false;
    result = value.substr(0, value.size() - (value.ends_with(text) ? text.size() : 0));
  } else if (operation == "^^" && text.empty()) {
    for (const char c : value) result += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  } else if (operation == ",," && text.empty()) {
    result = base::ToLower(value);
  } else if (operation == "/" || operation == "//") {
    return Substitute(value, part, text, result);
  } else if (operation == ":") {
    const std::size_t colon = text.find(':');
    int begin = 0;
    int size = static_cast<int>(value.size());
    if (!ToNumber(text.substr(0, colon), begin) || begin < 0) return false;
    if (colon != std::string::npos && (!ToNumber(text.substr(colon + 1), size) || size < 0))
      return false;
    if (static_cast<std::size_t>(begin) <= value.size())
      result = value.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(size));
  } else {
    return false;
  }
  return true;
}

std::string KnownOutput(const std::vector<Argument>& words) {
  if (!std::all_of(words.begin(), words.end(), [](const Argument& w) { return w.IsLiteral(); }))
    return "";
  const auto is = [&](std::size_t i, std::string_view text) {
    return i < words.size() && words[i].text == text;
  };
  if (words.size() == 3 && ((is(0, "command") && is(1, "-v")) || (is(0, "type") && is(1, "-p"))))
    return words[2].text;
  if (words.size() == 2 && is(0, "which")) return words[1].text;
  std::string text;
  if (is(0, "echo")) {
    for (std::size_t i = is(1, "-n") ? 2 : 1; i < words.size(); ++i)
      text += (text.empty() ? "" : " ") + words[i].text;
    const bool is_plain = text.find('\\') == std::string::npos && !text.starts_with('-');
    return is_plain ? text : "";
  }
  if (!is(0, "printf") || words.size() < 2) return "";
  const std::string& format = words[1].text;
  if (words.size() == 3 && (format == "%s" || format == "%s\\n")) return words[2].text;
  return words.size() == 2 && format.find_first_of("%\\") == std::string::npos ? format : "";
}

}  // namespace cagelint::input
