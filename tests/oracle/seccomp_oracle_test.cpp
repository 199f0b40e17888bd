// What the kernel decides under random profiles, as libseccomp's own filter says it, beside our
// verdicts. CAGELINT_SECCOMP_SEED and CAGELINT_SECCOMP_COUNT change which profiles, and how many
// queries are made.
#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <iterator>
#include <sstream>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "linter/seccomp/judgement.h"
#include "tests/oracle/process.h"
#include "tests/oracle/profile_filter.h"
#include "tests/oracle/seccomp_profiles.h"
#include "tests/oracle/seccomp_runtime.h"
#include "tests/support/memory_files.h"

// libseccomp loses nodes of its tree when rules cut each other off.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libseccomp.so"; }

namespace cagelint::test {
namespace {

constexpr const char* kNoLibrary = "built without libseccomp; .ci/setup installs libseccomp-dev";
constexpr int kCallsOfAProfile = 40;

std::uint64_t Number(const char* name, std::uint64_t otherwise) {
  const std::string text = Variable(name);
  return text.empty() ? otherwise : std::strtoull(text.c_str(), nullptr, 10);
}

// libseccomp 2.6 learned the names of Linux 6.8 to 6.17; versions between are not told apart.
bool IsNewest(const LibseccompVersion& version) { return version >= LibseccompVersion{2, 6, 0}; }

seccomp::Environment EnvironmentOf(const RandomProfile& profile, const LibseccompVersion& version) {
  seccomp::Environment out;
  out.dialect = profile.dialect == "docker"   ? seccomp::Dialect::kDocker
                : profile.dialect == "podman" ? seccomp::Dialect::kPodman
                                              : seccomp::Dialect::kOci;
  out.runtime = profile.runtime == "runc"   ? seccomp::Runtime::kRunc
                : profile.runtime == "crun" ? seccomp::Runtime::kCrun
                                            : seccomp::Runtime::kRuncNoStub;
  out.architecture = profile.architecture;
  out.kernel = {profile.kernel_major, profile.kernel_minor};
  out.capabilities = profile.capabilities;
  out.newest_libseccomp = IsNewest(version);
  return out;
}

std::string Shown(const Call& call) {
  std::ostringstream out;
  out << call.abi << ":" << call.name << std::hex;
  for (std::size_t i = 0; i < call.arguments.size(); ++i)
    out << (i == 0 ? ":0x" : ",0x") << call.arguments[i];
  return out.str();
}

// A profile as our reader and evaluator take it.
class Ours {
 public:
  Ours(const RandomProfile& profile, const LibseccompVersion& version) {
    const base::FileSystem system = MemoryFiles().System();
    const input::Options options;
    const base::Source& source = sources_.Add("seccomp.json", profile.Json());
    document_ = input::kSeccompReader.read(source, {sources_, system, options});
    loaded_ = seccomp::LoadProfile(document_.profiles.at(0), EnvironmentOf(profile, version));
  }

  std::string Refusal() const {
    return loaded_.load == seccomp::Load::kError ? loaded_.reason : "";
  }
  std::string Verdict(const Call& call, bool& certain) const {
    const seccomp::Verdict verdict =
        seccomp::Decide(*loaded_.filter, call.abi, call.name, call.arguments);
    certain = verdict.certain;
    return verdict.exists ? seccomp::Name(verdict.action) : "NO_SUCH_SYSCALL";
  }

