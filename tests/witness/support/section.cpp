#include "tests/witness/support/section.h"

#include <algorithm>
#include <filesystem>

#include "linter/base/text.h"

namespace cagelint::test {
namespace {

// `timeout` ends with these where it had to stop the program.
constexpr int kStopped = 124;
constexpr int kKilled = 137;
// The client could not run a container; the shell found no such program. (126, that a program may
// not be executed, can be what an attack fails with.)
constexpr int kNoContainer = 125;
constexpr int kNoProgram = 127;

bool HasLine(const std::string& text, std::string_view wanted) {
  const auto lines = base::Split(text, '\n');
  return std::any_of(lines.begin(), lines.end(),
                     [&](std::string_view line) { return base::Trim(line) == wanted; });
}

}  // namespace

std::vector<Section> SectionsOf(const Fixture& fixture, std::vector<std::string>& errors) {
  std::vector<Section> sections;
  std::string preparation;
  std::size_t number = 0;
  bool in_head = false;  // in the comment block with which a section begins
  for (const std::string_view line : base::Split(fixture.files.front().bytes, '\n')) {
    ++number;
    const bool expect = line.starts_with("# expect:");
    const bool starts = expect || line.starts_with("# ok:");
    if (starts && in_head && sections.back().succeeds != expect) {
      errors.push_back(fixture.path + ":" + std::to_string(number) +
                       ": the same section cannot be both `expect` and `ok`");
    }
    if (starts && !in_head) sections.push_back({expect, number, preparation});
    in_head = starts || (in_head && line.starts_with("#"));
    std::string& script = sections.empty() ? preparation : sections.back().script;
    script.append(line).append("\n");
  }
  for (const bool succeeds : {true, false})
    if (std::none_of(sections.begin(), sections.end(),
                     [&](const Section& one) { return one.succeeds == succeeds; }))
      errors.push_back(fixture.path + ": no section with " + (succeeds ? "`expect`" : "`ok`"));
  return sections;
}

std::vector<std::string> WitnessPaths() {
  namespace fs = std::filesystem;
  std::vector<std::string> paths;
  for (const auto& entry : fs::directory_iterator(CAGELINT_SOURCE_DIR "/tests/witness"))
    if (entry.path().extension() == ".sh")
      paths.push_back("tests/witness/" + entry.path().filename().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string RuleOf(const std::string& path) { return std::filesystem::path(path).stem().string(); }

std::string Verdict(const Section& section, int status, const std::string& said) {
  if (!HasLine(said, "REACHED")) return "the attack was never tried: no line REACHED";
  if (status == kStopped || status == kKilled) return "it was stopped, after too long a time";
  if (section.succeeds) return status == 0 ? "" : "the attack failed, and should succeed";
  if (status == 0) return "the attack succeeded, and should fail";
  if (status == kNoContainer) return "the client could not run the container";
  if (status == kNoProgram) return "a program is missing: the attack was never tried";
  return "";
}

}  // namespace cagelint::test
