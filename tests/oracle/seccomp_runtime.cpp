#include "tests/oracle/seccomp_runtime.h"

#ifdef CAGELINT_LIBSECCOMP

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <set>

#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

namespace cagelint::test {
namespace {

using Names = std::vector<std::string>;

const std::map<std::string, std::uint32_t>& Tokens() {
  static const auto* const tokens = new std::map<std::string, std::uint32_t>{
      {"X86_64", SCMP_ARCH_X86_64},   {"X86", SCMP_ARCH_X86},
      {"X32", SCMP_ARCH_X32},         {"AARCH64", SCMP_ARCH_AARCH64},
      {"ARM", SCMP_ARCH_ARM},         {"S390X", SCMP_ARCH_S390X},
      {"S390", SCMP_ARCH_S390},       {"RISCV64", SCMP_ARCH_RISCV64},
      {"PPC64LE", SCMP_ARCH_PPC64LE}, {"MIPSEL64", SCMP_ARCH_MIPSEL64},
      {"MIPSEL", SCMP_ARCH_MIPSEL},   {"MIPSEL64N32", SCMP_ARCH_MIPSEL64N32}};
  return *tokens;
}

std::uint32_t TokenOfAbi(std::string abi) {
  std::transform(abi.begin(), abi.end(), abi.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return Tokens().at(abi);
}

// x32 has the architecture of x86-64 for the kernel.
std::uint32_t AuditOf(std::uint32_t token) {
  return token == SCMP_ARCH_X32 ? static_cast<std::uint32_t>(SCMP_ARCH_X86_64) : token;
}

// What `includes.arches` is compared with, and archMap's key, by Go's name: moby's table. podman
// knows fewer keys.
struct Native {
  std::string condition;
  std::string key;
  bool podman_has_key = false;
};
Native NativeOf(const std::string& go) {
  static const std::map<std::string, Native> table{{"amd64", {"amd64", "X86_64", true}},
                                                   {"386", {"x86", "X86", false}},
                                                   {"arm", {"arm", "ARM", false}},
                                                   {"arm64", {"arm64", "AARCH64", true}},
                                                   {"s390x", {"s390x", "S390X", true}},
                                                   {"riscv64", {"riscv64", "RISCV64", false}},
                                                   {"ppc64le", {"ppc64le", "PPC64LE", false}},
                                                   {"mips64le", {"mipsel64", "MIPSEL64", true}}};
  return table.at(go);
}

bool Contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The profile after the engine's part: no conditions, one list of architectures.
struct Spec {
  Names architectures;
  std::vector<ProfileEntry> entries;
};

class Engine {
 public:
  explicit Engine(const RandomProfile& profile)
      : profile_(profile), native_(NativeOf(profile.architecture)) {}

  Spec Resolve() const {
    Spec spec{profile_.architectures, {}};
    if (profile_.dialect == "oci") {
      // containerd decodes the file as it is; a `name` is no field there.
      for (ProfileEntry entry : profile_.entries) {
        if (entry.old_name) entry.names.clear();
        spec.entries.push_back(std::move(entry));
      }
      return spec;
    }
    const bool has_key = profile_.dialect == "docker" || native_.podman_has_key;
    for (const auto& [name, subs] : profile_.arch_map) {
      if (!has_key || name != native_.key) continue;
      spec.architectures.push_back(name);
      spec.architectures.insert(spec.architectures.end(), subs.begin(), subs.end());
      break;
    }
    for (const ProfileEntry& entry : profile_.entries)
      if (Keeps(entry)) spec.entries.push_back(WithErrno(entry));
    return spec;
  }

 private:
  bool Keeps(const ProfileEntry& entry) const {
    const auto& out = entry.excludes;
    const auto& in = entry.includes;
    if (Contains(out.arches, native_.condition)) return false;
    for (const std::string& cap : out.caps)
      if (Contains(profile_.capabilities, cap)) return false;
    if (!in.arches.empty() && !Contains(in.arches, native_.condition)) return false;
    for (const std::string& cap : in.caps)
      if (!Contains(profile_.capabilities, cap)) return false;
    if (profile_.dialect == "podman") return true;
    if (!out.min_kernel.empty() && Reaches(out.min_kernel)) return false;
    return in.min_kernel.empty() || Reaches(in.min_kernel);
  }

  bool Reaches(const std::string& version) const {
    const std::size_t dot = version.find('.');
    const int major = std::stoi(version.substr(0, dot)), minor = std::stoi(version.substr(dot + 1));
    return profile_.kernel_major != major ? profile_.kernel_major > major
                                          : profile_.kernel_minor >= minor;
  }

  ProfileEntry WithErrno(ProfileEntry entry) const {
    if (profile_.dialect == "podman" && entry.errno_name == "EACCES") entry.errno_ret = EACCES;
    return entry;
  }

  const RandomProfile& profile_;
  const Native native_;
};

struct Refusal {
  std::string reason;
};

std::uint32_t ActionOf(const std::string& name, const std::optional<std::uint64_t>& number,
                       bool crun) {
  if (crun && number && name != "ERRNO" && name != "TRACE") throw Refusal{"errnoRet with " + name};
  const auto data = static_cast<std::uint32_t>(number.value_or(EPERM) & 0xffff);
  if (name == "ERRNO") return SCMP_ACT_ERRNO(data);
  if (name == "TRACE") return SCMP_ACT_TRACE(data);
  static const std::map<std::string, std::uint32_t> others{
      {"ALLOW", SCMP_ACT_ALLOW},  {"LOG", SCMP_ACT_LOG},
      {"KILL", SCMP_ACT_KILL},    {"KILL_THREAD", SCMP_ACT_KILL_THREAD},
      {"TRAP", SCMP_ACT_TRAP},    {"KILL_PROCESS", SCMP_ACT_KILL_PROCESS},
      {"NOTIFY", SCMP_ACT_NOTIFY}};
  return others.at(name);
}

// runc's and crun's way to libseccomp.
class Runtime {
 public:
  Runtime(const RandomProfile& profile, const Spec& spec)
      : profile_(profile),
        spec_(spec),
        crun_(profile.runtime == "crun"),
        native_(Tokens().at(NativeOf(profile.architecture).key)) {}

  OracleFilter Build() {
    OracleFilter out;
    out.big_endian = native_ == SCMP_ARCH_S390X;
    try {
      CheckAsRunc();
      Fill();
      out.program = Export(out.big_endian);
      if (profile_.runtime == "runc") AddStubs(out);
    } catch (const Refusal& refusal) {
      out.refusal = refusal.reason;
    }
    return out;
  }

 private:
  static void Check(int result, const std::string& what) {
    if (result < 0) throw Refusal{what + ": " + std::strerror(-result)};
  }

  void CheckAsRunc() const {
    if (crun_) return;
    if (profile_.default_action == "NOTIFY") throw Refusal{"NOTIFY by default"};
    for (const ProfileEntry& entry : spec_.entries)
      if (entry.action == "NOTIFY" && Contains(entry.names, "write"))
        throw Refusal{"NOTIFY for write"};
  }

  void Fill() {
    default_ = ActionOf(profile_.default_action, profile_.default_errno_ret, crun_);
    // All that libseccomp can do, whatever kernel this runs on.
    seccomp_api_set(6);
    context_.reset(seccomp_init(default_));
    if (context_ == nullptr) throw Refusal{"seccomp_init"};
    if (native_ != seccomp_arch_native()) {
      Check(seccomp_arch_remove(context_.get(), seccomp_arch_native()), "arch_remove");
      Check(seccomp_arch_add(context_.get(), native_), "arch_add");
    }
    for (const std::string& name : spec_.architectures) {
      const int result = seccomp_arch_add(context_.get(), Tokens().at(name));
      if (result != -EEXIST) Check(result, "arch_add " + name);
    }
    std::size_t names = 0;
    for (const ProfileEntry& entry : spec_.entries) names += entry.names.size();
    constexpr std::size_t kLongForRunc = 32;
    if (!crun_ && names > kLongForRunc)
      seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
    for (const ProfileEntry& entry : spec_.entries) AddEntry(entry);
  }

  void AddEntry(const ProfileEntry& entry) {
    const std::uint32_t action = ActionOf(entry.action, entry.errno_ret, crun_);
    for (const std::string& name : entry.names) {
      if (action == default_) continue;
      const int number = seccomp_syscall_resolve_name(name.c_str());
      if (number == __NR_SCMP_ERROR) continue;
      AddRules(entry, action, number);
    }
  }

  void AddRules(const ProfileEntry& entry, std::uint32_t action, int number) {
    std::vector<scmp_arg_cmp> comparisons;
    std::set<unsigned> indexes;
    for (const ProfileArgument& argument : entry.args) {
      static const std::map<std::string, scmp_compare> operators{{"NE", SCMP_CMP_NE},
                                                                 {"LT", SCMP_CMP_LT},
                                                                 {"LE", SCMP_CMP_LE},
                                                                 {"EQ", SCMP_CMP_EQ},
                                                                 {"GE", SCMP_CMP_GE},
                                                                 {"GT", SCMP_CMP_GT},
                                                                 {"MASKED_EQ", SCMP_CMP_MASKED_EQ}};
      comparisons.push_back(
          {argument.index, operators.at(argument.op), argument.value, argument.value_two});
      indexes.insert(argument.index);
    }
    const auto add = [&](const scmp_arg_cmp* first, std::size_t count) {
      Check(seccomp_rule_add_array(context_.get(), action, number, static_cast<unsigned>(count),
                                   first),
            "rule_add");
    };
    // One index twice: each condition is a rule of its own.
    if (indexes.size() == comparisons.size()) return add(comparisons.data(), comparisons.size());
    for (const scmp_arg_cmp& comparison : comparisons) add(&comparison, 1);
  }

  std::vector<sock_filter> Export(bool big_endian) const {
    const int file = memfd_create("filter", MFD_CLOEXEC);
    if (file < 0) throw Refusal{"memfd_create"};
    Check(seccomp_export_bpf(context_.get(), file), "export");
    const off_t size = lseek(file, 0, SEEK_END);
    std::vector<sock_filter> program(static_cast<std::size_t>(size) / sizeof(sock_filter));
    const bool whole = pread(file, program.data(), static_cast<std::size_t>(size), 0) == size;
    close(file);
    if (!whole) throw Refusal{"the exported filter cannot be read"};
    if (big_endian)
      for (sock_filter& one : program) FromBigEndian(one);
    return program;
  }

  // libseccomp writes what the other machine reads, but forgets some of the values to return.
  void FromBigEndian(sock_filter& one) const {
    one.code = __builtin_bswap16(one.code);
    const bool is_action = one.code == (BPF_RET | BPF_K) && IsKnownAction(one.k);
    if (!is_action) one.k = __builtin_bswap32(one.k);
  }

  bool IsKnownAction(std::uint32_t value) const {
    std::set<std::uint32_t> known{default_, SCMP_ACT_KILL};
    for (const ProfileEntry& entry : spec_.entries)
      known.insert(ActionOf(entry.action, entry.errno_ret, crun_));
    return known.contains(value);
  }

  // Over every number that the profile names, runc answers ENOSYS before the filter is asked. Names
  // of calls that went through socketcall and ipc of old have numbers below zero there.
  void AddStubs(OracleFilter& out) const {
    const std::string& action = profile_.default_action;
    if (action == "ALLOW" || action == "LOG" || action == "TRACE") return;
    std::map<std::string, std::uint32_t> architectures{
        {NativeOf(profile_.architecture).key, native_}};
    for (const std::string& name : spec_.architectures) architectures[name] = Tokens().at(name);
    for (const auto& [abi, token] : architectures) {
      int largest = 0;
      for (const ProfileEntry& entry : spec_.entries)
        for (const std::string& name : entry.names)
          largest = std::max(largest, seccomp_syscall_resolve_name_arch(token, name.c_str()));
      if (largest > 0) out.stubs.push_back({abi, static_cast<std::uint32_t>(largest)});
    }
  }

  struct Release {
    void operator()(void* context) const { seccomp_release(context); }
  };

  const RandomProfile& profile_;
  const Spec& spec_;
  const bool crun_;
  const std::uint32_t native_;
  std::uint32_t default_ = 0;
  std::unique_ptr<void, Release> context_;
};

constexpr std::uint32_t kX32 = 0x40000000;

bool IsAnsweredByStub(const OracleFilter& filter, std::uint32_t audit, std::uint32_t number) {
  return std::any_of(filter.stubs.begin(), filter.stubs.end(), [&](const OracleFilter::Stub& stub) {
    const std::uint32_t token = Tokens().at(stub.abi);
    if (AuditOf(token) != audit) return false;
    // s390's kernel uses 0 for a call that is none.
    if (number == 0 && (token == SCMP_ARCH_S390 || token == SCMP_ARCH_S390X)) return true;
    if (token == SCMP_ARCH_X32 && (number & kX32) == 0) return false;
    if (token == SCMP_ARCH_X86_64 && (number & kX32) != 0) return false;
    return number > stub.largest;
  });
}

// Numbers by name as programs use them: libseccomp gives names that went through socketcall or ipc
// numbers below zero, but names the real ones.
const std::map<std::string, std::uint32_t>& NumbersOf(const std::string& abi) {
  static auto* const tables = new std::map<std::string, std::map<std::string, std::uint32_t>>;
  auto [table, is_new] = tables->try_emplace(abi);
  if (!is_new) return table->second;
  const std::uint32_t token = TokenOfAbi(abi);
  static const std::map<std::uint32_t, int> bases{{SCMP_ARCH_X32, static_cast<int>(kX32)},
                                                  {SCMP_ARCH_MIPSEL, 4000},
                                                  {SCMP_ARCH_MIPSEL64, 5000},
                                                  {SCMP_ARCH_MIPSEL64N32, 6000}};
  const auto base = bases.find(token);
  const int begin = base == bases.end() ? 0 : base->second;
  for (int number = begin; number < begin + 1000; ++number)
    if (char* name = seccomp_syscall_resolve_num_arch(token, number)) {
      table->second.emplace(name, static_cast<std::uint32_t>(number));
      std::free(name);
    }
  return table->second;
}

}  // namespace

std::optional<LibseccompVersion> Libseccomp() {
  const scmp_version* version = seccomp_version();
  return LibseccompVersion{version->major, version->minor, version->micro};
}

OracleFilter BuildOracle(const RandomProfile& profile) {
  const Spec spec = Engine(profile).Resolve();
  return Runtime(profile, spec).Build();
}

std::optional<std::uint32_t> OracleNumber(const std::string& abi, const std::string& name) {
  if (name.find_first_not_of("-0123456789") == std::string::npos)
    return static_cast<std::uint32_t>(std::stoll(name));
  const auto found = NumbersOf(abi).find(name);
  if (found != NumbersOf(abi).end()) return found->second;
  return std::nullopt;
}

std::string OracleVerdict(const OracleFilter& filter, const Call& call) {
  const auto number = OracleNumber(call.abi, call.name);
  if (!number) return "NO_SUCH_SYSCALL";
  const std::uint32_t audit = AuditOf(TokenOfAbi(call.abi));
  if (IsAnsweredByStub(filter, audit, *number)) return "ERRNO(38)";
  const auto value =
      RunFilter(filter.program, MakeData(*number, audit, call.arguments, filter.big_endian));
  return value ? ActionName(*value) : "no program that the kernel takes";
}

}  // namespace cagelint::test

#else

namespace cagelint::test {

std::optional<LibseccompVersion> Libseccomp() { return std::nullopt; }
OracleFilter BuildOracle(const RandomProfile&) { return {"no libseccomp", {}, false, {}}; }
std::optional<std::uint32_t> OracleNumber(const std::string&, const std::string&) { return {}; }
std::string OracleVerdict(const OracleFilter&, const Call&) { return ""; }

}  // namespace cagelint::test

#endif
