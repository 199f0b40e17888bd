// What reads the scripts of workflows.
#include "linter/input/workflow_script.h"

#include <gtest/gtest.h>

namespace cagelint::input {
namespace {

TEST(WorkflowScriptTest, Shells) {
  for (const char* shell : {"", "bash", "sh", "bash -e {0}", "wsl-bash {0}", "alpine.sh {0}",
                            "sudo -E bash {0}", "'C:\\msys64\\usr\\bin\\bash.exe' -l {0}"})
    EXPECT_EQ(ShellOfScript(shell, "", true), ScriptShell::kShell) << shell;
  EXPECT_EQ(ShellOfScript("pwsh", "", true), ScriptShell::kPowershell);
  EXPECT_EQ(ShellOfScript("powershell -File {0}", "", true), ScriptShell::kPowershell);
  EXPECT_EQ(ShellOfScript("cmd", "", true), ScriptShell::kBatch);
  EXPECT_EQ(ShellOfScript("python3 -u {0}", "", true), ScriptShell::kPython);
  EXPECT_EQ(ShellOfScript("perl {0}", "", true), ScriptShell::kOther);
}

TEST(WorkflowScriptTest, WhereTheRunnerIsNotKnownTheLinesSay) {
  constexpr std::string_view kScript = "docker run `\r\n  x\n";
  EXPECT_EQ(ShellOfScript("", kScript, true), ScriptShell::kShell);
  EXPECT_EQ(ShellOfScript("", kScript, false), ScriptShell::kMaybePowershell);
  EXPECT_EQ(ShellOfScript("${{ matrix.shell }}", kScript, true), ScriptShell::kMaybePowershell);
  EXPECT_EQ(ShellOfScript("", "echo `date`\n", false), ScriptShell::kShell);
  EXPECT_EQ(ShellOfScript("bash", kScript, false), ScriptShell::kShell);
}

}  // namespace
}  // namespace cagelint::input
