// Lints the command that its arguments are, and prints the report as JSON.
#include <iostream>

#include "linter/driver/lint.h"
#include "linter/output/writers.h"

int main(int argc, char** argv) {
  using namespace cagelint;
  driver::Request request;
  request.arguments.assign(argv + 1, argv + argc);
  request.no_config = true;
  request.policy = driver::LoadPolicy(driver::kDefaultPolicy).Value();
  const driver::Outcome outcome = driver::Lint(request, base::RealFiles());
  std::cout << output::FindWriter("json")->write(outcome.report, {});
  return outcome.report.findings.empty() ? 0 : 1;
}
