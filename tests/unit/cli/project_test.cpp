// init, baseline, schema and what check takes besides: the commands around a project's settings.
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace cagelint::cli {
namespace {

using test::Program;
using test::Ran;

bool Contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Init, WhatItWritesIsReadAndProposesAPolicy) {
  const Program program;
  program.Write("run.sh", "#!/bin/sh\ndocker run alpine\n");
  program.Write("web/compose.yaml",
                "services:\n  web: {image: 'nginx:1.27', ports: ['127.0.0.1:80:80']}\n");
  program.Write("jobs/compose.yaml",
                "services:\n  a: {image: alpine, depends_on: [b]}\n  b: {image: alpine}\n");
  program.Write("agent/compose.yaml", "services:\n  a: {image: alpine}\n");
  ASSERT_EQ(program("init").exit, 0);
  const std::string text = program.Read(".cagelint.yaml");
  EXPECT_TRUE(Contains(text, "#   run.sh: shell\n")) << text;
  EXPECT_TRUE(Contains(text, "# `web` publishes ports\n  - files: [\"web/compose.yaml\"]"));
  EXPECT_TRUE(Contains(text, "# `a` depends on another service\n  - files: [\"jobs/compose.yaml"));
  EXPECT_FALSE(Contains(text, "[\"agent/compose.yaml\"]"));
  const std::string one = "check --select writable-root --quiet ";
  EXPECT_TRUE(Contains(program(one + ".").out, "web/compose.yaml:2:3: warning[writable-root]"));
  EXPECT_TRUE(Contains(program(one + ".").out, "agent/compose.yaml:2:3: error[writable-root]"));
  const Ran again = program("init");
  EXPECT_EQ(again.exit, 2);
  EXPECT_TRUE(Contains(again.err, "is there already"));
}

TEST(Baseline, OnlyNewFindingsFail) {
  const Program program;
  program.Write("run.sh", "#!/bin/sh\ndocker run --user 0 alpine\n");
  const std::string one = " --select root-user ";
  EXPECT_EQ(program("baseline" + one).out, ".cagelint-baseline.json: 1 finding\n");
  const std::string check = "check --baseline .cagelint-baseline.json" + one;
  EXPECT_EQ(program(check).exit, 0);
  program.Write("run.sh", "#!/bin/sh\ndocker run --user 0 alpine\ndocker run -u 0 debian\n");
  EXPECT_EQ(program(check).exit, 1);
  program.Write("run.sh", "#!/bin/sh\ndocker run --user 1 alpine\n");
  EXPECT_TRUE(Contains(program(check).out, "fixed: root-user in run.sh\n"));
  EXPECT_EQ(program("baseline --prune" + one).out, ".cagelint-baseline.json: 0 findings\n");
  EXPECT_EQ(program("check --baseline gone.json .").exit, 2);
}

TEST(Config, AMistakeIsAFailureWithItsPlace) {
  const Program program;
  program.Write("run.sh", "#!/bin/sh\ndocker run --user 0 alpine\n");
  program.Write("c.yaml", "polcy: agent\n");
  const Ran ran = program("check --config c.yaml run.sh");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.err, "cagelint: c.yaml:1:1: unknown key `polcy`; did you mean `policy`?\n");
  EXPECT_EQ(program("check --config gone.yaml run.sh").exit, 2);
  EXPECT_EQ(program("check --config c.yaml --no-config run.sh").exit, 2);
  EXPECT_EQ(program("check --no-config --select root-user run.sh").exit, 1);
}

TEST(Config, APolicyOfOnesOwnIsNamedByItsFile) {
  const Program program;
  program.Write("run.sh", "#!/bin/sh\ndocker run --user 0 alpine\n");
  program.Write("p.yaml", "extends: baseline\nrules: {root-user: info}\n");
  const Ran ran = program("check --policy p.yaml --select root-user --quiet run.sh");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_TRUE(Contains(ran.out, "info[root-user]"));
  EXPECT_EQ(program("check --policy gone.yaml run.sh").exit, 2);
}

TEST(Statistics, CountsByRuleFileAndContainer) {
  const Program program;
  program.Write("run.sh", "#!/bin/sh\ndocker run -u 0 alpine\ndocker run -u 0 alpine\n");
  const std::string out = program("check --select root-user --statistics run.sh").out;
  EXPECT_TRUE(Contains(out, "      2       2       0       0  root-user\n")) << out;
  EXPECT_TRUE(Contains(out, "      2       2       0       0  run.sh\n"));
  EXPECT_TRUE(Contains(out, "      1       1       0       0  `docker run` in run.sh:3\n"));
}

TEST(Schema, OfTheConfigurationNamesEveryKeyAndRule) {
  const Program program;
  const Ran ran = program("schema config");
  ASSERT_EQ(ran.exit, 0);
  const auto schema = nlohmann::json::parse(ran.out);
  EXPECT_FALSE(schema.at("additionalProperties").get<bool>());
  const auto& keys = schema.at("properties");
  for (const char* key :
       {"policy", "engine", "exclude", "baseline", "rules", "ignore", "overrides"})
    EXPECT_TRUE(keys.contains(key)) << key;
  const auto& project = keys.at("rules").at("properties").at("writable-project-mount");
  EXPECT_TRUE(project.at("anyOf").at(1).at("properties").contains("outputs"));
  EXPECT_EQ(program("schema").exit, 2);
  EXPECT_EQ(program("schema confg").exit, 2);
}

// Whether they are true is asked by schema_test.
TEST(Schema, OfTheDocumentsHaveTheWordsOfTheProgram) {
  const Program program;
  const auto output = nlohmann::json::parse(program("schema output").out);
  const nlohmann::json severities = {"info", "warning", "error"};
  const nlohmann::json by = {"comment", "x-cagelint", "configuration", "baseline"};
  const auto& defined = output.at("$defs");
  EXPECT_EQ(defined.at("finding").at("properties").at("severity").at("enum"), severities);
  EXPECT_EQ(defined.at("suppressed").at("properties").at("by").at("enum"), by);
  EXPECT_EQ(defined.at("line").at("oneOf").size(), 4U);
  const auto model = nlohmann::json::parse(program("schema model").out);
  const auto& container = model.at("$defs").at("container").at("properties");
  EXPECT_EQ(container.at("carrier").at("enum").front(), "command");
  EXPECT_EQ(container.at("carrier").at("enum").back(), "workflow");
  EXPECT_EQ(container.at("settings").at("properties").at("cap_add").at("description"),
            "`--cap-add` of a command, `cap_add` in a compose file");
  EXPECT_EQ(model.at("$defs").at("command").at("properties").at("command").at("enum").back(),
            "volume create");
}

}  // namespace
}  // namespace cagelint::cli
