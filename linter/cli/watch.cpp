#include "linter/cli/watch.h"

#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>

#include <unistd.h>

namespace cagelint::cli {
namespace {

// Of the signal handler, which may touch nothing else.
std::atomic<bool> stopped{false};
std::atomic<int> stopped_by{0};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void Handle(int signal) {
  stopped_by = signal;
  stopped = true;
}

constexpr std::array<int, 3> kSignals{SIGINT, SIGTERM, SIGHUP};

void Block(bool blocks) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : kSignals) sigaddset(&set, signal);
  pthread_sigmask(blocks ? SIG_BLOCK : SIG_UNBLOCK, &set, nullptr);
}

void SetHandlers(bool ours) {
  for (const int signal : kSignals) {
    struct sigaction action {};
    struct sigaction before {};
    sigemptyset(&action.sa_mask);
    // Whoever started the program with the signal ignored (nohup) wants it so.
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    action.sa_handler = ours ? Handle : SIG_DFL;
    // The second one is not handled any more.
    action.sa_flags = ours ? static_cast<int>(SA_RESETHAND | SA_RESTART) : 0;
    sigaction(signal, &action, nullptr);
  }
}

void Say(std::string_view text) {
  // Nothing is left to be done where it cannot be written.
  static_cast<void>(!write(STDERR_FILENO, text.data(), text.size()));
}

}  // namespace

Watch::Watch(bool shows_progress) {
  stopped = false;
  SetHandlers(true);
  const char* terminal = std::getenv("TERM");
  const bool is_dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  if (shows_progress && !is_dumb && isatty(STDERR_FILENO) == 1)
    thread_ = std::jthread([this](const std::stop_token& stop) { Show(stop); });
}

const std::atomic<bool>* Watch::Stop() const { return &stopped; }

void Watch::Show(const std::stop_token& stop) {
  using std::chrono::milliseconds;
  constexpr milliseconds kPatience(1000), kStep(100);
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  bool shown = false;
  for (milliseconds wait = kPatience;; wait = kStep) {
    never.wait_for(lock, stop, wait, [] { return false; });
    if (stop.stop_requested()) break;
    Say("\r\x1b[K" + std::to_string(progress_.seen) + " files seen, " +
        std::to_string(progress_.linted) + " read …");
    shown = true;
  }
  if (shown) Say("\r\x1b[K");
}

void Watch::End() {
  if (ended_) return;
  ended_ = true;
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
  }
  Block(true);
  SetHandlers(false);
}

void Watch::ReleaseSignals() { Block(false); }

bool Watch::WasStopped() const { return stopped; }

void Watch::EndBySignal() {
  End();
  ReleaseSignals();
  std::raise(stopped_by);
  std::_Exit(128 + stopped_by);  // it was blocked
}

}  // namespace cagelint::cli
