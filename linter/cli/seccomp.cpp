#include <array>
#include <string>
#include <utility>

#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/driver/seccomp_query.h"

namespace cagelint::cli {
namespace {

constexpr std::array<std::string_view, 3> kEngines{"docker", "podman", "oci"};
constexpr std::array<std::string_view, 3> kRuntimes{"runc", "crun", "runc-nostub"};
constexpr std::array<std::string_view, 8> kArchitectures{"amd64", "arm64",   "386",     "arm",
                                                         "s390x", "riscv64", "ppc64le", "mips64le"};
constexpr std::array<std::string_view, 2> kFormats{"text", "json"};

struct Options {
  std::string profile;
  std::string format = "text";
  std::string engine, runtime, arch, kernel, caps;
  std::vector<std::string> queries;
};

void AddOptions(OptionSet& set, Options& options) {
  set.Argument(options.profile, "the profile", "PROFILE");
  set.Repeated("--query", options.queries,
               "a call with its arguments; a name alone lists its conditions",
               "[ABI:]SYSCALL[:ARG0[,ARG1...]]");
  set.Value("--engine", options.engine, "docker (default), podman, oci", "NAME").Offer(kEngines);
  set.Value("--runtime", options.runtime, "runc (default), crun, runc-nostub", "NAME")
      .Offer(kRuntimes);
  set.Value("--arch", options.arch, "the host, in Go's names (default: this one)", "NAME")
      .Offer(kArchitectures);
  set.Value("--kernel", options.kernel, "the host's kernel (default: the newest)", "M.m");
  set.Value("--caps", options.caps, "of the container (default: Docker's), or none", "LIST");
  set.Value("--format", options.format, "text (default), json", "NAME").Offer(kFormats);
  set.Footer("Exits with 3 where the engine or the runtime would refuse the profile.");
}

// A name that is mistyped. Of architectures there are more than are offered.
std::optional<std::string> FindMistake(const Options& options) {
  if (!options.engine.empty())
    if (auto bad = FindUnknown("--engine", "engine", options.engine, kEngines)) return bad;
  if (!options.runtime.empty())
    if (auto bad = FindUnknown("--runtime", "runtime", options.runtime, kRuntimes)) return bad;
  return FindUnknown("--format", "format", options.format, kFormats);
}

// What the options say. An error is for the user.
base::Result<driver::SeccompRequest> RequestFor(const Options& options) {
  driver::SeccompRequest request;
  request.path = options.profile;
  request.environment = driver::DefaultSeccompEnvironment();
  if (request.path.empty()) return base::Error{"no profile is named"};
  const std::array<std::pair<std::string_view, const std::string*>, 5> given{
      {{"engine", &options.engine},
       {"runtime", &options.runtime},
       {"arch", &options.arch},
       {"kernel", &options.kernel},
       {"caps", &options.caps}}};
  for (const auto& [flag, value] : given) {
    if (value->empty()) continue;
    const auto set = driver::SetSeccompOption(flag, *value, request.environment);
    if (!set.Ok()) return base::Error{"--" + std::string(flag) + ": " + set.Message()};
  }
  for (const std::string& text : options.queries) {
    auto query = driver::ParseSeccompQuery(text);
    if (!query.Ok()) return base::Error{"--query: " + query.Message()};
    request.queries.push_back(std::move(query).Value());
  }
  return request;
}

int RunSeccomp(const Words& words) {
  Options options;
  OptionSet set("seccomp",
                "Says what the kernel would decide under a seccomp profile, and what decides it.");
  AddOptions(set, options);
  if (const auto done = Parse(set, words)) return *done;
  if (const auto bad = FindMistake(options)) return UsageError("seccomp", *bad);
  const auto request = RequestFor(options);
  if (!request.Ok()) return UsageError("seccomp", request.Message());
  const auto answer = driver::AnswerSeccomp(request.Value(), base::RealFiles());
  if (!answer.Ok()) return Fail(answer.Message());
  if (!Print(options.format == "json" ? answer.Value().json : answer.Value().text)) return kFailed;
  return answer.Value().loads ? kClean : kGaps;
}

}  // namespace

extern const Command kSeccompCommand{
    "seccomp", "say what the kernel decides under a seccomp profile", RunSeccomp};

}  // namespace cagelint::cli
