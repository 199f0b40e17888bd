// The words of PowerShell's commands (about_Parsing, argument mode; about_Quoting_Rules;
// about_Special_Characters), written as a shell has them.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "linter/base/source.h"
#include "linter/input/command_text.h"

namespace cagelint::input {

// What the script has set so far and nowhere else, by names in lower case.
struct PowershellVariables {
  std::set<std::string, std::less<>> strings;
  std::set<std::string, std::less<>> lists;
};

struct PowershellWord {
  std::string text;         // what is literal of it
  bool is_literal = true;   // nothing else is in it
  bool is_known = true;     // nothing of it is unknown
  bool is_quoted = false;   // it begins with a quotation mark
  std::uint32_t begin = 0;  // in the source
  std::uint32_t end = 0;
};

class PowershellWords {
 public:
  PowershellWords(const base::Source& source, const PowershellVariables& variables)
      : bytes_(source.Bytes()), variables_(variables) {}

  // Reads the word at `at`, which is no blank, into `out`. Always goes on.
  PowershellWord Read(std::uint32_t at, CommandText& out);
  // The same for an element of a list, which ends at a comma as well.
  PowershellWord ReadElement(std::uint32_t at, CommandText& out);
  // The string that was begun and not closed; its line is read as if it ended there.
  std::optional<std::uint32_t> Unclosed() const { return unclosed_; }

  // Behind the bracket that closes the one at `at`; 0 where none near does.
  std::uint32_t BehindBracket(std::uint32_t at) const;
  // Behind a variable's name at `at`, which is behind its `$`; with a scope (`env:X`).
  std::uint32_t BehindName(std::uint32_t at) const;
  // Whether a backtick at `at` ends its line.
  bool GoesOn(std::uint32_t at) const;

 private:
  bool EndsWord(std::uint32_t at) const;
  std::uint32_t Double(std::uint32_t at);
  std::uint32_t Single(std::uint32_t at);
  std::uint32_t Dollar(std::uint32_t at, bool in_string);
  std::uint32_t Escape(std::uint32_t at);
  std::uint32_t Bracket(std::uint32_t at);
  std::uint32_t Braces(std::uint32_t at);
  std::uint32_t Splatted(std::uint32_t at);
  std::uint32_t BehindMembers(std::uint32_t at) const;
  std::uint32_t LineEnd(std::uint32_t at) const;
  void Variable(std::string_view name, std::string_view members, bool in_string,
                std::uint32_t begin, std::uint32_t end);
  bool Computed(std::string_view expression, std::uint32_t begin, std::uint32_t end);
  void Literal(std::uint32_t begin, std::uint32_t end);
  void Unknown(std::string_view name, bool is_list, std::uint32_t begin, std::uint32_t end);
  char At(std::uint32_t at) const { return at < bytes_.size() ? bytes_[at] : '\0'; }

  std::string_view bytes_;
  const PowershellVariables& variables_;
  std::optional<std::uint32_t> unclosed_;
  mutable std::uint32_t unmatched_ = UINT32_MAX / 2;
  CommandText* out_ = nullptr;
  PowershellWord word_;
  bool in_list_ = false;
};

}  // namespace cagelint::input
