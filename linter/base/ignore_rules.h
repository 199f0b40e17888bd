// The lines of a .gitignore, matched as git does it (gitignore(5), dir.c and wildmatch.c).
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cagelint::base {

// What a list of patterns says of a path.
enum class Ignored : std::uint8_t { kUnsaid, kYes, kNo };

// How much may still be compared, in steps of one byte: patterns and names are a stranger's.
struct MatchBudget {
  std::uint64_t steps = 0;
};

class IgnoreRules {
 public:
  IgnoreRules() = default;
  // `text`: the whole file. A line that git finds malformed matches nothing here as well.
  explicit IgnoreRules(std::string_view text);

  bool IsEmpty() const { return patterns_.empty(); }
  // The last pattern that means `path` decides. `path` is relative to the folder of the file,
  // without a slash at its begin and end; folders above it are the caller's to ask first. Says
  // nothing once `budget` is used up.
  Ignored Ask(std::string_view path, bool is_directory, MatchBudget& budget) const;

 private:
  // One byte of a name: which ones fit, or any number of any.
  struct Token {
    enum class Kind : std::uint8_t { kByte, kAny, kSet, kStar } kind = Kind::kByte;
    unsigned char byte = 0;
    std::uint32_t set = 0;  // index into sets_
  };
  // What stands between two slashes.
  struct Part {
    bool is_deep = false;    // `**`: any number of folders
    bool needs_one = false;  // but not none
    std::vector<Token> tokens;
  };
  struct Pattern {
    bool negated = false;
    bool only_directories = false;
    bool by_name = false;     // no slash in it: the name decides, in any folder
    std::string plain;        // the name, or path, where nothing in it is special
    std::vector<Part> parts;  // otherwise
  };

  void Add(std::string_view line);
  bool Tokenize(std::string_view glob, Pattern& out);
  bool ReadSet(std::string_view glob, std::size_t& at, Token& out);
  bool Matches(const Pattern& pattern, std::string_view path, std::string_view name,
               MatchBudget& budget) const;
  bool MatchesPart(const std::vector<Token>& tokens, std::string_view name,
                   MatchBudget& budget) const;
  bool MatchesParts(const std::vector<Part>& parts, std::string_view path,
                    MatchBudget& budget) const;

  std::vector<Pattern> patterns_;
  std::vector<std::bitset<256>> sets_;
};

}  // namespace cagelint::base