 private:
  base::SourceSet sources_;
  model::Document document_;
  seccomp::Loaded loaded_;
};

struct Tally {
  std::size_t profiles = 0, refused = 0, queries = 0, opened = 0, marked = 0, marked_wrong = 0,
              endless = 0;
  std::vector<std::string> differences;
};

void Compare(const RandomProfile& profile, const Ours& ours, const OracleFilter& oracle,
             ProfileMaker& maker, Tally& tally) {
  for (int i = 0; i < kCallsOfAProfile; ++i) {
    const Call call = maker.MakeCall(profile);
    bool certain = true;
    const std::string expected = OracleVerdict(oracle, call);
    const std::string found = ours.Verdict(call, certain);
    ++tally.queries;
    if (expected == "ALLOW") ++tally.opened;
    if (!certain) ++tally.marked;
    if (found == expected) continue;
    if (!certain)
      ++tally.marked_wrong;
    else
      tally.differences.push_back(Shown(call) + ": libseccomp says " + expected + ", we say " +
                                  found + "\n" + profile.Shown());
  }
}

Tally CompareAll(std::uint64_t seed, std::uint64_t count, const LibseccompVersion& version) {
  Tally tally;
  ProfileMaker maker(seed);
  while (tally.queries < count) {
    const RandomProfile profile = maker.Make();
    const Ours ours(profile, version);
    ++tally.profiles;
    // libseccomp would go round its tangled tree for ever, and so would the container's start.
    if (ours.Refusal().find("round for ever") != std::string::npos) {
      ++tally.endless;
      continue;
    }
    const OracleFilter oracle = BuildOracle(profile);
    if (ours.Refusal().empty() != oracle.refusal.empty())
      tally.differences.push_back("libseccomp refuses: `" + oracle.refusal + "`, we: `" +
                                  ours.Refusal() + "`\n" + profile.Shown());
    else if (!oracle.refusal.empty())
      ++tally.refused;
    else
      Compare(profile, ours, oracle, maker, tally);
  }
  return tally;
}

TEST(SeccompOracleTest, RandomProfilesAreDecidedAsByLibseccomp) {
  const auto version = Libseccomp();
  if (!version && !Variable("CAGELINT_REQUIRE_ORACLES").empty()) FAIL() << kNoLibrary;
  if (!version) GTEST_SKIP() << kNoLibrary;
  const Tally tally = CompareAll(Number("CAGELINT_SECCOMP_SEED", 1),
                                 Number("CAGELINT_SECCOMP_COUNT", 20000), *version);
  std::cout << "libseccomp " << version->major << "." << version->minor << "." << version->micro
            << ": " << tally.profiles << " profiles, " << tally.refused << " refused by both, "
            << tally.queries << " queries, " << tally.opened << " let through, " << tally.marked
            << " marked, " << tally.marked_wrong << " of these otherwise, " << tally.endless
            << " profiles without end\n";
  constexpr std::size_t kMostShown = 2000;
  for (std::size_t i = 0; i < std::min(kMostShown, tally.differences.size()); ++i)
    ADD_FAILURE() << tally.differences[i];
  EXPECT_TRUE(tally.differences.empty()) << tally.differences.size() << " differences";
  // Marked is what depends on the order of libseccomp's tree, which is put together here as there;
  // what it compares with a stale half of an argument stays unlike, under 0.5 %.
  EXPECT_LT(tally.marked_wrong * 200, tally.queries);
  EXPECT_LT(tally.marked * 20, tally.queries);
  // Both must be met often, or nothing is compared.
  EXPECT_GT(tally.opened * 5, tally.queries);
  EXPECT_LT(tally.opened * 5, tally.queries * 4);
  EXPECT_GT(tally.refused, 0U);
}

// Calls without arguments: whatever the registers hold they succeed, and harm nobody.
constexpr const char* kHarmless[] = {"getpgrp", "getppid", "gettid", "getuid",
                                     "geteuid", "getgid",  "getegid"};

// The profile for this machine, about such calls, and with what the child itself needs.
RandomProfile Tamed(RandomProfile profile) {
  const auto tame = [](std::string& name) {
    name = kHarmless[std::hash<std::string>()(name) % std::size(kHarmless)];
  };
  for (ProfileEntry& entry : profile.entries)
    for (std::string& name : entry.names) tame(name);
  profile.runtime = "runc-nostub";
  profile.architecture = "amd64";
  profile.architectures = {"X86_64"};
  profile.arch_map.clear();
  ProfileEntry end;
  end.names = {"exit_group", "getpid"};
  end.action = "ALLOW";
  profile.entries.push_back(end);
  return profile;
}

// What a call that always succeeds shows of a verdict.
std::optional<int> Shows(const std::string& verdict) {
  if (verdict == "ALLOW" || verdict == "LOG") return 0;
  if (verdict.starts_with("TRACE")) return ENOSYS;  // nobody traces
  if (verdict.starts_with("ERRNO(")) return std::stoi(verdict.substr(6));
  return std::nullopt;  // it kills
}

#ifdef __x86_64__
TEST(SeccompOracleTest, TheKernelDecidesTheSame) {
  const auto version = Libseccomp();
  if (!version && !Variable("CAGELINT_REQUIRE_ORACLES").empty()) FAIL() << kNoLibrary;
  if (!version) GTEST_SKIP() << kNoLibrary;
  if (const std::string why = WhyNoFilter(); !why.empty()) GTEST_SKIP() << why;
  constexpr int kProfiles = 100, kCalls = 10;
  ProfileMaker maker(Number("CAGELINT_SECCOMP_SEED", 1));
  int asked = 0, killed = 0, denied = 0;
  for (int count = 0; count < kProfiles; ++count) {
    const RandomProfile profile = Tamed(maker.Make());
    if (profile.default_action == "NOTIFY") continue;
    const Ours ours(profile, *version);
    if (!ours.Refusal().empty()) continue;
    const OracleFilter oracle = BuildOracle(profile);
    ASSERT_TRUE(oracle.refusal.empty()) << profile.Shown();
    for (int i = 0; i < kCalls; ++i) {
      Call call = maker.MakeCall(profile);
      if (std::find(std::begin(kHarmless), std::end(kHarmless), call.name) == std::end(kHarmless))
        continue;
      const auto number = OracleNumber("x86_64", call.name);
      call.abi = "x86_64";
      bool certain = true;
      const std::string verdict = ours.Verdict(call, certain);
      if (!certain || verdict == "NOTIFY") continue;
      RawCall raw{static_cast<long>(number.value()), {}};
      std::copy(call.arguments.begin(), call.arguments.end(), raw.arguments.begin());
      const auto got = MakeCalls(std::span(&raw, 1), {oracle.program, ""});
      const std::optional<int> found = got ? std::optional<int>(got->at(0)) : std::nullopt;
      EXPECT_EQ(found, Shows(verdict)) << Shown(call) << ": " << verdict << "\n" << profile.Shown();
      ++asked;
      killed += found ? 0 : 1;
      denied += found && *found != 0 ? 1 : 0;
    }
  }
  std::cout << "the kernel was asked " << asked << " times, killed " << killed
            << " times and denied " << denied << "\n";
  EXPECT_GT(asked, kProfiles);
  EXPECT_GT(killed, 0);
  EXPECT_GT(denied, 0);
}
#endif

}  // namespace
}  // namespace cagelint::test
