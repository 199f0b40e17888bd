#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

std::string Text(const engine::Report& report, WriterOptions options = {}) {
  return FindWriter("text")->write(report, options);
}

TEST(TextWriter, NothingFound) {
  Sample sample;
  sample.File("run.sh", "");
  EXPECT_EQ(Text(sample.report),
            "1 file, 0 containers, 0 profiles: 0 errors, 0 warnings, 0 info, 0 gaps\n");
  EXPECT_EQ(Text(sample.report, {.quiet = true}), "");
}

TEST(TextWriter, WhatWasPassedByIsCounted) {
  Sample sample;
  sample.report.excluded = 3;
  const std::string text = Text(sample.report);
  EXPECT_NE(text.find(", 3 files excluded\n"), std::string::npos) << text;
}

TEST(TextWriter, OneFinding) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run -u 0 x\n");
  auto& finding = sample.Find("root-user", Severity::kError, Sample::At(file, "0"), "runs as root");
  finding.why = "root owns what is bound in";
  finding.help = "`--user 1000:1000`";
  finding.subject = std::make_shared<diagnostic::Subject>(
      diagnostic::Subject{"`docker run`", "", Sample::At(file, "docker run")});
  sample.report.containers = 1;
  EXPECT_EQ(Text(sample.report),
            "`docker run` in run.sh: 1 error\n"
            " 1 | docker run -u 0 x\n"
            "   |               ^ run.sh:1:15\n"
            "  error[root-user]: runs as root; fix: `--user 1000:1000`\n"
            "    why: root owns what is bound in\n"
            "\n"
            "1 file, 1 container, 0 profiles: 1 error, 0 warnings, 0 info, 0 gaps\n");
  EXPECT_EQ(Text(sample.report, {.quiet = true}), "run.sh:1:15: error[root-user]: runs as root\n");
}

TEST(TextWriter, LongHelpStandsOnItsOwnLine) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run x\n");
  const std::string help(70, 'h');
  // "  error[r]: " and "; fix: " take 12 and 7 cells.
  sample.Find("r", Severity::kError, Sample::At(file, "docker"), "12345678901").help = help;
  sample.Find("r", Severity::kError, Sample::At(file, "run"), "123456789012").help = help;
  sample.Find("r", Severity::kError, Sample::At(file, "x"), "漢字漢字漢x").help = help;
  const std::string text = Text(sample.report);
  EXPECT_NE(text.find("  error[r]: 12345678901; fix: " + help + "\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  error[r]: 123456789012\n    fix: " + help + "\n"), std::string::npos);
  EXPECT_NE(text.find("  error[r]: 漢字漢字漢x; fix: " + help + "\n"), std::string::npos);
}

// What is absent is reported at one place: the source is shown once, the worst comes first, and a
// reason is given once.
TEST(TextWriter, FindingsAtOnePlaceShareTheSource) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run x\n");
  const base::Span anchor = Sample::At(file, "docker run");
  sample.Find("a-rule", Severity::kInfo, anchor, "one").why = "reason a";
  sample.Find("b-rule", Severity::kError, anchor, "two").why = "reason b";
  sample.Find("b-rule", Severity::kError, anchor, "three").why = "reason b";
  EXPECT_EQ(Text(sample.report),
            "run.sh: 2 errors, 1 info\n"
            " 1 | docker run x\n"
            "   | ^^^^^^^^^^ run.sh:1:1\n"
            "  error[b-rule]: two\n"
            "    why: reason b\n"
            "  error[b-rule]: three\n"
            "  info[a-rule]: one\n"
            "    why: reason a\n"
            "\n"
            "1 file, 0 containers, 0 profiles: 2 errors, 0 warnings, 1 info, 0 gaps\n");
}

TEST(TextWriter, FindingsAreGroupedByContainer) {
  Sample sample;
  const auto& file = sample.File("compose.yaml", "web:\n  a: 1\ndb:\n  b: 2\nweb2:\n");
  const auto web = std::make_shared<diagnostic::Subject>(
      diagnostic::Subject{"service `web`", "web", Sample::At(file, "web")});
  const auto db = std::make_shared<diagnostic::Subject>(
      diagnostic::Subject{"service `db`", "db", Sample::At(file, "db")});
  sample.Find("r", Severity::kError, Sample::At(file, "a"), "first").subject = web;
  sample.Find("r", Severity::kError, Sample::At(file, "b"), "second").subject = db;
  sample.Find("r", Severity::kError, Sample::At(file, "web2"), "third").subject = web;
  const std::string text = Text(sample.report);
  EXPECT_EQ(text.find("service `web` in compose.yaml: 2 errors\n"), 0u) << text;
  EXPECT_LT(text.find("first"), text.find("third"));
  EXPECT_LT(text.find("third"), text.find("service `db` in compose.yaml: 1 error\n"));
  EXPECT_LT(text.find("service `db`"), text.find("second"));
}

