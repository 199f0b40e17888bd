#include "linter/driver/git_config.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::driver {
namespace {

// As git has it.
constexpr int kDeepestInclude = 10;
// Files that name each other multiply.
constexpr int kMostIncludes = 100;

bool IsKeyByte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; }

class Reader {
 public:
  // `left`: files that may still be included.
  Reader(std::string_view text, const ReadIncluded& read, int depth, int& left)
      : text_(text), read_(read), depth_(depth), left_(left) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
  }

  std::optional<std::string> Do() {
    while (is_good_ && !SkipToWord()) {
      if (text_.front() == '[')
        TakeSection();
      else
        TakeVariable();
    }
    return is_good_ ? said_ : std::optional<std::string>("");
  }

 private:
  // Over blanks, line ends and comments. True at the end.
  bool SkipToWord() {
    for (;;) {
      text_.remove_prefix(std::min(text_.find_first_not_of(" \t\r\n\f\v"), text_.size()));
      if (text_.empty()) return true;
      if (text_.front() != '#' && text_.front() != ';') return false;
      text_.remove_prefix(std::min(text_.find('\n'), text_.size()));
    }
  }

  // `[core]`, `[includeIf "gitdir:~/work/"]`. What is called `core "x"` is no core.
  void TakeSection() {
    const std::size_t line = std::min(text_.find('\n'), text_.size());
    bool in_quotes = false;
    std::size_t at = 1;
    for (; at < line && (in_quotes || text_[at] != ']'); ++at) {
      if (in_quotes && text_[at] == '\\')
        ++at;
      else if (text_[at] == '"')
        in_quotes = !in_quotes;
    }
    is_good_ = at < line;
    if (!is_good_) return;
    section_ = base::ToLower(text_.substr(1, at - 1));
    text_.remove_prefix(at + 1);
  }

  void TakeVariable() {
    std::size_t size = 0;
    while (size < text_.size() && IsKeyByte(text_[size])) ++size;
    const std::string key = base::ToLower(text_.substr(0, size));
    text_.remove_prefix(size);
    text_.remove_prefix(std::min(text_.find_first_not_of(" \t"), text_.size()));
    is_good_ = size > 0 && std::isalpha(static_cast<unsigned char>(key.front())) != 0;
    if (!is_good_) return;
    std::string value;
    if (text_.starts_with('=')) {
      text_.remove_prefix(1);
      value = TakeValue();
    } else if (!text_.empty() && text_.find_first_of("\r\n#;") != 0) {
      is_good_ = false;
    }
    if (!is_good_) return;
    if (section_ == "core" && key == "excludesfile") said_ = value;
    if (key == "path" && section_.starts_with("include")) Include(value);
  }

  // Up to the end of the line, or of several that backslashes join.
  std::string TakeValue() {
    std::string out;
    std::size_t kept = 0;  // blanks at the end go, unless they are quoted
    bool in_quotes = false;
    for (std::size_t at = text_.find_first_not_of(" \t");; ++at) {
      const bool is_end = at >= text_.size();
      const char c = is_end ? '\n' : text_[at];
      const bool is_return = c == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n';
      if (c == '\n' || is_return || (!in_quotes && (c == '#' || c == ';'))) {
        is_good_ = !in_quotes;
        text_.remove_prefix(is_end ? text_.size() : std::min(text_.find('\n', at), text_.size()));
        break;
      }
      if (c == '"') {
        in_quotes = !in_quotes;
      } else if (c == '\\') {
        constexpr std::string_view kNames = "ntb\\\"";
        const char next = ++at < text_.size() ? text_[at] : '\0';
        const std::size_t known = kNames.find(next);
        if (next == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n') {
          ++at;
          continue;
        }
        if (next == '\n') continue;
        is_good_ = known != std::string_view::npos;
        if (!is_good_) return out;
        out += "\n\t\b\\\""[known];
      } else {
        out += c;
      }
      const bool is_blank = c == ' ' || c == '\t';
      if (!is_blank || in_quotes) kept = out.size();
    }
    out.resize(kept);
    return out;
  }

  void Include(const std::string& path) {
    if (depth_ == kDeepestInclude || --left_ < 0) return;
    const auto bytes = read_(path);
    if (!bytes) return;
    auto inner = Reader(*bytes, read_, depth_ + 1, left_).Do();
    if (!inner) return;
    // When it holds is not asked.
    said_ = section_ == "include" ? std::move(*inner) : "";
  }

  std::string_view text_;
  const ReadIncluded& read_;
  int depth_;
  int& left_;
  std::string section_;
  std::optional<std::string> said_;
  bool is_good_ = true;
};

}  // namespace

std::optional<std::string> ExcludesFileIn(std::string_view config, const ReadIncluded& read) {
  int left = kMostIncludes;
  return Reader(config, read, 0, left).Do();
}

}  // namespace cagelint::driver
