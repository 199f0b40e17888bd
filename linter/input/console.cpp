#include "linter/input/console.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "linter/base/text.h"
#include "linter/input/prompts.h"

namespace cagelint::input {
namespace {

std::string_view WithoutEnd(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

// Whether the next line belongs to this command: it ends in a sign that says so, or inside quotes.
class Continuation {
 public:
  void Begin() { quote_ = 0; }
  bool GoesOn(std::string_view line, char sign) {
    bool escaped = false;
    for (const char byte : line) {
      if (escaped) {
        escaped = false;
      } else if (byte == '\\' && quote_ != '\'') {
        escaped = true;
      } else if (quote_ != 0) {
        if (byte == quote_) quote_ = 0;
      } else if (byte == '"' || byte == '\'') {
        quote_ = byte;
      }
    }
    if (quote_ != 0) return true;
    const std::string_view text = base::Trim(line);
    return text.ends_with(sign) || text.ends_with("&&") || text.ends_with('|');
  }

 private:
  char quote_ = 0;
};

class Appending {
 public:
  Appending(std::span<const base::Span> lines, Showing showing, EmbeddedText& out)
      : lines_(lines), showing_(showing), out_(out) {
    for (const base::Span& line : lines) prompts_.push_back(PromptOf(Text(line)));
    const auto has = [&](auto... prompts) {
      return std::any_of(prompts_.begin(), prompts_.end(), [&](const FoundPrompt& found) {
        return ((found.prompt == prompts) || ...);
      });
    };
    has_prompts_ = has(Prompt::kShell, Prompt::kPowershell, Prompt::kCmd);
    has_root_ = !has_prompts_ && has(Prompt::kRoot) &&
                (showing == Showing::kConsole || (showing == Showing::kMaybe && BeginsAsRoot()));
  }

  void Do() {
    if (showing_ == Showing::kScript && !has_prompts_) {
      for (const base::Span& line : lines_) out_.Copy(line.begin, line.end);
      return;
    }
    for (std::size_t i = 0; i < lines_.size();) {
      const bool is_said = base::Trim(Text(lines_[i])).starts_with("# cagelint");
      if (is_said) out_.Copy(lines_[i].begin, lines_[i].end);
      i = !is_said && IsCommand(i) ? AddCommand(i) : i + 1;
    }
  }

 private:
  std::string_view Text(const base::Span& line) const {
    return WithoutEnd(out_.Outer().Bytes().substr(line.begin, line.Size()));
  }
  bool HasPrompt(std::size_t i) const {
    const Prompt prompt = prompts_[i].prompt;
    if (prompt == Prompt::kRoot) return has_root_;
    return prompt != Prompt::kNone && prompt != Prompt::kGoesOn;
  }
  // Where nobody says that `# ` is a prompt, it is one before an engine's name at the very begin.
  bool BeginsAsRoot() const {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view text = Text(lines_[i]);
      if (base::Trim(text).empty()) continue;
      return prompts_[i].prompt == Prompt::kRoot && RunsEngine(text.substr(prompts_[i].size));
    }
    return false;
  }
  bool IsCommand(std::size_t i) const {
    const std::string_view text = Text(lines_[i]);
    if (has_prompts_ || has_root_) return HasPrompt(i);
    // `> docker run` goes on from nothing.
    const std::size_t begin = prompts_[i].prompt == Prompt::kGoesOn ? prompts_[i].size : 0;
    return RunsEngine(text.substr(begin)) && !IsProse(text.substr(begin));
  }

  // Adds the command that begins on line `i`; the line behind it.
  std::size_t AddCommand(std::size_t i) {
    const Prompt prompt = HasPrompt(i) ? prompts_[i].prompt : Prompt::kNone;
    const char sign = SignOf(prompt, Text(lines_[i]));
    Continuation continuation;
    continuation.Begin();
    const bool starts = HasPrompt(i) || prompts_[i].prompt == Prompt::kGoesOn;
    std::size_t begin = starts ? prompts_[i].size : 0;
    // From here on the session is root's, and so is its prompt.
    has_root_ = has_root_ || BecomesRoot(Text(lines_[i]).substr(begin));
    while (true) {
      const base::Span& line = lines_[i];
      const std::string_view text = Text(line);
      const bool goes_on = continuation.GoesOn(text.substr(begin), sign);
      AddLine(line, begin, sign);
      if (++i >= lines_.size()) break;
      const bool second = prompts_[i].prompt == Prompt::kGoesOn;
      if (!goes_on && !second) break;
      begin = second ? prompts_[i].size : 0;
    }
    // What follows is another command, whatever this one is missing.
    if (!out_.Text().ends_with('\n')) out_.Put("\n", End(i), End(i));
    return i;
  }
  // Where no prompt says which shell it is, the line may.
  static char SignOf(Prompt prompt, std::string_view line) {
    if (prompt == Prompt::kPowershell) return '`';
    if (prompt == Prompt::kCmd) return '^';
    const bool is_open = prompt == Prompt::kNone && (line.ends_with(" ^") || line.ends_with(" `"));
    return is_open ? line.back() : '\\';
  }
  std::uint32_t End(std::size_t behind) const { return lines_[behind - 1].end; }

  void AddLine(const base::Span& line, std::size_t begin, char sign) {
    const std::string_view text = Text(line);
    const auto from = static_cast<std::uint32_t>(line.begin + begin);
    const auto end = static_cast<std::uint32_t>(line.begin + text.size());
    // The sign of another shell that the line goes on.
    if (sign != '\\' && text.size() > begin && text.back() == sign) {
      out_.Copy(from, end - 1);
      out_.Put("\\", end - 1, end);
      out_.Copy(end, line.end);
    } else {
      out_.Copy(from, line.end);
    }
  }

  std::span<const base::Span> lines_;
  Showing showing_;
  EmbeddedText& out_;
  std::vector<FoundPrompt> prompts_;  // as the lines
  bool has_prompts_ = false;
  bool has_root_ = false;
};

}  // namespace

void AppendCommands(std::span<const base::Span> lines, Showing showing, EmbeddedText& out) {
  if (!lines.empty()) Appending(lines, showing, out).Do();
}

}  // namespace cagelint::input
