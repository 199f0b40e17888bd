#include "linter/output/markdown_text.h"

#include <algorithm>
#include <vector>

#include "linter/base/text.h"
#include "linter/output/snippet.h"

namespace cagelint::output {
namespace {

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// GitHub links from seven digits on.
constexpr std::size_t kShortestCommit = 7;

// A word that no reader of Markdown, and nothing that GitHub does afterwards, makes anything of.
bool IsPlain(std::string_view word) {
  if (word.starts_with('(')) word.remove_prefix(1);
  while (!word.empty() && std::string_view(",.;:)?!").find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  if (word.empty()) return false;
  if (word.size() >= kShortestCommit && std::all_of(word.begin(), word.end(), IsHex)) return false;
  if (std::all_of(word.begin(), word.end(), IsDigit)) return true;
  const auto inner = [](char c) { return IsLetter(c) || c == '-' || c == '\''; };
  return IsLetter(word.front()) && IsLetter(word.back()) &&
         std::all_of(word.begin(), word.end(), inner);
}

struct Piece {
  bool is_code = false;
  std::string text;
};

// Two code spans side by side would be read as one with other ends.
void Add(bool is_code, std::string_view text, std::vector<Piece>& pieces) {
  if (text.empty()) return;
  if (pieces.empty() || pieces.back().is_code != is_code) pieces.push_back({is_code, ""});
  pieces.back().text += text;
}

void AddProse(std::string_view prose, std::vector<Piece>& pieces) {
  bool is_first = true;
  for (const std::string_view word : base::Split(prose, ' ')) {
    if (!is_first) Add(false, " ", pieces);
    is_first = false;
    // What joins a span to the word before it: "`a`, b".
    const bool joins = word == "," || word == "." || word == ";" || word == ":" || word == ")";
    Add(!joins && !IsPlain(word), word, pieces);
  }
}

std::string Ticks(std::string_view text, std::size_t least) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(std::max(least, longest + 1), '`');
}

}  // namespace

std::string MarkdownCode(std::string_view text) {
  const std::string shown = base::Escape(text);
  if (shown.empty()) return "";
  const std::string ticks = Ticks(shown, 1);
  std::string out;
  for (std::size_t at = 0; at < shown.size(); ++at) {
    if (shown[at] != '|') {
      out += shown[at];
    } else {
      out += at > 0 && shown[at - 1] == '\\' ? "\\x7c" : "\\|";
    }
  }
  // One blank at each side is taken away again (CommonMark 6.1).
  const bool padded = out.front() == '`' || out.back() == '`' ||
                      (out.front() == ' ' && out.back() == ' ' && base::Trim(out) != "");
  const std::string pad = padded ? " " : "";
  return ticks + pad + out + pad + ticks;
}

std::string MarkdownMessage(std::string_view message) {
  std::vector<Piece> pieces;
  const std::string shown = Printable(message);
  const auto parts = base::Split(shown, '`');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    // What an odd backtick opens goes on to the end.
    if (i % 2 == 1) {
      Add(true, parts[i], pieces);
    } else {
      AddProse(parts[i], pieces);
    }
  }
  std::string out;
  for (const Piece& piece : pieces) out += piece.is_code ? MarkdownCode(piece.text) : piece.text;
  return std::string(base::Trim(out));
}

std::string MarkdownBlock(std::string_view text) {
  const std::string ticks = Ticks(text, 3);
  return ticks + "text\n" + std::string(text) + (text.ends_with('\n') ? "" : "\n") + ticks + "\n";
}

}  // namespace cagelint::output
