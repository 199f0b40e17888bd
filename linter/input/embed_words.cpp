#include "linter/input/embed_words.h"

#include <algorithm>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/argument.h"

namespace cagelint::input {
namespace {

// The expansion that a symbol stands for; empty for any other byte.
std::string_view ExpansionOf(char byte) {
  if (byte == kWorkingDirectoryByte) return "'\"$PWD\"'";
  if (byte == kHomeByte) return "'\"$HOME\"'";
  if (byte == kFileDirectoryByte) return "'\"$(dirname \"$0\")\"'";
  return {};
}

bool IsKnown(std::string_view text) {
  return text.find("{{") == std::string_view::npos &&
         text.find(kVariableBegin) == std::string_view::npos && IsLiteralText(text);
}

}  // namespace

void AppendShellWord(EmbeddedText& out, const EmbeddedText& content, const base::Span& place) {
  const std::string_view text = content.Text();
  if (IsPlainWord(text)) return out.Append(content);
  const base::Span inside = text.empty() ? base::Span{place.file, place.begin, place.end}
                                         : content.Map().ToOuter(0, content.Size());
  const std::uint32_t open = std::min(place.begin, inside.begin);
  out.Put("'", open, std::max(open, text.empty() ? place.end : inside.begin));
  std::uint32_t done = 0;
  for (std::uint32_t i = 0; i < content.Size(); ++i) {
    std::string written(text[i] == '\'' ? "'\\''" : ExpansionOf(text[i]));
    std::uint32_t end = i + 1;
    if (text[i] == kVariableBegin) {
      end = static_cast<std::uint32_t>(std::min(text.find(kVariableEnd, i), text.size() - 1)) + 1;
      written = "'\"${" + std::string(text.substr(i + 1, end - i - 2)) + "}\"'";
    }
    if (written.empty()) continue;
    out.Append(content, done, i);
    const base::Span instead = content.Map().ToOuter(i, end);
    out.Put(written, instead.begin, instead.end);
    done = end;
    i = end - 1;
  }
  out.Append(content, done, content.Size());
  out.Put("'", std::min(inside.end, place.end), std::max(inside.end, place.end));
}

void WordList::Begin() {
  const std::uint32_t at = words_.empty() ? 0 : text_.Map().EndBefore(text_.Size());
  if (!words_.empty()) text_.Put(" ", at, at);
  words_.emplace_back();
  words_.back().begin = text_.Size();
}

void WordList::End(const base::Span& outer, bool is_element, bool is_literal) {
  ListWord& word = words_.back();
  word.end = text_.Size();
  word.outer = outer;
  word.is_element = is_element;
  word.is_literal = is_literal;
}

void WordList::Add(const EmbeddedText& word, const base::Span& element, bool is_rewritable) {
  Begin();
  AppendShellWord(text_, word, element);
  End(element, true, is_rewritable && IsKnown(word.Text()));
}

void WordList::AddShell(const EmbeddedText& text, const base::Span& element, bool is_element) {
  Begin();
  text_.Append(text);
  const auto words = LiteralWords(text.Text());
  End(is_element ? element : base::Span{}, is_element,
      is_element && words && words->size() == 1 && IsKnown(text.Text()));
}

void WordList::AddUnknown(std::string_view name, const base::Span& element, bool is_list) {
  Begin();
  text_.Put("'{{" + std::string(name) + (is_list ? "...}}'" : "}}'"), element.begin, element.end);
  End(element, true, false);
}

void WordList::AddImplied(std::string_view word, const base::Span& place,
                          const base::Span& removable) {
  Begin();
  text_.Put(base::ShellQuote(std::string(word)), place.begin, place.end);
  End(removable, false, false);
}

void WordList::AddImplied(std::string_view before, const EmbeddedText& content,
                          const base::Span& place, const base::Span& removable,
                          const base::Span& value, bool is_written) {
  Begin();
  const std::string quoted = base::ShellQuote(std::string(before));
  if (!before.empty()) text_.Put(quoted, place.begin, place.end);
  if (is_written && content.Size() > 0) {
    words_.back().written_begin = text_.Size();
    words_.back().written = content.Map().ToOuter(0, content.Size());
  }
  if (content.Size() > 0 || before.empty()) AppendShellWord(text_, content, place);
  End(removable, false, IsKnown(content.Text()));
  words_.back().value = value;
  words_.back().before = before;
}

const base::Source& WordList::AddTo(base::SourceSet& sources, ListStyle style) {
  return text_.AddTo(sources, ListWriterFor(std::move(words_), std::move(style)));
}

}  // namespace cagelint::input
