#include "linter/lsp/diagnostics.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "linter/base/for_each.h"

namespace cagelint::lsp {
namespace {

using base::Span;

// Where places of an old text stand in a new one: in front of what was changed, or behind it.
class Moved {
 public:
  Moved(std::string_view before, std::string_view after, base::FileId file)
      : file_(file),
        shift_(static_cast<std::int64_t>(after.size()) - static_cast<std::int64_t>(before.size())) {
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
  }

  // Nothing where it was touched.
  std::optional<Span> operator()(const Span& span) const {
    if (span.end <= front_) return Span{file_, span.begin, span.end};
    if (span.begin < back_) return std::nullopt;
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
};

class Telling {
 public:
  Telling(Session& session, const Document& document)
      : session_(session),
        document_(document),
        judged_(*document.judged),
        writing_(session.Writing(judged_.root)),
        telling_(session.TellingFor(judged_.root)) {}

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
    const bool is_broken = judged_.has_syntax_error || !judged_.is_taken;
    if (is_broken && document_.good != nullptr && !judged_.text.empty()) KeepFrom(*document_.good);
    return std::move(shown_);
  }

 private:
  void Add(const std::string& path, std::string diagnostic) {
    if (path == judged_.path) {
      shown_.own.push_back(std::move(diagnostic));
    } else {
      const std::string uri = session_.UriOf(judged_.root, path);
      shown_.others[uri].push_back(std::move(diagnostic));
    }
  }

  void KeepFrom(const Judged& good) {
    const base::Source* before = good.Own();
    if (before == nullptr) return;
    // The new text may not even be a source of the judgement.
    base::SourceSet sources;
    const base::Source& now = sources.Add(judged_.path, judged_.text);
    const Moved moved(before->Bytes(), now.Bytes(), now.Id());
    std::set<std::tuple<std::string, std::uint32_t, std::uint32_t>> known;
    for (const diagnostic::Diagnostic& finding : judged_.outcome.report.findings)
      known.emplace(finding.rule, finding.span.begin, finding.span.end);
    for (const diagnostic::Diagnostic& finding : good.outcome.report.findings) {
      if (finding.suppressed || finding.span.file != before->Id()) continue;
      const auto span = moved(finding.span);
      if (!span || known.contains({finding.rule, span->begin, span->end})) continue;
      shown_.own.push_back(Kept(sources, finding, *span, moved));
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
