// The words of a comment that speaks to the linter.
#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/suppressions.h"

namespace cagelint::input {
namespace {

using model::Suppression;

constexpr std::string_view kName = "cagelint";
constexpr std::size_t kMostIds = 100;
constexpr std::size_t kLongestReason = 1000;

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

std::string_view SkipBlanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text;
}

// "2027-01-31": a day of a calendar, so that a slip is seen and not taken for "for ever".
bool IsDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  int parts[3] = {};
  constexpr std::size_t kBegins[] = {0, 5, 8};
  for (std::size_t part = 0; part < 3; ++part) {
    for (std::size_t i = kBegins[part]; i < 10 && text[i] != '-'; ++i) {
      if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) return false;
      parts[part] = parts[part] * 10 + (text[i] - '0');
    }
  }
  const auto [year, month, day] = parts;
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leaps = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= kDays[month - 1] + (month == 2 && leaps ? 1 : 0);
}

class Reading {
 public:
  Reading(std::string_view comment, const base::Span& span) : whole_(comment), span_(span) {
    out_.span = span;
  }

  // `rest` stands behind `cagelint:` in the comment.
  Suppression Do(std::string_view rest) {
    rest = SkipBlanks(rest);
    const std::size_t end = rest.find_first_of("[ \t");
    const std::string_view word = rest.substr(0, end);
    if (word == "ignore-file") {
      out_.reach = Suppression::Reach::kWholeFile;
    } else if (word != "ignore") {
      return Wrong("`" + std::string(word) +
                   "` says nothing here; there are `ignore[…]` and `ignore-file[…]`");
    }
    rest = SkipBlanks(rest.substr(word.size()));
    const std::size_t close = rest.find(']');
    if (!rest.starts_with('[') || close == std::string_view::npos)
      return Wrong("no rule is named; write `" + std::string(word) + "[rule] reason`");
    ReadIds(rest.substr(1, close - 1));
    if (out_.ids.empty() && out_.problem.empty())
      return Wrong("no rule is named between the brackets");
    ReadReason(rest.substr(close + 1));
    return std::move(out_);
  }

  Suppression Wrong(std::string message) {
    out_.problem = std::move(message);
    return std::move(out_);
  }

 private:
  base::Span Place(std::string_view part) const {
    const auto begin = span_.begin + static_cast<std::uint32_t>(part.data() - whole_.data());
    return {span_.file, begin, begin + static_cast<std::uint32_t>(part.size())};
  }

  void ReadIds(std::string_view list) {
    for (const std::string_view part : base::Split(list, ',')) {
      const std::string_view id = base::Trim(part);
      if (id.empty()) continue;
      if (out_.ids.size() == kMostIds) {
        out_.problem = "more than 100 rules are named";
        return;
      }
      out_.ids.push_back({std::string(id), Place(id)});
    }
  }

  // `until:2027-01-31`, `Until=…`, `util=…`, `until 2027-01-31`: would hide for ever.
  static bool IsMeantAsDate(std::string_view before, std::string_view word) {
    constexpr std::size_t kLongestName = 6;
    const std::size_t split = word.find_first_of(":=");
    if (split == std::string_view::npos) return base::ToLower(before) == "until" && IsDate(word);
    return split > 0 && split <= kLongestName && IsDate(word.substr(split + 1));
  }

  void ReadReason(std::string_view rest) {
    constexpr std::string_view kUntil = "until=";
    std::string reason;
    std::string_view before;
    for (const std::string_view word : base::Split(base::Trim(rest), ' ')) {
      if (!word.starts_with(kUntil)) {
        if (IsMeantAsDate(std::exchange(before, word), word))
          out_.problem = "`" + std::string(word) + "` sets no last day; write `until=2027-01-31`";
        if (!word.empty()) reason += (reason.empty() ? "" : " ") + std::string(word);
        continue;
      }
      out_.until = word.substr(kUntil.size());
      if (!IsDate(out_.until))
        out_.problem = "`" + out_.until + "` is no date; write `until=2027-01-31`";
    }
    // `ignore[rule]: reason` and `ignore[rule] -- reason` are ways to write it.
    reason.erase(0, std::min(reason.find_first_not_of(":- "), reason.size()));
    reason.resize(std::min(reason.size(), kLongestReason));
    out_.reason = std::move(reason);
  }

  std::string_view whole_;
  base::Span span_;
  Suppression out_;
};

}  // namespace

std::optional<Suppression> ReadDirective(std::string_view comment, const base::Span& span) {
  const std::string_view whole = base::Trim(comment);
  const bool is_block = whole.starts_with("/*");  // on one line, as any other
  if (is_block && whole.find('\n') != std::string_view::npos) return std::nullopt;
  if (is_block) comment = comment.substr(0, comment.rfind("*/"));
  const std::size_t name = comment.find_first_not_of(is_block ? "/* \t" : "#/ \t");
  if (name == std::string_view::npos || !comment.substr(name).starts_with(kName))
    return std::nullopt;
  Reading reading(comment,
                  {span.file, span.begin, span.begin + static_cast<std::uint32_t>(whole.size())});
  const std::string_view rest = comment.substr(name + kName.size());
  if (rest.starts_with(':')) return reading.Do(rest.substr(1));
  // Without its colon it is a sentence about cagelint, or a slip.
  const std::string_view next = SkipBlanks(rest);
  const bool slip = next.starts_with("ignore") || next.starts_with(':');
  if (rest.empty() || !IsBlank(rest[0]) || !slip) return std::nullopt;
  return reading.Wrong("the colon behind `cagelint` is missing: `cagelint: ignore[rule] reason`");
}

}  // namespace cagelint::input
