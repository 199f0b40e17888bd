#include "linter/cli/run.h"

#include <cstdio>
#include <cstring>
#include <string>

#include "linter/driver/lint.h"
#include "linter/driver/model_json.h"

extern char** environ;

namespace cagelint::cli {

// The least that tries the readers: model [--use-env] [-f F] [--env-file F] PATH… | -- ARGV…
int Run(int argc, char** argv) {
  driver::Request request;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "model") continue;
    if (word == "--use-env") {
      request.input.use_environment = true;
      for (char** entry = environ; *entry != nullptr; ++entry) {
        const char* equals = std::strchr(*entry, '=');
        if (equals != nullptr)
          request.input.process_environment.emplace(
              std::string(*entry, static_cast<std::size_t>(equals - *entry)), equals + 1);
      }
    } else if (word == "-f") {
      request.compose_files.emplace_back(argv[++i]);
    } else if (word == "--env-file") {
      request.input.env_files.emplace_back(argv[++i]);
    } else if (word == "--") {
      request.arguments.assign(argv + i + 1, argv + argc);
      break;
    } else {
      request.paths.push_back(word);
    }
  }
  auto policy = driver::LoadPolicy("agent");
  if (policy.Ok()) request.policy = std::move(policy).Value();
  const driver::Outcome outcome = driver::Lint(request, base::RealFiles());
  std::fputs(driver::ModelJson(outcome).c_str(), stdout);
  for (const auto& gap : outcome.report.gaps)
    if (gap.refused && !request.arguments.empty()) return 2;
  return outcome.report.gaps.empty() ? 0 : 3;
}

}  // namespace cagelint::cli
