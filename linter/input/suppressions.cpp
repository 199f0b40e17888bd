#include "linter/input/suppressions.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::input {
namespace {

using model::Suppression;
using Reach = Suppression::Reach;
using Line = std::pair<base::FileId, std::uint32_t>;

// What comments say, with what they stand at: to be filled in by what begins or ends there.
struct Directive {
  Suppression suppression;
  bool alone = false;      // nothing but blanks before it on its line
  std::uint32_t line = 0;  // that it speaks of; 0: none
};

// The first line below `line` that is not a comment; 0 where that is empty, or there is none.
// `known` has the answers for lines further down: a thousand comments in a row are read once.
std::uint32_t NextLine(const base::Source& source, std::uint32_t line,
                       const std::unordered_map<std::uint32_t, std::uint32_t>& known) {
  while (++line <= source.LineCount()) {
    if (const auto found = known.find(line); found != known.end()) return found->second;
    const std::string_view text = base::Trim(source.Text(source.LineSpan(line)));
    if (text.empty()) return 0;
    if (!text.starts_with('#') && !text.starts_with("//")) return line;
  }
  return 0;
}

void FindNextLines(std::vector<Directive>& directives, const base::SourceSet& sources) {
  std::unordered_map<std::uint32_t, std::uint32_t> known;
  base::FileId file = base::kNoFile;
  for (auto directive = directives.rbegin(); directive != directives.rend(); ++directive) {
    if (!directive->alone) continue;
    const base::FileId own = directive->suppression.span.file;
    if (std::exchange(file, own) != own) known.clear();
    const std::uint32_t line = directive->line;
    directive->line = NextLine(sources.Get(own), line, known);
    known.emplace(line, directive->line);
  }
}

std::vector<Directive> Find(std::vector<base::Span> comments, const base::SourceSet& sources) {
  std::sort(comments.begin(), comments.end());
  comments.erase(std::unique(comments.begin(), comments.end()), comments.end());
  std::vector<Directive> out;
  for (const base::Span& span : comments) {
    auto found = ReadDirective(sources.Text(span), span);
    if (!found) continue;
    const base::Source& source = sources.Get(span.file);
    Directive directive{std::move(*found)};
    directive.line = source.PositionAt(span.begin).line;
    const base::Span whole = source.LineSpan(directive.line);
    const auto is_empty = [&](std::uint32_t begin, std::uint32_t end) {
      return begin >= end || base::Trim(source.Text({whole.file, begin, end})).empty();
    };
    directive.alone = is_empty(whole.begin, span.begin) && is_empty(span.end, whole.end);
    out.push_back(std::move(directive));
  }
  FindNextLines(out, sources);
  return out;
}

// Lines that somebody asks for, with the widest span that begins (or ends) there.
class Widest {
 public:
  void Want(const Line& line) { spans_[line]; }
  bool IsEmpty() const { return spans_.empty(); }
  void Offer(const Line& line, const base::Span& span) {
    const auto found = spans_.find(line);
    if (found == spans_.end()) return;
    base::Span& kept = found->second;
    if (!kept.IsValid() || span.Size() > kept.Size()) kept = span;
  }
  base::Span At(const Line& line) const { return spans_.at(line); }

