#include <chrono>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

std::string Bytes(const engine::Report& report) { return FindWriter("json")->write(report, {}); }

TEST(JsonWriter, Document) {
  Sample sample;
  const auto& file = sample.File("run.sh", "é\ndocker run -u 0 x\n");
  auto& finding = sample.Find("root-user", Severity::kError, Sample::At(file, "0"), "runs as root");
  finding.subject = std::make_shared<diagnostic::Subject>(
      diagnostic::Subject{"`docker run` (web)", "web", Sample::At(file, "docker")});
  finding.labels = {{Sample::At(file, "x"), "gets root"}};
  sample.report.containers = 1;
  sample.Gap("unreadable-file", "permission denied", {}, "secret.sh");
  EXPECT_EQ(Bytes(sample.report), R"({
  "version": 1,
  "tool": {
    "name": "cagelint",
    "version": ")" CAGELINT_VERSION R"("
  },
  "findings": [
    {
      "rule": "root-user",
      "severity": "error",
      "message": "runs as root",
      "path": "run.sh",
      "range": {
        "start": {
          "line": 2,
          "column": 15,
          "offset": 17
        },
        "end": {
          "line": 2,
          "column": 16,
          "offset": 18
        }
      },
      "container": {
        "name": "web",
        "range": {
          "start": {
            "line": 2,
            "column": 1,
            "offset": 3
          },
          "end": {
            "line": 2,
            "column": 7,
            "offset": 9
          }
        }
      },
      "labels": [
        {
          "message": "gets root",
          "path": "run.sh",
          "range": {
            "start": {
              "line": 2,
              "column": 17,
              "offset": 19
            },
            "end": {
              "line": 2,
              "column": 18,
              "offset": 20
            }
          }
        }
      ],
      "url": "rules/README.md#root-user"
    }
  ],
  "gaps": [
    {
      "kind": "unreadable-file",
      "message": "permission denied",
      "path": "secret.sh",
      "range": {},
      "refused": false
    }
  ],
  "summary": {
    "files": 1,
    "containers": 1,
    "profiles": 0,
    "error": 1,
    "warning": 0,
    "info": 0,
    "suppressed": 0,
    "gaps": 1
  }
}
)");
}

TEST(JsonWriter, NothingFoundHasTheSameKeys) {
  Sample sample;
  const auto document = nlohmann::json::parse(Bytes(sample.report));
  EXPECT_EQ(document.at("findings"), nlohmann::json::array());
  EXPECT_EQ(document.at("gaps"), nlohmann::json::array());
  EXPECT_EQ(document.at("summary").size(), 8u);
}

TEST(JsonWriter, RefusedGapsHaveARange) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run --bad\n");
  sample.Gap("syntax-error", "unknown flag", Sample::At(file, "--bad"), "", true);
  const auto gap = nlohmann::json::parse(Bytes(sample.report)).at("gaps").at(0);
  EXPECT_EQ(gap.at("path"), "run.sh");
  EXPECT_EQ(gap.at("refused"), true);
  EXPECT_EQ(gap.at("range").at("end").at("offset"), 16);
}

TEST(JsonWriter, PlacesInOtherFilesNameThem) {
  Sample sample;
  const auto& file = sample.File("override.yaml", "privileged: true\n");
  const auto& base = sample.File("compose.yaml", "web:\n");
  auto& finding = sample.Find("privileged", Severity::kError, Sample::At(file, "true"), "m");
  finding.subject = std::make_shared<diagnostic::Subject>(
      diagnostic::Subject{"service `web`", "web", Sample::At(base, "web")});
  finding.labels = {{Sample::At(base, "web"), "of this"}, {{}, "stands nowhere"}};
  const auto json = nlohmann::json::parse(Bytes(sample.report)).at("findings").at(0);
  EXPECT_EQ(json.at("path"), "override.yaml");
  EXPECT_EQ(json.at("container").at("path"), "compose.yaml");
  EXPECT_EQ(json.at("labels").size(), 1u);
  EXPECT_EQ(json.at("labels").at(0).at("path"), "compose.yaml");
}

TEST(JsonWriter, BytesThatAreNotUtf8AreReplaced) {
  Sample sample;
  const auto& file = sample.File("run\xff.sh", "docker \xff run\n");
  sample.Find("r", Severity::kError, Sample::At(file, "\xff"), "message \xff\xc3");
  const auto json = nlohmann::json::parse(Bytes(sample.report)).at("findings").at(0);
  EXPECT_EQ(json.at("message"), "message \uFFFD\uFFFD");
  EXPECT_EQ(json.at("path"), "run\uFFFD.sh");
  EXPECT_EQ(json.at("range").at("end").at("column"), 9);
}

// Counting each column from the begin of the line would take minutes.
TEST(Writers, TimeIsLinearInFindingsOnOneLine) {
  Sample sample;
  const auto& file = sample.File("p.json", std::string(std::size_t{4} << 20, 'a'));
  for (std::uint32_t i = 0; i < 5'000; ++i)
    sample.Find("r", Severity::kError, {file.Id(), i * 800, i * 800 + 1}, "m");
  const auto begin = std::chrono::steady_clock::now();
  for (const Writer& writer : Writers()) EXPECT_FALSE(writer.write(sample.report, {}).empty());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

TEST(Writers, AreFoundByName) {
  for (const Writer& writer : Writers()) EXPECT_EQ(FindWriter(writer.name), &writer);
  EXPECT_EQ(FindWriter("txt"), nullptr);
}

}  // namespace
}  // namespace cagelint::output
