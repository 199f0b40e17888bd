#include "linter/driver/init.h"

#include <string>

#include "linter/cli/options.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/driver/config_keys.h"

namespace cagelint::cli {
namespace {

int RunInit(const Words& words) {
  OptionSet set("init", "Looks at what stands here, and writes a commented .cagelint.yaml.");
  if (const auto done = Parse(set, words)) return *done;
  const base::FileSystem files = base::RealFiles();
  const std::string name(driver::kConfigName);
  if (files.kind(name) != base::FileKind::kMissing || files.is_link(name))
    return Fail(name + " is there already");
  driver::Request request;
  request.paths = {"."};
  request.no_config = true;
  const driver::Outcome outcome = driver::Lint(request, files);
  for (const std::string& error : outcome.report.errors) Complain(error);
  if (!outcome.report.errors.empty()) return kFailed;
  auto file = OutputFile::Open(name);
  if (!file.Ok()) return Fail(file.Message());
  OutputFile opened = std::move(file).Value();
  if (!opened.Append(driver::InitialConfig(outcome))) return kFailed;
  return Print(name + ": written\n") ? kClean : kFailed;
}

}  // namespace

extern const Command kInitCommand{"init", "write a commented .cagelint.yaml for this folder",
                                  RunInit};

}  // namespace cagelint::cli
