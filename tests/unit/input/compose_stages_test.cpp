// What is looked at when: after each document, in the end, only in services that are in use. Run
// with docker-compose 2.40.3.
#include "tests/unit/input/compose_sample.h"

namespace cagelint::input {
namespace {

using Files = std::map<std::string, std::string>;

bool IsRefused(const ComposeSample& sample) {
  for (const std::string& gap : sample.Gaps())
    if (gap.ends_with('!')) return true;
  return false;
}

ComposeSample Over(const std::string& base, const std::string& over) {
  return ComposeSample(Files{{"compose.yaml", base}, {"compose.override.yaml", over}},
                       ComposeSample::Known());
}

TEST(ComposeStages, TypesAreAskedAfterEachFile) {
  EXPECT_TRUE(IsRefused(Over(Web("uts: 1"), Web("uts: host"))));
  EXPECT_FALSE(IsRefused(Over(Web("attach: x"), Web("attach: true"))));
  EXPECT_TRUE(IsRefused(Over(Web("attach: true"), Web("attach: x"))));
}

TEST(ComposeStages, ExternalNamesAreRewrittenAfterEachFile) {
  const std::string old = Web("networks: [n]") + "networks: {n: {external: {name: old}}}\n";
  const ComposeSample over = Over(old, Web("") + "networks: {n: {external: false}}\n");
  EXPECT_FALSE(IsRefused(over));
  EXPECT_EQ(over.document.networks.at(0).name, "old");
  EXPECT_TRUE(over.document.networks.at(0).external.Is(false));
  EXPECT_TRUE(IsRefused(Over(Web("networks: [n]") + "networks: {n: {name: new}}\n", old)));
}

TEST(ComposeStages, ServicesThatAreNotInUse) {
  const std::string body =
      "env_file: nope.env\nmem_limit: 5m\ndeploy: {resources: {limits: {memory: 6m}}}\n"
      "tmpfs: /t\nvolumes: [/a:/t]";
  EXPECT_TRUE(IsRefused(ComposeSample(Files{{"compose.yaml", Web(body)}}, ComposeSample::Known())));
  EXPECT_FALSE(IsRefused(ComposeSample(Files{{"compose.yaml", Web(body + "\nprofiles: [p]")}},
                                       ComposeSample::Known())));
}

TEST(ComposeStages, NamesOfContainersDiffer) {
  EXPECT_TRUE(
      IsRefused(ComposeSample("services:\n  a: {image: x, container_name: me}\n"
                              "  b: {image: x, container_name: me}\n")));
}

TEST(ComposeStages, EnvFiles) {
  Files files{{"compose.yaml", Web("env_file: [{path: e.env, format: raw}]")},
              {"e.env", "A B=1\n"}};
  EXPECT_TRUE(IsRefused(ComposeSample(files, ComposeSample::Known())));
  files["compose.override.yaml"] = Web("env_file: f.env");
  files["e.env"] = "Q='1'\n";
  files["f.env"] = "A=1\n";
  const ComposeSample raw(files, ComposeSample::Known());
  EXPECT_EQ(Values(raw.Service("web").environment).back().value, "'1'");
  // The same path again: without the format.
  files["compose.override.yaml"] = Web("env_file: e.env");
  const ComposeSample again(files, ComposeSample::Known());
  EXPECT_EQ(Values(again.Service("web").environment).back().value, "1");
  files["compose.override.yaml"] = Web("env_file: [{path: e.env, format: other}]");
  EXPECT_TRUE(IsRefused(ComposeSample(files, ComposeSample::Known())));
}

TEST(ComposeStages, ExtendedFiles) {
  Files files{{"compose.yaml",
               "services: {web: {extends: {file: sub/base.yaml, service: one}, label_file: l}}\n"},
              {"sub/base.yaml", "services: {one: {build: {target: t}, label_file: l}}\n"},
              {"l", "a=own\n"},
              {"sub/l", "b=base\n"}};
  const ComposeSample sample(files, ComposeSample::Known());
  EXPECT_FALSE(IsRefused(sample));
  EXPECT_EQ(sample.Service("web").build.value.context, "/project");
  EXPECT_EQ(sample.Service("web").labels.items.size(), 2U);
  // Lists of all its services are compared.
  files["sub/base.yaml"] = "services:\n  one: {image: x, label_file: l}\n  two: {cap_add: [1]}\n";
  EXPECT_TRUE(IsRefused(ComposeSample(files, ComposeSample::Known())));
}

}  // namespace
}  // namespace cagelint::input
