#include "linter/output/rule_reference.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace cagelint::output {
namespace {

using diagnostic::Severity;

void OnContainer(const model::Container&, engine::Reporter&) {}
void OnProfile(const seccomp::Judgement&, engine::Reporter&) {}

const engine::Rule kFirst{.info = {.id = "first-rule",
                                   .title = "first title",
                                   .why = "first reason",
                                   .rationale = "One paragraph.\n\nAnother, which is long enough "
                                                "that a terminal would have to wrap it: that is "
                                                "done here, at about a hundred columns.",
                                   .references = {"a source"},
                                   .cis = {"5.5"},
                                   .bad = "docker run bad\n",
                                   .good = "docker run good\n",
                                   .parameters = {{"allowed", "what is fine", {"a", "b"}}}},
                          .on_container = OnContainer};
const engine::Rule kSecond{.info = {.id = "second-rule",
                                    .title = "second title",
                                    .why = "second reason",
                                    .rationale = "Text.",
                                    .references = {},
                                    .cis = {},
                                    .bad = "{\"a\": \"```\"}\n",
                                    .good = "{}\n",
                                    .example_name = "profile.json"},
                           .on_profile = OnProfile};
const std::array<const engine::Rule*, 2> kRules{&kFirst, &kSecond};
const std::array<std::string_view, 2> kTopics{"files", "kernel"};

Reference Make() {
  engine::Policy agent;
  agent.name = "agent";
  agent.description = "hostile code";
  agent.severities = {{"first-rule", Severity::kError}};
  engine::Policy service;
  service.name = "service";
  service.severities = {{"second-rule", Severity::kInfo}};
  return {kRules, kTopics, {agent, service}};
}

TEST(RuleReference, Text) {
  EXPECT_EQ(RulesText(Make()),
            "files\n"
            "  first-rule   first title\n"
            "\n"
            "kernel\n"
            "  second-rule  second title\n");
}

TEST(RuleReference, OneRule) {
  EXPECT_EQ(RuleText(Make(), 0),
            "first-rule: first title\n"
            "agent: error, service: off\n"
            "\n"
            "first reason\n"
            "\n"
            "One paragraph.\n"
            "\n"
            "Another, which is long enough that a terminal would have to wrap it: that is done "
            "here, at about\n"
            "a hundred columns.\n"
            "\n"
            "parameter allowed: what is fine\n"
            "\n"
            "bad:\n"
            "    docker run bad\n"
            "\n"
            "good:\n"
            "    docker run good\n"
            "\n"
            "references:\n"
            "  a source\n");
}

TEST(RuleReference, Json) {
  const auto document = nlohmann::json::parse(RulesJson(Make()));
  EXPECT_EQ(document.at("version"), 1);
  const auto& first = document.at("rules").at(0);
  EXPECT_EQ(first.at("id"), "first-rule");
  EXPECT_EQ(first.at("severity"), nlohmann::json({{"agent", "error"}, {"service", "off"}}));
  EXPECT_EQ(first.at("cis"), nlohmann::json({"5.5"}));
  const auto carriers = first.at("carriers").get<std::vector<std::string>>();
  ASSERT_EQ(carriers.size(), 21u);
  EXPECT_EQ(carriers.at(0), "command");
  EXPECT_EQ(carriers.at(2), "compose");
  EXPECT_EQ(carriers.back(), "workflow");
  EXPECT_EQ(std::count(carriers.begin(), carriers.end(), "seccomp"), 0);
  EXPECT_EQ(first.at("parameters").at(0).at("default"), nlohmann::json({"a", "b"}));
  EXPECT_EQ(first.at("fix"), "none");
  EXPECT_EQ(first.at("url"), "rules/README.md#first-rule");
  for (const char* key : {"title", "rationale", "references", "bad", "good"})
    EXPECT_TRUE(first.contains(key)) << key;
  EXPECT_EQ(document.at("rules").at(1).at("carriers"), nlohmann::json({"seccomp"}));
}

TEST(RuleReference, Markdown) {
  const std::string text = RulesMarkdown(Make());
  for (const char* part :
       {"| `agent` | hostile code |\n", "\n## files\n\n| rule | finds | agent | service |\n",
        "| [`first-rule`](#first-rule) | first title | error | – |\n",
        "| [`second-rule`](#second-rule) | second title | – | info |\n", "\n### first-rule\n",
        "\nBad:\n\n```sh\ndocker run bad\n```\n", "- `allowed`: what is fine\n",
        // The fence is longer than what it holds.
        "\nBad:\n\n````json\n{\"a\": \"```\"}\n````\n"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

}  // namespace
}  // namespace cagelint::output
