// The language server: messages in, messages out. It neither reads nor writes streams, and waits
// for nothing: stdio.h does.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "linter/lsp/framing.h"
#include "linter/lsp/publisher.h"
#include "linter/lsp/session.h"

namespace cagelint::lsp {

// What a request is answered with.
using Answer = std::variant<OutJson, Failure>;

class Server {
 public:
  Server(Environment environment, Session::Send send);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Something has arrived. It waits for its turn, but what cancels a request holds at once.
  void Take(const Frame& frame);
  // Handles what has waited longest; false where nothing waits.
  bool Step();
  // Judges the document that has been due longest; false where none is due yet.
  bool JudgeDue();
  // When the next one is; nothing where there is none.
  std::optional<Clock::time_point> NextDue() const;
  // Set when the program is to end.
  std::optional<int> ExitCode() const { return exit_; }
  // No more messages will come.
  int EndOfInput() const { return exit_.value_or(state_ == State::kShutDown ? 0 : 1); }
  // The process without which nobody needs us; 0: none is known.
  std::int64_t ClientProcess() const { return session_.client.process; }
  // Bytes of messages that wait.
  std::size_t Waiting() const { return waiting_bytes_; }
  // Called by work that takes long, to take what has arrived meanwhile.
  void OnPause(std::function<void()> pause) { pause_ = std::move(pause); }

 private:
  enum class State : std::uint8_t { kNew, kRunning, kShutDown };
  struct Queued {
    Message message;
    std::size_t size = 0;
  };
  struct Request {
    std::string_view method;
    Answer (Server::*answer)(const Message&);
  };
  struct Notification {
    std::string_view method;
    void (Server::*take)(const Message&);
  };
  static std::span<const Request> Requests();
  static std::span<const Notification> Notifications();

  void Handle(const Message& message);
  void HandleRequest(const Message& message);
  void HandleNotification(const Message& message);
  // Requests whose id, or whose token for progress, is `value`.
  void Cancel(std::string_view what, const Json& value);
  bool IsCancelled();

  // lifecycle.cpp
  Answer Initialize(const Message& message);
  Answer ShutDown(const Message& message);
  void Initialized(const Message& message);
  OutJson Capabilities() const;
  void AddFolders(const Json& params);
  void AskForConfiguration();
  void TakeSettings(const Json& settings);
  void ChangeConfiguration(const Message& message);
  void ChangeFolders(const Message& message);

  // documents.cpp
  void Open(const Message& message);
  void Change(const Message& message);
  void Close(const Message& message);
  void ChangeFiles(const Message& message);
  void Ignore(const Message&) {}
  void MakeDue(Document& document, std::chrono::milliseconds wait);
  void MakeAllDue(std::chrono::milliseconds wait = {});
  // What asked for `path`, or for something in it, but for the document that has it. A policy is
  // asked for by all.
  void MakeDependentsDue(const std::string& path);

  // answers.cpp
  Answer Diagnostics(const Message& message);
  Answer Actions(const Message& message);
  Answer Hover(const Message& message);
  Answer Links(const Message& message);
  Answer Hints(const Message& message);
  Answer Execute(const Message& message);
  // Ours: the text of a document as the server has it, for tests of clients and of this.
  Answer FileText(const Message& message);
  Document* DocumentOf(const Json& params);

  Session session_;
  Publisher publisher_;
  Json at_start_;  // what was set in `initialize`; null where nothing was
  State state_ = State::kNew;
  std::optional<int> exit_;
  std::deque<Queued> queue_;
  std::size_t waiting_bytes_ = 0;
  const Message* running_ = nullptr;  // the request that is being answered
  bool running_is_cancelled_ = false;
  std::function<void()> pause_;
};

}  // namespace cagelint::lsp
