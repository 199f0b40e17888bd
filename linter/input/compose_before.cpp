#include "linter/input/compose_before.h"

#include <algorithm>
#include <vector>

#include "linter/base/text.h"
#include "linter/input/yaml_before.h"

namespace cagelint::input::compose {
namespace {

bool IsContent(std::string_view line) {
  const std::string_view text = base::Trim(line);
  return !text.empty() && text[0] != '#';
}

std::size_t IndentOf(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// Where the text may be cut: before each service and each key of the top level, in order. By the
// look of the lines alone, since there is no tree: what lies in a quoted text does no harm, for the
// part before it does not parse.
std::vector<std::size_t> CutsOf(std::string_view bytes) {
  std::vector<std::size_t> cuts;
  bool in_services = false;
  std::size_t indent = 0;  // of the services; 0: not met yet
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = bytes.substr(begin, end - begin);
    if (IsContent(line)) {
      const std::size_t depth = IndentOf(line);
      if (in_services && indent == 0) indent = depth;
      if (depth == 0 || (in_services && depth == indent)) cuts.push_back(begin);
      if (depth == 0) {
        in_services = line.starts_with("services:");
        indent = 0;
      }
    }
    begin = end + 1;
  }
  return cuts;
}

}  // namespace

syntax::Tree TreeBefore(const base::Source& source) {
  return ParseBefore(source, CutsOf(source.Bytes()));
}

}  // namespace cagelint::input::compose
