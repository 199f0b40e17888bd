// Work that makes more work, done by several threads.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace cagelint::driver {

// `Result` is what one thread gathers: made by itself, and touched by no other.
template <typename Work, typename Result>
class WorkQueue {
 public:
  using Push = std::function<void(Work)>;
  // Does one piece, and hands what follows from it to `more`. Called by several threads at a time.
  using Do = std::function<void(Work, Result&, const Push& more)>;

  explicit WorkQueue(Do act) : act_(std::move(act)) {}

  // Returns when nothing is left: the result of each thread. `jobs` 0: as many threads as there are
  // processors. The newest work is done first, so that little waits.
  std::vector<Result> Run(Work first, unsigned jobs) {
    constexpr unsigned kMostThreads = 64;
    if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
    jobs = std::min(jobs, kMostThreads);
    std::vector<Result> results(jobs);
    waiting_.push_back(std::move(first));
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < jobs; ++i)
      others.emplace_back([this, &results, i] { Serve(results[i]); });
    Serve(results[0]);
    others.clear();  // joins
    return results;
  }

 private:
  void Serve(Result& result) {
    const Push more = [this](Work work) {
      {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(work));
      }
      changed_.notify_one();
    };
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return !waiting_.empty() || busy_ == 0; });
      if (waiting_.empty()) break;
      Work work = std::move(waiting_.back());
      waiting_.pop_back();
      ++busy_;
      lock.unlock();
      act_(std::move(work), result, more);
      lock.lock();
      --busy_;
    }
    changed_.notify_all();
  }

  const Do act_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Work> waiting_;
  std::size_t busy_ = 0;
};

}  // namespace cagelint::driver
