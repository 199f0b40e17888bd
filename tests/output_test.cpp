// What a whole run prints, byte for byte: one scenario in every format. CAGELINT_UPDATE=1 writes
// it; each change is to be judged as one of what users see.
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "linter/output/plain_text.h"
#include "linter/output/writers.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

const std::string kFolder = CAGELINT_SOURCE_DIR "/fixtures/output/";

// Where the tree lies is no part of what is recorded.
std::string WithoutFolder(std::string text) {
  const std::string uri = output::UriReference(kFolder);
  for (std::size_t at = text.find(uri); at != std::string::npos; at = text.find(uri, at))
    text.replace(at, uri.size(), "file:///FOLDER/");
  return text;
}

class OutputTest : public ::testing::TestWithParam<std::string> {};

TEST_P(OutputTest, IsAsRecorded) {
  const Ran ran = RunShell("cagelint scenario --format " + GetParam(), kFolder);
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "");
  const std::string out = WithoutFolder(ran.out);
  const std::string name = kFolder + "scenario." + GetParam();
  const char* update = std::getenv("CAGELINT_UPDATE");
  if (update != nullptr && std::string_view(update) == "1")
    std::ofstream(name, std::ios::binary) << out;
  EXPECT_EQ(ReadBytes(name), out) << "CAGELINT_UPDATE=1 build/test/tests/output_test";
}

std::vector<std::string> Formats() {
  std::vector<std::string> names;
  for (const output::Writer& writer : output::Writers()) names.emplace_back(writer.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Scenario, OutputTest, ::testing::ValuesIn(Formats()),
                         [](const auto& format) { return format.param; });

}  // namespace
}  // namespace cagelint::test
