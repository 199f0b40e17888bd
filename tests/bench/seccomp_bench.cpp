// What a seccomp profile costs: from bytes to the verdict on every call of x86-64, and to all that
// rules say of it. The project's own profile, and one of 13 KB in the form of Docker's.
#include <fstream>
#include <iterator>
#include <string>

#include <benchmark/benchmark.h>

#include "linter/driver/lint.h"
#include "linter/input/reader.h"
#include "linter/seccomp/abi.h"
#include "linter/seccomp/judgement.h"
#include "tests/support/memory_files.h"

namespace cagelint {
namespace {

std::string OwnProfile() {
  std::ifstream file(CAGELINT_SOURCE_DIR "/rules/profiles/agent.json", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Most calls in one entry, and more entries with conditions and capabilities, to 13 KB.
std::string LongProfile() {
  std::string text =
      R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1, "archMap": [{"architecture":
"SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86", "SCMP_ARCH_X32"]}], "syscalls": [{"names": [)";
  std::string comma;
  for (const std::string_view name : seccomp::SyscallNames()) {
    if (text.size() > 9000) break;
    text += comma + "\n\"" + std::string(name) + "\"";
    comma = ",";
  }
  text += R"(], "action": "SCMP_ACT_ALLOW"})";
  for (int i = 0; text.size() < 13'000; ++i)
    text +=
        ",\n{\"names\": [\"socket\", \"personality\"], \"action\": \"SCMP_ACT_ALLOW\", "
        "\"args\": [{\"index\": 0, \"value\": " +
        std::to_string(i) +
        ", \"op\": \"SCMP_CMP_EQ\"}], \"includes\": {\"caps\": [\"CAP_SYS_ADMIN\"]}}";
  return text + "]}";
}

void AllVerdicts(benchmark::State& state, const std::string& bytes) {
  const base::FileSystem files = test::MemoryFiles().System();
  const input::Options options;
  for (auto _ : state) {
    base::SourceSet sources;
    const auto& source = sources.Add("seccomp.json", bytes);
    const auto document = input::kSeccompReader.read(source, {sources, files, options});
    const auto loaded = seccomp::LoadProfile(document.profiles.at(0), seccomp::Environment());
    for (const std::string_view name : seccomp::SyscallNames())
      benchmark::DoNotOptimize(seccomp::Decide(*loaded.filter, "x86_64", name, {}));
  }
  state.counters["bytes"] = static_cast<double>(bytes.size());
}

void AllRules(benchmark::State& state, const std::string& bytes) {
  const base::FileSystem files = test::MemoryFiles().System();
  driver::Request request;
  request.policy = driver::LoadPolicy("agent").Value();
  request.text = driver::Text{"seccomp.json", bytes};
  for (auto _ : state) benchmark::DoNotOptimize(driver::Lint(request, files));
}

BENCHMARK_CAPTURE(AllVerdicts, SeccompOwn, OwnProfile());
BENCHMARK_CAPTURE(AllVerdicts, SeccompLong, LongProfile());
BENCHMARK_CAPTURE(AllRules, SeccompOwn, OwnProfile());
BENCHMARK_CAPTURE(AllRules, SeccompLong, LongProfile());

}  // namespace
}  // namespace cagelint
