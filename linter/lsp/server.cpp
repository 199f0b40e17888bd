#include "linter/lsp/server.h"

#include <algorithm>
#include <array>
#include <exception>
#include <span>
#include <utility>

namespace cagelint::lsp {
namespace {

const Failure kCancelled{ErrorCode::kRequestCancelled, "the request was cancelled"};

}  // namespace

Server::Server(Environment environment, Session::Send send)
    : session_(std::move(environment), std::move(send)), publisher_(session_) {
  session_.is_cancelled = [this] { return IsCancelled(); };
}

std::span<const Server::Request> Server::Requests() {
  static constexpr std::array kRequests{
      Request{"cagelint/fileText", &Server::FileText},
      Request{"initialize", &Server::Initialize},
      Request{"shutdown", &Server::ShutDown},
      Request{"textDocument/codeAction", &Server::Actions},
      Request{"textDocument/diagnostic", &Server::Diagnostics},
      Request{"textDocument/documentLink", &Server::Links},
      Request{"textDocument/hover", &Server::Hover},
      Request{"textDocument/inlayHint", &Server::Hints},
      Request{"workspace/executeCommand", &Server::Execute},
  };
  return kRequests;
}

std::span<const Server::Notification> Server::Notifications() {
  static constexpr std::array kNotifications{
      Notification{"initialized", &Server::Initialized},
      Notification{"textDocument/didChange", &Server::Change},
      Notification{"textDocument/didClose", &Server::Close},
      Notification{"textDocument/didOpen", &Server::Open},
      Notification{"textDocument/didSave", &Server::Ignore},
      Notification{"workspace/didChangeConfiguration", &Server::ChangeConfiguration},
      Notification{"workspace/didChangeWatchedFiles", &Server::ChangeFiles},
      Notification{"workspace/didChangeWorkspaceFolders", &Server::ChangeFolders},
  };
  return kNotifications;
}

void Server::Take(const Frame& frame) {
  Message message;
  message.failure = {ErrorCode::kParseError, frame.problem};
  if (frame.problem.empty()) message = ParseMessage(frame.body);
  if (message.kind == Message::Kind::kNotification && message.method == "$/cancelRequest")
    return Cancel("id", At(message.params, "id"));
  if (message.kind == Message::Kind::kNotification &&
      message.method == "window/workDoneProgress/cancel")
    return Cancel("workDoneToken", At(message.params, "token"));
  waiting_bytes_ += frame.body.size();
  queue_.push_back({std::move(message), frame.body.size()});
}

// One that waits is answered in its turn, so that answers keep the order of requests; the one that
// is being worked on as soon as it asks. Of others nothing is known any more.
void Server::Cancel(std::string_view what, const Json& value) {
  if (value.is_null()) return;
  const auto is_meant = [&](const Message& message) {
    if (message.kind != Message::Kind::kRequest) return false;
    return (what == "id" ? message.id : At(message.params, what)) == value;
  };
  if (running_ != nullptr && is_meant(*running_)) running_is_cancelled_ = true;
  for (Queued& queued : queue_) {
    if (!is_meant(queued.message)) continue;
    queued.message.kind = Message::Kind::kBroken;
    queued.message.failure = kCancelled;
  }
}

bool Server::IsCancelled() {
  if (pause_) pause_();
  return running_is_cancelled_;
}

bool Server::Step() {
  if (queue_.empty()) return false;
  const Queued next = std::move(queue_.front());
  queue_.pop_front();
  waiting_bytes_ -= next.size;
  Handle(next.message);
  return true;
}

void Server::Handle(const Message& message) {
  switch (message.kind) {
    case Message::Kind::kBroken:
      return session_.Refuse(message.id, message.failure);
    case Message::Kind::kResponse:
      return session_.TakeResponse(message.id, message.result);
    case Message::Kind::kNotification:
      return HandleNotification(message);
    case Message::Kind::kRequest:
      return HandleRequest(message);
  }
}

void Server::HandleRequest(const Message& message) {
  const auto refuse = [&](ErrorCode code, std::string why) {
    session_.Refuse(message.id, {code, std::move(why)});
  };
  if (state_ == State::kNew && message.method != "initialize")
    return refuse(ErrorCode::kServerNotInitialized, "`initialize` comes first");
  if (state_ == State::kShutDown)
    return refuse(ErrorCode::kInvalidRequest, "after `shutdown` there is only `exit`");
  const auto requests = Requests();
  const auto found = std::find_if(requests.begin(), requests.end(), [&](const Request& known) {
    return known.method == message.method;
  });
  if (found == requests.end())
    return refuse(ErrorCode::kMethodNotFound, "unknown method `" + message.method + "`");
  running_ = &message;
  running_is_cancelled_ = false;
  Answer answer = kCancelled;
  try {
    answer = (this->*found->answer)(message);
  } catch (const std::exception& error) {
    // A bug, or no memory for this one document: others may be open with unsaved work.
    answer = Failure{ErrorCode::kInternalError, error.what()};
  }
  running_ = nullptr;
  if (running_is_cancelled_) answer = kCancelled;
  if (auto* failure = std::get_if<Failure>(&answer)) return session_.Refuse(message.id, *failure);
  session_.Respond(message.id, std::move(std::get<OutJson>(answer)));
}

void Server::HandleNotification(const Message& message) {
  if (message.method == "exit") {
    exit_ = state_ == State::kShutDown ? 0 : 1;
    return;
  }
  if (state_ != State::kRunning) return;
  for (const Notification& known : Notifications()) {
    if (known.method != message.method) continue;
    try {
      (this->*known.take)(message);
    } catch (const std::exception& error) {
      session_.Log(message.method + ": " + error.what());
    }
    return;
  }
}

std::optional<Clock::time_point> Server::NextDue() const {
  std::optional<Clock::time_point> next;
  for (const auto& [uri, document] : session_.workspace.Documents())
    if (document.due && (!next || *document.due < *next)) next = document.due;
  return next;
}

bool Server::JudgeDue() {
  const auto next = NextDue();
  if (!next || *next > session_.Now() || state_ != State::kRunning) return false;
  for (auto& [uri, document] : session_.workspace.Documents()) {
    if (document.due != next) continue;
    document.due.reset();
    try {
      session_.Fresh(document);
      publisher_.Tell(document);
    } catch (const std::exception& error) {
      session_.Log(uri + ": " + error.what());
    }
    return true;
  }
  return false;
}

}  // namespace cagelint::lsp
