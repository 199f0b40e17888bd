// The reader of tokens of source code. Its own files include this, and nobody else.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/base/text.h"
#include "linter/syntax/code_tokens.h"

namespace cagelint::syntax {

inline bool IsCodeWordStart(char byte) {
  return base::IsNameStart(byte) || byte == '$' || static_cast<unsigned char>(byte) >= 0x80;
}
inline bool IsCodeDigit(char byte) { return byte >= '0' && byte <= '9'; }

class CodeLexer {
 public:
  CodeLexer(const base::Source& source, CodeLanguage language)
      : source_(source), bytes_(source.Bytes()), language_(language) {
    out_.language = language;
  }

  CodeTokens Do();

 private:
  // What is open: a bracket, a computed part of a template.
  struct Frame {
    std::uint32_t token = 0;
    char close = ')';
    bool is_hole = false;
    CodeToken text;             // of a hole: how the text around it is written
    std::uint32_t opening = 0;  // of a hole: the template's token
  };

  bool is_python() const { return language_ == CodeLanguage::kPython; }
  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0';
  }
  bool At(std::string_view text) const { return bytes_.substr(at_).starts_with(text); }

  CodeToken& Add(CodeToken::Kind kind, std::uint32_t begin, std::uint32_t end) {
    CodeToken token;
    token.kind = kind;
    token.begin = begin;
    token.end = end;
    token.on_new_line = std::exchange(new_line_, false);
    out_.tokens.push_back(token);
    return out_.tokens.back();
  }
  void AddGap(std::string message, std::uint32_t begin, std::uint32_t end) {
    if (out_.gaps.size() < kMostGaps)
      out_.gaps.push_back(
          {"syntax-error", std::move(message), {source_.Id(), begin, end}, "", false});
  }

  void Step();

  void LineEnd();

  // Whether the line that begins here says that all brackets should have been closed before it.
  bool BeginsAnew() const;
  // `from` and `async` may begin a line in brackets as well: `yield\nfrom x`, `x\nasync for`.
  bool IsPythonStart(std::string_view word, std::size_t end) const;

  void Indentation();

  void Comment(std::uint32_t begin);

  // How long what stands before a string's quote is; npos: no string begins here.
  std::size_t PrefixSize() const;
  bool IsStringStart() const;
  bool IsApostrophe() const;

  void String();

  std::uint32_t QuoteSize(const CodeToken& text) const;
  bool IsQuoteAt(const CodeToken& text, std::uint32_t at) const;

  // Where the text that goes on at `at_` ends: at its quote, at a computed part, or at the end of
  // a line that it may not leave.
  std::uint32_t TextEnd(const CodeToken& text, bool computes = false) const;

  // A quote that nothing closes. One on a line of its own is taken for a sign: text in JSX.
  void Unclosed(const CodeToken& token);

  void Template(CodeToken token);

  // From the begin of a template, or from behind a computed part of it.
  void TemplateText(CodeToken text, std::uint32_t opening);

  // `:>10` of `{x:>10}`: to the bracket that closes the computed part.
  void FormatSpec(const Frame& frame);

  void Word();

  void Number();

  bool RegexMayBegin() const;
  bool Regex();

  void Sign();

  void Open(char byte);

  void Close(char byte);

  // What is open beyond `depth` is not closed.
  void CloseAll(std::size_t depth);

  static constexpr std::size_t kDeepest = 512;
  static constexpr std::size_t kMostGaps = 16;

  const base::Source& source_;
  std::string_view bytes_;
  CodeLanguage language_;
  CodeTokens out_;
  std::uint32_t at_ = 0;
  bool line_begins_ = true;
  bool new_line_ = false;
  std::vector<std::uint32_t> indents_{0};
  std::vector<Frame> frames_;
};

}  // namespace cagelint::syntax
