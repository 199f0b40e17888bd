#include "tests/fuzz/entry.h"

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "linter/base/text.h"
#include "linter/driver/lint.h"
#include "linter/driver/model_json.h"
#include "tests/support/fixture_run.h"
#include "tests/support/memory_files.h"

namespace cagelint::test {
namespace {

void Judge(const driver::Request& request, const MemoryFiles& files) {
  const driver::Outcome outcome = driver::Lint(request, files.System());
  std::vector<std::string> broken = BrokenPromises(outcome.report);
  const std::vector<std::string> writers = BrokenWriters(outcome.report);
  broken.insert(broken.end(), writers.begin(), writers.end());
  for (const std::string& line : broken) std::fprintf(stderr, "%s\n", line.c_str());
  if (!broken.empty()) std::abort();
  if (driver::ModelJson(outcome).empty()) std::abort();
}

driver::Request NewRequest() {
  static const engine::Policy policy = driver::LoadPolicy("agent").Value();
  driver::Request request;
  request.policy = policy;
  return request;
}

}  // namespace

void FuzzFile(std::string_view name, std::string_view bytes) {
  MemoryFiles files;
  files.Add(name, std::string(bytes));
  driver::Request request = NewRequest();
  request.paths = {std::string(name)};
  Judge(request, files);
}

void FuzzArguments(std::string_view bytes) {
  if (bytes.empty()) return;
  driver::Request request = NewRequest();
  for (const std::string_view word : base::Split(bytes, '\0')) request.arguments.emplace_back(word);
  Judge(request, MemoryFiles());
}

}  // namespace cagelint::test
