#include "tests/support/program.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <sys/wait.h>

#include "linter/base/text.h"

namespace cagelint::test {

std::string ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Ran RunShell(const std::string& script, const std::string& folder) {
  const Scratch results;
  const std::string body = results.Write(
      "script", "cagelint() { " + base::ShellQuote(CAGELINT_BINARY) + " \"$@\"; }\n" + script);
  const std::string out = results.At("out");
  const std::string err = results.At("err");
  const std::string command = "cd " + base::ShellQuote(folder) + " && env -i PATH=\"$PATH\" sh " +
                              base::ShellQuote(body) + " < /dev/null > " + base::ShellQuote(out) +
                              " 2> " + base::ShellQuote(err);
  const int status = std::system(command.c_str());
  Ran ran;
  ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ran.out = ReadBytes(out);
  ran.err = ReadBytes(err);
  return ran;
}

}  // namespace cagelint::test
