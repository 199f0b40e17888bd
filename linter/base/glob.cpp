#include "linter/base/glob.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "linter/base/text.h"

namespace cagelint::base {
namespace {

using Parts = std::vector<std::string_view>;

Parts PartsOf(std::string_view path) {
  Parts parts = Split(path, '/');
  std::erase_if(parts, [](std::string_view part) { return part.empty() || part == "."; });
  return parts;
}

}  // namespace

bool MatchesName(std::string_view pattern, std::string_view name) {
  // On a mismatch the last `*` takes one byte more: an earlier one never has to.
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t taken = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool MatchesGlob(std::string_view pattern, std::string_view path) {
  const bool anywhere =
      pattern.substr(0, pattern.size() - (pattern.ends_with('/') ? 1 : 0)).find('/') ==
      std::string_view::npos;
  Parts globs = PartsOf(pattern);
  if (globs.empty()) return false;
  if (anywhere) globs.insert(globs.begin(), "**");
  const Parts parts = PartsOf(path);
  // reached[i]: the first i parts are matched by the globs so far.
  std::vector<bool> reached(parts.size() + 1);
  reached[0] = true;
  for (const std::string_view glob : globs) {
    std::vector<bool> next(parts.size() + 1);
    for (std::size_t i = 0; i <= parts.size(); ++i) {
      if (glob == "**") {
        next[i] = reached[i] || (i > 0 && next[i - 1]);
      } else if (i > 0) {
        next[i] = reached[i - 1] && MatchesName(glob, parts[i - 1]);
      }
    }
    reached = std::move(next);
  }
  // The path itself, or a folder above it.
  return std::find(reached.begin() + 1, reached.end(), true) != reached.end() ||
         (parts.empty() && reached[0]);
}

}  // namespace cagelint::base
