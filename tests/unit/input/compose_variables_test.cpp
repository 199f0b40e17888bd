// Variables: expectations are from runs of docker compose 2.40.3.
#include "tests/unit/input/compose_sample.h"

namespace cagelint::input {
namespace {

std::string User(const std::string& written) {
  const ComposeSample sample({{"compose.yaml", Web("user: \"" + written + ".\"")}},
                             ComposeSample::Known({{"A", "va"}, {"B", "vb"}, {"E", ""}}));
  if (!sample.document.gaps.empty()) return "refused";
  const auto& user = sample.Service("web").user;
  return user.IsKnown() ? user.value : "dynamic";
}

TEST(ComposeVariables, Operators) {
  EXPECT_EQ(User("${A}$B"), "vavb.");
  EXPECT_EQ(User("${Z}"), ".");
  EXPECT_EQ(User("${E:-x}${E-x}"), "x.");
  EXPECT_EQ(User("${E:+x}${E+y}"), "y.");
  EXPECT_EQ(User("${Z?gone}"), "refused");
  EXPECT_EQ(User("${E:?empty}"), "refused");
  EXPECT_EQ(User("${E?empty}"), ".");
  EXPECT_EQ(User("${A:?x}"), "va.");
}

TEST(ComposeVariables, WordsNest) {
  EXPECT_EQ(User("${Z:-x-${B}-y}"), "x-vb-y.");
  EXPECT_EQ(User("${Z:-${Y:-$A}}"), "va.");
  EXPECT_EQ(User("${Z:-a}${Y:-b}"), "ab.");
  EXPECT_EQ(User("${Z:-{}}"), "{}.");
  EXPECT_EQ(User("${A:-${}}"), "refused");
}

TEST(ComposeVariables, DollarsThatAreNoVariables) {
  EXPECT_EQ(User("$$A"), "$A.");
  EXPECT_EQ(User("$1$"), "$1$.");
  EXPECT_EQ(User("${A"), "refused");
  EXPECT_EQ(User("${1A}"), "refused");
  EXPECT_EQ(User("${A!}"), "refused");
}

TEST(ComposeVariables, WithoutTheEnvironmentWhatNoFileSetsIsUnknown) {
  const ComposeSample sample(
      Web("user: ${U}\npid: ${P:-host}\nipc: ${I:?set it}\n"
          "privileged: ${V:+true}\nread_only: ${R}\ncpus: ${C}"));
  const auto& web = sample.Service("web");
  EXPECT_TRUE(web.user.IsDynamic());
  EXPECT_EQ(web.user.source, "${U}");
  EXPECT_TRUE(web.pid.Is("host"));
  ASSERT_EQ(web.pid.steps.size(), 1u);
  EXPECT_EQ(web.pid.steps[0].text, "default of `P`");
  EXPECT_TRUE(web.ipc.IsDynamic());
  EXPECT_TRUE(web.privileged.IsDynamic());
  EXPECT_TRUE(web.read_only.IsDynamic());
  EXPECT_TRUE(web.cpus.IsDynamic());
  EXPECT_EQ(sample.Gaps(), Words{});
}

TEST(ComposeVariables, TypesAreCastBehindThem) {
  const ComposeSample sample(
      {{"compose.yaml", Web("privileged: ${A}\npids_limit: ${B}")}, {".env", "A=Yes\nB=7\n"}});
  EXPECT_TRUE(sample.Service("web").privileged.Is(true));
  EXPECT_TRUE(sample.Service("web").pids_limit.Is(7));
  const ComposeSample bad({{"compose.yaml", Web("privileged: ${A}")}, {".env", "A=maybe\n"}});
  EXPECT_EQ(bad.Gaps(), Words{"invalid-compose!"});
}

TEST(ComposeVariables, DotEnv) {
  Options options = ComposeSample::Known({{"S", "shell"}});
  const ComposeSample sample(
      {{"compose.yaml", Web("command: ['$A', '$B', '$C', '$D', '$E', '$F', '$S']")},
       {".env", "A=1 # c\nB='q $A'\nC=\"x\\ty $A\"\nexport D=4\nE: yaml\nF=${A}#${Z:-d}\nS=no\n"}},
      options);
  EXPECT_EQ(Values(sample.Service("web").command),
            (Words{"1", "q $A", "x\ty 1", "4", "yaml", "1#d", "shell"}));
}

TEST(ComposeVariables, NothingOfAnEnvFileIsShown) {
  const ComposeSample sample({{"compose.yaml", Web("tty: true")}, {".env", "SECRET='abc\n"}});
  ASSERT_EQ(sample.Gaps(), Words{"invalid-env-file!"});
  EXPECT_FALSE(sample.document.gaps[0].span.IsValid());
  EXPECT_EQ(sample.document.gaps[0].message.find("abc"), std::string::npos);
}

TEST(ComposeVariables, EnvFilesOfAService) {
  const ComposeSample sample(
      {{"compose.yaml",
        Web("env_file: [a.env, {path: b.env, format: raw}]\nenvironment: {K: own}")},
       {"a.env", "K=file\nA=$K\n"},
       {"b.env", "R='$A'\n"}},
      ComposeSample::Known());
  std::map<std::string, std::string> values;
  for (const auto& item : sample.Service("web").environment.items)
    values[item.value.key] = item.value.value.value_or("(none)");
  EXPECT_EQ(values,
            (std::map<std::string, std::string>{{"K", "own"}, {"A", "own"}, {"R", "'$A'"}}));
}

}  // namespace
}  // namespace cagelint::input
