// Which entries of a profile the engine hands on.
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/seccomp/abi.h"
#include "linter/seccomp/resolve.h"

namespace cagelint::seccomp {
namespace {

using model::Word;

bool Has(const std::vector<Word>& words, std::string_view text) {
  return std::any_of(words.begin(), words.end(),
                     [&](const Word& word) { return word.text == text; });
}

bool HasCapability(const Environment& environment, const std::string& name) {
  const auto& held = environment.capabilities;
  return std::find(held.begin(), held.end(), name) != held.end() ||
         (std::find(held.begin(), held.end(), "ALL") != held.end() && name.starts_with("CAP_"));
}

// An empty version is 0.0, which every kernel reaches; `absent` is the answer for none at all.
bool KernelReaches(const Environment& environment, const Word& version, bool absent) {
  if (!version.span.IsValid()) return absent;
  return environment.kernel >= ParseKernel(version.text).value_or(KernelVersion{});
}

}  // namespace

std::optional<KernelVersion> ParseKernel(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto part = [](std::string_view digits) -> int {
    int value = -1;
    const bool plain = !digits.empty() && digits.size() <= 3 &&
                       digits.find_first_not_of("0123456789") == std::string_view::npos;
    if (plain) std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value > 255 ? -1 : value;
  };
  const KernelVersion version{part(text.substr(0, dot)), part(text.substr(dot + 1))};
  if (version.major < 0 || version.minor < 0 || version == KernelVersion{}) return std::nullopt;
  return version;
}

bool Applies(const model::SeccompEntry& entry, const Environment& environment) {
  if (environment.dialect == Dialect::kOci) return true;
  const Host* host = HostNamed(environment.architecture);
  if (host == nullptr) return false;
  const auto holds = [&](const Word& cap) { return HasCapability(environment, cap.text); };
  const auto& in = entry.includes;
  const auto& ex = entry.excludes;
  if (Has(ex.arches, host->condition)) return false;
  if (std::any_of(ex.caps.begin(), ex.caps.end(), holds)) return false;
  if (!in.arches.empty() && !Has(in.arches, host->condition)) return false;
  if (!std::all_of(in.caps.begin(), in.caps.end(), holds)) return false;
  if (environment.dialect == Dialect::kPodman) return true;
  return KernelReaches(environment, in.min_kernel, true) &&
         !KernelReaches(environment, ex.min_kernel, false);
}

}  // namespace cagelint::seccomp
