// Spans of settings, as text.
#include "tests/unit/input/compose_sample.h"

namespace cagelint::input {
namespace {

TEST(ComposePlaces, ASetting) {
  const ComposeSample sample(Web("privileged: true # why"));
  const auto& web = sample.Service("web");
  EXPECT_EQ(sample.Text(web.anchor), "web");
  EXPECT_EQ(sample.Text(web.privileged.whole), "privileged: true");
  EXPECT_EQ(sample.Text(web.privileged.value_span), "true");
  EXPECT_TRUE(web.privileged.Is(true));
  EXPECT_EQ(sample.Gaps(), Words{});
}

TEST(ComposePlaces, QuotesAreNotPartOfAValue) {
  const ComposeSample sample(Web("user: '0'"));
  EXPECT_EQ(sample.Text(sample.Service("web").user.whole), "user: '0'");
  EXPECT_EQ(sample.Text(sample.Service("web").user.value_span), "0");
}

TEST(ComposePlaces, ListsAndTheirItems) {
  const ComposeSample sample(Web("cap_add:\n  - SYS_ADMIN\n  - \"net_raw\""));
  const auto& list = sample.Service("web").cap_add;
  EXPECT_EQ(sample.Text(list.whole), "cap_add:\n      - SYS_ADMIN\n      - \"net_raw\"");
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(sample.Text(list.items[0].value_span), "SYS_ADMIN");
  EXPECT_EQ(sample.Text(list.items[1].whole), "\"net_raw\"");
  EXPECT_EQ(Values(list), (Words{"CAP_SYS_ADMIN", "CAP_NET_RAW"}));
}

TEST(ComposePlaces, PartsOfAShortMount) {
  const ComposeSample sample(Web("volumes: ['./src:/app:ro']"));
  const auto& mount = sample.Service("web").mounts.items.at(0);
  EXPECT_EQ(sample.Text(mount.whole), "'./src:/app:ro'");
  EXPECT_EQ(sample.Text(mount.value.source.value_span), "./src");
  EXPECT_EQ(sample.Text(mount.value.target.value_span), "/app");
  EXPECT_EQ(sample.Text(mount.value.read_only.value_span), "ro");
}

TEST(ComposePlaces, AnAliasIsAtItsAnchor) {
  const ComposeSample sample("x-c: &c [ALL]\n" + Web("cap_add: *c"));
  const auto& item = sample.Service("web").cap_add.items.at(0);
  EXPECT_EQ(sample.Text(item.value_span), "ALL");
  ASSERT_EQ(item.steps.size(), 1u);
  EXPECT_EQ(sample.Text(item.steps[0].span), "*c");
}

TEST(ComposePlaces, AMergedKeyNamesTheMerge) {
  const ComposeSample sample("x-s: &s {privileged: true}\n" + Web("<<: *s"));
  const auto& privileged = sample.Service("web").privileged;
  EXPECT_TRUE(privileged.Is(true));
  EXPECT_EQ(sample.Text(privileged.whole), "privileged: true");
  ASSERT_EQ(privileged.steps.size(), 1u);
  EXPECT_EQ(sample.Text(privileged.steps[0].span), "*s");
}

TEST(ComposePlaces, AVariableIsWhereItIsUsedAndWhereItIsSet) {
  const ComposeSample sample(
      {{"compose.yaml", Web("user: \"${RUN_AS}\"")}, {".env", "RUN_AS=root\n"}});
  const auto& user = sample.Service("web").user;
  EXPECT_TRUE(user.Is("root"));
  EXPECT_EQ(sample.Text(user.value_span), "${RUN_AS}");
  ASSERT_EQ(user.steps.size(), 1u);
  EXPECT_EQ(sample.Text(user.steps[0].span), "root");
  EXPECT_EQ(sample.PathOf(user.steps[0].span), ".env");
  EXPECT_EQ(user.steps[0].text, "`RUN_AS` is set here");
}

TEST(ComposePlaces, AnOverrideKeepsWhatItReplaced) {
  const ComposeSample sample({{"compose.yaml", Web("user: '1000'")},
                              {"compose.override.yaml", "services: {web: {user: root}}\n"}});
  const auto& user = sample.Service("web").user;
  EXPECT_EQ(sample.PathOf(user.whole), "compose.override.yaml");
  ASSERT_EQ(user.steps.size(), 1u);
  EXPECT_EQ(sample.Text(user.steps[0].span), "user: '1000'");
}

TEST(ComposePlaces, AByteOrderMarkAndCarriageReturns) {
  const ComposeSample sample(
      "\xEF\xBB\xBFservices:\r\n  web:\r\n    image: nginx\r\n    pid: host\r\n");
  EXPECT_EQ(sample.Text(sample.Service("web").pid.whole), "pid: host");
}

}  // namespace
}  // namespace cagelint::input
