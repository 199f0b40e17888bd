#include "tests/support/process.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

namespace cagelint::test {
namespace {

std::vector<char*> Pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

int Spawn(const Scratch& scratch, const std::string& in, const std::string& out,
          const std::string& err, std::vector<std::string> words,
          std::vector<std::string> environment) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, 0, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), kWrite, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), kWrite, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, scratch.Root().c_str());
  pid_t child = 0;
  const int failure = posix_spawn(&child, CAGELINT_BINARY, &actions, nullptr,
                                  Pointers(words).data(), Pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) throw std::runtime_error("cannot start " CAGELINT_BINARY);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Ended RunProgram(const Scratch& scratch, const Invocation& invocation) {
  const Scratch streams;  // not where the program looks for inputs
  const std::string in = streams.Write("in", invocation.input);
  const std::string out =
      invocation.output_path.empty() ? streams.At("out") : invocation.output_path;
  const std::string err = streams.At("err");
  std::vector<std::string> words{"cagelint"};
  words.insert(words.end(), invocation.arguments.begin(), invocation.arguments.end());
  std::vector<std::string> environment = invocation.environment;
  environment.push_back("PATH=/usr/bin:/bin");
  environment.push_back("HOME=" + scratch.Root().string());
  Ended ended;
  ended.code = Spawn(scratch, in, out, err, std::move(words), std::move(environment));
  if (invocation.output_path.empty()) ended.out = ReadAll(out);
  ended.err = ReadAll(err);
  return ended;
}

}  // namespace cagelint::test
