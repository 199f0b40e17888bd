#include "linter/syntax/shell.h"

#include <algorithm>

#include "linter/syntax/shell_parser.h"

namespace cagelint::syntax {

ShellTree ParseShell(std::string_view text, const base::SourceMap& map) {
  ShellTree tree;
  ShellParser(text, map, tree).Read();
  return tree;
}

void ShellParser::ReportGaps() {
  // A file that is not shell has thousands of errors; these are enough to see it.
  constexpr std::size_t kMostReported = 5;
  const auto size = static_cast<std::uint32_t>(reader_.Text().size());
  const auto add = [&](std::string_view kind, const WordProblem& problem) {
    const std::uint32_t end = std::clamp(problem.end, std::min(1U, size), size);
    const std::uint32_t begin = std::min(problem.begin, end > 0 ? end - 1 : 0);
    tree_.gaps.push_back({.kind = std::string(kind),
                          .message = problem.message,
                          .span = map_.ToOuter(begin, end),
                          .path = ""});
  };
  std::vector<WordProblem> problems = reader_.Problems();
  std::stable_sort(problems.begin(), problems.end(),
                   [](const WordProblem& a, const WordProblem& b) { return a.begin < b.begin; });
  for (std::size_t i = 0; i < problems.size() && tree_.gaps.size() < kMostReported; ++i)
    if (i == 0 || problems[i].begin != problems[i - 1].begin) add("syntax-error", problems[i]);
  if (stopped_ && !too_deep_.message.empty()) add("limit-reached", too_deep_);
}

}  // namespace cagelint::syntax