TEST(TextWriter, LabelsStandInTheSource) {
  Sample sample;
  const auto& file =
      sample.File("run.sh", "docker run \\\n  --cap-drop=ALL \\\n  -e A=1 \\\n  --privileged x\n");
  const auto& other = sample.File("p.json", "{\"a\": 1}\n");
  auto& finding = sample.Find("privileged", Severity::kError, Sample::At(file, "--privileged"),
                              "container runs privileged");
  finding.labels = {{Sample::At(file, "--cap-drop=ALL"), "has no effect"},
                    {Sample::At(file, "x\n"), "gets root"},
                    {Sample::At(other, "1"), "neither has this"},
                    {{}, "stands nowhere"}};
  EXPECT_EQ(Text(sample.report),
            "run.sh: 1 error\n"
            " 2 |   --cap-drop=ALL \\\n"
            "   |   -------------- has no effect\n"
            "  ...\n"
            " 4 |   --privileged x\n"
            "   |   ^^^^^^^^^^^^ run.sh:4:3\n"
            "   |                - gets root\n"
            "  --> p.json:1:7\n"
            " 1 | {\"a\": 1}\n"
            "   |       - neither has this\n"
            "  error[privileged]: container runs privileged\n"
            "\n"
            "2 files, 0 containers, 0 profiles: 1 error, 0 warnings, 0 info, 0 gaps\n");
}

TEST(TextWriter, LabelsOfFindingsAtOnePlaceFollowEach) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run -a\n");
  const base::Span anchor = Sample::At(file, "docker run");
  sample.Find("a-rule", Severity::kError, anchor, "one");
  sample.Find("b-rule", Severity::kError, anchor, "two").labels = {
      {Sample::At(file, "-a"), "because of this"}};
  EXPECT_EQ(Text(sample.report),
            "run.sh: 2 errors\n"
            " 1 | docker run -a\n"
            "   | ^^^^^^^^^^ run.sh:1:1\n"
            "  error[a-rule]: one\n"
            "  error[b-rule]: two\n"
            " 1 | docker run -a\n"
            "   |            -- because of this\n"
            "\n"
            "1 file, 0 containers, 0 profiles: 2 errors, 0 warnings, 0 info, 0 gaps\n");
}

TEST(TextWriter, LabelsOfOtherFilesAreGivenOnceAGroup) {
  Sample sample;
  const auto& profile = sample.File("p.json", "a b\n");
  const auto& script = sample.File("run.sh", "docker run p\n");
  for (const char* name : {"a", "b"}) {
    auto& finding = sample.Find("r", Severity::kError, Sample::At(profile, name), "m");
    finding.labels = {{Sample::At(script, "p\n"), "named here"}};
  }
  const std::string text = Text(sample.report);
  const std::size_t first = text.find("named here");
  EXPECT_LT(first, text.find("p.json:1:3")) << text;
  EXPECT_EQ(text.find("named here", first + 1), std::string::npos) << text;
  // In a group of another container it is said again.
  sample.report.findings[1].subject =
      std::make_shared<diagnostic::Subject>(diagnostic::Subject{"service `x`", "x", {}});
  const std::string groups = Text(sample.report);
  EXPECT_NE(groups.find("named here", groups.find("named here") + 1), std::string::npos) << groups;
}

TEST(TextWriter, SpansOverLinesShowTheFirstAndTheLast) {
  Sample sample;
  std::string bytes(8, '\n');
  bytes += "one {\n  two\n  three\n  four } five\n";
  const auto& file = sample.File("x.json", bytes);
  sample.Find("r", Severity::kWarning, Sample::At(file, "{\n  two\n  three\n  four }"), "m");
  const std::string text = Text(sample.report);
  EXPECT_NE(text.find("  9 | one {\n"
                      "    |     ^ x.json:9:5\n"
                      "   ...\n"
                      " 12 |   four } five\n"
                      "    |   ^^^^^^\n"),
            std::string::npos)
      << text;
}

