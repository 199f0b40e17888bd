// What a user sees and can do while a run goes on: how far it is, and Ctrl-C.
#pragma once

#include <atomic>
#include <thread>

#include "linter/driver/walk.h"

namespace cagelint::cli {

// From its begin to its end the first SIGINT, SIGTERM or SIGHUP asks the run to end; another one
// ends the program at once. On a terminal it shows on standard error how far the run is, when that
// takes longer than a second. There is one at a time.
class Watch {
 public:
  explicit Watch(bool shows_progress);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch() {
    End();
    ReleaseSignals();
  }

  // For the request.
  driver::Progress& Progress() { return progress_; }
  const std::atomic<bool>* Stop() const;

  // Before anything is printed: the line of progress is taken away. Signals wait from now on, so
  // that a file is written whole or not at all.
  void End();
  // What has waited, and what comes, ends the program.
  void ReleaseSignals();
  // Whether the user ended the run. The signal is not lost: EndBySignal ends the program with it,
  // as whoever started it expects.
  bool WasStopped() const;
  [[noreturn]] void EndBySignal();

 private:
  void Show(const std::stop_token& stop);

  driver::Progress progress_;
  std::jthread thread_;
  bool ended_ = false;
};

}  // namespace cagelint::cli
