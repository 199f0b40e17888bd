#include "linter/output/writers.h"

#include <algorithm>
#include <array>

namespace cagelint::output {

std::span<const Writer> Writers() {
  static const std::array kWriters{
      kTextWriter,     kJsonWriter,       kJsonlWriter, kSarifWriter,  kGithubWriter,
      kGitlabWriter,   kCheckstyleWriter, kJunitWriter, kRdjsonWriter, kGccWriter,
      kMarkdownWriter, kHtmlWriter,       kLspWriter,
  };
  return kWriters;
}

const Writer* FindWriter(std::string_view name) {
  const auto writers = Writers();
  const auto found = std::find_if(writers.begin(), writers.end(),
                                  [&](const Writer& writer) { return writer.name == name; });
  return found == writers.end() ? nullptr : &*found;
}

std::string RuleUrl(std::string_view rule) { return "rules/README.md#" + std::string(rule); }

}  // namespace cagelint::output
