#include "tests/support/update.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "linter/base/text.h"
#include "tests/support/fixture_run.h"

namespace cagelint::test {
namespace {

using diagnostic::Diagnostic;

class Update {
 public:
  Update(const Fixture& fixture, std::string_view bytes, const engine::Report& report)
      : fixture_(fixture), report_(report), lines_(base::Split(bytes, '\n')) {}

  std::string Do() {
    std::vector<bool> met(report_.findings.size(), false);
    for (const ExpectedFinding& expected : fixture_.findings) {
      std::size_t i = 0;
      while (i < met.size() && (met[i] || report_.findings[i].rule != expected.rule ||
                                RangeOf(report_, report_.findings[i].span) != expected.range))
        ++i;
      if (i < met.size()) {
        met[i] = true;
      } else {
        Drop(expected.line);
      }
    }
    for (std::size_t i = 0; i < met.size(); ++i)
      if (!met[i]) Insert(report_.findings[i]);
    return Text();
  }

 private:
  // Lines count from 1, here and in the fixture.
  void Drop(std::size_t line) {
    dropped_.insert(line);
    for (std::size_t next = line + 1; next <= lines_.size(); ++next) {
      std::string_view comment;
      const std::string_view text = lines_[next - 1];
      const bool is_comment = IsComment("x.sh", text, comment) ||
                              IsComment("x.json", text, comment) ||
                              IsComment("x.md", text, comment) || IsComment("x.bat", text, comment);
      if (!is_comment || !IsRefinement(comment)) return;
      dropped_.insert(next);
    }
  }

  void Insert(const Diagnostic& finding) {
    const Range range = RangeOf(report_, finding.span);
    const auto file = std::find_if(fixture_.files.begin(), fixture_.files.end(),
                                   [&](const VirtualFile& f) { return f.name == range.file; });
    // In a document the line above may be in the middle of a block: its author knows where to.
    if (file == fixture_.files.end() || file->name.ends_with(".md")) return;
    std::size_t place = range.begin;
    if (finding.subject) {
      const Range anchor = RangeOf(report_, finding.subject->span);
      if (anchor.file == range.file) place = std::min(place, anchor.begin);
    }
    const std::string_view text = file->bytes;
    const bool json = file->name.ends_with(".json");
    std::size_t begin = LineBegin(text, place);
    while (!json && begin > 1 && text.substr(0, begin).ends_with("\\\n"))
      begin = LineBegin(text, begin - 1);
    const auto newlines =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n');
    const std::size_t blanks = text.find_first_not_of(" \t", begin) - begin;
    inserted_[file->first_line + static_cast<std::size_t>(newlines)].push_back(
        std::string(text.substr(begin, blanks)) + (json ? "// " : "# ") +
        ExpectLine(fixture_, report_, finding, begin));
  }

  static std::size_t LineBegin(std::string_view text, std::size_t at) {
    return at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  }

  std::string Text() const {
    std::string out;
    for (std::size_t line = 1; line <= lines_.size(); ++line) {
      const auto added = inserted_.find(line);
      if (added != inserted_.end())
        for (const std::string& text : added->second) out += text + "\n";
      if (dropped_.contains(line)) continue;
      out += lines_[line - 1];
      if (line < lines_.size()) out += '\n';
    }
    return out;
  }

  const Fixture& fixture_;
  const engine::Report& report_;
  std::vector<std::string_view> lines_;
  std::set<std::size_t> dropped_;
  std::map<std::size_t, std::vector<std::string>> inserted_;
};

}  // namespace

std::string UpdatedFixture(const Fixture& fixture, std::string_view bytes,
                           const driver::Outcome& outcome) {
  return Update(fixture, bytes, outcome.report).Do();
}

}  // namespace cagelint::test
