#include "tests/oracle/seccomp_profiles.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

namespace cagelint::test {
namespace {

using Json = nlohmann::ordered_json;

// Calls that profiles argue about, some that reach the kernel in other ways on old ABIs, some that
// libseccomp 2.5.4 does not know, and one that nobody does.
const std::vector<std::string> kNames{
    "clone",  "clone3",      "unshare", "setns",  "keyctl", "mount",      "umount",       "umount2",
    "ptrace", "personality", "prctl",   "ioctl",  "bpf",    "fcntl",      "madvise",      "read",
    "socket", "connect",     "accept",  "sendto", "shmget", "semtimedop", "socketcall",   "ipc",
    "mseal",  "cachestat",   "vm86",    "mmap",   "stime",  "open_tree",  "no_such_call", "sync"};

constexpr const char* kOperators[] = {"NE", "LT", "LE", "EQ", "GE", "GT", "MASKED_EQ"};

constexpr std::uint64_t kValues[] = {0,
                                     1,
                                     2,
                                     5,
                                     38,
                                     40,
                                     0x11,
                                     0x20000,
                                     0x10000000,
                                     0x7e020000,
                                     0x7fffffff,
                                     0x80000000,
                                     0xffffffff,
                                     0x100000000,
                                     0x100000026,
                                     0x7fffffffffffffff,
                                     0x8000000000000000,
                                     0xffffffff00000000,
                                     0xffffffffffffffff};

const std::vector<std::string> kCaps{"CAP_SYS_ADMIN", "CAP_SYS_PTRACE", "CAP_BPF", "CAP_NET_ADMIN",
                                     "CAP_SYS_CHROOT"};
const std::vector<std::string> kConditionArches{"amd64", "arm64", "s390x", "x86", "x32", "arm"};

struct Host {
  const char* go;
  std::vector<std::string> abis;
  std::vector<std::string> tokens;
};

const std::vector<Host>& Hosts() {
  static const auto* const hosts = new std::vector<Host>{
      {"amd64", {"x86_64", "x86", "x32"}, {"X86_64", "X86", "X32"}},
      {"arm64", {"aarch64", "arm"}, {"AARCH64", "ARM"}},
      {"s390x", {"s390x", "s390"}, {"S390X", "S390"}},
      {"386", {"x86"}, {"X86"}},
      {"arm", {"arm"}, {"ARM"}},
      {"riscv64", {"riscv64"}, {"RISCV64"}},
      {"ppc64le", {"ppc64le"}, {"PPC64LE"}},
      {"mips64le", {"mipsel64", "mipsel", "mipsel64n32"}, {"MIPSEL64", "MIPSEL", "MIPSEL64N32"}},
  };
  return *hosts;
}

const Host& HostOf(const std::string& go) {
  return *std::find_if(Hosts().begin(), Hosts().end(), [&](const Host& h) { return h.go == go; });
}

Json Prefixed(const std::string& prefix, const std::vector<std::string>& words) {
  Json list = Json::array();
  for (const std::string& word : words) list.push_back(prefix + word);
  return list;
}

Json ConditionsJson(const ProfileConditions& conditions) {
  Json out = Json::object();
  if (!conditions.caps.empty()) out["caps"] = conditions.caps;
  if (!conditions.arches.empty()) out["arches"] = conditions.arches;
  if (!conditions.min_kernel.empty()) out["minKernel"] = conditions.min_kernel;
  return out;
}

Json EntryJson(const ProfileEntry& entry) {
  Json out;
  if (entry.old_name)
    out["name"] = entry.names.front();
  else
    out["names"] = entry.names;
  out["action"] = "SCMP_ACT_" + entry.action;
  if (entry.errno_ret) out["errnoRet"] = *entry.errno_ret;
  if (!entry.errno_name.empty()) out["errno"] = entry.errno_name;
  out["args"] = Json::array();
  for (const ProfileArgument& argument : entry.args)
    out["args"].push_back({{"index", argument.index},
                           {"value", argument.value},
                           {"valueTwo", argument.value_two},
                           {"op", "SCMP_CMP_" + argument.op}});
  if (!entry.includes.Empty()) out["includes"] = ConditionsJson(entry.includes);
  if (!entry.excludes.Empty()) out["excludes"] = ConditionsJson(entry.excludes);
  return out;
}

}  // namespace

std::vector<std::string> AbisOf(const std::string& architecture) {
  return HostOf(architecture).abis;
}

std::string RandomProfile::Json() const {
  ::nlohmann::ordered_json out;
  out["defaultAction"] = "SCMP_ACT_" + default_action;
  if (default_errno_ret) out["defaultErrnoRet"] = *default_errno_ret;
  if (!architectures.empty()) out["architectures"] = Prefixed("SCMP_ARCH_", architectures);
  for (const auto& [architecture_name, subs] : arch_map)
    out["archMap"].push_back({{"architecture", "SCMP_ARCH_" + architecture_name},
                              {"subArchitectures", Prefixed("SCMP_ARCH_", subs)}});
  for (const ProfileEntry& entry : entries) out["syscalls"].push_back(EntryJson(entry));
  return out.dump();
}

std::string RandomProfile::Shown() const {
  std::string text = dialect + " " + runtime + " " + architecture + " kernel " +
                     std::to_string(kernel_major) + "." + std::to_string(kernel_minor);
  for (const std::string& cap : capabilities) text += " " + cap;
  return text + "\n" + Json();
}

std::vector<std::string> ProfileMaker::Some(const std::vector<std::string>& from,
                                            std::size_t most) {
  std::vector<std::string> all = from;
  std::shuffle(all.begin(), all.end(), random_);
  all.resize(1 + Below(std::min(most, all.size())));
  return all;
}

// Lists of what is allowed, lists of what is denied, and both at once.
ProfileMaker::Kind ProfileMaker::MakeKind() {
  const std::vector<std::string> closed{"ERRNO", "ERRNO", "ERRNO", "KILL", "KILL_PROCESS", "TRAP"};
  const auto kind = Below(10);
  if (kind < 6) return {closed, {"ALLOW"}};
  if (kind < 8) return {{"ALLOW", "ALLOW", "LOG"}, {Pick(closed)}};
  if (kind < 9) return {closed, {"ALLOW", "ALLOW", "ALLOW", "ERRNO", "KILL"}};
  return {{"ERRNO", "ALLOW", "LOG", "TRACE", "KILL", "TRAP"},
          {"ALLOW", "ERRNO", "KILL_THREAD", "KILL_PROCESS", "TRAP", "LOG", "TRACE", "NOTIFY"}};
}

void ProfileMaker::SetEnvironment(RandomProfile& profile) {
  constexpr const char* kDialects[] = {"docker", "docker", "podman", "oci"};
  constexpr const char* kRuntimes[] = {"runc", "runc", "crun", "runc-nostub"};
  constexpr const char* kArchitectures[] = {"amd64",   "amd64",   "amd64",   "amd64",
                                            "arm64",   "s390x",   "386",     "arm",
                                            "riscv64", "ppc64le", "mips64le"};
  profile.dialect = Pick(kDialects);
  profile.runtime = Pick(kRuntimes);
  profile.architecture = Pick(kArchitectures);
  constexpr std::pair<int, int> kKernels[] = {{4, 4}, {5, 10}, {6, 1}, {6, 18}};
  std::tie(profile.kernel_major, profile.kernel_minor) = Pick(kKernels);
  if (Chance(60)) profile.capabilities = Some(kCaps, 2);
  std::sort(profile.capabilities.begin(), profile.capabilities.end());
}

void ProfileMaker::SetArchitectures(RandomProfile& profile) {
  const Host& host = HostOf(profile.architecture);
  const auto subs = [&](const Host& of) {
    std::vector<std::string> out;
    for (std::size_t i = 1; i < of.tokens.size(); ++i)
      if (Chance(75)) out.push_back(of.tokens[i]);
    return out;
  };
  if (Chance(55)) {
    for (const Host& each : Hosts())
      if (&each == &host || Chance(20))
        profile.arch_map.emplace_back(each.tokens.front(), subs(each));
  } else if (Chance(80)) {
    profile.architectures = subs(host);
    if (Chance(70))
      profile.architectures.insert(profile.architectures.begin(), host.tokens.front());
  }
}

ProfileArgument ProfileMaker::MakeArgument() {
  constexpr unsigned kIndexes[] = {0, 0, 0, 1, 1, 2, 5};
  ProfileArgument argument{Pick(kIndexes), Pick(kOperators), Pick(kValues), 0};
  if (Chance(10)) argument.value = random_();
  if (argument.op == "MASKED_EQ")
    argument.value_two = Chance(40) ? 0 : Chance(50) ? argument.value : Pick(kValues);
  else if (Chance(10))
    argument.value_two = Pick(kValues);
  return argument;
}

ProfileConditions ProfileMaker::MakeConditions() {
  constexpr const char* kKernels[] = {"4.8", "5.10", "6.1", "6.18", "7.0"};
  ProfileConditions conditions;
  if (Chance(50)) conditions.caps = Some(kCaps, 2);
  if (Chance(30)) conditions.arches = Some(kConditionArches, 4);
  if (Chance(30)) conditions.min_kernel = Pick(kKernels);
  return conditions;
}

ProfileEntry ProfileMaker::MakeEntry(const RandomProfile& profile, const Kind& kind,
                                     const std::vector<std::string>& names) {
  constexpr std::uint64_t kErrnos[] = {1, 1, 13, 22, 38, 0, 0x10026, 4094};
  ProfileEntry entry;
  entry.names = Some(names, 3);
  entry.old_name = entry.names.size() == 1 && Chance(15);
  entry.action = Pick(kind.actions);
  const bool takes_number = entry.action == "ERRNO" || entry.action == "TRACE";
  if (takes_number && Chance(50)) entry.errno_ret = Pick(kErrnos);
  if (Chance(1)) entry.errno_ret = 4095;
  if (profile.dialect == "podman" && takes_number && Chance(10)) entry.errno_name = "EACCES";
  if (Chance(70))
    for (auto left = 1 + Below(Chance(80) ? 2 : 4); left > 0; --left)
      entry.args.push_back(MakeArgument());
  if (Chance(15)) entry.includes = MakeConditions();
  if (Chance(15)) entry.excludes = MakeConditions();
  return entry;
}

RandomProfile ProfileMaker::Make() {
  constexpr std::uint64_t kErrnos[] = {1, 13, 38};
  constexpr std::size_t kSizes[] = {1, 2, 3, 4, 6, 9, 20};
  RandomProfile profile;
  const Kind kind = MakeKind();
  SetEnvironment(profile);
  SetArchitectures(profile);
  profile.default_action = Pick(kind.defaults);
  if (profile.default_action == "ERRNO" && Chance(50)) profile.default_errno_ret = Pick(kErrnos);
  // Few names, so that several entries meet at one.
  const std::vector<std::string> names = Some(kNames, Chance(80) ? 5 : kNames.size());
  for (auto left = Pick(kSizes); left > 0; --left)
    profile.entries.push_back(MakeEntry(profile, kind, names));
  return profile;
}

std::uint64_t ProfileMaker::Meeting(const ProfileArgument& argument) {
  const std::uint64_t value = argument.value;
  if (argument.op == "NE" || argument.op == "GT") return value + 1;
  if (argument.op == "LT") return value - 1;
  if (argument.op == "MASKED_EQ") return (argument.value_two & value) | (random_() & ~value);
  return value;
}

std::uint64_t ProfileMaker::Near(const ProfileArgument& argument) {
  const std::uint64_t value =
      argument.op == "MASKED_EQ" && Chance(70) ? argument.value_two : argument.value;
  constexpr std::uint64_t kHigh = std::uint64_t{1} << 32;
  const std::uint64_t near[] = {
      value,         value + 1,          value - 1,
      value + kHigh, value & 0xffffffff, value ^ (std::uint64_t{1} << Below(64)),
      ~value,        value - kHigh,      value | 0xffffffff00000000};
  return Pick(near);
}

Call ProfileMaker::MakeCall(const RandomProfile& profile) {
  const std::vector<std::string> abis = AbisOf(profile.architecture);
  const ProfileEntry& entry = profile.entries[Below(profile.entries.size())];
  constexpr const char* kNumbers[] = {"0", "1", "-1", "600", "1073742425", "439"};
  Call call;
  call.abi = Chance(2) ? "aarch64" : Chance(60) ? abis.front() : Pick(abis);
  call.name = Chance(93) ? Pick(entry.names) : Chance(40) ? Pick(kNumbers) : Pick(kNames);
  for (const ProfileEntry& other : profile.entries) {
    if (std::find(other.names.begin(), other.names.end(), call.name) == other.names.end()) continue;
    for (const ProfileArgument& argument : other.args)
      if (call.arguments[argument.index] == 0 || Chance(40))
        call.arguments[argument.index] = Near(argument);
  }
  for (std::uint64_t& value : call.arguments)
    if (Chance(10)) value = Pick(kValues);
  if (Chance(60))
    for (const ProfileArgument& argument : entry.args)
      if (Chance(85)) call.arguments[argument.index] = Meeting(argument);
  // What old calls put into their multiplexer, 1 to 24.
  if ((call.name == "socketcall" || call.name == "ipc") && Chance(80))
    call.arguments[0] = 1 + Below(24);
  return call;
}

}  // namespace cagelint::test
