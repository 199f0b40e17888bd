#include <algorithm>
#include <array>
#include <map>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/base/text.h"
#include "linter/model/secret.h"

namespace cagelint::model {
namespace {

using Words = std::vector<std::string>;  // in capitals

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "dbApiKey2" → DB, API, KEY2.
Words WordsOf(std::string_view name) {
  Words words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool is_part = IsLower(c) || IsUpper(c) || IsDigit(c) || c == '*' || (c & 0x80) != 0;
    const bool turns = i > 0 && IsUpper(c) && IsLower(name[i - 1]);
    if ((!is_part || turns) && !words.back().empty()) words.emplace_back();
    if (is_part) words.back() += c;
  }
  if (words.back().empty()) words.pop_back();
  for (std::string& word : words) word = base::ToUpper(word);
  return words;
}

using WordViews = std::vector<std::string_view>;

struct Row {
  WordViews words;
  SecretName kind = SecretName::kNone;
};

struct Tables {
  std::vector<Row> endings;
  std::vector<WordViews> nots;
  std::set<std::string_view> tails;
  std::set<std::string_view> clients;
};

const Tables& Names() {
  static const Tables tables = [] {
    static const auto csv = base::ParseCsv(embedded::Find("rules/data/secret_names.csv"));
    const std::size_t names = csv.Column("name");
    const std::size_t kinds = csv.Column("kind");
    Tables out;
    for (const auto& row : csv.rows) {
      const std::string_view name = row[names];
      const std::string_view kind = row[kinds];
      if (kind == "client") out.clients.emplace(name);
      if (kind == "tail") out.tails.emplace(name);
      // They are in capitals there, with `_` between.
      if (kind == "not") out.nots.push_back(base::Split(name, '_'));
      if (kind == "password")
        out.endings.push_back({base::Split(name, '_'), SecretName::kPassword});
      if (kind == "token") out.endings.push_back({base::Split(name, '_'), SecretName::kToken});
    }
    return out;
  }();
  return tables;
}

bool IsWord(const std::string& word, std::string_view wanted) {
  return wanted[0] == '*' ? word.ends_with(wanted.substr(1)) : word == wanted;
}

bool EndsWith(const Words& words, const WordViews& ending) {
  return words.size() >= ending.size() &&
         std::equal(ending.rbegin(), ending.rend(), words.rbegin(),
                    [](const auto& wanted, const auto& word) { return IsWord(word, wanted); });
}

// `PASSWORD_2`, `SECRET_KEY_BASE`, `TOKEN1`: which of several, or how it is written.
void DropTail(Words& words) {
  while (words.size() > 1) {
    const std::string& last = words.back();
    if (!Names().tails.contains(last) && !std::all_of(last.begin(), last.end(), IsDigit)) break;
    words.pop_back();
  }
  std::string& last = words.back();
  while (last.size() > 1 && IsDigit(last.back())) last.pop_back();
}

}  // namespace

SecretName KindOfName(std::string_view name) {
  constexpr std::size_t kLongestName = 128;
  if (name.size() > kLongestName) return SecretName::kNone;
  const Tables& tables = Names();
  if (tables.clients.contains(name)) return SecretName::kClient;
  Words words = WordsOf(name);
  if (words.empty()) return SecretName::kNone;
  for (const WordViews& one : tables.nots)
    if (std::search(words.begin(), words.end(), one.begin(), one.end()) != words.end())
      return SecretName::kNone;
  DropTail(words);
  for (const Row& row : tables.endings)
    if (EndsWith(words, row.words)) return row.kind;
  return SecretName::kNone;
}

}  // namespace cagelint::model
