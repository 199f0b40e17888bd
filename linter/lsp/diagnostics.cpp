#include "linter/lsp/diagnostics.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "linter/base/for_each.h"
#include "linter/base/text.h"

namespace cagelint::lsp {
namespace {

using base::Span;

// Where places of an old text stand in a new one: in front of what was changed, or behind it.
class Moved {
 public:
  Moved(std::string_view before, const base::Source& now)
      : file_(now.Id()),
        shift_(static_cast<std::int64_t>(now.Bytes().size()) -
               static_cast<std::int64_t>(before.size())) {
    const std::string_view after = now.Bytes();
    const std::size_t most = std::min(before.size(), after.size());
    front_ = static_cast<std::size_t>(
        std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(most),
                      after.begin())
            .first -
        before.begin());
    std::size_t back = 0;
    while (back < most - front_ &&
           before[before.size() - 1 - back] == after[after.size() - 1 - back])
      ++back;
    back_ = before.size() - back;
    // A word that grew is another one.
    const auto is_word = [](char c) { return base::IsNameByte(c) || c == '-'; };
    grows_front_ = front_ < after.size() && is_word(after[front_]);
    grows_back_ = back < after.size() && is_word(after[after.size() - back - 1]);
  }

  // Nothing where it was touched.
  std::optional<Span> operator()(const Span& span) const {
    if (span.end < front_ || (span.end == front_ && !grows_front_))
      return Span{file_, span.begin, span.end};
    if (span.begin < back_ || (span.begin == back_ && grows_back_)) return std::nullopt;
    const auto move = [&](std::uint32_t offset) {
      return static_cast<std::uint32_t>(static_cast<std::int64_t>(offset) + shift_);
    };
    return Span{file_, move(span.begin), move(span.end)};
  }

 private:
  base::FileId file_;  // the new text
  std::int64_t shift_;
  std::size_t front_ = 0;  // so many bytes at the begin are the same
  std::size_t back_ = 0;   // from here on the old text is the same as the end of the new one
  bool grows_front_ = false, grows_back_ = false;
};

// The container that stands at each place: as findings have it, its name in the file.
std::map<Span, Span> ExtentsOf(const Judged& judged) {
  std::map<Span, Span> out;
  const base::SourceSet& sources = *judged.outcome.sources;
  for (const model::Document& document : judged.outcome.documents)
    for (const model::Container& container : document.containers)
      out.emplace(sources.ToFile(container.anchor), sources.ToFile(container.extent));
  return out;
}

class Telling {
 public:
  Telling(Session& session, const Document& document)
      : session_(session),
        document_(document),
        judged_(*document.judged),
        writing_(session.Writing(judged_.root)),
        telling_(session.TellingFor(judged_)) {}

  Shown Tell() {
    const engine::Report& report = judged_.outcome.report;
    Written found(report.findings.size());
    base::ForEach(found.size(), 0, [&](std::size_t i) {
      const diagnostic::Diagnostic& finding = report.findings[i];
      if (!finding.suppressed)
        found[i] = output::LspDiagnostic(report, finding, writing_, telling_);
    });
    for (std::size_t i = 0; i < found.size(); ++i)
      if (!found[i].empty())
        Add(output::PathOf(report, report.findings[i].span), std::move(found[i]));
    for (const diagnostic::Gap& gap : report.gaps)
      Add(output::PathOf(report, gap), output::LspDiagnostic(report, gap, telling_));
    if (judged_.is_half_typed && document_.good != nullptr) KeepFrom(*document_.good);
    return std::move(shown_);
  }

 private:
  void Add(const std::string& path, std::string diagnostic) {
    if (path == judged_.path) {
      shown_.own.push_back(std::move(diagnostic));
    } else {
      const std::string uri = session_.UriOf(judged_, path);
      shown_.others[uri].push_back(std::move(diagnostic));
    }
  }

  void KeepFrom(const Judged& good) {
    const base::Source* before = good.Own();
    if (before == nullptr) return;
    // The new text may not even be a source of the judgement.
    base::SourceSet sources;
    const Moved moved(before->Bytes(), sources.Add(judged_.path, judged_.text));
    const std::map<Span, Span> old = ExtentsOf(good);
    // With the begin of what follows: a line may have been added behind the last.
    const auto around = [&](Span extent) {
      const std::size_t next = before->Bytes().find_first_not_of(" \t\r\n", extent.end);
      extent.end = static_cast<std::uint32_t>(std::min(next, before->Bytes().size()) + 1);
      return extent;
    };
    std::set<std::pair<std::uint32_t, std::uint32_t>> judged;  // begin and end of containers
    for (const auto& [anchor, extent] : ExtentsOf(judged_))
      judged.emplace(anchor.begin, anchor.end);
    std::set<std::tuple<std::string, std::uint32_t, std::uint32_t>> known;
    for (const diagnostic::Diagnostic& finding : judged_.outcome.report.findings)
      known.emplace(finding.rule, finding.span.begin, finding.span.end);
    const auto still_holds = [&](const diagnostic::Diagnostic& finding) {
      const auto container = finding.subject ? old.find(finding.subject->span) : old.end();
      if (container == old.end()) return true;
      const auto anchor = moved(container->first);
      if (anchor && judged.contains({anchor->begin, anchor->end})) return false;
      // What is missing may be there now.
      return finding.span != container->first || moved(around(container->second)).has_value();
    };
    for (const diagnostic::Diagnostic& finding : good.outcome.report.findings) {
      if (finding.suppressed || finding.span.file != before->Id()) continue;
      const auto span = moved(finding.span);
      if (!span || known.contains({finding.rule, span->begin, span->end})) continue;
      if (still_holds(finding)) shown_.own.push_back(Kept(sources, finding, *span, moved));
    }
  }

  std::string Kept(const base::SourceSet& sources, diagnostic::Diagnostic finding, const Span& span,
                   const Moved& moved) const {
    const base::FileId before = std::exchange(finding.span, span).file;
    std::vector<diagnostic::Label> labels;
    for (diagnostic::Label& label : finding.labels) {
      // What stands in other files may have moved as well.
      const auto place = label.span.file == before ? moved(label.span) : std::nullopt;
      if (place) labels.push_back({*place, std::move(label.message)});
    }
    finding.labels = std::move(labels);
    engine::Report report;
    report.sources = &sources;
    output::LspTelling telling = telling_;
    telling.kept = true;
    return output::LspDiagnostic(report, finding, writing_, telling);
  }

  Session& session_;
  const Document& document_;
  const Judged& judged_;
  output::WriterOptions writing_;
  output::LspTelling telling_;
  Shown shown_;
};

}  // namespace

OutJson ArrayOf(const Written& diagnostics) {
  std::string out;
  out.reserve(
      std::accumulate(diagnostics.begin(), diagnostics.end(), std::size_t{2},
                      [](std::size_t sum, const auto& one) { return sum + one.size() + 1; }));
  for (const std::string& diagnostic : diagnostics) {
    out += out.empty() ? '[' : ',';
    out += diagnostic;
  }
  return output::Written(out.empty() ? "[]" : out + "]");
}

Shown DiagnosticsOf(Session& session, const Document& document) {
  return Telling(session, document).Tell();
}

}  // namespace cagelint::lsp
