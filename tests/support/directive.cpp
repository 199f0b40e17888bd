#include "tests/support/directive.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "linter/base/text.h"

namespace cagelint::test {
namespace {

using base::Error;
using base::Trim;
using Kind = Directive::Kind;
using Parsed = base::Result<std::optional<Directive>>;

constexpr std::array<std::string_view, 6> kWords{"rules", "expect", "ok", "gap", "as", "config"};

std::size_t FenceAt(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of('`', at), text.size()) - at;
}

// Takes `code` off the front; a fence of several backticks ends at as many.
std::optional<std::string> TakeFenced(std::string_view& text) {
  const std::size_t fence = FenceAt(text, 0);
  if (fence == 0) return std::nullopt;
  for (std::size_t at = text.find('`', fence); at != std::string_view::npos;) {
    const std::size_t length = FenceAt(text, at);
    if (length == fence) {
      std::string_view inside = text.substr(fence, at - fence);
      if (fence > 1 && inside.size() > 1 && inside.front() == ' ' && inside.back() == ' ')
        inside = inside.substr(1, inside.size() - 2);
      text.remove_prefix(at + fence);
      return std::string(inside);
    }
    at = text.find('`', at + length);
  }
  return std::nullopt;
}

// Takes " #N" off the front.
bool TakeNumber(std::string_view& text, int& number) {
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), number);
  if (error != std::errc() || number == 0) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

// Takes a place off the front of `text`.
std::optional<Place> TakePlace(std::string_view& text) {
  Place place;
  const std::size_t tick = text.find('`');
  if (tick == std::string_view::npos) return std::nullopt;
  if (tick > 0 && text[tick - 1] == ':') {
    place.file = text.substr(0, tick - 1);
    text.remove_prefix(tick);
  }
  const auto first = TakeFenced(text);
  if (!first || first->empty()) return std::nullopt;
  place.first = *first;
  if (text.starts_with("..`")) {
    text.remove_prefix(2);
    const auto last = TakeFenced(text);
    if (!last || last->empty()) return std::nullopt;
    place.last = *last;
  }
  if (text.starts_with(" #") && !TakeNumber(text, place.nth)) return std::nullopt;
  return place;
}

std::string_view TakeWord(std::string_view& text) {
  text = Trim(text);
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  text = Trim(text);
  return word;
}

std::vector<std::string> Names(std::string_view text) {
  std::vector<std::string> names;
  for (const std::string_view name : base::Split(text, ',')) names.emplace_back(Trim(name));
  return names;
}

Parsed ParseExpect(std::string_view rest) {
  Directive out{.kind = Kind::kExpect};
  out.names = {std::string(TakeWord(rest))};
  out.severity = diagnostic::SeverityNamed(rest.substr(0, rest.find(' ')));
  if (out.severity) TakeWord(rest);
  out.place = TakePlace(rest);
  if (!out.place || !Trim(rest).empty())
    return Error{"expected: expect: RULE [SEVERITY] `TEXT` [#N]"};
  return std::optional(out);
}

Parsed ParseGap(std::string_view rest) {
  Directive out{.kind = Kind::kGap};
  out.names = {std::string(TakeWord(rest))};
  if (rest == "refused" || rest.starts_with("refused ")) {
    out.refused = true;
    TakeWord(rest);
  }
  if (rest.empty()) return std::optional(out);
  out.place = TakePlace(rest);
  if (!out.place || !Trim(rest).empty())
    return Error{"expected: gap: KIND [refused] [`TEXT` [#N]]"};
  return std::optional(out);
}

Parsed ParseConfig(std::string_view rest) {
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos) return Error{"expected: config: KEY = VALUE"};
  Directive out{.kind = Kind::kConfig};
  out.names = {std::string(Trim(rest.substr(0, equals)))};
  out.text = Trim(rest.substr(equals + 1));
  return std::optional(out);
}

Parsed ParseList(Kind kind, std::string_view rest) {
  Directive out{.kind = kind};
  out.names = Names(rest);
  if (std::find(out.names.begin(), out.names.end(), "") != out.names.end())
    return Error{"expected a list of rule ids"};
  return std::optional(out);
}

std::string Fenced(const std::string& text) {
  std::size_t longest = 0;
  for (std::size_t at = text.find('`'); at != std::string::npos;) {
    const std::size_t length = FenceAt(text, at);
    longest = std::max(longest, length);
    at = text.find('`', at + length);
  }
  if (longest == 0) return "`" + text + "`";
  const std::string fence(longest + 1, '`');
  return fence + " " + text + " " + fence;
}

}  // namespace

Parsed ParseDirective(std::string_view comment) {
  comment = Trim(comment);
  const std::size_t colon = comment.find(": ");
  if (colon == std::string_view::npos) return std::optional<Directive>();
  const std::string_view word = comment.substr(0, colon);
  std::string_view rest = Trim(comment.substr(colon + 1));
  if (word == "expect") return ParseExpect(rest);
  if (word == "gap") return ParseGap(rest);
  if (word == "config") return ParseConfig(rest);
  if (word == "ok") return ParseList(Kind::kOk, rest);
  if (word == "rules") return ParseList(Kind::kRules, rest);
  if (word == "as") return std::optional(Directive{.kind = Kind::kAs, .text = std::string(rest)});
  const std::string_view near = word.size() < 4 ? "" : base::Suggest(word, kWords);
  if (!near.empty()) return Error{"did you mean `" + std::string(near) + ":`?"};
  return std::optional<Directive>();
}

bool IsRefinement(std::string_view comment) {
  if (!comment.starts_with("  ")) return false;
  const std::string_view word = TakeWord(comment);
  return word == "label" || word == "message" || word == "hidden";
}

Parsed ParseRefinement(std::string_view comment) {
  Directive out;
  const std::string_view word = TakeWord(comment);
  out.kind = word == "label" ? Kind::kLabel : Kind::kMessage;
  if (word == "hidden") out.kind = Kind::kHidden;
  if (out.kind == Kind::kLabel) {
    out.place = TakePlace(comment);
    if (!out.place) return Error{"expected: label `TEXT` [#N] [MESSAGE]"};
  }
  out.text = Trim(comment);
  return std::optional(out);
}

std::string Spell(const Place& place) {
  std::string out = place.file.empty() ? "" : place.file + ":";
  out += Fenced(place.first);
  if (!place.last.empty()) out += ".." + Fenced(place.last);
  if (place.nth != 1) out += " #" + std::to_string(place.nth);
  return out;
}

}  // namespace cagelint::test
