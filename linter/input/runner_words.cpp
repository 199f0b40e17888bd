#include "linter/input/runner_words.h"

#include <cstdint>
#include <utility>

namespace cagelint::input {
namespace {

bool IsSeparator(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

// The word that begins at `at`, which is moved behind it.
EmbeddedText NextWord(const EmbeddedText& text, std::uint32_t& at) {
  const std::string_view bytes = text.Text();
  EmbeddedText word(text.Outer());
  bool quoted = false;
  while (at < bytes.size()) {
    std::uint32_t slashes = 0;
    while (at + slashes < bytes.size() && bytes[at + slashes] == '\\') ++slashes;
    const std::uint32_t behind = at + slashes;
    if (slashes > 0 && (behind == bytes.size() || bytes[behind] != '"')) {
      word.Append(text, at, behind);
      at = behind;
    } else if (slashes > 0) {
      word.Append(text, at, at + slashes / 2);
      at = behind;
      if (slashes % 2 == 1) {
        word.Append(text, at, at + 1);
        ++at;
      }
    } else if (bytes[at] == '"') {
      if (quoted && at + 1 < bytes.size() && bytes[at + 1] == '"') {
        word.Append(text, at, at + 1);
        ++at;
      } else {
        quoted = !quoted;
      }
      ++at;
    } else if (IsSeparator(bytes[at]) && !quoted) {
      break;
    } else {
      word.Append(text, at, at + 1);
      ++at;
    }
  }
  return word;
}

}  // namespace

std::vector<RunnerWord> SplitRunnerWords(const EmbeddedText& text) {
  std::vector<RunnerWord> words;
  std::uint32_t at = 0;
  while (true) {
    while (at < text.Size() && IsSeparator(text.Text()[at])) ++at;
    if (at >= text.Size()) return words;
    const std::uint32_t begin = at;
    EmbeddedText word = NextWord(text, at);
    words.push_back({std::move(word), text.Map().ToOuter(begin, at)});
  }
}

std::string QuoteRunnerWord(std::string_view word) {
  if (!word.empty() && word.find_first_of(" \t\n\r\"\\") == std::string_view::npos)
    return std::string(word);
  std::string out = "\"";
  std::size_t slashes = 0;
  for (const char byte : word) {
    if (byte == '\\') {
      ++slashes;
    } else {
      // Backslashes count only before a quote.
      if (byte == '"') out.append(slashes + 1, '\\');
      slashes = 0;
    }
    out += byte;
  }
  out.append(slashes, '\\');
  return out + '"';
}

}  // namespace cagelint::input
