#include <cstdint>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "linter/output/finding_json.h"

namespace cagelint::output {
namespace {

std::string Dumped(const Json& value) {
  return value.dump(-1, ' ', true, Json::error_handler_t::replace);
}

TEST(Compact, WritesAsTheLibraryDoes) {
  const Json values = {nullptr,
                       true,
                       false,
                       0,
                       -1,
                       INT64_MIN,
                       UINT64_MAX,
                       0.5,
                       1e300,
                       "",
                       "plain",
                       Json::array(),
                       Json::object(),
                       {{"a", Json::array()}, {"b", {1, {2, {Json::object()}}}}},
                       {{"key \" with \\ all\n", "v"}, {"", ""}, {"é", {{"nested", "x"}}}}};
  EXPECT_EQ(Compact(values), Dumped(values));
  for (const Json& value : values) EXPECT_EQ(Compact(value), Dumped(value));
}

TEST(Compact, EscapesWhatHasToBe) {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t at : {0U, 7U, 8U, 12U}) {
      std::string text = "thirteen byte";
      text[at] = static_cast<char>(byte);
      EXPECT_EQ(Compact(text), Dumped(text));
      EXPECT_EQ(Compact({{text, text}}), Dumped({{text, text}}));
    }
  }
  for (const char* text : {"🐳 é \u2028 \ufeff", "\xed\xa0\x80", "a\xf0\x9f\x90", "\x7f"})
    EXPECT_EQ(Compact(text), Dumped(text));
}

TEST(Compact, PutsInWhatIsWrittenAlready) {
  EXPECT_EQ(Compact({{"a", Written("[1,{\"b\":2}]")}, {"c", 3}}), "{\"a\":[1,{\"b\":2}],\"c\":3}");
  std::string out = "x";
  AppendString("a\"\\\n\t\x01", out);
  EXPECT_EQ(out, "x" + Dumped("a\"\\\n\t\x01"));
}

}  // namespace
}  // namespace cagelint::output
