#include "linter/input/console.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "linter/base/text.h"
#include "linter/input/docker_cli.h"

namespace cagelint::input {
namespace {

enum class Prompt : std::uint8_t { kNone, kShell, kRoot, kGoesOn, kPowershell, kCmd };

struct Found {
  Prompt prompt = Prompt::kNone;
  std::size_t size = 0;  // with the blanks around it
};

constexpr std::size_t kLongestPrompt = 60;

// What may stand before the `$ ` of a prompt: nothing, `user@host:~/x`, `[root@host dir]`, `(venv)
// `,
// `~`, `/ `.
bool IsPromptText(std::string_view text) {
  text = base::Trim(text);
  while (text.starts_with('(') && text.find(')') != std::string_view::npos)
    text = base::Trim(text.substr(text.find(')') + 1));
  if (text.empty() || text == "~" || text == "/" || text == "bash-5.1" || text == "sh-5.1")
    return true;
  if (text.find_first_of("\"'`=;|&<>\\") != std::string_view::npos) return false;
  if (text.front() == '[' && text.back() == ']') return true;
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find(' ') == std::string_view::npos;
}

std::size_t BehindBlanks(std::string_view line, std::size_t at) {
  return std::min(line.find_first_not_of(" \t", at), line.size());
}

Found PromptOf(std::string_view line) {
  const std::size_t begin = BehindBlanks(line, 0);
  const std::string_view text = line.substr(begin);
  if (text.starts_with("PS>") || text.starts_with("PS ")) {
    const std::size_t end = text.substr(0, kLongestPrompt).find('>');
    if (end != std::string_view::npos)
      return {Prompt::kPowershell, BehindBlanks(line, begin + end + 1)};
  }
  if (text.size() > 2 && text[1] == ':' && text[2] == '\\') {
    const std::size_t end = text.substr(0, kLongestPrompt).find('>');
    if (end != std::string_view::npos) return {Prompt::kCmd, BehindBlanks(line, begin + end + 1)};
  }
  if (text.starts_with("> ")) return {Prompt::kGoesOn, begin + 2};
  if (text.starts_with("❯ ")) return {Prompt::kShell, begin + std::string_view("❯ ").size()};
  const std::string_view near = text.substr(0, kLongestPrompt);
  for (std::size_t at = near.find_first_of("$#%"); at != std::string_view::npos;
       at = near.find_first_of("$#%", at + 1)) {
    if (at + 1 >= near.size() || (near[at + 1] != ' ' && near[at + 1] != '\t')) continue;
    if (!IsPromptText(near.substr(0, at))) return {};
    const Prompt prompt = near[at] == '#' ? Prompt::kRoot : Prompt::kShell;
    return {prompt, BehindBlanks(line, begin + at + 1)};
  }
  return {};
}

// What stands between the words of `claude mcp add`: such a command names another one.
bool AddsServer(std::string_view behind) {
  behind = base::Trim(behind);
  return behind.starts_with("mcp add ") || behind.starts_with("mcp add-json ");
}

// Whether a line begins with an engine's name, behind `sudo` and assignments, or with a command
// that says how a server is started.
bool BeginsWithEngine(std::string_view line) {
  for (int words = 0; words < 8; ++words) {
    line.remove_prefix(BehindBlanks(line, 0));
    const std::string_view word = line.substr(0, line.find_first_of(" \t"));
    if (word.empty()) return false;
    line.remove_prefix(word.size());
    if (NamesEngine(word)) return BehindBlanks(line, 0) < line.size();
    if (AddsServer(line)) return true;
    const bool is_passed = word == "sudo" || word == "time" || word == "exec" ||
                           (word.find('=') != std::string_view::npos && word.front() != '-');
    if (!is_passed) return false;
  }
  return false;
}

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
    for (const base::Span& line : lines) found_.push_back(PromptOf(Text(line)));
    const auto has = [&](auto... prompts) {
      return std::any_of(found_.begin(), found_.end(),
                         [&](const Found& found) { return ((found.prompt == prompts) || ...); });
    };
    has_prompts_ = has(Prompt::kShell, Prompt::kPowershell, Prompt::kCmd);
    has_root_ = !has_prompts_ && showing == Showing::kConsole && has(Prompt::kRoot);
  }

  void Do() {
    if (showing_ == Showing::kScript && !has_prompts_) {
      for (const base::Span& line : lines_) out_.Copy(line.begin, line.end);
      return;
    }
    for (std::size_t i = 0; i < lines_.size();) i = IsCommand(i) ? AddCommand(i) : i + 1;
  }

 private:
  std::string_view Text(const base::Span& line) const {
    return WithoutEnd(out_.Outer().Bytes().substr(line.begin, line.Size()));
  }
  bool HasPrompt(std::size_t i) const {
    const Prompt prompt = found_[i].prompt;
    if (prompt == Prompt::kRoot) return has_root_;
    return prompt != Prompt::kNone && prompt != Prompt::kGoesOn;
  }
  bool IsCommand(std::size_t i) const {
    if (has_prompts_ || has_root_) return HasPrompt(i);
    return BeginsWithEngine(Text(lines_[i]));
  }

  // Adds the command that begins on line `i`; the line behind it.
  std::size_t AddCommand(std::size_t i) {
    const Prompt prompt = HasPrompt(i) ? found_[i].prompt : Prompt::kNone;
    const char sign = SignOf(prompt, Text(lines_[i]));
    Continuation continuation;
    continuation.Begin();
    std::size_t begin = HasPrompt(i) ? found_[i].size : 0;
    while (true) {
      const base::Span& line = lines_[i];
      const std::string_view text = Text(line);
      const bool goes_on = continuation.GoesOn(text.substr(begin), sign);
      AddLine(line, begin, sign);
      if (++i >= lines_.size()) break;
      const bool second = found_[i].prompt == Prompt::kGoesOn;
      if (!goes_on && !second) break;
      begin = second ? found_[i].size : 0;
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
  std::vector<Found> found_;  // as the lines
  bool has_prompts_ = false;
  bool has_root_ = false;
};

}  // namespace

void AppendCommands(std::span<const base::Span> lines, Showing showing, EmbeddedText& out) {
  if (!lines.empty()) Appending(lines, showing, out).Do();
}

}  // namespace cagelint::input
