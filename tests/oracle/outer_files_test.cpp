// A fix leaves the file around a text valid: parsers that the program does not use read each
// fixture before and after all fixes.
#include <algorithm>
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

// What outer_files.py, or outer_files.mjs, calls a file of this name; "" for what neither reads.
std::string_view KindOf(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
      {".md", "markdown"},    {".json", "jsonc"},
      {".yml", "yaml"},       {".yaml", "yaml"},
      {".toml", "toml"},      {".py", "python"},
      {".mjs", "typescript"}, {".ts", "typescript"},
      {".go", "go"},          {"Makefile", "make"},
      {".mk", "make"},        {".just", "just"},
      {"justfile", "just"},   {"Dockerfile", "dockerfile"},
      {".service", "unit"},   {".container", "unit"},
      {".pod", "unit"},       {".conf", "unit"},
      {".ps1", "powershell"}, {".bat", "batch"},
      {".cmd", "batch"},
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

std::vector<Fixed> AllFixed(const std::vector<std::string_view>& kinds) {
  std::vector<Fixed> out;
  for (const char* folder : {"fixed", "input"}) {
    for (const std::string& path : FixturePaths(folder)) {
      const Fixture fixture = LoadFixture(path);
      const VirtualFile& file = fixture.files.front();
      if (std::find(kinds.begin(), kinds.end(), KindOf(file.name)) == kinds.end()) continue;
      std::vector<std::string> errors;
      const driver::Request request = RequestOf(fixture, errors);
      std::string after = FixedBytes(fixture, request);
      if (after != file.bytes)
        out.push_back({path, KindOf(file.name), file.bytes, std::move(after)});
    }
  }
  return out;
}

// Behind any of the files: no language has it as a whole statement, and Markdown as a block more.
constexpr std::string_view kBroken = "\n\n```\"('\n";

// The answers to `files`, three a file, of the program that `command` starts: as it was, as it is
// after the fixes, and broken.
std::vector<std::string> Ask(const Program& program, const std::string& command,
                             const std::vector<Fixed>& files) {
  std::string asked;
  for (const Fixed& file : files)
    for (const std::string& bytes : {file.before, file.after, file.before + std::string(kBroken)})
      asked += "[\"" + std::string(file.kind) + "\", \"" + Hex(bytes) + "\"]\n";
  program.Write("asked", asked);
  const Ran ran = program.Shell(command + " < asked");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  std::vector<std::string> said;
  for (const std::string_view line : base::Split(base::Trim(ran.out), '\n'))
    said.emplace_back(line);
  EXPECT_EQ(said.size(), 3 * files.size()) << ran.err;
  said.resize(3 * files.size());
  return said;
}

void StayValid(const std::string& command, const std::string& needs,
               const std::vector<std::string_view>& kinds) {
  const Program program;
  if (const Ran ran = program.Shell(needs); ran.exit != 0) {
    ASSERT_EQ(std::getenv("CAGELINT_REQUIRE_ORACLES"), nullptr) << needs << ": " << ran.err;
    GTEST_SKIP() << "a parser is missing, see .ci/setup: " << ran.err;
  }
  const std::vector<Fixed> files = AllFixed(kinds);
  const std::vector<std::string> said = Ask(program, command, files);
  std::map<std::string_view, int> checked;
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_TRUE(said[3 * i].starts_with("ok ")) << files[i].path << ": before: " << said[3 * i];
    EXPECT_EQ(said[3 * i], said[3 * i + 1]) << files[i].path;
    EXPECT_NE(said[3 * i], said[3 * i + 2]) << files[i].path << ": what is broken passes as well";
    ++checked[files[i].kind];
  }
  for (const std::string_view kind : kinds)
    EXPECT_GT(checked[kind], 0) << "no fixture with fixes is " << kind;
}

const std::string kOracles = CAGELINT_SOURCE_DIR "/tests/oracle/";
// Optimising a grammar's lexer takes V8 twenty seconds, and nobody needs it.
const std::string kNode = "node --liftoff-only " + kOracles;

TEST(OuterFilesTest, StayValidForParsersOfDebian) {
  // The system's own python, which has the packages, where another one comes first.
  const std::string python = "PATH=/usr/bin:$PATH; python3 ";
  StayValid(python + kOracles + "outer_files.py",
            python +
                "-c 'import markdown_it, yaml, tomllib' && command -v node && "
                "command -v make && command -v gofmt && command -v systemd-analyze && "
                "test -e " CAGELINT_SOURCE_DIR "/tests/node_modules/rust-just-linux-x64/bin/just",
            {"markdown", "jsonc", "yaml", "toml", "python", "make", "just", "go", "unit"});
}

TEST(OuterFilesTest, StayValidForParsersOfNpm) {
  StayValid(kNode + "outer_files.mjs", kNode + "outer_files.mjs </dev/null",
            {"dockerfile", "powershell", "batch", "typescript"});
}

}  // namespace
}  // namespace cagelint::test
