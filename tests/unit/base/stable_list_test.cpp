#include "linter/base/stable_list.h"

#include <atomic>
#include <cstddef>
#include <thread>

#include <gtest/gtest.h>

namespace cagelint::base {
namespace {

TEST(StableList, EachIndexIsItsOwnAndNothingMoves) {
  StableList<std::size_t> list;
  const std::size_t* const first = &list.Add(0u);
  for (std::size_t i = 1; i < 5000; ++i) list.Add(i);
  EXPECT_EQ(list.Size(), 5000u);
  EXPECT_EQ(&list[0], first);
  for (std::size_t i = 0; i < list.Size(); ++i) ASSERT_EQ(list[i], i);
}

TEST(StableList, IsReadWhileItGrows) {
  StableList<std::size_t> list;
  std::atomic<bool> ends{false};
  std::size_t wrong = 0;
  {
    const std::jthread reader([&] {
      while (!ends) {
        const std::size_t size = list.Size();
        for (std::size_t i = 0; i < size; ++i) wrong += list[i] != i;
      }
    });
    for (std::size_t i = 0; i < 3000; ++i) list.Add(i);
    ends = true;
  }
  EXPECT_EQ(wrong, 0u);
}

}  // namespace
}  // namespace cagelint::base
