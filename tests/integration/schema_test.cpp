// The schemas that the program prints are true of the documents that it prints: ajv, which is not
// ours, takes every document of every fixture and refuses each that was changed; nothing stands in
// a schema that no document has.
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "linter/base/text.h"
#include "linter/driver/model_json.h"
#include "linter/driver/model_schema.h"
#include "linter/output/output_schema.h"
#include "linter/output/writers.h"
#include "tests/support/fixture_run.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

using Lines = std::vector<std::string>;

const std::string kFixtures = CAGELINT_SOURCE_DIR "/fixtures/";

// Documents with their names, as schema.mjs reads them.
class Documents {
 public:
  // `further` are keys beside the document, each with a comma in front.
  void Add(std::string_view name, const std::string& document, std::string_view at = "#",
           const std::string& further = "") {
    text_ += text_.empty() ? "[" : ",";
    text_ += "{\"name\":" + nlohmann::json(name).dump() + ",\"at\":\"" + std::string(at) +
             "\",\"document\":" + document + further + "}";
  }
  // A document of `jsonl`.
  void AddLines(std::string_view name, const std::string& lines) {
    ASSERT_TRUE(lines.ends_with('\n')) << name;
    for (const std::string_view line :
         base::Split(std::string_view(lines).substr(0, lines.size() - 1), '\n'))
      Add(name, std::string(line), "#/$defs/line");
  }
  std::string Text() const { return text_ + "]"; }

 private:
  std::string text_;
};

// One project with something of everything, and what the program prints of it.
class Sample {
 public:
  Sample() {
    program_.Write("compose.yaml",
                   "services:\n"
                   "  web:\n"
                   "    image: nginx:1.27\n"
                   "    environment: {A: b, C: null, D: '${E}'}\n"
                   "    ports: ['80:80']\n"
                   "    volumes: ['.:/src', 'data:/data:ro']\n"
                   "    restart: on-failure:3\n"
                   "    cpus: 1.5\n"
                   "    mem_limit: ${LIMIT}\n"
                   "    cap_add: [SYS_ADMIN, '${CAP}']\n"
                   "    networks: [inner]\n"
                   "    build: .\n"
                   "  other:\n"
                   "    build: ${X}\n"
                   "    volumes: [{type: bind, source: /x}, '${V}', {source: /x, target: /y}]\n"
                   "networks: {inner: {internal: true, driver: bridge}}\n"
                   "volumes:\n"
                   "  data: {driver: local, driver_opts: {type: tmpfs, device: '${X}', n: null}}\n"
                   "  out: {external: true}\n");
    program_.Write("compose.override.yaml", "services: {web: {user: root}}\n");
    program_.Write("Dockerfile", "FROM alpine\nUSER 0\n");
    program_.Write("run.sh",
                   "#!/bin/sh\n"
                   "docker run --name a --device /dev/kvm --ulimit nofile=3:4 \"$@\" alpine\n"
                   "docker run --privileged alpine  # cagelint: ignore[privileged] it is meant\n"
                   "docker exec -d -u 0 a sh -c x\n"
                   "docker update --restart no \"$OTHER\"\n"
                   "docker run --security-opt seccomp=p.json alpine\n"
                   "docker run --mount \"type=$T,source=/x,$X\" -v \"$V\" --tmpfs \"$Y\" alpine\n");
    program_.Write("p.json", R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": []})");
    program_.Write("quo\"te\xff\n.sh", "#!/bin/sh\ndocker run -v /:/x '\u202e{}:latest'\n");
    program_.Write("once.sh", "#!/bin/sh\ndocker run --pid host alpine\n");
    EXPECT_EQ(program_("baseline once.sh").exit, 0);
    program_.Write("once.sh", "#!/bin/sh\ndocker run alpine\n");
  }

  std::string Json() const { return Check("json"); }
  std::string Jsonl() const { return Check("jsonl"); }
  std::string Model() const {
    const Ran ran = program_("model .");
    EXPECT_EQ(ran.exit, 3) << ran.err;
    return ran.out;
  }
  const Program& InIt() const { return program_; }

 private:
  std::string Check(const std::string& format) const {
    const Ran ran = program_("check . --baseline .cagelint-baseline.json --format " + format);
    EXPECT_EQ(ran.exit, 1) << ran.err;
    return ran.out;
  }

  Program program_;
};

Lines AllFixtures() {
  Lines all;
  for (const char* folder : {"rules", "input", "clean", "broken", "fixed"})
    for (std::string& path : FixturePaths(folder)) all.push_back(std::move(path));
  return all;
}

class SchemaTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const Ran ran = program_.Shell("cd " CAGELINT_SOURCE_DIR
                                   "/tests && node -e 'require.resolve(\"ajv/dist/2020.js\")'");
    if (ran.exit == 0) return;
    ASSERT_EQ(std::getenv("CAGELINT_REQUIRE_ORACLES"), nullptr) << ran.err;
    GTEST_SKIP() << "ajv is missing, see .ci/setup: " << ran.err;
  }

  // What schema.mjs says, by the schema that the program prints.
  Lines Ask(const std::string& kind, const std::string& schema, const Documents& documents) {
    const Ran printed = program_("schema " + schema);
    EXPECT_EQ(printed.exit, 0) << printed.err;
    program_.Write("schema", printed.out);
    program_.Write("documents", documents.Text());
    const Ran ran = program_.Shell("node " CAGELINT_SOURCE_DIR "/tests/integration/schema.mjs " +
                                   kind + " schema documents");
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.err, "") << "ajv has something against the schema";
    Lines said;
    for (const std::string_view line : base::Split(ran.out, '\n'))
      if (!line.empty()) said.emplace_back(line);
    return said;
  }

  Program program_;
};

