// Command lines are completed by the real shells, with the scripts that the program prints.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "linter/cli/option_table.h"
#include "linter/driver/lint.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

struct Case {
  std::string line;
  std::vector<std::string> has;
  std::vector<std::string> lacks = {};
};

// "file.yaml" stands in the folder. In a list, a shell gives the whole word or its last part.
const std::vector<Case> kCases{
    {"cagelint che", {"check"}, {"fix"}},
    {"cagelint ", {"check", "fix", "explain", "completion"}, {"--man-page", "root-user"}},
    {"cagelint --vers", {"--version"}},
    {"cagelint --poli", {"--policy"}},
    {"cagelint check --poli", {"--policy"}, {"--version"}},
    {"cagelint check --policy ", {"agent", "baseline", "cis-docker", "service"}, {"check"}},
    {"cagelint check --policy=cis", {"cis-docker"}, {"agent"}},
    {"cagelint check --fail-on ", {"never", "error"}, {"off"}},
    {"cagelint check --format js", {"json"}, {"text"}},
    {"cagelint check --engine=", {"auto", "docker", "podman", "nerdctl"}},
    {"cagelint check --carrier quad", {"quadlet"}},
    {"cagelint fix --uns", {"--unsafe"}},
    {"cagelint check --uns", {}, {"--unsafe"}},
    {"cagelint explain roo", {"root-user", "root-group"}, {"privileged"}},
    {"cagelint check --select roo", {"root-user", "root-group"}},
    {"cagelint check --ignore root-user,unpinned-i", {"unpinned-image"}, {"root-group"}},
    {"cagelint rules --format ", {"text", "json", "markdown"}},
    {"cagelint seccomp --arch am", {"amd64"}, {"arm64"}},
    {"cagelint schema ", {"config", "output", "model"}},
    {"cagelint completion ", {"bash", "zsh", "fish"}},
    {"cagelint check -- podm", {"podman"}, {"check"}},
    {"cagelint -- docker --polic", {}, {"--policy"}},
    {"cagelint model --polic", {}, {"--policy"}},
    {"cagelint check --baseline fil", {"file.yaml"}},
    {"cagelint check fil", {"file.yaml"}},
    {"cagelint seccomp fil", {"file.yaml"}},
    {"cagelint rules fil", {}, {"file.yaml", "files"}},
    {"cagelint seccomp --kernel fil", {}, {"file.yaml", "files"}},
};

// For each option of the program a line that asks for it.
std::vector<Case> AllOptions() {
  std::vector<Case> cases;
  for (const cli::CommandRow& command : cli::OptionTable()) {
    Case one{"cagelint " + command.name + " --", {}};
    for (const cli::OptionRow& option : command.options)
      for (const std::string& name : option.names)
        if (name.starts_with("--")) one.has.push_back(name);
    cases.push_back(one);
  }
  return cases;
}

using Found = std::map<std::string, std::vector<std::string>, std::less<>>;

Found Parsed(std::string_view out) {
  Found found;
  for (const std::string_view line : base::Split(out, '\n')) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) continue;
    auto& words = found[std::string(line.substr(0, tab))];
    for (std::string_view word : base::Split(line.substr(tab + 1), ' ')) {
      const std::size_t comma = word.rfind(',');
      const std::size_t equals = word.starts_with("--") ? word.rfind('=') : std::string::npos;
      if (comma != std::string::npos) word.remove_prefix(comma + 1);
      if (equals != std::string::npos && equals + 1 < word.size()) word.remove_prefix(equals + 1);
      while (word.ends_with('=')) word.remove_suffix(1);
      if (!word.empty()) words.emplace_back(word);
    }
  }
  return found;
}

