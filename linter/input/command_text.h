// Commands of another language than the shell's as a text that the shell reader reads the same way:
// what one of them quotes, escapes or fills in otherwise is written as a shell would have it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "linter/input/embed.h"

namespace cagelint::input {

enum class Known : std::uint8_t {
  kWorkingDirectory,
  kHome,
  kFileDirectory,  // the folder of the file itself
};

class CommandText {
 public:
  // `is_windows`: a backslash separates the parts of a path that begins with something known.
  CommandText(const base::Source& outer, bool is_windows)
      : outer_(outer), is_windows_(is_windows), out_(outer) {}

  // All places are in the outer text.
  // Blanks, line ends, comments and operators: what the shell reads as it stands.
  void Copy(std::uint32_t begin, std::uint32_t end);
  // The same for something that is written otherwise in the shell.
  void Put(std::string_view text, std::uint32_t begin, std::uint32_t end);
  // A quotation mark: opens, or closes what is open.
  void Quote(std::uint32_t begin, std::uint32_t end);
  // Bytes of a word that stand for themselves.
  void Literal(std::uint32_t begin, std::uint32_t end);
  // What an escape stands for.
  void Decoded(std::string_view text, std::uint32_t begin, std::uint32_t end);
  void Is(Known what, std::uint32_t begin, std::uint32_t end);
  // What cannot be known: any number of words where `is_list` says so.
  void Unknown(std::string_view name, bool is_list, std::uint32_t begin, std::uint32_t end);
  // The value of a variable that the text sets: one word, or split into words where `splits`.
  void Variable(std::string_view name, bool splits, std::uint32_t begin, std::uint32_t end);

  bool IsQuoted() const { return quoted_; }
  void EndWord() { behind_known_ = false; }
  std::uint32_t Size() const { return out_.Size(); }
  EmbeddedText& Text() { return out_; }
  // Appends what `from` holds from byte `begin` on.
  void Append(const CommandText& from, std::uint32_t begin) {
    out_.Append(from.out_, begin, from.out_.Size());
  }

 private:
  void Byte(std::uint32_t at);

  const base::Source& outer_;
  bool is_windows_;
  EmbeddedText out_;
  bool quoted_ = false;
  bool behind_known_ = false;  // a path goes on whose beginning is known
};

// A variable's name as one of the shell, whatever its case is; "" where it cannot be one.
std::string VariableName(std::string_view name);

// A stretch of an embedded text.
struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Writes lines as LinesWriter does, but nothing into the stretches `fixed`.
std::shared_ptr<const base::EditWriter> GuardedLinesWriter(Escape escape,
                                                           std::vector<TextRange> fixed);

// Text for a line of cmd or PowerShell: only what both they and the shell read as it stands, and
// the sign at its end that the line goes on, which is theirs.
std::optional<std::string> EscapeBatch(std::string_view text);
std::optional<std::string> EscapePowershell(std::string_view text);
// The same for a command line of systemd, whose sign is the shell's.
std::optional<std::string> EscapeUnit(std::string_view text);

}  // namespace cagelint::input
