#include "tests/oracle/compose_program.h"

#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "linter/base/text.h"
#include "tests/oracle/process.h"

namespace cagelint::test {
namespace {

// "Docker Compose version 2.40.3-3", with a `v` in builds of others.
std::optional<ComposeProgram> AskVersion(const std::string& path) {
  if (access(path.c_str(), X_OK) != 0) return std::nullopt;
  FILE* pipe = popen((base::ShellQuote(path) + " version --short 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  char text[64] = "";
  const bool read = std::fgets(text, sizeof text, pipe) != nullptr;
  pclose(pipe);
  ComposeProgram program{path};
  const char* number = text[0] == 'v' ? text + 1 : text;
  if (!read || std::sscanf(number, "%d.%d", &program.major, &program.minor) != 2)
    return std::nullopt;
  if (program.major != 2 || program.minor < 40) return std::nullopt;
  return program;
}

// `config` doubles every `$`, so that what it prints can be loaded again.
std::string Undoubled(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '$') ++i;
  }
  return out;
}

}  // namespace

std::optional<ComposeProgram> FindCompose() {
  if (const std::string named = Variable("CAGELINT_COMPOSE"); !named.empty())
    return AskVersion(named);
  constexpr const char* kPlugin = "/usr/libexec/docker/cli-plugins/docker-compose";
  std::vector<std::string> paths{std::string(CAGELINT_SOURCE_DIR) + "/.cache/docker-compose/root" +
                                 kPlugin};
  const std::string search = Variable("PATH");
  for (const std::string_view folder : base::Split(search, ':'))
    paths.push_back(std::string(folder) + "/docker-compose");
  for (const char* folder : {"/usr/local/lib", "/usr/local/libexec", "/usr/lib", "/usr/libexec"})
    paths.push_back(std::string(folder) + "/docker/cli-plugins/docker-compose");
  paths.push_back(Variable("HOME") + "/.docker/cli-plugins/docker-compose");
  for (const std::string& path : paths)
    if (auto program = AskVersion(path)) return program;
  return std::nullopt;
}

Loaded LoadWith(const ComposeProgram& program, const std::string& folder,
                const std::vector<std::string>& options,
                const std::vector<std::string>& environment) {
  std::vector<std::string> arguments{program.path};
  arguments.insert(arguments.end(), options.begin(), options.end());
  for (const char* word : {"config", "--format", "json"}) arguments.emplace_back(word);
  const std::vector<char*> argv = Pointers(arguments);
  const std::vector<char*> envp = Pointers(environment);
  Loaded loaded;
  int out[2];
  if (pipe2(out, O_CLOEXEC) != 0) return loaded;
  const int errors = memfd_create("errors", MFD_CLOEXEC);
  const pid_t child = fork();
  if (child == 0) {
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, 0);
    dup2(out[1], 1);
    dup2(errors, 2);
    if (chdir(folder.c_str()) == 0) execve(argv[0], argv.data(), envp.data());
    _exit(127);
  }
  close(out[1]);
  std::string text;
  loaded.timed_out = child < 0 || !ReadAll(out[0], text);
  close(out[0]);
  if (child > 0 && loaded.timed_out) kill(child, SIGKILL);
  int status = 0;
  if (child > 0) waitpid(child, &status, 0);
  lseek(errors, 0, SEEK_SET);
  ReadAll(errors, loaded.errors);
  close(errors);
  loaded.accepted = !loaded.timed_out && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (loaded.accepted) loaded.project = nlohmann::json::parse(Undoubled(text), nullptr, false);
  return loaded;
}

}  // namespace cagelint::test
