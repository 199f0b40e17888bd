#include <algorithm>
#include <array>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/base/text.h"
#include "linter/model/image_name.h"
#include "linter/model/secret.h"

namespace cagelint::model {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsAlnum(char c) { return IsDigit(c) || IsUpper(c) || (c >= 'a' && c <= 'z'); }
bool IsToken(char c) { return IsAlnum(c) || c == '_' || c == '-'; }
bool IsJwt(char c) { return IsToken(c) || c == '.' || c == '='; }
bool IsLineByte(char c) { return c != '\n' && c != '\\'; }
bool IsCapital(char c) { return IsUpper(c) || IsDigit(c); }

struct Shape {
  std::string prefix;
  bool (*is_part)(char) = IsAlnum;
  std::size_t least = 0;
  std::string what;
};

bool (*PartNamed(std::string_view name))(char) {
  if (name == "upper") return IsCapital;
  if (name == "word") return IsToken;
  if (name == "jwt") return IsJwt;
  return name == "pem" ? IsLineByte : IsAlnum;
}

// The longest prefix first.
const std::vector<Shape>& Shapes() {
  static const std::vector<Shape> table = [] {
    const auto csv = base::ParseCsv(embedded::Find("rules/data/token_shapes.csv"));
    const std::size_t prefix = csv.Column("prefix");
    const std::size_t characters = csv.Column("characters");
    const std::size_t least = csv.Column("least");
    const std::size_t what = csv.Column("what");
    std::vector<Shape> out;
    out.reserve(csv.rows.size());
    for (const auto& row : csv.rows)
      out.push_back({std::string(row[prefix]), PartNamed(row[characters]),
                     std::stoul(std::string(row[least])), std::string(row[what])});
    std::stable_sort(out.begin(), out.end(), [](const Shape& a, const Shape& b) {
      return a.prefix.size() > b.prefix.size();
    });
    return out;
  }();
  return table;
}

struct Values {
  std::set<std::string, std::less<>> whole, words;
  std::vector<std::string> holds, prefixes, suffixes;
};

const Values& Table() {
  static const Values values = [] {
    const auto csv = base::ParseCsv(embedded::Find("rules/data/secret_values.csv"));
    const std::size_t texts = csv.Column("text");
    const std::size_t hows = csv.Column("how");
    Values out;
    for (const auto& row : csv.rows) {
      const std::string text(row[texts]);
      const std::string_view how = row[hows];
      if (how == "whole") out.whole.insert(text);
      if (how == "word") out.words.insert(text);
      if (how == "holds") out.holds.push_back(text);
      if (how == "prefix") out.prefixes.push_back(text);
      if (how == "suffix") out.suffixes.push_back(text);
    }
    return out;
  }();
  return values;
}

bool IsPlaceholder(std::string_view value) {
  const std::string lower = base::ToLower(value);
  const auto holds = [&](const std::string& one) { return lower.find(one) != std::string::npos; };
  const auto begins = [&](const std::string& one) { return lower.starts_with(one); };
  const auto ends = [&](const std::string& one) { return lower.ends_with(one); };
  const Values& table = Table();
  return table.whole.contains(lower) ||
         std::any_of(table.holds.begin(), table.holds.end(), holds) ||
         std::any_of(table.prefixes.begin(), table.prefixes.end(), begins) ||
         std::any_of(table.suffixes.begin(), table.suffixes.end(), ends);
}

// `-e TOKEN='"x"'`: of an env file, or of a list in a compose file, quotes are part of the value.
std::string_view WithoutQuotes(std::string_view value) {
  const bool is_quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'');
  return is_quoted && value.back() == value.front() ? value.substr(1, value.size() - 2) : value;
}

// `MY_TOKEN`: the name of what should stand there.
bool IsNameOfVariable(std::string_view value) {
  return value.find('_') != std::string_view::npos &&
         std::all_of(value.begin(), value.end(), [](char c) { return IsUpper(c) || c == '_'; });
}

bool IsPath(std::string_view value) {
  if (value.find("://") != std::string_view::npos) return true;
  if (value.starts_with("./") || value.starts_with("../") || value.starts_with("~/")) return true;
  return value.starts_with('/') && value.find('/', 1) != std::string_view::npos &&
         value.find_first_of("+= ") == std::string_view::npos;
}

// Made of known words, digits and what stands between them alone.
bool IsGuessable(std::string_view value, const FamiliarWords& familiar) {
  constexpr std::size_t kLongest = 48;
  if (value.size() > kLongest) return false;
  const std::string lower = base::ToLower(value);
  std::vector<bool> reached(lower.size() + 1, false);
  reached[0] = true;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (!reached[i]) continue;
    const bool is_letter = IsAlnum(lower[i]) && !IsDigit(lower[i]);
    if (!is_letter && (lower[i] & 0x80) == 0) reached[i + 1] = true;
    for (std::size_t size = 2; i + size <= lower.size(); ++size) {
      const std::string_view word = std::string_view(lower).substr(i, size);
      if (Table().words.contains(word) || familiar.contains(word)) reached[i + size] = true;
    }
  }
  const auto digits = std::count_if(lower.begin(), lower.end(), IsDigit);
  constexpr std::ptrdiff_t kMostDigits = 8;
  return reached.back() && digits <= kMostDigits;
}

