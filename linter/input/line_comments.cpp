#include "linter/input/line_comments.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/suppressions.h"

namespace cagelint::input {
namespace {

using model::Suppression;

class Collecting {
 public:
  Collecting(const base::Source& source, std::span<const LineComment> comments,
             std::span<const base::Span> statements)
      : source_(source), statements_(statements) {
    for (const LineComment& comment : comments)
      if (comment.alone) alone_.insert(LineOf(comment.text.begin));
    for (const base::Span& statement : statements)
      if (!statement.IsEmpty()) begins_.emplace(LineOf(statement.begin), statement);
  }

  void Cover(const LineComment& comment, Suppression& said) {
    if (said.reach == Suppression::Reach::kWholeFile) return;
    const std::uint32_t line = LineOf(comment.text.begin);
    if (const base::Span* statement = comment.alone ? Below(line) : Around(comment.text)) {
      said.covers = *statement;
      said.reach = Suppression::Reach::kStatement;
      return;
    }
    const std::uint32_t covered = comment.alone ? next_.at(line) : line;
    said.reach = Suppression::Reach::kPlace;
    if (covered != 0)
      said.covers = source_.LineSpan(covered);
    else if (said.problem.empty())
      said.problem = "nothing stands on the line below it";
  }

 private:
  std::uint32_t LineOf(std::uint32_t offset) const { return source_.PositionAt(offset).line; }

  // The statement that a comment on line `line` speaks of; null where there is none, and next_ then
  // has the line.
  const base::Span* Below(std::uint32_t line) {
    std::vector<std::uint32_t> passed{line};
    std::uint32_t at = line + 1;
    for (;; ++at) {
      // A thousand comments in a row are walked through once.
      if (const auto known = next_.find(at - 1); known != next_.end()) {
        at = known->second;
        break;
      }
      if (begins_.contains(at) || !alone_.contains(at)) break;
      passed.push_back(at);
    }
    if (at > source_.LineCount() || base::Trim(source_.Text(source_.LineSpan(at))).empty()) at = 0;
    for (const std::uint32_t one : passed) next_[one] = at;
    const auto found = begins_.find(at);
    return found == begins_.end() ? nullptr : &found->second;
  }

  const base::Span* Around(const base::Span& comment) const {
    const auto after = std::upper_bound(
        statements_.begin(), statements_.end(), comment,
        [](const base::Span& a, const base::Span& b) { return a.begin < b.begin; });
    if (after == statements_.begin()) return nullptr;
    const base::Span& before = *(after - 1);
    return LineOf(before.end) >= LineOf(comment.begin) ? &before : nullptr;
  }

  const base::Source& source_;
  std::span<const base::Span> statements_;
  std::set<std::uint32_t> alone_;                // lines that are comments
  std::map<std::uint32_t, base::Span> begins_;   // statements by the line where they begin
  std::map<std::uint32_t, std::uint32_t> next_;  // the line that is spoken of; 0: none
};

}  // namespace

void CollectSuppressions(const base::Source& source, std::span<const LineComment> comments,
                         std::span<const base::Span> statements, std::vector<Suppression>& out) {
  std::vector<std::pair<const LineComment*, Suppression>> found;
  for (const LineComment& comment : comments) {
    base::Span span = comment.text;
    const std::string_view bytes = source.Bytes();
    while (!span.IsEmpty() && static_cast<unsigned char>(bytes[span.end - 1]) <= ' ') --span.end;
    while (!span.IsEmpty() && (bytes[span.begin] == ' ' || bytes[span.begin] == '\t')) ++span.begin;
    if (auto said = ReadDirective(source.Text(span), span))
      found.emplace_back(&comment, std::move(*said));
  }
  if (found.empty()) return;
  Collecting collecting(source, comments, statements);
  // From below, so that what is known of the lines further down is known.
  for (auto one = found.rbegin(); one != found.rend(); ++one)
    collecting.Cover(*one->first, one->second);
  for (auto& one : found) out.push_back(std::move(one.second));
}

}  // namespace cagelint::input
