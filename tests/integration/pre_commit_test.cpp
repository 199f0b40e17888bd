// The hooks, as pre-commit itself installs and runs them: real commits in real repositories.
#include <set>
#include <string>
#include <string_view>

#include "linter/base/text.h"
#include "linter/driver/walk.h"
#include "tests/integration/tools.h"
#include "tests/support/fixture.h"

namespace cagelint::test {
namespace {

// Where a package manager may not ask its registry, it is told so.
constexpr std::string_view kOffline = "export npm_config_offline=true\n";

class PreCommitTest : public ToolTest {
 protected:
  explicit PreCommitTest(std::string_view more = "")
      : ToolTest(
            "command -v git strip node npm >/dev/null && pre-commit --version && "
            "python3 -c 'import pre_commit.commands.run'" +
            std::string(more)) {}

  void SetUp() override {
    ToolTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    CopyPackage("hooks");
    CopyProgram();
    Done(
        "git config --global user.name tester; git config --global user.email tester@localhost\n"
        "git init -q hooks && cd hooks && git add -A && git commit -qm hooks && git tag v0.1.0\n"
        "git init -q ../user");
  }

  // The configuration of the repository `user`; `more` are keys of the hook.
  void Configure(std::string_view id, std::string_view more = "") const {
    const std::string home = Done("printf %s \"$HOME\"");
    scratch_.Write("user/.pre-commit-config.yaml", "repos:\n- repo: file://" + home +
                                                       "/hooks\n  rev: v0.1.0\n  hooks:\n  - id: " +
                                                       std::string(id) + "\n" + std::string(more));
    Done("cd user && pre-commit install");
  }

  Ran Commit(std::string_view setup) const {
    return Run("export PATH=\"$HOME/bin:$PATH\"\n" + std::string(setup) +
               "cd user && git add -A && git commit -m change");
  }

