// The same for many things that have nothing to do with each other.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

namespace cagelint::base {

// Calls `act` with 0 … count - 1, each once, in no order, on other threads while the one that began
// goes on; and on this one too from Finish on. In all on up to `jobs` threads (0: as many as there
// are processors). `act` must not throw.
class Others {
 public:
  Others(std::size_t count, unsigned jobs, std::function<void(std::size_t)> act)
      : count_(count), act_(std::move(act)) {
    // Below that a thread costs more than it takes over.
    constexpr std::size_t kWorthAThread = 8;
    std::size_t threads = count / kWorthAThread;
    if (threads < 2) return;  // to count processors takes files to be read
    if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
    threads = std::min<std::size_t>(jobs, threads);
    for (std::size_t i = 1; i < threads; ++i) threads_.emplace_back([this] { Serve(); });
  }

  // Returns when all is done.
  void Finish() {
    Serve();
    threads_.clear();  // joins
  }

 private:
  void Serve() {
    for (std::size_t i = next_++; i < count_; i = next_++) act_(i);
  }

  const std::size_t count_;
  const std::function<void(std::size_t)> act_;
  std::atomic<std::size_t> next_{0};
  std::vector<std::jthread> threads_;
};

// The same, done when it returns.
template <typename Act>
void ForEach(std::size_t count, unsigned jobs, const Act& act) {
  Others(count, jobs, act).Finish();
}

}  // namespace cagelint::base
