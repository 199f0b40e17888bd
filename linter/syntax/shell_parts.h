// Collects the parts of one word. Part of shell_words.cpp: nobody else includes this.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/syntax/shell_words.h"

namespace cagelint::syntax {

// Literal bytes that stand side by side become one part, mapped byte for byte.
class WordReader::Parts {
 public:
  Parts(Word& word, const WordReader& reader) : word_(word), reader_(reader) {}

  void MarkQuotes() { word_.has_quotes = true; }
  void Byte(char byte, std::uint32_t at, bool quoted) { Run({&byte, 1}, at, quoted); }

  // Literal bytes that stand at `begin` as they are.
  void Run(std::string_view bytes, std::uint32_t begin, bool quoted) {
    if (bytes.empty()) return;
    if (!run_.empty() && (begin != run_end_ || quoted != run_quoted_)) Flush();
    if (run_.empty()) {
      run_begin_ = begin;
      run_quoted_ = quoted;
    }
    run_ += bytes;
    run_end_ = begin + static_cast<std::uint32_t>(bytes.size());
  }

  // Bytes that an escape at [begin, end) stands for.
  void Escaped(std::string_view bytes, std::uint32_t begin, std::uint32_t end) {
    Special(PartKind::kLiteral, begin, end, true).text = bytes;
  }

  // A part of its own; the reference holds until the next call.
  WordPart& Special(PartKind kind, std::uint32_t begin, std::uint32_t end, bool quoted) {
    Flush();
    WordPart& part = word_.parts.emplace_back();
    part.kind = kind;
    part.quoted = quoted;
    part.span = reader_.map_.ToOuter(begin, end);
    if (kind != PartKind::kLiteral) part.written = Written(begin, end);
    return part;
  }

  std::string Written(std::uint32_t begin, std::uint32_t end) const {
    constexpr std::uint32_t kLongest = 120;
    std::string written(reader_.text_.substr(begin, std::min(kLongest, end - begin)));
    if (end - begin <= kLongest) return written;
    while (!written.empty() && (written.back() & 0x80) != 0) written.pop_back();
    return written + "…";
  }

  void Flush() {
    if (run_.empty()) return;
    WordPart& part = word_.parts.emplace_back();
    part.quoted = run_quoted_;
    part.span = reader_.map_.ToOuter(run_begin_, run_end_);
    part.text = std::move(run_);
    run_.clear();
  }

 private:
  Word& word_;
  const WordReader& reader_;
  std::string run_;
  std::uint32_t run_begin_ = 0;
  std::uint32_t run_end_ = 0;
  bool run_quoted_ = false;
};

struct AnsiEscape {
  std::string bytes;
  std::uint32_t size = 2;  // in the text, the backslash included
  bool is_text = true;     // false: a NUL, or a byte that is not UTF-8 by itself; `bytes` is empty
};

// The escape of $'…' that `text` begins with (bash manual, "ANSI-C Quoting").
AnsiEscape DecodeAnsiEscape(std::string_view text);

}  // namespace cagelint::syntax
