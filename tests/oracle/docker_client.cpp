#include "tests/oracle/docker_client.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "linter/base/text.h"
#include "tests/oracle/process.h"

namespace cagelint::test {
namespace {

// "Docker version 20.10.24+dfsg1, build …"
std::optional<Client> AskVersion(const std::string& path) {
  if (access(path.c_str(), X_OK) != 0) return std::nullopt;
  FILE* pipe = popen((base::ShellQuote(path) + " --version 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  Client client{path};
  const int read = std::fscanf(pipe, "Docker version %d.%d", &client.major, &client.minor);
  pclose(pipe);
  if (read != 2 || client.IsBefore(20, 10)) return std::nullopt;
  return client;
}

bool Holds(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

std::optional<Client> FindClient() {
  if (const std::string named = Variable("CAGELINT_DOCKER_CLIENT"); !named.empty())
    return AskVersion(named);
  std::vector<std::string> paths{std::string(CAGELINT_SOURCE_DIR) +
                                 "/.cache/docker-client/root/usr/bin/docker"};
  const std::string search = Variable("PATH");
  for (const std::string_view folder : base::Split(search, ':'))
    paths.push_back(std::string(folder) + "/docker");
  std::optional<Client> best;
  for (const std::string& path : paths) {
    const auto client = AskVersion(path);
    if (client && (!best || best->IsBefore(client->major, client->minor))) best = client;
  }
  return best;
}

ClientRunner::ClientRunner(Client client, std::string state, std::string folder)
    : client_(std::move(client)), folder_(std::move(folder)) {
  environment_ = {"PATH=/usr/bin:/bin", "HOME=" + state, "DOCKER_CONFIG=" + state + "/config",
                  "DOCKER_HOST=unix://" + state + "/socket", "DOCKER_CLI_HINTS=false",
                  // The client lives for milliseconds.
                  "GOGC=off", "SET=value"};
  if (openpty(&controller_, &terminal_, nullptr, nullptr, nullptr) == 0) {
    fcntl(controller_, F_SETFD, FD_CLOEXEC);
    fcntl(terminal_, F_SETFD, FD_CLOEXEC);
  }
  daemon_ = std::make_unique<FakeDaemon>(state + "/socket");
}

ClientRunner::~ClientRunner() {
  close(terminal_);
  close(controller_);
}

Verdict ClientRunner::Run(const std::vector<std::string>& words) {
  std::vector<std::string> arguments{client_.path};
  arguments.insert(arguments.end(), words.begin(), words.end());
  const std::vector<char*> argv = Pointers(arguments);
  const std::vector<char*> envp = Pointers(environment_);
  Verdict verdict;
  int out[2];
  if (pipe2(out, O_CLOEXEC) != 0) return verdict;
  const pid_t child = fork();
  if (child == 0) {
    dup2(terminal_, 0);
    dup2(out[1], 1);
    dup2(out[1], 2);
    if (chdir(folder_.c_str()) == 0) execve(argv[0], argv.data(), envp.data());
    _exit(127);
  }
  close(out[1]);
  verdict.timed_out = child < 0 || !ReadAll(out[0], verdict.output);
  close(out[0]);
  if (child > 0 && verdict.timed_out) kill(child, SIGKILL);
  int status = 0;
  if (child > 0) waitpid(child, &status, 0);
  verdict.requests = daemon_->Take();
  verdict.unreachable =
      verdict.requests.empty() && (Holds(verdict.output, "Cannot connect to the Docker daemon") ||
                                   Holds(verdict.output, "failed to connect to the docker API"));
  verdict.accepted = !verdict.requests.empty() || verdict.unreachable ||
                     (WIFEXITED(status) && WEXITSTATUS(status) == 0);
  return verdict;
}

}  // namespace cagelint::test
