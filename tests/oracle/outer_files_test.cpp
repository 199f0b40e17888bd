// A fix leaves the file around a text valid: parsers that the program does not use read each
// fixture before and after all fixes.
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "tests/support/fixture.h"
#include "tests/support/fixture_run.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

// What outer_files.py calls a file of this name; "" for what it cannot read.
std::string_view KindOf(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
      {".md", "markdown"},  {".json", "jsonc"}, {".yml", "yaml"},       {".yaml", "yaml"},
      {".toml", "toml"},    {".py", "python"},  {".mjs", "javascript"}, {".ts", "javascript"},
      {"Makefile", "make"}, {".mk", "make"},
  };
  for (const auto& [ending, kind] : kEndings)
    if (name.ends_with(ending)) return kind;
  return {};
}

std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    out += kDigits[value >> 4U];
    out += kDigits[value & 15U];
  }
  return out;
}

struct Fixed {
  std::string path;
  std::string_view kind;
  std::string before, after;
};

std::vector<Fixed> AllFixed() {
  std::vector<Fixed> out;
  for (const char* folder : {"fixed", "input"}) {
    for (const std::string& path : FixturePaths(folder)) {
      const Fixture fixture = LoadFixture(path);
      const VirtualFile& file = fixture.files.front();
      if (KindOf(file.name).empty()) continue;
      std::vector<std::string> errors;
      const driver::Request request = RequestOf(fixture, errors);
      std::string after = FixedBytes(fixture, request);
      if (after != file.bytes)
        out.push_back({path, KindOf(file.name), file.bytes, std::move(after)});
    }
  }
  return out;
}

TEST(OuterFilesTest, StayValidAfterAllFixes) {
  const Program program;
  // The system's own, which has the packages, where another one comes first.
  const std::string python = "PATH=/usr/bin:$PATH; python3 ";
  const std::string script = CAGELINT_SOURCE_DIR "/tests/oracle/outer_files.py";
  const bool is_required = std::getenv("CAGELINT_REQUIRE_ORACLES") != nullptr;
  if (program.Shell(python + "-c 'import markdown_it, yaml, tomllib' && command -v node make")
          .exit != 0) {
    ASSERT_FALSE(is_required) << "python3 with PyYAML and markdown-it-py, node or make is missing";
    GTEST_SKIP() << "python3 with PyYAML and markdown-it-py, node or make is missing";
  }
  const std::vector<Fixed> files = AllFixed();
  ASSERT_FALSE(files.empty());
  std::string asked;
  for (const Fixed& file : files)
    for (const std::string* bytes : {&file.before, &file.after})
      asked += "[\"" + std::string(file.kind) + "\", \"" + Hex(*bytes) + "\"]\n";
  program.Write("asked", asked);
  const Ran ran = program.Shell(python + script + " < asked");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const std::vector<std::string_view> said = base::Split(base::Trim(ran.out), '\n');
  ASSERT_EQ(said.size(), 2 * files.size()) << ran.err;
  std::map<std::string_view, int> checked;
  for (std::size_t i = 0; i < files.size(); ++i) {
    // TypeScript that is no JavaScript as well.
    if (files[i].kind == "javascript" && !said[2 * i].starts_with("ok ")) continue;
    EXPECT_TRUE(said[2 * i].starts_with("ok ")) << files[i].path << ": before: " << said[2 * i];
    EXPECT_EQ(said[2 * i], said[2 * i + 1]) << files[i].path;
    ++checked[files[i].kind];
  }
  for (const char* kind : {"markdown", "jsonc", "yaml", "toml", "python", "javascript", "make"})
    EXPECT_GT(checked[kind], 0) << "no fixture with fixes is " << kind;
}

}  // namespace
}  // namespace cagelint::test
