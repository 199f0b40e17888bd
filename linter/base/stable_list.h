// A list whose items stay where they are.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cassert>
#include <cstddef>
#include <memory>
#include <utility>

namespace cagelint::base {

// One thread may add while others look at the items whose index they were told, or that are below
// what Size says. Not movable.
template <typename Item>
class StableList {
 public:
  template <typename... Arguments>
  Item& Add(Arguments&&... arguments) {
    const std::size_t index = size_.load(std::memory_order_relaxed);
    const Place place = PlaceOf(index);
    if (place.at == 0) blocks_[place.block] = std::make_unique<std::unique_ptr<Item>[]>(place.size);
    auto& item = blocks_[place.block][place.at];
    item = std::make_unique<Item>(std::forward<Arguments>(arguments)...);
    size_.store(index + 1, std::memory_order_release);
    return *item;
  }

  // Below Size().
  const Item& operator[](std::size_t index) const {
    assert(index < Size());
    const Place place = PlaceOf(index);
    return *blocks_[place.block][place.at];
  }

  std::size_t Size() const { return size_.load(std::memory_order_acquire); }

 private:
  // Each block holds as many as all before it, so that none ever grows.
  struct Place {
    std::size_t block = 0, at = 0, size = 0;
  };
  static constexpr std::size_t kFirst = 16;
  static Place PlaceOf(std::size_t index) {
    if (index < kFirst) return {0, index, kFirst};
    const std::size_t size = std::bit_floor(index);
    return {static_cast<std::size_t>(std::bit_width(index)) - std::bit_width(kFirst) + 1,
            index - size, size};
  }
  static constexpr std::size_t kMostBlocks = 29;  // 2^32 items: a file's id has 32 bits

  std::array<std::unique_ptr<std::unique_ptr<Item>[]>, kMostBlocks> blocks_;
  std::atomic<std::size_t> size_{0};
};

}  // namespace cagelint::base
