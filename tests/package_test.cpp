// What is installed and packed does its work where it lands: the program in an empty root, the
// library for somebody else's program, the Debian package and the archive, the man pages.
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "linter/base/text.h"
#include "linter/cli/option_table.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

using Json = nlohmann::json;

const std::string kBuild = base::ShellQuote(CAGELINT_BUILD_DIR);
// Any time will do; a debug build compresses slowly.
const std::string kPack =
    "SOURCE_DATE_EPOCH=1764374400 cpack -D CPACK_CAGELINT_COMPRESSION=gzip "
    "--config " +
    kBuild + "/CPackConfig.cmake ";

// Skips, or fails where nothing may be skipped: a program that the test needs is not here.
#define NEEDS(program)                                                            \
  if (Program().Shell("command -v " program).exit != 0) {                         \
    ASSERT_EQ(std::getenv("CAGELINT_REQUIRE_ORACLES"), nullptr) << "no " program; \
    GTEST_SKIP() << "no " program;                                                \
  }

// Those of `files` that do not stand below `folder` of `program`.
std::string Missing(const Program& program, const std::string& folder,
                    const std::vector<std::string>& files) {
  std::string script;
  for (const std::string& file : files)
    script += "test -s " + folder + "/" + file + " || echo " + file + "\n";
  return program.Shell(script + "true").out;
}

const std::vector<std::string> kProgramFiles{
    "bin/cagelint",
    "share/man/man1/cagelint.1.gz",
    "share/man/man5/cagelint-config.5.gz",
    "share/bash-completion/completions/cagelint",
    "share/fish/vendor_completions.d/cagelint.fish",
    "share/cagelint/profiles/agent.json",
    "share/doc/cagelint/rules.md",
    "share/doc/cagelint/third-party-notices.txt",
};

TEST(Package, InstallsAll) {
  NEEDS("scdoc");
  const Program program;
  const Ran ran = program.Shell("cmake --install " + kBuild + " --prefix \"$PWD/root\"");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  std::vector<std::string> files = kProgramFiles;
  files.insert(files.end(), {"share/zsh/site-functions/_cagelint", "share/doc/cagelint/LICENSE",
                             "lib/libcagelint.a", "include/cagelint/linter/driver/lint.h"});
  EXPECT_EQ(Missing(program, "root", files), "");
  // What only a Debian package has.
  EXPECT_EQ(program.Shell("ls root/share/lintian root/share/zsh/vendor-completions").out, "");
  EXPECT_EQ(program
                .Shell("cmp root/share/cagelint/profiles/agent.json " CAGELINT_SOURCE_DIR
                       "/rules/profiles/agent.json")
                .exit,
            0);
}

TEST(Package, TheProgramNeedsNoOtherFile) {
  const Program program;
  const std::string become = geteuid() == 0 ? "" : "unshare -r ";
  if (!become.empty() && program.Shell("unshare -r true").exit != 0)
    GTEST_SKIP() << "needs root or user namespaces, to change the root folder";
  const Ran ran = program.Shell("mkdir root && cp " + base::ShellQuote(CAGELINT_BINARY) +
                                " root/cagelint && echo 'docker run alpine' >root/x.sh && " +
                                become + "chroot root /cagelint --format json");
  EXPECT_EQ(ran.exit, 1) << ran.err;
  const Json json = Json::parse(ran.out, nullptr, false);
  ASSERT_TRUE(json.is_object()) << ran.out;
  EXPECT_EQ(json["summary"]["containers"], 1);
}

TEST(Package, OthersLintByTheLibrary) {
  const Program program;
  const Ran built =
      program.Shell("cmake --install " + kBuild +
                    " --prefix \"$PWD/root\" --component library && cmake -S " CAGELINT_SOURCE_DIR
                    "/tests/library -B build -G Ninja "
                    "-DCMAKE_PREFIX_PATH=\"$PWD/root\" && cmake --build build");
  ASSERT_EQ(built.exit, 0) << built.out << built.err;
  const Ran ran = program.Shell("build/lints docker run --privileged alpine");
  EXPECT_EQ(ran.exit, 1) << ran.err;
  const Json json = Json::parse(ran.out, nullptr, false);
  ASSERT_TRUE(json.is_object()) << ran.out;
  EXPECT_NE(ran.out.find("\"rule\": \"privileged\""), std::string::npos) << ran.out;
  EXPECT_NE(program.Shell("cmake -S " CAGELINT_SOURCE_DIR "/tests/library -B without")
                .err.find("cagelint"),
            std::string::npos);
}

TEST(Package, ManPagesAreWellFormedAndNameEveryOption) {
  NEEDS("scdoc");
  NEEDS("man");
  const Program program;
  for (const char* page : {"cagelint.1", "cagelint-config.5"}) {
    const Ran ran =
        program.Shell("MANWIDTH=9999 LC_ALL=C.UTF-8 man --warnings=w -E UTF-8 -Tutf8 -l " + kBuild +
                      "/share/" + page + ".gz >" + page);
    EXPECT_EQ(ran.exit, 0) << page;
    EXPECT_EQ(ran.err, "") << page;
  }
  const std::string page = program.Shell("col -bx <cagelint.1").out;
  for (const cli::CommandRow& command : cli::OptionTable()) {
    EXPECT_NE(page.find("\n       cagelint " + command.name + " "), std::string::npos)
        << command.name;
    for (const cli::OptionRow& option : command.options)
      if (!option.names.empty() && !option.help.empty() && option.names.back() != "--help") {
        EXPECT_NE(page.find(option.names.back()), std::string::npos) << option.names.back();
      }
  }
  EXPECT_NE(program.Read("cagelint-config.5").find("overrides"), std::string::npos);
}

