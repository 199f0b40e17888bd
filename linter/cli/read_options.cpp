#include "linter/cli/read_options.h"

#include <algorithm>
#include <string_view>

#include <getopt.h>

#include "linter/base/text.h"

namespace cagelint::cli {
namespace {

// What getopt_long gives for a word that is no option, and what we have it give for a long one.
constexpr int kArgument = 1;
constexpr int kLong = 2;

// The names of options as getopt_long wants them. Refers to the rows.
struct GetoptTables {
  std::string letters = "-:";  // words come in their order; a value that is missing is a `:`
  std::vector<option> words;
};

GetoptTables TablesFor(const std::vector<OptionRow>& rows) {
  GetoptTables tables;
  for (const OptionRow& row : rows)
    for (const std::string& name : row.names) {
      const int takes = row.value.empty() ? no_argument : required_argument;
      if (name.starts_with("--")) {
        tables.words.push_back({name.c_str() + 2, takes, nullptr, kLong});
      } else {
        tables.letters += name.substr(1) + (takes == no_argument ? "" : ":");
      }
    }
  tables.words.push_back({nullptr, 0, nullptr, 0});
  return tables;
}

const OptionRow* FindOption(const std::vector<OptionRow>& rows, const std::string& name) {
  for (const OptionRow& row : rows)
    if (std::find(row.names.begin(), row.names.end(), name) != row.names.end()) return &row;
  return nullptr;
}

const OptionRow* FindArgument(const std::vector<OptionRow>& rows) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [](const OptionRow& row) { return row.names.empty(); });
  return found == rows.end() ? nullptr : &*found;
}

// "--name=" is an unset variable rather than an empty value.
const std::string* FindEmptyValue(const std::vector<std::string>& words) {
  const auto found = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return word.starts_with("--") && word.find('=') == word.size() - 1;
  });
  return found == words.end() ? nullptr : &*found;
}

std::string UnknownOption(const std::vector<OptionRow>& rows, const std::string& name) {
  std::vector<std::string_view> candidates;
  for (const OptionRow& row : rows)
    for (const std::string& known : row.names)
      if (known.starts_with("--")) candidates.emplace_back(known);
  // Of no command, but of the program, whose first word may be an option of `check`.
  if (name != "--version") candidates.emplace_back("--version");
  const std::string_view near = base::Suggest(name, candidates);
  return "unknown option `" + name + "`" +
         (near.empty() ? "" : "; did you mean `" + std::string(near) + "`?");
}

// getopt_long, call by call. It would also take the begin of a name for the name, and reads on in a
// word with a letter that it does not know: whoever sees such a word has it skipped.
class Parser {
 public:
  Parser(const std::vector<OptionRow>& rows, const std::vector<std::string>& words)
      : tables_(TablesFor(rows)), words_(words) {
    argv_.push_back(nullptr);  // the name of the program
    for (std::string& word : words_) argv_.push_back(word.data());
    argv_.push_back(nullptr);
    BeginBehind(0);
  }

  bool Next() {
    word_ = begin_ + static_cast<std::size_t>(std::max(optind, 1));
    const auto left = static_cast<int>(argv_.size() - 1 - begin_);
    met_ =
        getopt_long(left, &argv_[begin_], tables_.letters.c_str(), tables_.words.data(), nullptr);
    return met_ != -1;
  }
  void SkipWord() { BeginBehind(word_); }

  bool IsArgument() const { return met_ == kArgument; }
  bool LacksValue() const { return met_ == ':'; }
  bool HasTooMuch() const { return met_ == '?'; }  // of an option that is known
  std::string Value() const { return optarg == nullptr ? "" : optarg; }

  // "--name" of "--name=value"; "-q" where the letter q is meant.
  std::string Name() const {
    const std::string word = argv_[word_];
    return word.starts_with("--") ? word.substr(0, word.find('=')) : std::string{'-', Letter()};
  }
  // The name of an option that is not known: of letters, all that are left of the word.
  std::string WholeName() const {
    std::string word = argv_[word_];
    if (!word.starts_with("--")) word.replace(1, word.find(Letter(), 1) - 1, "");
    return word.substr(0, word.find('='));
  }

 private:
  void BeginBehind(std::size_t word) {
    begin_ = word;
    optind = 0;
  }
  char Letter() const { return static_cast<char>(met_ == '?' || met_ == ':' ? optopt : met_); }

  GetoptTables tables_;
  std::vector<std::string> words_;
  std::vector<char*> argv_;
  std::size_t begin_ = 0;  // what getopt_long takes for the name of the program
  std::size_t word_ = 0;
  int met_ = 0;
};

}  // namespace

std::string ReadOptions(const OptionSet& options, const std::vector<std::string>& words) {
  if (const std::string* empty = FindEmptyValue(words)) return "`" + *empty + "` has no value";
  const std::vector<OptionRow>& rows = options.Row().options;
  std::string unknown, unexpected;  // the first of each
  const OptionRow* argument = FindArgument(rows);
  Parser parser(rows, words);
  while (parser.Next()) {
    if (parser.IsArgument()) {
      if (argument == nullptr) {
        if (unexpected.empty()) unexpected = "unexpected argument `" + parser.Value() + "`";
        continue;
      }
      options.Take(*argument, parser.Value());
      if (!argument->repeats) argument = nullptr;
      continue;
    }
    const OptionRow* option = FindOption(rows, parser.Name());
    if (option == nullptr) {
      if (unknown.empty()) unknown = UnknownOption(rows, parser.WholeName());
      parser.SkipWord();
      continue;
    }
    if (parser.LacksValue()) return "`" + option->names.back() + "` has no value";
    if (parser.HasTooMuch()) return "`" + parser.Name() + "` takes no value";
    if (!option->value.empty() && parser.Value().empty())
      return "`" + parser.Name() + "` has no value: an unset variable?";
    options.Take(*option, parser.Value());
  }
  if (options.WantsHelp()) return "";
  return unknown.empty() ? unexpected : unknown;
}

}  // namespace cagelint::cli
