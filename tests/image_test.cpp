// The image that .ci/Dockerfile describes is built and run by a private Docker Engine.
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "tests/witness/support/engine.h"

namespace cagelint::test {
namespace {

TEST(Image, LintsAsNobodyInAnEmptyRoot) {
  PrivateEngine engine;
  engine.Start();
  if (!engine.Missing().empty()) {
    ASSERT_EQ(std::getenv("CAGELINT_REQUIRE_ORACLES"), nullptr) << engine.Missing();
    GTEST_SKIP() << engine.Missing();
  }
  ASSERT_EQ(engine.Broken(), "");
  if (!engine.Unable().empty()) GTEST_SKIP() << "not on this machine: " << engine.Unable();
  const Ran ran = engine.Run(
      "mkdir context work && strip -o context/cagelint " + base::ShellQuote(CAGELINT_BINARY) +
      " && echo none >context/third-party-notices.txt && chmod 755 . work && "
      "docker build -q -t cagelint:test -f " CAGELINT_SOURCE_DIR
      "/.ci/Dockerfile context && "
      "docker inspect -f 'user={{.Config.User}}' cagelint:test && "
      "echo 'docker run --privileged alpine' >work/x.sh && chmod 644 work/x.sh && "
      "docker run --rm --network none --read-only --cap-drop ALL "
      "--security-opt no-new-privileges -v \"$PWD/work:/work:ro\" cagelint:test -q\n");
  EXPECT_NE(ran.out.find("user=65534:65534\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("x.sh:1:"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("[privileged]"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.exit, 1) << ran.out;
  EXPECT_EQ(engine.Stop(), "");
}

}  // namespace
}  // namespace cagelint::test