// `x.deb` and `x.tar.gz` of this build, made once.
class Packed : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    packed_ = std::make_unique<Program>();
    made_ = packed_->Shell("TZ=UTC " + kPack +
                           "-B made && cp made/*.deb x.deb && cp made/*.tar.gz x.tar.gz");
  }
  static void TearDownTestSuite() { packed_.reset(); }
  void SetUp() override {
    NEEDS("scdoc");
    NEEDS("dpkg-deb");
    ASSERT_EQ(made_.exit, 0) << made_.out << made_.err;
  }
  static std::unique_ptr<Program> packed_;
  static Ran made_;
};
std::unique_ptr<Program> Packed::packed_;
Ran Packed::made_;

TEST_F(Packed, DebianTakesIt) {
  const Program& program = *packed_;
  EXPECT_EQ(program.Shell("dpkg-deb -f x.deb Package Version Depends").out,
            "Package: cagelint\nVersion: " CAGELINT_VERSION "\n");
  ASSERT_EQ(program.Shell("dpkg-deb -x x.deb root").exit, 0);
  std::vector<std::string> files = kProgramFiles;
  files.insert(files.end(), {"share/zsh/vendor-completions/_cagelint",
                             "share/doc/cagelint/copyright", "share/doc/cagelint/changelog.gz"});
  EXPECT_EQ(Missing(program, "root/usr", files), "");
  EXPECT_EQ(program.Shell("find root -name '*.h' -o -name '*.a' -o -name '*.cmake'").out, "");
  EXPECT_EQ(
      program.Shell("cd root && md5sum --quiet -c <<EOF\n$(dpkg-deb -I ../x.deb md5sums)\nEOF").out,
      "");
  EXPECT_EQ(program.Shell("root/usr/bin/cagelint --version").out,
            "cagelint " CAGELINT_VERSION "\n");
}

TEST_F(Packed, DpkgInstallsIt) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root, as dpkg does";
  const Ran ran = packed_->Shell(
      "mkdir -p new/var/lib/dpkg/info new/var/lib/dpkg/updates && : >new/var/lib/dpkg/status && "
      "dpkg --root=new -i x.deb && dpkg --root=new -V cagelint && "
      "dpkg --root=new -s cagelint && new/usr/bin/cagelint --version");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("install ok installed"), std::string::npos) << ran.out;
  EXPECT_TRUE(ran.out.ends_with("cagelint " CAGELINT_VERSION "\n")) << ran.out;
}

TEST_F(Packed, LintianHasNothingAgainstIt) {
  NEEDS("lintian");
  const Ran ran = packed_->Shell("lintian --allow-root --fail-on error,warning x.deb");
  EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
  EXPECT_EQ(ran.out, "");
}

TEST_F(Packed, TheArchiveIsOneFolder) {
  const Ran list = packed_->Shell("tar -tzf x.tar.gz | cut -d/ -f1 | sort -u");
  EXPECT_EQ(list.out.find("cagelint-" CAGELINT_VERSION "-linux-"), 0u) << list.out;
  EXPECT_EQ(base::Split(list.out, '\n').size(), 2u) << list.out;
  ASSERT_EQ(packed_->Shell("tar -xzf x.tar.gz && mv cagelint-*-linux-* unpacked").exit, 0);
  std::vector<std::string> files = kProgramFiles;
  files.insert(files.end(), {"share/zsh/site-functions/_cagelint", "share/doc/cagelint/LICENSE"});
  EXPECT_EQ(Missing(*packed_, "unpacked", files), "");
  EXPECT_EQ(packed_->Shell("cd unpacked && bin/cagelint --version").exit, 0);
}

// Another folder, umask, time zone and language; that a build is the same, .ci/package can see.
TEST_F(Packed, PackedAgainElsewhereItIsTheSame) {
  const Ran ran = packed_->Shell("mkdir b && cd b && umask 077 && TZ=Asia/Tokyo LC_ALL=C.UTF-8 " +
                                 kPack + "-B other/folder");
  ASSERT_EQ(ran.exit, 0) << ran.out << ran.err;
  const Ran same = packed_->Shell(
      "cmp x.deb b/other/folder/*.deb && cmp x.tar.gz b/other/folder/*.tar.gz && echo same");
  EXPECT_EQ(same.out, "same\n") << same.err;
  // Sorted by name, and nothing of who packed it.
  const Ran list = packed_->Shell(
      "tar -tzf x.tar.gz >list && LC_ALL=C sort -c list && tar -tvzf "
      "x.tar.gz | grep -v ' 0/0 '");
  EXPECT_EQ(list.out, "") << list.err;
}

}  // namespace
}  // namespace cagelint::test
