// Configuration files, policy files and `x-cagelint`: what they say, and what is wrong with them.
#include <gtest/gtest.h>

#include "linter/driver/lint.h"
#include "tests/support/memory_files.h"

namespace cagelint::driver {
namespace {

using Strings = std::vector<std::string>;
using test::MemoryFiles;

class ConfigTest : public ::testing::Test {
 protected:
  ConfigTest() {
    request_.policy = LoadPolicy("agent").Value();
    request_.selection.select = {"privileged", "writable-root", "writable-project-mount"};
    files_.Add(".git/HEAD", "");
  }
  Outcome Do(Strings paths = {"run.sh"}) {
    request_.paths = std::move(paths);
    return Lint(request_, files_.System());
  }
  Strings Errors(std::string config) {
    files_.Add(".cagelint.yaml", std::move(config));
    files_.Add("run.sh", "docker run --privileged alpine\n");
    const Outcome outcome = Do();
    EXPECT_EQ(outcome.report.findings.empty(), !outcome.report.errors.empty())
        << "nothing is judged by a configuration that is not understood";
    return outcome.report.errors;
  }
  // "rule severity" of each finding, "(rule)" where it is suppressed.
  Strings Found(Strings paths = {"run.sh"}) {
    const Outcome outcome = Do(std::move(paths));
    Strings out = outcome.report.errors;
    for (const diagnostic::Diagnostic& finding : outcome.report.findings)
      out.push_back(finding.suppressed ? "(" + finding.rule + ")"
                                       : finding.rule + " " + std::string(Name(finding.severity)));
    return out;
  }

