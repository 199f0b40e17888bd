#include "linter/diagnostic/edits.h"

#include <random>

#include <gtest/gtest.h>

namespace cagelint::diagnostic {
namespace {

Edit At(std::uint32_t begin, std::uint32_t end, std::string text = "x") {
  return {{0, begin, end}, std::move(text)};
}

TEST(Edits, CollideWhereTheOrderMatters) {
  EXPECT_TRUE(Collide(At(1, 4), At(3, 6)));
  EXPECT_TRUE(Collide(At(1, 9), At(3, 4))) << "one inside the other";
  EXPECT_TRUE(Collide(At(3, 3), At(3, 3))) << "two that insert";
  EXPECT_TRUE(Collide(At(3, 3), At(1, 6)));
  EXPECT_TRUE(Collide(At(3, 3), At(3, 6))) << "at the begin of what is replaced";
  EXPECT_TRUE(Collide(At(6, 6), At(3, 6))) << "at its end";
}

TEST(Edits, DoNotCollideOtherwise) {
  EXPECT_FALSE(Collide(At(1, 3), At(3, 6))) << "they only touch";
  EXPECT_FALSE(Collide(At(1, 1), At(2, 2)));
  EXPECT_FALSE(Collide(At(1, 2), At(3, 4)));
  EXPECT_FALSE(Collide(At(1, 4), Edit{{1, 1, 4}, "x"})) << "another file";
}

TEST(Edits, CollideIsSymmetric) {
  for (std::uint32_t a = 0; a < 4; ++a)
    for (std::uint32_t b = a; b < 4; ++b)
      for (std::uint32_t c = 0; c < 4; ++c)
        for (std::uint32_t d = c; d < 4; ++d)
          EXPECT_EQ(Collide(At(a, b), At(c, d)), Collide(At(c, d), At(a, b)));
}

// Compared with asking for every pair.
TEST(Edits, ListsCollideWhereTwoOfThemDo) {
  std::mt19937 random(7);
  const auto some = [&] {
    std::vector<Edit> edits;
    for (int i = 0; i < 4; ++i) {
      const auto begin = static_cast<std::uint32_t>(random() % 24);
      edits.push_back(At(begin, begin + static_cast<std::uint32_t>(random() % 4)));
    }
    if (!Tidy(edits)) edits.resize(1);
    return edits;
  };
  int collided = 0;
  for (int round = 0; round < 2000; ++round) {
    const std::vector<Edit> a = some(), b = some();
    bool expected = false;
    for (const Edit& one : a)
      for (const Edit& other : b) expected = expected || Collide(one, other);
    EXPECT_EQ(Collide(a, b), expected);
    collided += expected ? 1 : 0;
  }
  EXPECT_GT(collided, 100);
  EXPECT_LT(collided, 1900);
}

TEST(Edits, TidySortsAndDropsRepeats) {
  std::vector<Edit> edits{At(5, 6), At(1, 2), At(5, 6)};
  EXPECT_TRUE(Tidy(edits));
  EXPECT_EQ(edits, (std::vector<Edit>{At(1, 2), At(5, 6)}));
  edits.push_back(At(6, 6));
  EXPECT_FALSE(Tidy(edits));
}

TEST(Edits, ApplyChangesNothingElse) {
  const std::string bytes = "0123456789";
  const std::vector<Edit> edits{At(0, 0, "<"), At(2, 4, ""), At(4, 5, "four"), At(10, 10, ">"),
                                Edit{{1, 0, 10}, "of another file"}};
  EXPECT_EQ(ApplyEdits(bytes, 0, edits), "<01four56789>");
  EXPECT_EQ(ApplyEdits(bytes, 2, edits), bytes);
  EXPECT_EQ(ApplyEdits(bytes, 0, {}), bytes);
}

}  // namespace
}  // namespace cagelint::diagnostic