  // What is dangerous is not committed, what is not is; files of other kinds are in the way of
  // neither. `setup` comes in front of each commit.
  void GuardsCommits(std::string_view setup) const {
    const std::string safe = ReadBytes(CAGELINT_SOURCE_DIR "/fixtures/clean/compose.yaml");
    std::string dangerous = safe;
    dangerous.insert(dangerous.find("    user:"), "    privileged: true\n");
    scratch_.Write("user/compose.yaml", dangerous);
    scratch_.Write("user/data.json", "{\"a\": 1}\n");
    scratch_.Write("user/README.md", "# A project\n");
    scratch_.Write("user/run", "#!/bin/sh\nexec true\n");
    scratch_.Write("user/picture.png", "\x89PNG\r\n");
    const Ran refused = Commit(setup);
    EXPECT_NE(refused.exit, 0);
    EXPECT_TRUE(Holds(refused, "error[privileged]"));
    EXPECT_TRUE(Holds(refused, "- exit code: 1"));
    EXPECT_NE(Run("cd user && git rev-parse -q --verify HEAD").exit, 0) << "it was committed";
    scratch_.Write("user/compose.yaml", safe);
    const Ran passed = Commit(setup);
    EXPECT_EQ(passed.exit, 0) << passed.out << passed.err;
    EXPECT_TRUE(Holds(passed, "Passed"));
    EXPECT_EQ(Run("cd user && git ls-tree --name-only HEAD compose.yaml").out, "compose.yaml\n");
  }
};

// pip asks its registry for what builds wheels.
class PypiPreCommitTest : public PreCommitTest {
 protected:
  PypiPreCommitTest() : PreCommitTest(" && " + std::string(kReachesPypi)) {}
};

TEST_F(PreCommitTest, TheManifestIsValid) {
  EXPECT_EQ(Run("pre-commit validate-manifest hooks/.pre-commit-hooks.yaml").exit, 0);
  Done("sed -i s/entry:/entries:/ hooks/.pre-commit-hooks.yaml");
  EXPECT_NE(Run("pre-commit validate-manifest hooks/.pre-commit-hooks.yaml").exit, 0)
      << "it takes anything";
}

TEST_F(PreCommitTest, TheProgramOnPathGuardsCommits) {
  Configure("cagelint-system");
  GuardsCommits("");
}

// With the package of this platform beside the sources, as the registry would give it.
TEST_F(PreCommitTest, TheNodePackageGuardsCommits) {
  const std::string package = Done(
      "folder=$(node hooks/linter/cmake/npm/platform.js bin/cagelint \"$HOME\")\n"
      "rm bin/cagelint; npm pack --silent \"$folder\"");
  Configure("cagelint", "    additional_dependencies: ['" + Done("printf %s \"$HOME\"") + "/" +
                            std::string(base::Trim(package)) + "']\n");
  GuardsCommits(kOffline);
}

// With a program that is there already in the wheel, instead of one that is built for it.
TEST_F(PypiPreCommitTest, ThePythonPackageGuardsCommits) {
  Done("mv bin/cagelint prebuilt");
  Configure("cagelint-python");
  GuardsCommits("export CAGELINT_PREBUILT=\"$HOME/prebuilt\"\n");
}

TEST_F(PypiPreCommitTest, ThePackagesBuildFromTheirSources) {
  if (!BuildsPackages())
    GTEST_SKIP() << "takes minutes: CAGELINT_PACKAGE_BUILDS=1 asks for it, see tests/README.md";
  Done("rm bin/cagelint");
  for (const char* id : {"cagelint", "cagelint-python"}) {
    Done("rm -rf user && git init -q user");
    Configure(id);
    GuardsCommits("");
  }
}

TEST_F(PreCommitTest, FiveHundredFilesAreOneProcess) {
  Done("mv bin/cagelint prebuilt");
  scratch_.Write("bin/cagelint",
                 "#!/bin/sh\necho $# >> \"$HOME/starts\"\nexec \"$HOME/prebuilt\" \"$@\"\n");
  Done("chmod +x bin/cagelint");
  Configure("cagelint-system");
  const std::string safe = ReadBytes(CAGELINT_SOURCE_DIR "/fixtures/clean/compose.yaml");
  for (int i = 0; i < 500; ++i)
    scratch_.Write("user/service-" + std::to_string(i) + "/compose.yaml", safe);
  const Ran ran = Commit("");
  EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
  // `check --as-walked`, 500 files, and the configuration of pre-commit.
  EXPECT_EQ(scratch_.Read("starts"), "503\n");
}

// A name in somebody's pull request is no option of the hook.
TEST_F(PreCommitTest, NamesAreNoOptions) {
  Configure("cagelint-system");
  scratch_.Write("user/compose.yaml", "services: {web: {image: nginx, privileged: true}}\n");
  for (const char* name : {"--fail-on=never", "--ignore=privileged", "--help"})
    scratch_.Write("user/" + std::string(name), "");
  const Ran refused = Commit("");
  EXPECT_TRUE(Holds(refused, "error[privileged]"));
  EXPECT_TRUE(Holds(refused, "- exit code: 1"));
}

// Names that are built of what readers look at, and of what only looks like it.
std::set<std::string> TrickyNames() {
  std::set<std::string> out;
  const char* stems[] = {"x", "", "Dockerfile", "containerfile", "compose", "a.b", "justfile"};
  const char* endings[] = {"",      ".sh",   ".bash",       ".zsh",  ".fish", ".yml",     ".yaml",
                           ".json", ".JSON", ".jsonc",      ".toml", ".py",   ".pyi",     ".go",
                           ".ts",   ".tsx",  ".mjs",        ".cjs",  ".cts",  ".jsx",     ".mk",
                           ".just", ".Just", ".md",         ".MDX",  ".rst",  ".ps1",     ".PSM1",
                           ".psd1", ".bat",  ".CMD",        ".conf", ".pod",  ".service", ".kube",
                           ".txt",  ".dev",  ".dockerfile", "-dev",  ".mkdn", ".jsonl",   ".md\n",
                           ".mts",  ".qmd",  ".container",  "_x",    ".ksh",  "\n",       ".js"};
  const char* folders[] = {"", "a/", ".github/workflows/", "x.container.d/", "x.service.d/a/"};
  for (const char* folder : folders)
    for (const char* stem : stems)
      for (const char* ending : endings) {
        const std::string name = std::string(stem) + ending;
        if (!name.empty()) out.insert(folder + name);
      }
  for (const char* name :
       {".envrc", ".clinerules", "GNUmakefile", "x.code-workspace", "dev-Dockerfile", "xdockerfile",
        "Dockerfile-x.txt", "a/dev.Containerfile", "Makefile.am"})
    out.insert(name);
  return out;
}

std::set<std::string> FixtureNames() {
  std::set<std::string> out;
  for (const char* folder : {"rules", "input", "clean", "broken", "fixed"})
    for (const std::string& path : FixturePaths(folder))
      for (const VirtualFile& file : LoadFixture(path).files) out.insert(file.name);
  std::erase_if(out, [](const std::string& name) { return name.starts_with('/'); });
  return out;
}

// What a walk would open is what pre-commit's own filter lets through, for each hook.
TEST_F(PreCommitTest, TheFilterIsThatOfAWalk) {
  std::set<std::string> names = FixtureNames();
  EXPECT_GT(names.size(), 100u);
  names.merge(TrickyNames());
  names.erase("");
  names.erase("\n");  // pre-commit excludes `^$` by default, which is this name too
  std::string asked;
  for (const std::string& name : names) {
    scratch_.Write("names/" + name, "");
    asked += name + '\0';
  }
  scratch_.Write("asked", asked);
  std::set<std::string> expected;
  for (const std::string& name : names)
    if (driver::MayMatter(name)) expected.insert(name);
  for (const char* id : {"cagelint", "cagelint-python", "cagelint-system"}) {
    const std::string out = Done("cd names && python3 '" CAGELINT_SOURCE_DIR
                                 "/tests/integration/hook_filter.py' ../hooks " +
                                 std::string(id) + " < ../asked");
    std::set<std::string> passed;
    for (const std::string_view name : base::Split(out, '\0'))
      if (!name.empty()) passed.emplace(name);
    for (const std::string& name : names)
      EXPECT_EQ(passed.contains(name), expected.contains(name)) << id << ": `" << name << "`";
  }
}

}  // namespace
}  // namespace cagelint::test
