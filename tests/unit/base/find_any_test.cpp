#include "linter/base/find_any.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace cagelint::base {
namespace {

constexpr std::string_view kWords[] = {"docker",   "podman",      "nerdctl",    "SCMP_ACT_",
                                       "services", "[Container]", "HostConfig", "DOCKER",
                                       "image",    "\xC3\xA4xy",  "\\x4"};

TEST(AnyOfTest, FindsAWordAnywhere) {
  const AnyOf any(kWords);
  for (const std::string_view word : kWords)
    for (std::size_t before = 0; before < 70; ++before)
      for (const std::size_t behind : {0, 1, 40})
        EXPECT_TRUE(
            any.StandsIn(std::string(before, 'd') + std::string(word) + std::string(behind, 'k')))
            << word << " at " << before;
}

TEST(AnyOfTest, APartOfAWordIsNone) {
  const AnyOf any(kWords);
  EXPECT_FALSE(any.StandsIn(""));
  EXPECT_FALSE(any.StandsIn("do"));
  for (const std::string_view word : kWords)
    for (std::size_t before = 0; before < 70; ++before)
      EXPECT_FALSE(
          any.StandsIn(std::string(before, ' ') + std::string(word.substr(0, word.size() - 1))));
}

TEST(AnyOfTest, SaysWhatASearchSays) {
  const AnyOf any(kWords);
  std::mt19937 random(7);
  const std::string_view letters = "dockerpmanimageservices[]_SCMPACT\xC3\xA4";
  int found = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text(random() % 200, ' ');
    for (char& byte : text) byte = letters[random() % letters.size()];
    if (random() % 4 == 0) {
      const std::string_view word = kWords[random() % std::size(kWords)];
      text.insert(text.empty() ? 0 : random() % text.size(), word.substr(0, 3 + random() % 10));
    }
    bool expected = false;
    for (const std::string_view word : kWords)
      expected = expected || text.find(word) != std::string::npos;
    found += expected ? 1 : 0;
    ASSERT_EQ(any.StandsIn(text), expected) << text;
  }
  EXPECT_GT(found, 1000);
}

}  // namespace
}  // namespace cagelint::base