  MemoryFiles files_;
  Request request_;
};

TEST_F(ConfigTest, MistakesHaveAPlace) {
  EXPECT_EQ(Errors("polcy: agent\n"),
            Strings{".cagelint.yaml:1:1: unknown key `polcy`; did you mean `policy`?"});
  EXPECT_EQ(Errors("policy: agnet\n"),
            Strings{".cagelint.yaml:1:9: unknown policy `agnet`; did you mean `agent`?"});
  EXPECT_EQ(Errors("rules: {privileged: eror, priviledged: off}\n"),
            (Strings{".cagelint.yaml:1:21: unknown severity `eror`; did you mean `error`?",
                     ".cagelint.yaml:1:27: unknown rule `priviledged`; did you mean "
                     "`privileged`?"}));
  EXPECT_EQ(Errors("rules: {writable-project-mount: {outptus: x}}\n"),
            Strings{".cagelint.yaml:1:34: unknown key `outptus`; did you mean `outputs`?"});
  EXPECT_EQ(Errors("engine: rkt\n"),
            Strings{".cagelint.yaml:1:9: unknown engine `rkt`; there are: auto, docker, podman, "
                    "nerdctl"});
  EXPECT_EQ(Errors("ignore: {privileged: }\n"),
            Strings{".cagelint.yaml:1:10: the reason to ignore `privileged` is missing"});
  EXPECT_EQ(Errors("overrides: [{policy: baseline}]\n"),
            Strings{".cagelint.yaml:1:13: an override for everything; it needs `files`, "
                    "`containers` or `carriers`"});
  EXPECT_EQ(Errors("overrides: [{carriers: composed}]\n"),
            Strings{".cagelint.yaml:1:24: unknown carrier `composed`; did you mean `compose`?"});
  EXPECT_EQ(Errors("policy: agent\npolicy: agent\n"),
            Strings{".cagelint.yaml:2:1: `policy` stands here twice"});
  EXPECT_EQ(Errors("- agent\n"), Strings{".cagelint.yaml:1:1: not a mapping of keys"});
  EXPECT_EQ(Errors("policy: [\n").size(), 1u);
  EXPECT_EQ(Errors("policy: agent\n---\npolicy: service\n"),
            Strings{".cagelint.yaml:3:1: a second document; there must be one"});
  EXPECT_EQ(Errors("policy: x.yaml\n"),
            Strings{".cagelint.yaml:1:9: policy `x.yaml`: no such file"});
  EXPECT_EQ(Errors("policy: ../x.yaml\n"),
            Strings{".cagelint.yaml:1:9: `../x.yaml` lies outside of the repository"});
  EXPECT_EQ(Errors("policy: &a agent\nbaseline: *a\n"),
            Strings{".cagelint.yaml:2:11: baseline must be a text"});
  EXPECT_EQ(Errors("policy: \"\xC0\"\n").size(), 1u);
  EXPECT_EQ(Errors(""), Strings{});
  EXPECT_EQ(Errors("# nothing\n"), Strings{});
}

TEST_F(ConfigTest, TheNearestHoldsUpToTheRepository) {
  files_.Add("run.sh", "docker run --privileged alpine\n");
  files_.Add("a/b/run.sh", "docker run --privileged alpine\n");
  files_.Add("c/run.sh", "docker run --privileged alpine\n");
  files_.Add("c/.git", "gitdir: elsewhere\n");
  files_.Add(".cagelint.yaml", "rules: {privileged: warning}\n");
  files_.Add("a/.cagelint.yaml", "rules: {privileged: info}\n");
  request_.selection.select = {"privileged"};
  EXPECT_EQ(Found({"run.sh"}), Strings{"privileged warning"});
  EXPECT_EQ(Found({"a/b/run.sh"}), Strings{"privileged info"});
  EXPECT_EQ(Found({"c/run.sh"}), Strings{"privileged error"}) << "another repository";
  request_.config = "a/.cagelint.yaml";
  EXPECT_EQ(Found({"c/run.sh"}), Strings{"privileged info"});
  request_.config = "";
  request_.no_config = true;
  EXPECT_EQ(Found({"run.sh"}), Strings{"privileged error"});
}

TEST_F(ConfigTest, AFolderAboveTheRepositorySaysNothing) {
  files_.Add("/.cagelint.yaml", "rules: {privileged: off}\n");
  files_.Add("run.sh", "docker run --privileged alpine\n");
  request_.selection.select = {"privileged"};
  EXPECT_EQ(Found(), Strings{"privileged error"});
}

TEST_F(ConfigTest, PoliciesGoByFileContainerAndCarrier) {
  files_.Add("run.sh", "docker run --name ci-1 alpine\ndocker run --name x alpine\n");
  files_.Add("compose.yaml", "services: {web: {image: alpine}, db: {image: alpine}}\n");
  request_.selection.select = {"writable-root"};
  files_.Add(".cagelint.yaml",
             "policy: service\n"
             "overrides:\n"
             "- {containers: ['ci-*'], policy: baseline}\n"
             "- {carriers: [compose], policy: agent}\n"
             "- {files: compose.yaml, containers: db, rules: {writable-root: info}}\n");
  EXPECT_EQ(Found({"run.sh"}), Strings{"writable-root warning"});
  EXPECT_EQ(Found({"compose.yaml"}), (Strings{"writable-root error", "writable-root info"}));
  request_.policy_is_forced = true;
  EXPECT_EQ(Found({"run.sh"}), (Strings{"writable-root error", "writable-root error"}));
}

TEST_F(ConfigTest, ParametersAndExcludedFiles) {
  files_.Add("run.sh", "docker run -v ./out:/o -v .:/w alpine\n");
  files_.Add("old/run.sh", "docker run -v .:/w alpine\n");
  files_.Add(".cagelint.yaml",
             "exclude: old\n"
             "rules: {writable-project-mount: {outputs: [.]}, writable-root: off}\n");
  EXPECT_EQ(Found({"."}), Strings{});
  EXPECT_EQ(Found({"old/run.sh"}), Strings{}) << "a setting holds where a file is named";
  files_.Add(".cagelint.yaml", "exclude: [old]\n");
  EXPECT_EQ(Found({"old"}), Strings{});
  EXPECT_EQ(Do({"."}).report.excluded, 1u);
  EXPECT_EQ(Found({"old/run.sh"}).size(), 2u) << "what is named is linted";
}

TEST_F(ConfigTest, APolicyFileExtendsAnother) {
  files_.Add("run.sh", "docker run --privileged alpine\n");
  files_.Add("p/strict.yaml", "extends: ./base.yaml\nrules: {privileged: warning}\n");
  files_.Add("p/base.yaml", "extends: baseline\nrules: {writable-root: info}\n");
  files_.Add(".cagelint.yaml", "policy: p/strict.yaml\n");
  EXPECT_EQ(Found(), (Strings{"writable-root info", "privileged warning"}));
  files_.Add("p/base.yaml", "extends: strict.yaml\n");
  EXPECT_EQ(Found(),
            Strings{"p/strict.yaml:1:10: policies extend each other more than eight deep"});
  files_.Add("p/base.yaml", "rules: {nonesuch: off}\n");
  EXPECT_EQ(Found(), Strings{"p/base.yaml:1:9: unknown rule `nonesuch`"});
}

TEST_F(ConfigTest, WhatIsIgnoredIsKeptWithItsReason) {
  files_.Add("compose.yaml",
             "services: {web: {image: alpine, privileged: true}, db: {image: alpine}}\n");
  files_.Add(".cagelint.yaml",
             "ignore: {privileged: it must be}\n"
             "overrides: [{containers: db, ignore: {writable-root: a database}}]\n");
  EXPECT_EQ(Found({"compose.yaml"}),
            (Strings{"writable-root error", "(privileged)", "(writable-root)"}));
  const Outcome outcome = Do({"compose.yaml"});
  EXPECT_EQ(outcome.report.Suppressed(), 2u);
  EXPECT_EQ(outcome.report.findings[1].suppressed->by, "configuration");
  EXPECT_EQ(outcome.report.findings[1].suppressed->reason, "it must be");
  request_.honours_suppressions = false;
  EXPECT_EQ(Found({"compose.yaml"}).size(), 3u);
  EXPECT_EQ(Do({"compose.yaml"}).report.Suppressed(), 0u);
}

TEST_F(ConfigTest, AComposeFileSaysItNextToTheService) {
  request_.selection.select = {"writable-root", "privileged"};
  files_.Add("compose.yaml",
             "x-cagelint: {policy: service}\n"
             "services:\n"
             "  web: {image: alpine}\n"
             "  db: {image: alpine, privileged: true, x-cagelint: {policy: baseline, ignore: "
             "{privileged: a reason}}}\n");
  EXPECT_EQ(Found({"compose.yaml"}), (Strings{"writable-root warning", "(privileged)"}));
  files_.Add("compose.yaml", "x-cagelint: {polcy: service}\nservices: {web: {image: alpine}}\n");
  EXPECT_EQ(Found({"compose.yaml"}),
            Strings{"compose.yaml:1:14: unknown key `polcy` of `x-cagelint`; did you mean "
                    "`policy`?"});
  files_.Add("compose.yaml", "x-cagelint: {policy: nobody}\nservices: {web: {image: alpine}}\n");
  EXPECT_EQ(Found({"compose.yaml"}),
            Strings{"compose.yaml:1:22: unknown policy `nobody`; there are: agent, "
                    "baseline, cis-docker, service"});
  files_.Add("compose.yaml", "x-cagelint: off\nservices: {web: {image: alpine}}\n");
  EXPECT_EQ(Found({"compose.yaml"}).size(), 1u);
}

TEST_F(ConfigTest, TheEngineOfAConfigurationIsUsed) {
  files_.Add("compose.yaml", "services: {web: {image: alpine}}\n");
  files_.Add(".cagelint.yaml", "engine: podman\n");
  EXPECT_EQ(Do({"compose.yaml"}).documents.at(0).containers.at(0).engine, model::Engine::kPodman);
  request_.input.engine = model::Engine::kNerdctl;
  EXPECT_EQ(Do({"compose.yaml"}).documents.at(0).containers.at(0).engine, model::Engine::kNerdctl);
}

}  // namespace
}  // namespace cagelint::driver
