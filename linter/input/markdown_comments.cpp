#include "linter/input/markdown_comments.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/suppressions.h"

namespace cagelint::input {
namespace {

using syntax::MarkdownCode;

bool IsBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

class Places {
 public:
  Places(const syntax::MarkdownTree& tree, const base::Source& source)
      : tree_(tree), source_(source) {}

  // What a comment at `span` speaks of; nothing where there is no such thing.
  std::optional<base::Span> CoveredBy(const base::Span& span) const {
    std::uint32_t line = LineAt(span.begin);
    const std::uint32_t begin = source_.LineSpan(line).begin;
    if (!WithoutMarkers({source_.Id(), begin, span.begin}).empty()) return source_.LineSpan(line);
    for (line = LineAt(span.end) + 1; IsPassed(line); ++line) {
    }
    if (line > source_.LineCount()) return std::nullopt;
    if (const MarkdownCode* code = BlockAt(line)) return code->span;
    if (WithoutMarkers(source_.LineSpan(line)).empty()) return std::nullopt;
    return base::Cover(source_.LineSpan(line), source_.LineSpan(LastOf(line)));
  }

 private:
  std::uint32_t LineAt(std::uint32_t offset) const { return source_.PositionAt(offset).line; }

  // A line without the signs of quotes and blanks around it.
  std::string_view WithoutMarkers(const base::Span& span) const {
    std::string_view text = base::Trim(source_.Text(span));
    while (text.starts_with('>')) text = base::Trim(text.substr(1));
    return text;
  }
  // Whether a comment looks past a line: an empty one, or another comment.
  bool IsPassed(std::uint32_t line) const {
    if (line > source_.LineCount()) return false;
    const std::string_view text = WithoutMarkers(source_.LineSpan(line));
    return text.empty() || (text.starts_with("<!--") && text.ends_with("-->"));
  }
  // The code block that begins on `line`, its fence included.
  const MarkdownCode* BlockAt(std::uint32_t line) const {
    const base::Span here = source_.LineSpan(line);
    const auto next = std::lower_bound(
        tree_.codes.begin(), tree_.codes.end(), here.begin,
        [](const MarkdownCode& code, std::uint32_t at) { return code.span.begin < at; });
    for (auto code = next; code != tree_.codes.end(); ++code) {
      if (code->kind == MarkdownCode::Kind::kInline) break;
      const std::uint32_t first = LineAt(code->span.begin);
      const bool is_fenced = code->kind == MarkdownCode::Kind::kFenced;
      return first == line + (is_fenced ? 1 : 0) ? &*code : nullptr;
    }
    return nullptr;
  }
  static bool IsItem(std::string_view text) {
    if (text.starts_with('|')) return true;
    std::size_t digits = 0;
    while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits])) != 0)
      ++digits;
    const std::string_view rest = text.substr(digits);
    if (digits > 0) return rest.starts_with(". ") || rest.starts_with(") ");
    return rest.starts_with("- ") || rest.starts_with("* ") || rest.starts_with("+ ");
  }
  // The last line of the paragraph, item or row that begins on `line`.
  std::uint32_t LastOf(std::uint32_t line) const {
    constexpr std::uint32_t kLongest = 1000;
    std::uint32_t last = line;
    while (last < source_.LineCount() && last - line < kLongest) {
      const std::string_view text = WithoutMarkers(source_.LineSpan(last + 1));
      if (text.empty() || IsItem(text) || text.starts_with("```") || text.starts_with("~~~")) break;
      ++last;
    }
    return last;
  }

  const syntax::MarkdownTree& tree_;
  const base::Source& source_;
};

}  // namespace

std::vector<model::Suppression> DocumentSuppressions(const syntax::MarkdownTree& tree,
                                                     const base::Source& source) {
  const Places places(tree, source);
  std::vector<model::Suppression> out;
  for (const base::Span& comment : tree.comments) {
    base::Span inside{comment.file, comment.begin + 4, comment.end - 3};
    while (!inside.IsEmpty() && IsBlank(source.Bytes()[inside.begin])) ++inside.begin;
    while (!inside.IsEmpty() && IsBlank(source.Bytes()[inside.end - 1])) --inside.end;
    auto said = ReadDirective(source.Text(inside), inside);
    if (!said) continue;
    said->span = comment;
    if (said->reach != model::Suppression::Reach::kWholeFile) {
      const auto covered = places.CoveredBy(comment);
      said->reach = model::Suppression::Reach::kPlace;
      if (covered)
        said->covers = *covered;
      else if (said->problem.empty())
        said->problem = "nothing follows that it could speak of";
    }
    out.push_back(std::move(*said));
  }
  return out;
}

}  // namespace cagelint::input
