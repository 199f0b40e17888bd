#include "tests/integration/tools.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "linter/base/text.h"

extern char** environ;

namespace cagelint::test {
namespace {

// Certificates, mirrors and proxies.
bool IsKept(std::string_view variable) {
  std::string name(variable.substr(0, variable.find('=')));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char byte) { return static_cast<char>(std::toupper(byte)); });
  constexpr std::string_view kBegins[] = {"PIP_", "SSL_CERT", "NODE_EXTRA_CA", "CCACHE_"};
  return std::any_of(std::begin(kBegins), std::end(kBegins),
                     [&](std::string_view begin) { return name.starts_with(begin); }) ||
         name.ends_with("_CA_BUNDLE") || name.ends_with("_PROXY");
}

std::string Environment() {
  std::string out =
      "export PATH=\"/usr/bin:$PATH\" HOME=\"$PWD\" LC_ALL=C.UTF-8 GIT_CONFIG_NOSYSTEM=1\n";
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view variable = *entry;
    if (!IsKept(variable)) continue;
    const std::size_t equals = variable.find('=');
    out += "export " + std::string(variable.substr(0, equals)) + "=" +
           base::ShellQuote(variable.substr(equals + 1)) + "\n";
  }
  return out;
}

}  // namespace

void ToolTest::SetUp() {
  const Ran ran = Run(needs_);
  if (ran.exit == 0) return;
  ASSERT_EQ(std::getenv("CAGELINT_REQUIRE_ORACLES"), nullptr) << needs_ << ": " << ran.err;
  GTEST_SKIP() << "a tool is missing, see .ci/setup: " << needs_ << ": " << ran.err;
}

Ran ToolTest::Run(std::string_view script) const {
  return scratch_.Shell(Environment() + std::string(script));
}

std::string ToolTest::Done(std::string_view script) const {
  const Ran ran = Run("set -e\n" + std::string(script));
  EXPECT_EQ(ran.exit, 0) << script << "\n" << ran.out << ran.err;
  return ran.out;
}

void ToolTest::CopyPackage(std::string_view name) const {
  Done("mkdir " + std::string(name) +
       " && cd '" CAGELINT_SOURCE_DIR
       "' && cp -R .npmrc .pre-commit-hooks.yaml CMakeLists.txt LICENSE README.md package.json "
       "pyproject.toml linter rules \"$HOME/" +
       std::string(name) + "/\"");
}

void ToolTest::CopyProgram() const {
  Done("mkdir -p bin && strip -o bin/cagelint '" CAGELINT_BINARY "'");
}

testing::AssertionResult Holds(std::string_view text, std::string_view part) {
  if (text.find(part) != std::string_view::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no `" << part << "` in:\n" << text;
}

bool BuildsPackages() { return std::getenv("CAGELINT_PACKAGE_BUILDS") != nullptr; }

}  // namespace cagelint::test
