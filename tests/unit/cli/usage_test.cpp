// What the program says of itself, and what it refuses.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "linter/cli/command.h"
#include "tests/support/program.h"

namespace cagelint::cli {
namespace {

using test::Program;
using test::Ran;

bool Contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Usage, Version) {
  const Ran ran = Program()("--version");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "cagelint " CAGELINT_VERSION "\n");
}

std::ptrdiff_t Cells(std::string_view line) {
  return std::count_if(line.begin(), line.end(), [](char c) { return !base::IsContinuation(c); });
}

TEST(Usage, HelpFitsAScreen) {
  std::vector<std::string> calls{"--help", "-h"};
  for (const Command& command : Commands()) calls.push_back(std::string(command.name) + " --help");
  for (const std::string& call : calls) {
    const Ran ran = Program()(call);
    EXPECT_EQ(ran.exit, 0) << call;
    EXPECT_EQ(ran.err, "") << call;
    const auto lines = base::Split(ran.out, '\n');
    // The overview with the prompt below it; of commands only the lines are bound to be short.
    EXPECT_LE(lines.size(), call.ends_with(" --help") ? 50u : 24u) << call;
    for (const std::string_view line : lines) EXPECT_LE(Cells(line), 80) << call << ": " << line;
  }
}

TEST(Usage, HelpNamesEveryCommand) {
  const Ran ran = Program()("--help");
  for (const Command& command : Commands())
    EXPECT_TRUE(Contains(ran.out, "\n  " + std::string(command.name) + " ")) << command.name;
}

struct Refused {
  std::string words;
  std::string message;
};

TEST(Usage, WrongUsageIsRefused) {
  const Program program;
  program.Write("run.sh", "docker run x\n");
  const std::vector<Refused> cases{
      {"chek", "unknown command `chek`; did you mean `check`?"},
      {"nonsense-word", "unknown command `nonsense-word`; there are: check, fix, harden, init, "},
      {"check --polcy agent", "unknown option `--polcy`; did you mean `--policy`?"},
      {"check --policy=agen .", "--policy: unknown policy `agen`; did you mean `agent`?"},
      {"check --policy strict .", "--policy: unknown policy `strict`; there are: agent"},
      {"check --policy", "`--policy` has no value"},
      {"check --policy --json", "--policy: unknown policy `--json`"},
      {"check --form json run.sh", "unknown option `--form`; did you mean `--format`?"},
      {"check --quiet=true run.sh", "`--quiet` takes no value"},
      {"check --format= run.sh", "`--format=` has no value"},
      {"check --format jsn run.sh", "--format: unknown format `jsn`; did you mean `json`?"},
      {"check --format text --format json run.sh", "two formats for standard output"},
      {"check --format text --output - --format json run.sh", "two formats for standard output"},
      {"check --format text --output x --format json --output x .", "two formats for `x`"},
      {"check --select rot-user run.sh", "unknown rule `rot-user`; did you mean `root-user`?"},
      {"check --ignore root-user,rot-user .", "unknown rule `rot-user`"},
      {"check --min-severity off run.sh", "--min-severity: unknown level `off`"},
      {"check --fail-on erro run.sh", "unknown level `erro`; did you mean `error`?"},
      {"check --color blue run.sh", "--color: unknown value `blue`"},
      {"check --engine dokcer run.sh", "unknown engine `dokcer`; did you mean `docker`?"},
      {"check --carrier compse run.sh", "unknown carrier `compse`; did you mean `compose`?"},
      {"check --env A run.sh", "--env: `A` is not NAME=VALUE"},
      {"check --env-file none.env run.sh", "--env-file none.env: no such file"},
      {"check --stdin-filename x run.sh", "--stdin-filename without `-`"},
      {"check \"\"", "a path is empty"},
      {"check - run.sh", "`-` and another path"},
      {"check -f run.sh run.sh", "-f replaces the path"},
      {"check run.sh -- docker run x", "either files or one command"},
      {"check --", "`--` has no command behind it"},
      {"rules -- x", "`--` means nothing here"},
      {"rules --format yaml", "unknown format `yaml`; there are: text, json, markdown"},
      {"rules extra", "unexpected argument `extra`"},
      {"explain", "no rule is named"},
      {"explain rot-user", "did you mean `root-user`?"},
      {"--verison", "unknown option `--verison`; did you mean `--version`?"},
      {"--hlep", "unknown option `--hlep`; did you mean `--help`?"},
      {"check --version", "unknown option `--version`\n"},
      {"fix --unsfae run.sh", "unknown option `--unsfae`; did you mean `--unsafe`?"},
      {"check -x run.sh", "unknown option `-x`"},
      {"rules --format jsno", "unknown format `jsno`; did you mean `json`?"},
      {"schema confg", "unknown schema `confg`; did you mean `config`?"},
      {"schema", "no schema is named: config, output, model"},
      {"schema ouput", "unknown schema `ouput`; did you mean `output`?"},
      {"completion zhs", "unknown shell `zhs`; did you mean `zsh`?"},
      {"completion", "no shell is named: bash, zsh, fish"},
      {"seccomp --engine dokcer run.sh", "unknown engine `dokcer`; did you mean `docker`?"},
      {"seccomp --runtime cruun run.sh", "unknown runtime `cruun`; did you mean `crun`?"},
      {"seccomp --format josn run.sh", "unknown format `josn`; did you mean `json`?"},
      {"--man-page cagelint.2", "did you mean `cagelint.1`?"},
      {"model --policy agent run.sh", "unknown option `--policy`"},
  };
  for (const Refused& refused : cases) {
    const Ran ran = program(refused.words);
    EXPECT_EQ(ran.exit, 2) << refused.words;
    EXPECT_EQ(ran.out, "") << refused.words;
    EXPECT_TRUE(Contains(ran.err, refused.message)) << refused.words << "\n" << ran.err;
  }
}

TEST(Usage, WhatIsRefusedIsEscaped) {
  const Ran ran = Program().Shell("cagelint \"$(printf 'x\\033[31m\\n\\377')\"");
  EXPECT_EQ(ran.exit, 2);
  for (const char c : ran.err) EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << ran.err;
}

TEST(Usage, RulesAndExplain) {
  const Ran list = Program()("rules");
  EXPECT_EQ(list.exit, 0);
  EXPECT_TRUE(Contains(list.out, "\n  root-user "));
  const Ran one = Program()("explain root-user");
  EXPECT_EQ(one.exit, 0);
  EXPECT_EQ(one.out.find("root-user: "), 0u);
  EXPECT_TRUE(Contains(one.out, "agent: error"));
}

}  // namespace
}  // namespace cagelint::cli
