// The documents for people and CI are read by programs that know nothing of cagelint: of the
// scenario whose outputs are recorded, and of one whose names and messages are hostile. What was
// read is compared with the JSON document of the same run, and each reader has to refuse a document
// that somebody broke.
#include <cstdlib>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

const std::string kReaders = CAGELINT_SOURCE_DIR "/tests/integration/";

struct Format {
  std::string name;
  std::string reader;  // a command; behind it the document and the report in JSON
  std::string needs;   // a command that fails where the reader cannot work
  // Of a document that is right, what makes it one that is not: a text, and what takes its place.
  std::vector<std::pair<std::string, std::string>> broken;
};

// Of a test that failed.
void PrintTo(const Format& format, std::ostream* out) { *out << format.name; }

std::string Replace(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// The system's own python, which has the packages, where another one comes first.
const std::string kPython = "PATH=/usr/bin:$PATH; python3 ";
const std::string kNode = "HOME=$PWD node ";

const Format kGithub{"github",
                     kNode + kReaders + "read_commands.mjs",
                     "cd " CAGELINT_SOURCE_DIR "/tests && node -e 'import(\"@actions/core\")'",
                     {{"%0Afix", "\nfix"}, {"::warning ", "::notice "}, {",line=", ",line=1"}}};
const Format kGcc{"gcc",
                  kNode + kReaders + "read_lines.mjs",
                  "node --version && vim --version | grep -q '+quickfix'",
                  {{": error: ", ": fatal: "}, {" [", " ("}, {":1: ", ":2: "}}};
const Format kCheckstyle{"checkstyle",
                         kPython + kReaders + "read_checkstyle.py",
                         "xmllint --version",
                         {{"\"warning\"", "\"fatal\""}, {"message=\"", "message=\"<"}}};
const Format kJunit{"junit",
                    kPython + kReaders + "read_junit.py",
                    kPython + "-c 'import junitparser'",
                    {{"<failure", "<passed"}, {"failures=\"", "failures=\"1"}, {"&#39;", "&"}}};
const Format kMarkdown{
    "markdown",
    kPython + kReaders + "read_markdown.py",
    kPython + "-c 'import markdown_it' && cmark-gfm --version",
    {{"| error |", "| error<img src=x> |"}, {"| error |", "| error @you |"}, {"| error |", "|"}}};
const Format kHtml{"html",
                   kNode + kReaders + "read_page.mjs",
                   "cd " CAGELINT_SOURCE_DIR
                   "/tests"
                   " && node -e 'import(\"playwright-core\")' && command -v chromium",
                   {{"const apply", "var apply"}, {"<h2>", "<h2><i>a</i>"}}};

class ReportsTest : public ::testing::TestWithParam<Format> {
 protected:
  void SetUp() override {
    const Ran ran = program_.Shell(GetParam().needs);
    if (ran.exit == 0) return;
    ASSERT_EQ(std::getenv("CAGELINT_REQUIRE_ORACLES"), nullptr)
        << GetParam().needs << ": " << ran.err;
    GTEST_SKIP() << "a reader is missing, see .ci/setup: " << ran.err;
  }

  // Runs in `folder`; the documents lie beside it. Gives what the reader says of the right one.
  std::string ReadBoth(const std::string& folder, const std::string& arguments, int exit) {
    const Format& format = GetParam();
    const std::string in = "cd " + folder + " && ";
    const std::string check = in + "cagelint check " + arguments +
                              " --format json --output ../json " + "--format " + format.name +
                              " --output ../" + Document();
    EXPECT_EQ(program_.Shell(check).exit, exit);
    const Ran right = program_.Shell(in + format.reader + " ../" + Document() + " ../json");
    EXPECT_EQ(right.exit, 0) << right.out << right.err;
    for (const auto& [from, to] : format.broken) {
      program_.Write("broken." + format.name, Replace(program_.Read(Document()), from, to));
      const Ran wrong =
          program_.Shell(in + format.reader + " ../broken." + format.name + " ../json");
      EXPECT_EQ(wrong.exit, 1) << "nobody minds `" << to << "` for `" << from << "`: " << wrong.out
                               << wrong.err;
      EXPECT_FALSE(wrong.out.starts_with("ok")) << from << ": " << wrong.out;
    }
    return std::string(base::Trim(right.out));
  }

  // A browser looks at the end of the name.
  static std::string Document() { return "document." + GetParam().name; }

  Program program_;
};

TEST_P(ReportsTest, TheScenario) {
  program_.Shell("mkdir run && cp -r " CAGELINT_SOURCE_DIR "/fixtures/output/scenario run");
  const std::string said = ReadBoth("run", "scenario", 1);
  EXPECT_NE(said, "");
}

// Names that are markup, commands, places or no text at all, and messages that quote the same.
void WriteHostile(const Program& program) {
  constexpr std::string_view kNames[] = {
      "a\nb.sh",
      "esc\x1b[31mred.sh",
      "q\"uo'te.sh",
      "pi|pe\\|`tick``s`.sh",
      "<script>window.hacked=1<!--.sh",
      "<img src=x onerror=window.hacked=1>.sh",
      "]]>&amp;<\xEF\xBF\xBF.sh",
      "100%0A%25,x=y.sh",
      "::error::forged.sh",
      "::stop-commands::token.sh",
      "\xE3\x80\x80::add-mask::e.sh",
      "##[add-mask]x.sh",
      " blank .sh",
      "rtl\xE2\x80\xAEgpj.sh",
      "invalid\xff\xfe.sh",
      "x.sh:1:1: error: forged [rule].sh",
      "x.sh:1:1:forged.sh",
      "@everyone #12 www.evil.example deadbeef.sh",
      "someone@evil.example.sh",
      "*a* _b_ ~~c~~ [l](x) ![p](x) :tada:.sh",
      "- 1. # h.sh",
  };
  const std::string command =
      "docker run --rm --privileged -v \"/srv/<b>\\|@org/team #12 https://evil.example/\":/x "
      "'img<script>alert(1)</script>:latest'\n"
      "docker run -d --privileged x:1  # cagelint: ignore[privileged] @you | <img src=x "
      "onerror=window.hacked=1> `a` #1\n";
  for (const std::string_view name : kNames)
    program.Write("hostile/" + std::string(name), "#!/bin/sh\n" + command);
  program.Write("hostile/sub/compose.yaml",
                "services:\n  \"a\\e[31m</script><script>window.hacked=1</script>\":\n"
                "    image: \"@org/x:1 | `b`\"\n"
                "    \"[l](http://evil.example) @you #1 ##[add-mask]x ::error::x\": 1\n"
                "    \"two\\nlines\\u202e%0A\": |\n      x\n");
  program.Write("hostile/not-text.sh", "docker run \xff x\n");
}

TEST_P(ReportsTest, HostileNamesAndMessages) {
  WriteHostile(program_);
  const std::string said = ReadBoth("hostile", ". 'none<script>|`@you`.sh'", 2);
  // What kept it from its work, where a reader counts it.
  const bool counts = GetParam().name != "markdown" && GetParam().name != "html";
  EXPECT_TRUE(said.starts_with(counts ? "ok 1 " : "ok ")) << said;
}

// What is in no file, and what says nothing.
TEST_P(ReportsTest, CommandLinesAndCleanFiles) {
  program_.Write("run/clean.sh", "echo\n");
  const Format& format = GetParam();
  const auto read = [&](const std::string& arguments) {
    program_.Shell("cd run && cagelint check --format json --output ../json --format " +
                   format.name + " --output ../" + Document() + " " + arguments);
    const Ran ran = program_.Shell("cd run && " + format.reader + " ../" + Document() + " ../json");
    EXPECT_EQ(ran.exit, 0) << arguments << ": " << ran.out << ran.err;
  };
  read("clean.sh");
  read("-- docker run --privileged 'a:1'");
}

INSTANTIATE_TEST_SUITE_P(Format, ReportsTest,
                         ::testing::Values(kGithub, kGcc, kCheckstyle, kJunit, kMarkdown, kHtml),
                         [](const auto& format) { return format.param.name; });

// Ten thousand findings: the page opens, and every filter answers. A quarter of a second is what
// the slowest takes on two cores that do nothing else.
TEST(LargeReportsTest, APageOfTenThousandFindingsIsUsable) {
  const Program program;
  if (program.Shell(kHtml.needs).exit != 0) {
    ASSERT_EQ(std::getenv("CAGELINT_REQUIRE_ORACLES"), nullptr);
    GTEST_SKIP() << "there is no Chromium, see .ci/setup";
  }
  for (int file = 0; file < 50; ++file) {
    std::string script;
    for (int i = 0; i < 20; ++i)
      script += "docker run --privileged -v /:/host" + std::to_string(i) + " image\n";
    program.Write("many/run" + std::to_string(file) + ".sh", script);
  }
  program.Shell(
      "cd many && cagelint . --format json --output ../json --format html --output ../page.html");
  const Ran ran = program.Shell("cd many && " + kHtml.reader + " ../page.html ../json");
  EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
  const auto words = base::Split(base::Trim(ran.out), ' ');
  ASSERT_EQ(words.size(), 3u) << ran.out;
  EXPECT_GE(std::stoi(std::string(words[1])), 10'000) << ran.out;
  RecordProperty("milliseconds", std::string(words[2]));
  EXPECT_LT(std::stoi(std::string(words[2])), 5'000) << "the slowest filter";
}

}  // namespace
}  // namespace cagelint::test
