// One line that the runner of GitHub Actions carries out.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cagelint::output {

struct WorkflowCommand {
  using Properties = std::vector<std::pair<std::string_view, std::string>>;

  std::string_view name;  // "error"
  Properties properties;
  std::string message;
};

// `::error title=a,file=b::message` and a line end. Per cent signs and line ends are written
// `%25`, `%0D` and `%0A`, in properties colons and commas too; a property without a value is left
// out.
std::string CommandText(const WorkflowCommand& command);

}  // namespace cagelint::output
