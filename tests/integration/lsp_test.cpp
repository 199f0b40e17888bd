// The language server as the built program, and clients that are not ours: vscode-jsonrpc drives
// it, ajv judges each message by the types of vscode-languageserver-protocol.
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

class LspTest : public testing::Test {
 protected:
  void SetUp() override {
    const Ran ran = program_.Shell("cd " CAGELINT_SOURCE_DIR
                                   "/tests && node -e 'import(\"vscode-languageserver-protocol\")"
                                   ".then(() => import(\"ts-json-schema-generator\"))'");
    if (ran.exit == 0) return;
    ASSERT_EQ(std::getenv("CAGELINT_REQUIRE_ORACLES"), nullptr) << ran.err;
    GTEST_SKIP() << "no vscode-languageserver-protocol: .ci/setup";
  }

  // Runs a client in an empty folder. Its last line says how much it did; the others are problems.
  void Drive(const std::string& script, const std::string& further, const std::string& did) {
    const Ran ran = program_.Shell("mkdir -p work && HOME=$PWD node " CAGELINT_SOURCE_DIR
                                   "/tests/integration/" +
                                   script + " " CAGELINT_BINARY " \"$PWD/work\"" + further);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    const auto lines = base::Split(base::Trim(ran.out), '\n');
    ASSERT_FALSE(lines.empty());
    EXPECT_EQ(lines.size(), 1u) << ran.out;
    EXPECT_NE(lines.back().find(did), std::string::npos) << ran.out;
    EXPECT_GE(std::atoi(std::string(lines.back()).c_str()), 100) << "hardly anything was done";
  }

  // "" or a number from the environment.
  static std::string Or(const char* variable, const char* otherwise) {
    const char* value = std::getenv(variable);
    return value == nullptr ? otherwise : value;
  }

  Program program_;
};

TEST_F(LspTest, EveryMessageIsAsTheProtocolHasIt) { Drive("lsp_conformance.mjs", "", "messages"); }

TEST_F(LspTest, RandomEditsLeaveBothSidesWithTheSameText) {
  Drive("lsp_fuzz.mjs", " " + Or("CAGELINT_LSP_SECONDS", "10") + " " + Or("CAGELINT_LSP_SEED", "1"),
        "edits");
}

// That it runs; what is measured in a debug build says nothing.
TEST_F(LspTest, TheBenchmarkRuns) {
  const Ran ran =
      program_.Shell("python3 " CAGELINT_SOURCE_DIR "/tests/bench/lsp.py " CAGELINT_BINARY " 3 2");
  EXPECT_LE(ran.exit, 1) << ran.out << ran.err;
  EXPECT_EQ(ran.err, "");
  EXPECT_NE(ran.out.find("2 documents of 1,000 lines opened"), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace cagelint::test
