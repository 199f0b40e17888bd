// What a command takes: the one description that its words are read by, and that its help, the
// completions and the manual are made from, so that none can say something else.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cagelint::cli {

// What a value can be. Several may hold: a policy is a name or a file.
struct Values {
  std::vector<std::string> words;
  bool are_listed = false;  // several, with commas between
  bool are_rules = false;   // the ids of the rules
  bool are_files = false;
};

// The heads of --help that come first, for arguments and for options that belong to no group.
inline constexpr std::string_view kArgumentGroup = "Arguments";
inline constexpr std::string_view kOtherGroup = "Options";

struct OptionRow {
  std::vector<std::string> names;  // "-f", "--file"; empty for an argument
  std::string value;               // "FILE", "[PATH]..."; "" where a flag takes none
  std::string help;                // "" for an option that --help does not show
  std::string group;
  bool repeats = false;  // each of several counts
  Values values;
};

struct CommandRow {
  std::string name;
  std::string summary;  // not of an OptionSet
  std::string description;
  std::string footer;
  bool takes_command = false;  // behind `--`; not of an OptionSet
  std::vector<OptionRow> options;
};

// Options with the variables that they set, which must outlive it.
class OptionSet {
 public:
  using Taker = std::function<void(const std::string& value)>;

  OptionSet(std::string_view name, std::string_view description);
  OptionSet(const OptionSet&) = delete;
  OptionSet& operator=(const OptionSet&) = delete;

  // Below which head of --help the options stand that are added from here on.
  void Group(std::string_view head) { group_ = head; }

  // `names` are "-f,--file". A value is the next word, whatever that begins with, or stands behind
  // a `=`.
  OptionSet& Flag(std::string_view names, bool& flag, std::string_view help);
  // The last one counts.
  OptionSet& Value(std::string_view names, std::string& value, std::string_view help,
                   std::string_view value_name);
  // Each one counts.
  OptionSet& Repeated(std::string_view names, std::vector<std::string>& values,
                      std::string_view help, std::string_view value_name);
  // `taker` is told each one, so that the order among several options is known.
  OptionSet& Each(std::string_view names, Taker taker, std::string_view help,
                  std::string_view value_name);
  // Words that are no options: one, or as many as there are. A command has one of these.
  OptionSet& Argument(std::string& value, std::string_view help, std::string_view value_name);
  OptionSet& Arguments(std::vector<std::string>& values, std::string_view help,
                       std::string_view value_name);

  // Says what the value of the option added last can be, beside what its name says (FILE,
  // RULE,...).
  void Offer(std::span<const std::string_view> words);
  // What --help says last.
  void Footer(std::string_view text) { row_.footer = text; }
  // The option that every command has, behind all others.
  void AddHelp();

  const CommandRow& Row() const { return row_; }
  bool WantsHelp() const { return wants_help_; }
  // Sets what belongs to `option`, one of Row().
  void Take(const OptionRow& option, const std::string& value) const {
    takers_[static_cast<std::size_t>(&option - row_.options.data())](value);
  }

 private:
  OptionSet& Add(std::string_view names, std::string_view help, std::string_view value_name,
                 bool repeats, Taker taker);

  CommandRow row_;
  std::vector<Taker> takers_;  // one an option
  std::string group_{kOtherGroup};
  bool wants_help_ = false;
};

}  // namespace cagelint::cli