bool Has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class CompletionTest : public testing::TestWithParam<const char*> {
 protected:
  // Runs `how` on the lines of `cases`, where the shell is there.
  void Ask(const std::vector<Case>& cases) {
    const std::string shell = GetParam();
    if (program_.Shell("command -v " + shell).exit != 0) {
      ASSERT_EQ(std::getenv("CAGELINT_REQUIRE_ORACLES"), nullptr) << "no " << shell;
      GTEST_SKIP() << "no " << shell;
    }
    std::string lines;
    for (const Case& one : cases) lines += one.line + "\n";
    program_.Write("lines", lines);
    program_.Write("there/file.yaml", "");
    const std::string script = "scripts/" + std::string(shell == "zsh" ? "_cagelint" : "cagelint");
    const std::string harness = base::ShellQuote(CAGELINT_SOURCE_DIR "/tests/completion/" + shell +
                                                 "." + (shell == "bash" ? "sh" : shell));
    const Ran ran = program_.Shell(
        "mkdir scripts && cagelint completion " + shell + " >" + script +
        " && export HOME=$PWD/home" + " && mkdir home && cd there && " + shell +
        (shell == "bash"  ? ""
         : shell == "zsh" ? " -f"
                          : " -N") +
        " " + harness + " ../" + (shell == "zsh" ? "scripts" : script) + " ../lines");
    ASSERT_EQ(ran.exit, 0) << ran.out << ran.err;
    EXPECT_EQ(ran.err, "");
    found_ = Parsed(ran.out);
    ASSERT_EQ(found_.size(), cases.size()) << ran.out;
  }

  void Compare(const std::vector<Case>& cases) {
    for (const Case& one : cases) {
      const auto& words = found_[one.line];
      std::string all;
      for (const std::string& word : words) all += word + " ";
      for (const std::string& word : one.has) {
        // bash leaves the files to readline.
        const bool is_file = word == "file.yaml" && GetParam() == std::string_view("bash");
        EXPECT_TRUE(Has(words, is_file ? "files" : word))
            << one.line << ": no " << word << " in " << all;
      }
      for (const std::string& word : one.lacks)
        EXPECT_FALSE(Has(words, word)) << one.line << ": " << word;
    }
  }

  Program program_;
  Found found_;
};

TEST_P(CompletionTest, OffersWhatFits) {
  Ask(kCases);
  if (!IsSkipped()) Compare(kCases);
}

TEST_P(CompletionTest, OffersEveryOption) {
  const std::vector<Case> cases = AllOptions();
  Ask(cases);
  if (!IsSkipped()) Compare(cases);
}

INSTANTIATE_TEST_SUITE_P(Shells, CompletionTest, testing::Values("bash", "zsh", "fish"),
                         [](const auto& shell) { return std::string(shell.param); });

// What is offered is what is taken: each word of each option, for every command.
TEST(Completion, OfferedWordsAreTaken) {
  const Program program;
  program.Write("empty.sh", "");
  program.Write("p.json", R"({"defaultAction": "SCMP_ACT_ERRNO"})");
  std::size_t asked = 0;
  for (const cli::CommandRow& command : cli::OptionTable()) {
    std::string script;
    for (const cli::OptionRow& option : command.options) {
      for (const std::string& word : option.values.words) {
        const std::string words = option.names.empty() ? word : option.names.back() + " " + word;
        const std::string file = command.name == "seccomp"                         ? " p.json"
                                 : option.names.empty() || command.name == "rules" ? ""
                                                                                   : " empty.sh";
        script += "cagelint " + command.name + " " + words + file +
                  " >/dev/null 2>err; [ $? -eq 2 ] && { echo '" + command.name + " " + words +
                  "'; cat err; }\n";
        ++asked;
      }
    }
    EXPECT_EQ(program.Shell(script + "true").out, "");
  }
  EXPECT_GE(asked, 100u);
}

// A value of which nothing is known is one that nobody can list.
TEST(Completion, EveryOtherValueIsFree) {
  const std::vector<std::string> free{"--stdin-filename", "--env",   "--query", "--kernel",
                                      "--caps",           "--shard", "--jobs"};
  for (const cli::CommandRow& command : cli::OptionTable())
    for (const cli::OptionRow& option : command.options) {
      const cli::Values& values = option.values;
      if (option.value.empty() || !values.words.empty() || values.are_files || values.are_rules)
        continue;
      EXPECT_TRUE(!option.names.empty() && Has(free, option.names.back()))
          << command.name << " " << option.value;
    }
}

}  // namespace
}  // namespace cagelint::test
