// Simple commands: assignments, words, redirections.
#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "linter/base/text.h"
#include "linter/syntax/shell_parts.h"
#include "linter/syntax/shell_words.h"

namespace cagelint::syntax {
namespace {

bool IsDeclaration(const Word& word) {
  constexpr std::array<std::string_view, 5> kNames = {"declare", "export", "local", "readonly",
                                                      "typeset"};
  return word.IsLiteral() && std::find(kNames.begin(), kNames.end(), word.Text()) != kNames.end();
}

bool NamesEngine(const Word& word) {
  constexpr std::array<std::string_view, 3> kNames = {"docker", "podman", "nerdctl"};
  if (word.parts.size() != 1 || !word.IsLiteral()) return false;
  const std::string& text = word.parts.front().text;
  const std::string_view name = std::string_view(text).substr(text.find_last_of('/') + 1);
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

using base::IsNameByte;
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

constexpr std::array<std::string_view, 12> kOperations = {"<<<", "<<-", "&>>", "<<", "<&", "<>",
                                                          "<",   ">>",  ">&",  ">|", "&>", ">"};

}  // namespace

bool Redirect::TakesOutput() const {
  if (operation == "&>" || operation == "&>>") return true;
  if (operation.front() != '>') return false;
  if (operation == ">&" && target.IsLiteral() && target.Text() == "1") return false;
  if (operation == ">&" && target.IsLiteral() && target.Text() == "2") return false;
  return descriptor.empty() || descriptor == "1";
}

ShellCommand WordReader::TakeCommand() {
  ShellCommand command;
  bool is_declaration = false;
  const bool outer = std::exchange(takes_placeholders_, false);
  const base::Span outer_end = std::exchange(broken_end_, {});
  for (SkipBlanks(); !EndsCommand(); SkipBlanks()) {
    if (FindsRedirect() && PlaceholderSize() == 0) {
      command.redirects.push_back(TakeRedirect());
    } else if ((command.words.empty() || is_declaration) && FindsAssignment()) {
      command.assignments.push_back(TakeAssignment());
    } else {
      Word word = Take(false);
      if (word.parts.empty() && !word.has_quotes) continue;  // `#comment` in backticks
      command.words.push_back(std::move(word));
      if (command.words.size() == 1) is_declaration = IsDeclaration(command.words.front());
      takes_placeholders_ = takes_placeholders_ || NamesEngine(command.words.back());
    }
  }
  if (Here() == '\n' || Here() == '\r') {
    if (takes_placeholders_) command.line_follows = LineFollows();
    command.broken_end = broken_end_;
  }
  takes_placeholders_ = outer;
  broken_end_ = outer_end;
  return command;
}

bool WordReader::FindsRedirect() const {
  std::uint32_t at = position_;
  if (At(at) == '&') return At(at + 1) == '>';
  while (IsDigit(At(at))) ++at;
  if (at == position_ && At(at) == '{') {
    do ++at;
    while (IsNameByte(At(at)));
    if (At(at) != '}' || at == position_ + 1) return false;
    ++at;
  }
  return (At(at) == '<' || At(at) == '>') && At(at + 1) != '(';
}

Redirect WordReader::TakeRedirect() {
  Redirect redirect;
  const std::uint32_t begin = position_;
  while (At(position_) != '<' && At(position_) != '>' && At(position_) != '&') ++position_;
  redirect.descriptor = text_.substr(begin, position_ - begin);
  const std::uint32_t mark = position_;
  for (const std::string_view operation : kOperations) {
    if (!text_.substr(position_).starts_with(operation)) continue;
    redirect.operation = operation;
    break;
  }
  position_ += static_cast<std::uint32_t>(redirect.operation.size());
  const std::uint32_t behind = position_;
  SkipBlanks();
  if (!EndsWord()) {
    redirect.target = Take(false);
  } else {
    position_ = behind;
    Complain(mark, behind, "`" + redirect.operation + "` has no target");
  }
  redirect.span = SpanFrom(begin);
  if (redirect.operation == "<<" || redirect.operation == "<<-") {
    redirect.document = static_cast<std::uint32_t>(tree_.documents.size());
    tree_.documents.emplace_back();
    // `<<E`, `<<'E'`, `<<\E`: a delimiter with anything quoted in it.
    const auto& parts = redirect.target.parts;
    const bool literal =
        redirect.target.has_quotes || std::any_of(parts.begin(), parts.end(), [](const auto& part) {
          return part.kind == PartKind::kLiteral && part.quoted;
        });
    pending_.push_back(
        {redirect.target.Text(), literal, redirect.operation == "<<-", redirect.document, mark});
  }
  return redirect;
}

void WordReader::TakeLineEnd() {
  if (Here() == '\r') ++position_;
  if (Here() == '\n') ++position_;
  while (!pending_.empty()) {
    const std::vector<Pending> now = std::exchange(pending_, {});
    for (const Pending& pending : now) TakeDocument(pending);
  }
}

void WordReader::TakeDocument(const Pending& pending) {
  const std::uint32_t begin = position_;
  for (std::uint32_t line = begin; line < text_.size();) {
    const std::uint32_t end = LineEnd(line);
    std::string_view bytes = text_.substr(line, end - line);
    if (!bytes.empty() && bytes.back() == '\r') bytes.remove_suffix(1);
    while (pending.strips_tabs && !bytes.empty() && bytes.front() == '\t') bytes.remove_prefix(1);
    if (bytes == pending.delimiter) {
      TakeDocumentText(pending, begin, line);
      position_ = std::min(end + 1, static_cast<std::uint32_t>(text_.size()));
      return;
    }
    line = end + 1;
  }
  Complain(pending.mark, pending.mark + 2, "this here-document does not end");
  const auto end = static_cast<std::uint32_t>(text_.size());
  TakeDocumentText(pending, begin, end);
  position_ = end;
}

void WordReader::TakeDocumentText(const Pending& pending, std::uint32_t begin, std::uint32_t end) {
  Word document;
  document.span = map_.ToOuter(begin, end);
  document.has_quotes = true;
  Parts parts(document, *this);
  const std::string_view whole_text = std::exchange(text_, text_.substr(0, end));
  const bool was_whole = whole_;
  position_ = begin;
  if (pending.literal) parts.Run(text_.substr(begin), begin, true);
  while (!pending.literal && !AtEnd()) TakeInQuotes(parts, true);
  parts.Flush();
  whole_ = was_whole;
  text_ = whole_text;
  tree_.documents[pending.document] = std::move(document);
}

// Behind the bracket that closes the one at `begin`, which an assignment may have; 0 without one.
std::uint32_t WordReader::SubscriptEnd(std::uint32_t begin) const {
  constexpr std::uint32_t kLongest = 1024;
  int open = 0;
  char quote = '\0';
  for (std::uint32_t at = begin; at < text_.size() && at - begin < kLongest; ++at) {
    const char c = text_[at];
    if (c == '\n') return 0;
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\\') {
      ++at;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[') {
      ++open;
    } else if (c == ']' && --open == 0) {
      return at + 1;
    }
  }
  return 0;
}

bool WordReader::FindsAssignment() const {
  std::uint32_t at = position_;
  if (IsDigit(At(at))) return false;
  while (IsNameByte(At(at))) ++at;
  if (at == position_) return false;
  if (At(at) == '[') {
    at = SubscriptEnd(at);
    if (at == 0) return false;
  }
  return At(at) == '=' || (At(at) == '+' && At(at + 1) == '=');
}

Assignment WordReader::TakeAssignment() {
  Assignment assignment;
  const std::uint32_t begin = position_;
  while (IsNameByte(At(position_))) ++position_;
  assignment.name = text_.substr(begin, position_ - begin);
  assignment.name_span = SpanFrom(begin);
  if (At(position_) == '[') {
    assignment.has_subscript = true;
    const std::uint32_t open = position_;
    position_ = SubscriptEnd(position_);
    assignment.subscript = text_.substr(open + 1, position_ - open - 2);
  }
  assignment.append = At(position_) == '+';
  position_ += assignment.append ? 2 : 1;
  if (At(position_) == '(') {
    TakeElements(assignment);
  } else {
    assignment.value = Take(true);
  }
  assignment.span = SpanFrom(begin);
  return assignment;
}

void WordReader::TakeElements(Assignment& assignment) {
  const std::uint32_t begin = position_++;
  assignment.is_array = true;
  for (;;) {
    SkipBlanks();
    const char c = At(position_);
    if (c == '\n' || c == '\r') {
      TakeLineEnd();
    } else if (c == ')') {
      ++position_;
      return;
    } else if (EndsCommand() || FindsRedirect()) {
      return LeaveOpen(begin, "the elements of an array are not closed");
    } else {
      Word element = Take(false);
      if (!element.parts.empty() || element.has_quotes)
        assignment.elements.push_back(std::move(element));
    }
  }
}

}  // namespace cagelint::syntax
