// core.excludesFile, as git itself reads it.
#include "linter/driver/git_config.h"

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "tests/support/program.h"

namespace cagelint::driver {
namespace {

TEST(GitConfig, SaysWhatGitSays) {
  test::Program program;
  program.Write("more", "[core]\nexcludesFile = from-more\n");
  program.Write("other", "[user]\nname = x\n");
  const auto read = [&](const std::string& path) -> std::optional<std::string> {
    if (path == "missing") return std::nullopt;
    return program.Read(path);
  };
  for (const std::string text : {
           "[core] excludesFile = a\n",
           "[core]\nexcludesfile=a b \t\n",
           "[CORE]\n\tExcludesFile = a # mine\n",
           "[core]\nexcludesFile = a;mine\n",
           "[core]\nexcludesFile = \"a # b\" # mine\n",
           "[core]\nexcludesFile = x/\"a b\"/c\n",
           "[core]\nexcludesFile = a\\\n  b\n",
           "[core]\nexcludesFile = \"a \"  \n",
           "[core]\nexcludesFile = a\\\\b\\\"c\n",
           "[core]\r\nexcludesFile = a\r\n",
           "\xEF\xBB\xBF[core]\nexcludesFile = a\n",
           "# [core]\n[core] ; x\n; excludesFile = no\nexcludesFile = a",
           "[core \"x\"]\nexcludesFile = a\n",
           "[core]\nexcludesFile = a\n[core]\nexcludesFile = b\n",
           "[core]\nbare\nexcludesFile = a\n",
           "[core]\nexcludesFile = a\n[user]\nexcludesFile = b\n",
           "[core]\nexcludesFile =\n",
           "[core]\nexcludesFile = a\n[include]\npath = more\n",
           "[include]\npath = more\n[core]\nexcludesFile = a\n",
           "[core]\nexcludesFile = a\n[include]\npath = other\npath = missing\n",
           "[core]\nexcludesFile = a\n[includeIf \"onbranch:x\"]\npath = other\n",
           "[user]\nname = x\n",
           "",
       }) {
    program.Write("config", text);
    const test::Ran git =
        program.Shell("git config --file config --includes --null core.excludesFile | tr '\\0' @");
    const auto ours = ExcludesFileIn(text, read);
    EXPECT_EQ(ours ? *ours + "@" : "", git.out) << text;
  }
}

TEST(GitConfig, WhatCannotBeKnownHidesNothing) {
  const auto read = [](const std::string&) {
    return std::optional<std::string>("[core]\nexcludesFile = b\n");
  };
  for (const std::string_view text : {
           "[core]\nexcludesFile = a\n[includeIf \"gitdir:~/work/\"]\npath = more\n",
           "[core]\nexcludesFile = \"a\n",
           "[core]\nexcludesFile = a\\x\n",
           "[core]\nexcludesFile = a\n[core\n",
           "[core]\nexcludesFile = a\n=\n",
           "[core]\nexcludesFile = a\n!\n",
       })
    EXPECT_EQ(ExcludesFileIn(text, read), "") << text;
}

TEST(GitConfig, FilesThatIncludeThemselvesEnd) {
  const std::string text = "[include]\npath = x\npath = x\n[core]\nexcludesFile = a\n";
  int asked = 0;
  EXPECT_EQ(ExcludesFileIn(text,
                           [&](const std::string&) {
                             ++asked;
                             return std::optional(text);
                           }),
            "a");
  EXPECT_LE(asked, 100);
}

}  // namespace
}  // namespace cagelint::driver
