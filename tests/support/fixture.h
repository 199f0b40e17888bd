// A fixture: one file of the repository that holds inputs and what is expected of them. The format
// is described in fixtures/README.md.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/driver/lint.h"
#include "tests/support/directive.h"

namespace cagelint::test {

// A file that the linter sees.
struct VirtualFile {
  std::string name;
  std::string bytes;           // as the linter gets them
  std::string searchable;      // the same length, directives blanked: where texts are looked for
  std::size_t first_line = 1;  // line of the fixture at which it begins
};

// Half-open bytes of a virtual file.
struct Range {
  std::string file;
  std::size_t begin = 0;
  std::size_t end = 0;
  auto operator<=>(const Range&) const = default;
};

struct ExpectedLabel {
  Range range;
  std::string message;  // "" leaves it open
};

struct ExpectedFinding {
  std::size_t line = 0;  // of the fixture
  std::string rule;
  std::optional<diagnostic::Severity> severity;
  Range range;
  std::vector<ExpectedLabel> labels;  // none leaves them open; otherwise all of them
  std::optional<std::string> message;
  std::optional<std::string> reason = {};  // it is suppressed, for this
};

struct ExpectedGap {
  std::size_t line = 0;
  std::string kind;
  bool refused = false;        // false leaves it open
  std::optional<Range> range;  // none: the gap is about the file as a whole
  std::optional<std::string> message;
};

// No finding of `rule` begins in `range`: from the directive to the next `expect` or `ok`.
struct ExpectedSilence {
  std::size_t line = 0;
  std::string rule;
  Range range;
};

struct Fixture {
  std::string path;                // from the repository root
  std::vector<VirtualFile> files;  // the first is linted; never empty
  std::vector<std::string> rules;  // none: all
  std::vector<Directive> config;
  std::vector<ExpectedFinding> findings;
  std::vector<ExpectedGap> gaps;
  std::vector<ExpectedSilence> silences;
  std::optional<std::string> model;  // the bytes of `--- MODEL`
  std::optional<std::string> fixed;  // the bytes of `--- FIXED`
  std::vector<std::string> errors;   // what is wrong with the fixture itself, "PATH:LINE: …"
};

// Never fails: what is wrong stands in `errors`.
Fixture ParseFixture(std::string_view path, std::string_view bytes);

// The fixtures below `folder` ("rules") of fixtures/, sorted, as paths from the repository root.
std::vector<std::string> FixturePaths(std::string_view folder);
// The fixture at `path`, which is relative to the repository root.
Fixture LoadFixture(const std::string& path);
// The bytes of any file of the repository; empty where there is none.
std::string ReadRepositoryFile(std::string_view path);

// Whether `line` (without its end) is only a comment in a file of this name; then `comment` is what
// stands behind the comment sign.
bool IsComment(std::string_view name, std::string_view line, std::string_view& comment);

}  // namespace cagelint::test
