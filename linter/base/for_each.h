// The same for many things that have nothing to do with each other.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace cagelint::base {

// Calls `act` with 0 … count - 1, each once, in no order, on up to `jobs` threads (0: as many as
// there are processors). `act` must not throw.
template <typename Act>
void ForEach(std::size_t count, unsigned jobs, const Act& act) {
  // Below that a thread costs more than it takes over.
  constexpr std::size_t kWorthAThread = 8;
  if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t threads = std::min<std::size_t>(jobs, count / kWorthAThread);
  std::atomic<std::size_t> next{0};
  const auto serve = [&] {
    for (std::size_t i = next++; i < count; i = next++) act(i);
  };
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < threads; ++i) others.emplace_back(serve);
  serve();
}

}  // namespace cagelint::base
