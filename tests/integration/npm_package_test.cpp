// The npm packages, packed by npm and installed by it from a registry of our own.
#include <string>
#include <string_view>

#include "linter/base/text.h"
#include "tests/integration/tools.h"

namespace cagelint::test {
namespace {

// The begin of a program for another machine.
std::string ElfOf(char machine) {
  std::string out("\x7f\x45LF\x02\x01\x01", 7);
  out.resize(64);
  out[18] = machine;
  return out;
}

class NpmPackageTest : public ToolTest {
 protected:
  explicit NpmPackageTest(std::string_view more = "")
      : ToolTest("command -v node npm strip tar >/dev/null" + std::string(more)) {}

  void SetUp() override {
    ToolTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    CopyPackage("package");
    CopyProgram();
    own_ = base::Trim(Done("node -p process.arch"));
  }

  // Packs what the registry has: the sources, the program, and one for another machine.
  void Pack() {
    other_ = own_ == "x64" ? "arm64" : "x64";
    scratch_.Write("other", ElfOf(own_ == "x64" ? '\xb7' : '\x3e'));
    Done(
        "mkdir registry && cd registry && npm pack --silent ../package\n"
        "for program in ../bin/cagelint ../other; do\n"
        "  npm pack --silent \"$(node ../package/linter/cmake/npm/platform.js $program ..)\"\n"
        "done");
  }

  // `script`, in which npm asks the registry with these packages and no other.
  static std::string WithRegistry(std::string_view script) {
    return "node '" CAGELINT_SOURCE_DIR
           "/tests/integration/registry.mjs' \"$HOME/registry\" \"$HOME/port\" & registry=$!\n"
           "trap 'kill $registry' EXIT\n"
           "until [ -e port ]; do kill -0 $registry; sleep 0.1; done\n"
           "export npm_config_registry=http://127.0.0.1:$(cat port)/ npm_config_fetch_retries=0\n" +
           std::string(script);
  }