void AddWords(std::string_view text, FamiliarWords& out) {
  constexpr std::size_t kShortest = 3;
  constexpr std::size_t kLongest = 24;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && IsAlnum(text[i])) {
      word += text[i];
      continue;
    }
    if (word.size() >= kShortest && word.size() <= kLongest) out.insert(base::ToLower(word));
    word.clear();
  }
}

// Whether a variable says a user or a database, whose name passwords are often made of.
bool IsOfName(std::string_view key) {
  constexpr std::array<std::string_view, 6> kEnds{"user",     "username", "db",
                                                  "database", "name",     "login"};
  const std::string lower = base::ToLower(key);
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view one) { return lower.ends_with(one); });
}

Secrecy SecrecyOfPassword(std::string_view password, std::string_view user,
                          const FamiliarWords& familiar) {
  const Secrecy alone = SecrecyOf(password, SecretName::kPassword, familiar);
  return alone == Secrecy::kSecret && password == user ? Secrecy::kGuessable : alone;
}

bool IsSchemeByte(char c) { return IsAlnum(c) || c == '+' || c == '.' || c == '-'; }

// The credential of the URL whose `://` is at `colon`.
std::optional<UrlCredential> CredentialAt(std::string_view text, std::size_t colon,
                                          const FamiliarWords& familiar) {
  std::size_t begin = colon;
  while (begin > 0 && IsSchemeByte(text[begin - 1])) --begin;
  if (begin == colon) return std::nullopt;
  const std::size_t from = colon + 3;
  const std::size_t end = std::min(text.find_first_of("/?# \t\n\"'`<>\\", from), text.size());
  const std::string_view authority = text.substr(from, end - from);
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos || at + 1 == authority.size()) return std::nullopt;
  const std::size_t split = authority.substr(0, at).find(':');
  if (split == std::string_view::npos || split + 1 == at) return std::nullopt;
  // `docker://image:tag@sha256:…` is no user.
  if (authority.substr(at + 1).starts_with("sha256:")) return std::nullopt;
  UrlCredential found{begin, authority.substr(0, split),
                      authority.substr(split + 1, at - split - 1)};
  if (found.password.find_first_of("${}(*") != std::string_view::npos) return std::nullopt;
  found.secrecy = SecrecyOfPassword(found.password, found.user, familiar);
  if (found.secrecy == Secrecy::kNone) return std::nullopt;
  return found;
}

}  // namespace

std::optional<FoundToken> FindToken(std::string_view text) {
  for (const Shape& shape : Shapes()) {
    std::size_t end = 0;
    for (std::size_t at = text.find(shape.prefix); at != std::string_view::npos;
         at = text.find(shape.prefix, end)) {
      end = at + shape.prefix.size();
      if (at > 0 && IsToken(text[at - 1])) continue;
      while (end < text.size() && shape.is_part(text[end])) ++end;
      const std::string_view token = text.substr(at, end - at);
      if (token.size() - shape.prefix.size() < shape.least) continue;
      if (shape.is_part == IsJwt && token.find(".eyJ") == std::string_view::npos) continue;
      if (shape.is_part == IsLineByte && token.find("PRIVATE KEY") == std::string_view::npos)
        continue;
      if (!IsPlaceholder(token)) return FoundToken{at, token.size(), shape.prefix, shape.what};
    }
  }
  return std::nullopt;
}

FamiliarWords FamiliarWordsOf(const Container& container) {
  FamiliarWords words;
  AddWords(container.service, words);
  if (container.image.IsKnown()) AddWords(SplitImage(container.image.value).repository, words);
  if (container.name.IsKnown()) AddWords(container.name.value, words);
  for (const auto& item : container.environment.items)
    if (item.IsKnown() && item.value.value && IsOfName(item.value.key))
      AddWords(*item.value.value, words);
  return words;
}

Secrecy SecrecyOf(std::string_view value, SecretName name, const FamiliarWords& familiar) {
  constexpr std::size_t kShortestToken = 8;
  constexpr std::size_t kShortestNumber = 20;
  value = WithoutQuotes(base::Trim(value));
  if (name == SecretName::kNone || value.empty()) return Secrecy::kNone;
  if (IsPlaceholder(value) || IsNameOfVariable(value) || IsPath(value)) return Secrecy::kNone;
  const bool is_number = std::all_of(value.begin(), value.end(), [](char c) {
    return IsDigit(c) || c == '.' || c == ',' || c == '-';
  });
  if (name == SecretName::kPassword) {
    if (is_number && value.size() < 4) return Secrecy::kNone;
    return IsGuessable(value, familiar) ? Secrecy::kGuessable : Secrecy::kSecret;
  }
  if (value.size() < kShortestToken || (is_number && value.size() < kShortestNumber))
    return Secrecy::kNone;
  if (IsGuessable(value, familiar)) return Secrecy::kGuessable;
  // A name, a list of names: nothing of the length of a key without a digit or a capital.
  const bool is_plain = std::none_of(value.begin(), value.end(), IsCapital);
  return is_plain ? Secrecy::kGuessable : Secrecy::kSecret;
}

std::optional<UrlCredential> FindUrlCredential(std::string_view text,
                                               const FamiliarWords& familiar) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos;
       at = text.find("://", at + 3))
    if (const auto found = CredentialAt(text, at, familiar)) return found;
  return std::nullopt;
}

}  // namespace cagelint::model
