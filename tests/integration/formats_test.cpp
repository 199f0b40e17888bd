// Documents for other programs are read by programs, schemas and types that are not ours; each of
// these is shown to refuse a document that is broken.
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

const std::string kScript = "node " CAGELINT_SOURCE_DIR "/tests/integration/formats.mjs ";

// Names that mean something to a shell, a URI, a terminal, a reader, a page; the last one is no
// UTF-8.
const std::vector<std::string_view> kNames = {
    "new\nline.sh", "esc\x1b[31m.sh",       "quo\"te'.sh",     "100%41.sh",
    "sharp#.sh",    "ask?a=b.sh",           "a blank.sh",      "back\\slash.sh",
    "a:b.sh",       "\u202egnp.sh",         "[x](http:~e).sh", "{0}<b>.sh",
    "\xff\xc3(.sh", "\U0001F916/\u00e9.sh", "-rf.sh",          "sub folder/%2e%2e/x.sh",
};

// What is quoted in messages: images, options, names of files that are not there.
constexpr std::string_view kScriptBytes =
    "#!/bin/sh\n"
    "echo \"\U0001F916\"; docker run --privileged --cap-add SYS_ADMIN '[x](http://e){0}:latest'\n"
    "docker run --rm -v /:'/\u202e<b>\"' --security-opt seccomp='no\u202e{1} %41#.json' alpine\n"
    "docker run --bad-\u202eoption\"\\x\" alpine  # cagelint: ignore[privileged] \u202e reason \"\n"
    "docker run --rm --privileged alpine:3.22  # cagelint: ignore[privileged] \u202e reason \"\n"
    "docker run \"$@\"\n";

// The documents of one format: that of the scenario, that of hostile names and texts, that of
// standard input.
class Documents {
 public:
  explicit Documents(const std::string& format) : format_(format) {
    const std::string fixtures = CAGELINT_SOURCE_DIR "/fixtures/output/scenario";
    EXPECT_EQ(scenario_.Shell("cp -r " + fixtures + " .").exit, 0);
    for (const std::string_view name : kNames) hostile_.Write(name, kScriptBytes);
    hostile_.Write("binary.sh", "docker run alpine\n# \xff\n");
    Print(scenario_, "scenario");
    Print(hostile_, ".");
    stdin_.Write("in.sh", kScriptBytes);
    Print(stdin_, "--carrier shell - < in.sh");
  }

  // The document of the scenario, and the same with `from` replaced by `to`.
  std::string Broken(std::string_view from, std::string_view to) {
    std::string text = scenario_.Read("document");
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    scenario_.Write("broken", text);
    scenario_.Write("broken.json", scenario_.Read("document.json"));
    return text;
  }

  // What the consumer `kind` says of the three, and of the broken one.
  std::vector<std::string> Ask(const std::string& kind) const {
    const auto path = [](const Program& in, std::string_view name) {
      return " " + base::ShellQuote(in.Shell("pwd").out.substr(0, in.Shell("pwd").out.size() - 1)) +
             "/" + std::string(name);
    };
    const Ran ran =
        scenario_.Shell(kScript + kind + path(scenario_, "document") + path(hostile_, "document") +
                        path(stdin_, "document") + path(scenario_, "broken"));
    EXPECT_EQ(ran.exit, 0) << ran.err;
    std::vector<std::string> said;
    for (const std::string_view line : base::Split(base::Trim(ran.out), '\n'))
      said.emplace_back(line);
    EXPECT_EQ(said.size(), 4U) << ran.out;
    said.resize(4);
    return said;
  }

  const Program& Hostile() const { return hostile_; }

 private:
  void Print(const Program& in, const std::string& what) const {
    const Ran ran = in("check " + what + " --format json --output document.json --format " +
                       format_ + " --output document");
    EXPECT_EQ(ran.exit, 1) << ran.err;
  }

  std::string format_;
  Program scenario_, hostile_, stdin_;
};

class FormatsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const Program program;
    const Ran ran = program.Shell(
        "cd " CAGELINT_SOURCE_DIR
        "/tests && node -e 'for (const each of [\"ajv-draft-04\", \"ajv-formats\", \"typescript\", "
        "\"@microsoft/jest-sarif\", \"@microsoft/sarif-multitool\", "
        "\"@umbrelladocs/rdformat-validator\", \"vscode-languageserver-protocol\"]) "
        "require.resolve(each)'");
    if (ran.exit == 0) return;
    ASSERT_EQ(std::getenv("CAGELINT_REQUIRE_ORACLES"), nullptr) << ran.err;
    GTEST_SKIP() << "a validator is missing, see .ci/setup: " << ran.err;
  }

  static void Valid(const Documents& documents, const std::string& kind) {
    const std::vector<std::string> said = documents.Ask(kind);
    EXPECT_EQ(said[0], "valid") << kind << ": scenario";
    EXPECT_EQ(said[1], "valid") << kind << ": hostile";
    EXPECT_EQ(said[2], "valid") << kind << ": standard input";
    EXPECT_TRUE(said[3].starts_with("not valid: ")) << kind << ": what is broken is " << said[3];
  }
};

// Otherwise the tests below would say nothing about it.
TEST_F(FormatsTest, HostileNamesAndTextsArePrinted) {
  const Documents documents("jsonl");
  const std::string out = documents.Hostile().Read("document");
  for (const std::string_view part :
       {R"("path":"new\nline.sh")", R"("path":"esc\u001b[31m.sh")", R"("path":"quo\"te'.sh")",
        R"("path":"\u202egnp.sh")", R"("path":"\ufffd\ufffd(.sh")", R"([x](http://e){0})",
        R"("kind":"unreadable-file")", R"("reason":"\u202e reason)", R"("kind":"missing-file")",
        R"("text":)"})
    EXPECT_NE(out.find(part), std::string::npos) << part;
  EXPECT_NE(documents.Hostile()("check . --format jsonl").out.find("bad-\\u202e"),
            std::string::npos);
}

TEST_F(FormatsTest, SarifFollowsItsSchema) {
  Documents documents("sarif");
  documents.Broken(R"("level":"error","message")", R"("level":"bad","message")");
  Valid(documents, "sarif-schema");
}

TEST_F(FormatsTest, SarifPleasesItsMultitool) {
  Documents documents("sarif");
  documents.Broken(R"("ruleIndex":2)", R"("ruleIndex":2000)");
  Valid(documents, "sarif-multitool");
}

TEST_F(FormatsTest, SarifUrisNameFiles) {
  Documents documents("sarif");
  documents.Broken("scenario/agent.sh", "scenario/agent%2Esh%20");
  Valid(documents, "sarif-uris");
}

TEST_F(FormatsTest, RdjsonIsReadByItsValidator) {
  Documents documents("rdjson");
  documents.Broken(R"("severity":"ERROR")", R"("severity":"FATAL")");
  Valid(documents, "rdjson");
}

TEST_F(FormatsTest, GitlabIsCodeClimate) {
  Documents documents("gitlab");
  documents.Broken(R"("critical")", R"("hot")");
  Valid(documents, "gitlab");
}

TEST_F(FormatsTest, LspIsOfTheTypesOfTheProtocol) {
  Documents documents("lsp");
  documents.Broken(R"("severity":1)", R"("severity":9)");
  Valid(documents, "lsp");
}

TEST_F(FormatsTest, LspUrisNameFiles) {
  Documents documents("lsp");
  documents.Broken("scenario/agent.sh", "scenario/agent.sh#x");
  Valid(documents, "lsp-uris");
}

TEST_F(FormatsTest, JsonlSaysWhatJsonSays) {
  Documents documents("jsonl");
  documents.Broken(R"("severity":"error")", R"("severity":"info")");
  Valid(documents, "jsonl");
}

}  // namespace
}  // namespace cagelint::test