  std::string own_, other_;  // architectures
};

TEST_F(NpmPackageTest, InstallsTheProgramOfThisPlatform) {
  Pack();
  scratch_.Write("bad.sh", "docker run --privileged alpine\n");
  Done(WithRegistry("npm install --global --prefix app cagelint\n"));
  EXPECT_EQ(Done("ls app/lib/node_modules/cagelint/node_modules"), "cagelint-linux-" + own_ + "\n");
  const std::string asked = scratch_.Read("registry/asked");
  EXPECT_TRUE(Holds(asked, "cagelint-linux-" + own_ + "-"));
  EXPECT_FALSE(Holds(asked, "cagelint-linux-" + other_ + "-")) << "it was fetched";
  EXPECT_EQ(Done("app/bin/cagelint --version"), Done("bin/cagelint --version"));
  const Ran ran = Run("app/bin/cagelint --select privileged bad.sh");
  EXPECT_EQ(ran.exit, 1) << ran.err;
  EXPECT_TRUE(Holds(ran.out, "error[privileged]"));
  EXPECT_EQ(Run("app/bin/cagelint gone.sh").exit, 2);
  EXPECT_TRUE(Holds(Run("cat bad.sh | app/bin/cagelint - --stdin-filename x.sh").out, "x.sh:1:"));
}

// What stops the one on PATH stops the program behind it, and whoever waits sees by what.
TEST_F(NpmPackageTest, ASignalReachesTheProgram) {
  Pack();
  scratch_.Write("slow", "#!/bin/sh\necho $$ > \"$HOME/running\"\nexec sleep 60\n");
  Done(WithRegistry("npm install --global --prefix app cagelint\n"));
  Done("cp slow app/lib/node_modules/cagelint/node_modules/cagelint-linux-" + own_ +
       "/cagelint && chmod +x app/lib/node_modules/cagelint/node_modules/*/cagelint");
  for (const auto& [signal, status] : {std::pair{"TERM", 143}, {"HUP", 129}}) {
    const Ran ran =
        Run("rm -f running; app/bin/cagelint & shim=$!\n"
            "until [ -s running ]; do sleep 0.1; done\n"
            "kill -" +
            std::string(signal) +
            " $shim; wait $shim; code=$?\n"
            "! kill -0 $(cat running) 2>/dev/null || exit 99\nexit $code");
    EXPECT_EQ(ran.exit, status) << signal << ": " << ran.err;
  }
}

// Neither a package of this platform nor CMake: it says what is missing, and passes nothing.
TEST_F(NpmPackageTest, SaysWhyThereIsNoProgram) {
  Pack();
  Done("rm registry/cagelint-linux-*");
  Done(WithRegistry("npm install --global --prefix app --ignore-scripts cagelint\n"));
  const std::string alone =
      "mkdir -p alone && ln -sf \"$(command -v node)\" alone/node\n"
      "PATH=\"$HOME/alone\"\n";
  const Ran ran = Run(alone + "app/bin/cagelint --version");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(Holds(ran.err, "no binary for linux-" + own_ + " is installed"));
  EXPECT_TRUE(Holds(ran.err, "cmake: spawnSync cmake ENOENT"));
  EXPECT_EQ(Run(alone + "node package/linter/cmake/npm/install.js").exit, 1);
}

// A program is not packed for a machine that nobody named.
TEST_F(NpmPackageTest, PacksOnlyPrograms) {
  scratch_.Write("text", "#!/bin/sh\n");
  const Ran ran = Run("node package/linter/cmake/npm/platform.js text out");
  EXPECT_NE(ran.exit, 0);
  EXPECT_TRUE(Holds(ran.err, "no ELF program"));
  EXPECT_NE(Run("test -e out").exit, 0);
}

// The wheel needs what builds it.
class RegistryPackagesTest : public NpmPackageTest {
 protected:
  RegistryPackagesTest() : NpmPackageTest(" && " + std::string(kReachesPypi)) {}
};

// From clones in two places, made at two times and with two umasks, the same bytes: of npm's
// packages and of the wheel, which a fresh environment installs.
TEST_F(RegistryPackagesTest, AreTheSameBytes) {
  Done(

      "cp -R '" CAGELINT_SOURCE_DIR
      "/.ci' package/.ci\n"
      "(umask 077; mkdir -p a/b; cp -R package a/b/clone; find a -exec touch -d @5 {} +)\n"
      "export SOURCE_DATE_EPOCH=1700000000\n"
      "package/.ci/registry-packages bin/cagelint one\n"
      "(umask 027; a/b/clone/.ci/registry-packages bin/cagelint two)");
  const std::string names = Done("ls one");
  EXPECT_EQ(base::Split(base::Trim(names), '\n').size(), 3u) << names;
  EXPECT_TRUE(Holds(names, "-py3-none-manylinux_2_17_"));
  const std::string sums = Done("cd one && sha256sum *");
  EXPECT_EQ(sums, Done("cd two && sha256sum *"));
  Done("python3 -m pip install --quiet --no-index --no-cache-dir --target site one/*.whl");
  EXPECT_EQ(Done("site/bin/cagelint --version"), Done("bin/cagelint --version"));
}

// pre-commit installs development dependencies as well, for every user.
TEST_F(NpmPackageTest, BringsNothingForDevelopers) {
  EXPECT_EQ(Done("node -p 'require(\"./package/package.json\").devDependencies'"), "undefined\n");
}

// One version for all that is published, and for what the README says of it.
TEST_F(NpmPackageTest, VersionsAgree) {
  const std::string version(base::Trim(Done("bin/cagelint --version | cut -d' ' -f2")));
  EXPECT_EQ(Done("node -p 'const { version, optionalDependencies } = "
                 "require(\"./package/package.json\"); "
                 "[...new Set([version, ...Object.values(optionalDependencies)])].join()'"),
            version + "\n");
  const std::string readme = ReadBytes(CAGELINT_SOURCE_DIR "/README.md");
  for (const char* part : {"rev: v", "uses: OWNER/cagelint@v", "npm install --global cagelint@"})
    EXPECT_TRUE(Holds(readme, part + version + "\n"));
}

}  // namespace
}  // namespace cagelint::test