TEST_F(SchemaTest, OfTheOutputIsTrueOfEveryFixtureAndSaysNoMore) {
  Documents documents;
  const output::Writer& json = *output::FindWriter("json");
  for (const std::string& path : AllFixtures()) {
    const Fixture fixture = LoadFixture(path);
    Lines errors;
    driver::Request request = RequestOf(fixture, errors);
    request.fixes = true;
    const driver::Outcome outcome = driver::Lint(request, FilesOf(fixture));
    documents.Add(path, json.write(outcome.report, {}));
  }
  // Of lines a few will do: formats_test sees that they say what `json` says.
  const Sample sample;
  documents.Add("sample", sample.Json());
  documents.AddLines("sample", sample.Jsonl());
  for (const char* words : {"- < run.sh", "-- docker run --privileged alpine", "gone.sh",
                            "p.json run.sh --no-ignores --strict"}) {
    documents.Add(words, sample.InIt()("check --format json " + std::string(words)).out);
    documents.AddLines(words, sample.InIt()("check --format jsonl " + std::string(words)).out);
  }
  documents.Add("hostile", program_("check --format json " + kFixtures + "hostile").out);
  EXPECT_EQ(Ask("valid", "output", documents), Lines());
  EXPECT_EQ(Ask("keys", "output", documents), Lines());
}

TEST_F(SchemaTest, OfTheModelIsTrueOfEveryFixtureAndSaysNoMore) {
  Documents documents;
  for (const std::string& path : AllFixtures()) {
    const Fixture fixture = LoadFixture(path);
    Lines errors;
    driver::Request request = RequestOf(fixture, errors);
    documents.Add(path, driver::ModelJson(driver::Lint(request, FilesOf(fixture))));
  }
  const Sample sample;
  documents.Add("sample", sample.Model());
  for (const char* words : {"- < run.sh", "-- docker run --privileged alpine", "gone.sh"})
    documents.Add(words, sample.InIt()("model " + std::string(words)).out);
  documents.Add("hostile", program_("model " + kFixtures + "hostile").out);
  EXPECT_EQ(Ask("valid", "model", documents), Lines());
  EXPECT_EQ(Ask("keys", "model", documents), Lines());
}

// Only what an author calls anything is open.
TEST_F(SchemaTest, WhatIsChangedAnywhereIsRefused) {
  const Sample sample;
  Documents output, lines, model;
  output.Add("", sample.Json());
  EXPECT_EQ(Ask("taken", "output", output), Lines());
  lines.AddLines("", sample.Jsonl());
  EXPECT_EQ(Ask("taken", "output", lines), Lines());
  model.Add("", sample.Model());
  EXPECT_EQ(Ask("taken", "model", model),
            (Lines{"/containers/*/settings/environment/value/A: another name",
                   "/containers/*/settings/environment/value/C: another name",
                   "/containers/*/settings/environment/value/D: another name",
                   "/containers/*/settings/mounts/value/*/driver_opts/n: another name",
                   "/containers/*/settings/mounts/value/*/driver_opts/type: another name",
                   "/volumes/*/driver_opts/device: another name",
                   "/volumes/*/driver_opts/n: another name",
                   "/volumes/*/driver_opts/type: another name"}));
}

TEST_F(SchemaTest, ValuesThatAreNeverPrintedAreRefused) {
  const Sample sample;
  Documents output, model;
  output.Add("", sample.Json(), "#", R"(,"changes": [
    ["/version", 2], ["/tool/name", "other"], ["/findings/0/severity", "off"],
    ["/findings/0/rule", "No Id"], ["/findings/0/range", {}], ["/findings/0/container/name", null],
    ["/findings/0/range/start/line", 0], ["/findings/0/range/start/offset", -1],
    ["/findings/0/fixes", []], ["/findings/0/fixes/0/safety", "none"], ["/summary/error", 0.5],
    ["/gaps/0/kind", ""], ["/gaps/0/refused", 0], ["/fixed", []], ["/findings/0/url", 1]])");
  EXPECT_EQ(Ask("set", "output", output), Lines());
  model.Add("", sample.Model(), "#", R"(,"changes": [
    ["/version", "1"], ["/containers/0/carrier", "fish"], ["/containers/0/engine", "auto"],
    ["/containers/0/settings/cpus/value", "1.5"], ["/containers/0/settings/cap_add/value", null],
    ["/containers/0/settings/environment/value/A", true],
    ["/containers/0/settings/image", "nginx:1.27"], ["/commands/0/command", "run"],
    ["/commands/0/targets/0/container", -1], ["/profiles/0/entries", -1],
    ["/networks/0/internal", null], ["/gaps/0/range", {}]])");
  EXPECT_EQ(Ask("set", "model", model), Lines());
}

// Of ids there is no list: one would refuse what the next version says.
TEST_F(SchemaTest, EveryRuleHasAnIdOfThePattern) {
  const auto pattern = nlohmann::json::parse(output::OutputSchema()).at("$defs").at("id");
  EXPECT_EQ(pattern, nlohmann::json::parse(driver::ModelSchema()).at("$defs").at("id"));
  Documents ids;
  for (const engine::Rule* rule : driver::Rules())
    ids.Add(rule->info.id, nlohmann::json(rule->info.id).dump(), "#/$defs/id");
  EXPECT_EQ(Ask("valid", "output", ids), Lines());
}

}  // namespace
}  // namespace cagelint::test
