// Random seccomp profiles with the environments that they are judged in, and calls whose arguments
// lie at the edges of their conditions. Plain data of the tests: nothing of the linter is used.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace cagelint::test {

struct ProfileArgument {
  unsigned index = 0;
  std::string op;  // "EQ": without its SCMP_CMP_
  std::uint64_t value = 0, value_two = 0;
};

struct ProfileConditions {
  std::vector<std::string> caps, arches;
  std::string min_kernel;
  bool Empty() const { return caps.empty() && arches.empty() && min_kernel.empty(); }
};

struct ProfileEntry {
  std::vector<std::string> names;
  bool old_name = false;  // one name, written as `name`
  std::string action;     // "ALLOW": without its SCMP_ACT_
  std::optional<std::uint64_t> errno_ret;
  std::string errno_name;  // containers-common's `errno`
  std::vector<ProfileArgument> args;
  ProfileConditions includes, excludes;
};

struct RandomProfile {
  std::string default_action;
  std::optional<std::uint64_t> default_errno_ret;
  std::vector<std::string> architectures;  // "X86_64": without its SCMP_ARCH_
  std::vector<std::pair<std::string, std::vector<std::string>>> arch_map;
  std::vector<ProfileEntry> entries;

  std::string dialect;       // docker, podman, oci
  std::string runtime;       // runc, crun, runc-nostub
  std::string architecture;  // Go's name
  int kernel_major = 6, kernel_minor = 18;
  std::vector<std::string> capabilities;  // sorted

  std::string Json() const;
  // With what it is judged in, for a failure's message.
  std::string Shown() const;
};

struct Call {
  std::string abi;   // libseccomp's name
  std::string name;  // of a call, or a number
  std::array<std::uint64_t, 6> arguments{};
};

// Its ABIs, the native one first, and what of them a profile may list.
std::vector<std::string> AbisOf(const std::string& architecture);

class ProfileMaker {
 public:
  explicit ProfileMaker(std::uint64_t seed) : random_(seed) {}

  RandomProfile Make();
  Call MakeCall(const RandomProfile& profile);

 private:
  struct Kind {
    std::vector<std::string> defaults;
    std::vector<std::string> actions;
  };

  std::size_t Below(std::size_t bound) { return random_() % bound; }
  bool Chance(unsigned percent) { return Below(100) < percent; }
  template <typename List>
  auto Pick(const List& list) {
    return *(std::begin(list) + static_cast<std::ptrdiff_t>(Below(std::size(list))));
  }
  std::vector<std::string> Some(const std::vector<std::string>& from, std::size_t most);

  Kind MakeKind();
  void SetEnvironment(RandomProfile& profile);
  void SetArchitectures(RandomProfile& profile);
  ProfileEntry MakeEntry(const RandomProfile& profile, const Kind& kind,
                         const std::vector<std::string>& names);
  ProfileArgument MakeArgument();
  ProfileConditions MakeConditions();
  // A value at which `argument` holds, or just does not.
  std::uint64_t Near(const ProfileArgument& argument);
  std::uint64_t Meeting(const ProfileArgument& argument);

  std::mt19937_64 random_;
};

}  // namespace cagelint::test
