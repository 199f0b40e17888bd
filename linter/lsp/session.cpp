#include "linter/lsp/session.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "linter/output/plain_text.h"
#include "linter/output/snippet.h"

namespace cagelint::lsp {
namespace {

OutJson IdOf(const Json& id) {
  if (id.is_string()) return OutJson(*id.get_ptr<const std::string*>());
  const auto number = IntegerOf(id);
  return number ? OutJson(*number) : OutJson(nullptr);
}

// What kept a judgement from its work. In an editor it is said once, not with each letter.
std::string ProblemsOf(const Judged& judged) {
  std::string out;
  for (const auto* list : {&judged.problems, &judged.outcome.report.errors})
    for (const std::string& problem : *list) out += (out.empty() ? "" : "; ") + problem;
  return output::Printable(out);
}

}  // namespace

Session::Session(Environment environment, Send send)
    : workspace(environment.files), environment_(std::move(environment)), send_(std::move(send)) {}

void Session::Respond(const Json& id, OutJson result) {
  send_({{"jsonrpc", "2.0"}, {"id", IdOf(id)}, {"result", std::move(result)}});
}

void Session::Refuse(const Json& id, const Failure& failure) {
  send_({{"jsonrpc", "2.0"},
         {"id", IdOf(id)},
         {"error", {{"code", static_cast<int>(failure.code)}, {"message", failure.message}}}});
}

void Session::Notify(std::string_view method, OutJson params) {
  send_({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
}

void Session::Ask(std::string_view method, OutJson params, OnResponse then) {
  // An editor that never answers must not fill our memory.
  constexpr std::size_t kMostWaiting = 1000;
  if (waiting_.size() >= kMostWaiting) waiting_.erase(waiting_.begin());
  waiting_[++last_id_] = std::move(then);
  OutJson request = {{"jsonrpc", "2.0"}, {"id", last_id_}, {"method", method}};
  // There are requests without any.
  if (!params.is_null()) request["params"] = std::move(params);
  send_(request);
}

void Session::TakeResponse(const Json& id, const Json& result) {
  const auto found = waiting_.find(IntegerOf(id).value_or(0));
  if (found == waiting_.end()) return;
  const OnResponse then = std::move(found->second);
  waiting_.erase(found);
  if (then) then(result);
}

void Session::Log(std::string_view message) {
  constexpr int kWarning = 2;
  Notify("window/logMessage",
         {{"type", kWarning}, {"message", "cagelint: " + output::Printable(message)}});
}

void Session::Show(std::string_view message) {
  constexpr int kError = 1;
  Notify("window/showMessage",
         {{"type", kError}, {"message", "cagelint: " + output::Printable(message)}});
}

driver::Request Session::RequestIn(const std::string& root) {
  const auto known = requests_.find(root);
  if (known != requests_.end()) return known->second;
  std::vector<std::string> problems;
  const base::FileSystem files = workspace.ViewFrom(root, nullptr);
  driver::Request request = RequestOf(settings, files, problems);
  for (const std::string& problem : problems) Show(problem);
  return requests_.emplace(root, std::move(request)).first->second;
}

void Session::ForgetRequests() {
  requests_.clear();
  for (auto& [uri, document] : workspace.Documents()) {
    document.is_stale = true;
    // What was right under other settings says nothing now.
    document.good = nullptr;
  }
}

const Judged& Session::Fresh(Document& document) {
  if (document.judged != nullptr && !document.is_stale) return *document.judged;
  const auto begin = Clock::now();
  driver::Request request = RequestIn(document.root);
  request.today = environment_.today;
  auto judged = std::make_shared<Judged>(Judge(workspace, document, std::move(request), false));
  judged->is_half_typed = IsHalfTyped(document, *judged);
  document.is_stale = false;
  document.fixes = nullptr;
  document.judgement = ++judgements_;
  document.judged = judged;
  if (!judged->is_half_typed) document.good = judged->carrier.empty() ? nullptr : judged;
  document.cost = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
  std::string problems = ProblemsOf(*judged);
  if (!problems.empty() && problems != told_) Show(problems);
  told_ = std::move(problems);
  return *document.judged;
}

// Where no reader takes it, the one that took it before is asked what is wrong.
bool Session::IsHalfTyped(const Document& document, const Judged& judged) {
  if (judged.has_syntax_error || !judged.carrier.empty() || document.good == nullptr)
    return judged.has_syntax_error;
  driver::Request request = RequestIn(document.root);
  request.carrier = document.good->carrier;
  return Judge(workspace, document, std::move(request), false).has_syntax_error;
}

const Judged& Session::WithFixes(Document& document) {
  Fresh(document);
  if (document.fixes == nullptr) {
    driver::Request request = RequestIn(document.root);
    request.today = environment_.today;
    document.fixes =
        std::make_shared<const Judged>(Judge(workspace, document, std::move(request), true));
  }
  return *document.fixes;
}

std::string Session::UriOf(const Judged& judged, const std::string& path) {
  // Another document may be the same file, spelled in another way.
  if (path == judged.path) return judged.uri;
  const std::string whole = base::JoinPath(judged.root, path);
  const Document* open = workspace.FindPath(whole);
  return open != nullptr ? open->uri : output::FileUri(whole, judged.root);
}

output::WriterOptions Session::Writing(const std::string& root) const {
  output::WriterOptions options;
  options.working_directory = root;
  options.source_url = environment_.source_url;
  return options;
}

output::LspTelling Session::TellingFor(const Judged& judged) {
  // Asked for each label, of which most are in one file, and by several threads.
  struct Known {
    std::mutex mutex;
    std::map<std::string, std::string> uris;
  };
  auto known = std::make_shared<Known>();
  const auto uri_of = [this, &judged, known](const std::string& path) {
    const std::lock_guard lock(known->mutex);
    const auto [at, is_new] = known->uris.try_emplace(path);
    if (is_new) at->second = UriOf(judged, path);
    return at->second;
  };
  return {client.encoding, uri_of, client.related, client.descriptions, client.tags};
}

}  // namespace cagelint::lsp