TEST(TextWriter, GapsAreNeverHidden) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run \"$@\"\n");
  sample.Gap("unresolved-arguments", "may hold any option", Sample::At(file, "\"$@\""));
  sample.Gap("unreadable-file", "permission denied", {}, "secret.sh");
  sample.Gap("syntax-error", "unknown flag", Sample::At(file, "run"), "", true);
  EXPECT_EQ(Text(sample.report),
            "could not be judged: 3 gaps\n"
            " 1 | docker run \"$@\"\n"
            "   |            ^^^^ run.sh:1:12\n"
            "  gap[unresolved-arguments]: may hold any option\n"
            "  --> secret.sh\n"
            "  gap[unreadable-file]: permission denied\n"
            " 1 | docker run \"$@\"\n"
            "   |        ^^^ run.sh:1:8\n"
            "  gap[syntax-error]: unknown flag (refused by the program that reads it)\n"
            "\n"
            "1 file, 0 containers, 0 profiles: 0 errors, 0 warnings, 0 info, 3 gaps\n");
  EXPECT_EQ(Text(sample.report, {.quiet = true}),
            "run.sh:1:12: gap[unresolved-arguments]: may hold any option\n"
            "secret.sh: gap[unreadable-file]: permission denied\n"
            "run.sh:1:8: gap[syntax-error]: unknown flag (refused by the program that reads it)\n");
}

// Whatever comes from a file or a path, no byte of it reaches the terminal as a control character.
TEST(TextWriter, EverythingIsEscaped) {
  const std::string evil = "\x1b]0;title\x07\xff\xe2\x80\xae\r\n\t\x9b";
  Sample sample;
  const auto& file = sample.File("run" + evil + ".sh", "docker run " + evil + " x");
  auto& finding = sample.Find("rule" + evil, Severity::kError, Sample::At(file, "docker run"),
                              "message " + evil);
  finding.why = evil;
  finding.help = evil;
  finding.labels = {{Sample::At(file, " x"), "label " + evil}, {file.Whole(), evil}};
  finding.subject = std::make_shared<diagnostic::Subject>(
      diagnostic::Subject{"service " + evil, evil, finding.span});
  sample.Gap("kind" + evil, evil, Sample::At(file, "run"));
  sample.Gap("kind" + evil, evil, {}, "path" + evil);
  for (const bool quiet : {false, true}) {
    const std::string text = Text(sample.report, {.quiet = quiet});
    for (const char c : text)
      EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << static_cast<int>(c) << "\n" << text;
  }
}

TEST(TextWriter, ColoursAreOnlyAddedToTheText) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run -u 0 x\n");
  auto& finding = sample.Find("root-user", Severity::kError, Sample::At(file, "0"), "runs as root");
  finding.help = "help";
  finding.labels = {{Sample::At(file, "x"), "label"}};
  sample.Gap("kind", "message", Sample::At(file, "x"));
  std::string colored = Text(sample.report, {.color = true});
  EXPECT_NE(colored.find("\x1b[1;31merror[root-user]\x1b[0m"), std::string::npos);
  for (std::size_t at; (at = colored.find('\x1b')) != std::string::npos;)
    colored.erase(at, colored.find('m', at) - at + 1);
  EXPECT_EQ(colored, Text(sample.report));
}

TEST(TextWriter, LongMessagesAreCut) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run x\n");
  std::string message;
  for (int i = 0; i < 10'000; ++i) message += "漢";
  sample.Find("r", Severity::kError, Sample::At(file, "x"), message);
  const std::string text = Text(sample.report, {.quiet = true});
  EXPECT_EQ(text, "run.sh:1:12: error[r]: " + message.substr(0, 600) + "...\n");
}

TEST(TextWriter, LongLinesAreCut) {
  Sample sample;
  const auto& file = sample.File("p.json", std::string(5000, 'a') + "BAD" + std::string(5000, 'b'));
  sample.Find("r", Severity::kError, Sample::At(file, "BAD"), "m");
  const std::string text = Text(sample.report);
  EXPECT_NE(text.find("^^^ p.json:1:5001\n"), std::string::npos);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    EXPECT_LE(end - begin, 125u) << text.substr(begin, end - begin);
    begin = end + 1;
  }
}

}  // namespace
}  // namespace cagelint::output