 private:
  std::map<Line, base::Span> spans_;
};

// Sets what each directive covers, and hands all of them on.
void Keep(std::vector<Directive> directives, const Widest& begins, const Widest& ends,
          const base::SourceSet& sources, bool by_statement, std::vector<Suppression>& out) {
  for (Directive& directive : directives) {
    Suppression& one = directive.suppression;
    const Line line{one.span.file, directive.line};
    const bool whole_file = one.reach == Reach::kWholeFile;
    if (!whole_file && directive.line != 0) {
      one.covers = (directive.alone ? begins : ends).At(line);
      if (directive.alone || by_statement) one.reach = Reach::kStatement;
      if (!one.covers.IsValid()) {
        one.covers = sources.Get(line.first).LineSpan(line.second);
        one.reach = Reach::kPlace;
      }
    }
    if (!whole_file && !one.covers.IsValid() && one.problem.empty())
      one.problem = "nothing stands on the line below it";
    out.push_back(std::move(one));
  }
}

// The entries of maps and the items of lists, by the line on which they begin.
void OfferEntries(const syntax::Tree& tree, const base::Source& source, Widest& begins) {
  const auto offer = [&](const base::Span& first, const base::Span& last) {
    if (!first.IsValid()) return;
    begins.Offer({source.Id(), source.PositionAt(first.begin).line}, base::Cover(first, last));
  };
  for (const syntax::Node& node : tree.nodes) {
    for (const syntax::Entry& entry : node.entries)
      offer(tree.At(entry.key).span, tree.At(entry.value).span);
    for (const syntax::NodeId item : node.items) offer(tree.At(item).span, tree.At(item).span);
  }
}

void OfferStatement(const base::Span& span, const base::SourceSet& sources, Widest& begins,
                    Widest& ends) {
  const base::Source& source = sources.Get(span.file);
  begins.Offer({span.file, source.PositionAt(span.begin).line}, span);
  ends.Offer({span.file, source.PositionAt(span.end - 1).line}, span);
}

void OfferStatements(const syntax::ShellTree& tree, const base::SourceSet& sources, Widest& begins,
                     Widest& ends) {
  for (const syntax::Statement& statement : tree.statements) {
    const base::Span& span = statement.span;
    if (statement.kind == syntax::StatementKind::kSequence || !span.IsValid()) continue;
    if (!span.IsEmpty()) OfferStatement(span, sources, begins, ends);
  }
}

bool Speaks(std::string_view comment) { return comment.find("cagelint") != std::string_view::npos; }

void Want(const std::vector<Directive>& directives, Widest& begins, Widest& ends) {
  for (const Directive& directive : directives)
    (directive.alone ? begins : ends).Want({directive.suppression.span.file, directive.line});
}

}  // namespace

void CollectSuppressions(const syntax::Tree& tree, const base::SourceSet& sources,
                         std::vector<Suppression>& out) {
  std::vector<base::Span> comments;
  for (const syntax::Comment& comment : tree.comments)
    if (Speaks(sources.Text(comment.span))) comments.push_back(comment.span);
  if (comments.empty()) return;
  std::vector<Directive> directives = Find(std::move(comments), sources);
  Widest begins;
  Widest ends;  // of nothing: behind an entry a comment speaks of its line alone
  Want(directives, begins, ends);
  if (!directives.empty())
    OfferEntries(tree, sources.Get(directives[0].suppression.span.file), begins);
  Keep(std::move(directives), begins, ends, sources, false, out);
}

void CollectSuppressions(const syntax::ShellTree& tree, const base::SourceSet& sources,
                         std::vector<Suppression>& out) {
  std::vector<base::Span> comments;
  for (const base::Span& comment : tree.comments)
    if (Speaks(sources.Text(comment))) comments.push_back(comment);
  if (comments.empty()) return;
  std::vector<Directive> directives = Find(std::move(comments), sources);
  Widest begins;
  Widest ends;
  Want(directives, begins, ends);
  OfferStatements(tree, sources, begins, ends);
  Keep(std::move(directives), begins, ends, sources, true, out);
}

void CollectSuppressions(const std::vector<base::Span>& comments,
                         const std::vector<base::Span>& statements, const base::SourceSet& sources,
                         std::vector<Suppression>& out) {
  std::vector<base::Span> speaking;
  for (const base::Span& comment : comments)
    if (Speaks(sources.Text(comment))) speaking.push_back(comment);
  if (speaking.empty()) return;
  std::vector<Directive> directives = Find(std::move(speaking), sources);
  Widest begins;
  Widest ends;
  Want(directives, begins, ends);
  for (const base::Span& span : statements)
    if (!span.IsEmpty()) OfferStatement(span, sources, begins, ends);
  Keep(std::move(directives), begins, ends, sources, true, out);
}

}  // namespace cagelint::input
