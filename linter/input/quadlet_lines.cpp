// What is added to a `.container` file.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/quadlet_command.h"

namespace cagelint::input {
namespace {

struct Written {
  std::string_view flag;
  std::string_view line;  // with the value of the flag behind it, where it ends in `=`
};

constexpr std::array<Written, 10> kKeys{{
    {"--cap-drop=", "DropCapability="},
    {"--cap-add=", "AddCapability="},
    {"--read-only", "ReadOnly=true"},
    {"--security-opt=no-new-privileges", "NoNewPrivileges=true"},
    {"--security-opt=no-new-privileges:true", "NoNewPrivileges=true"},
    {"--pids-limit=", "PidsLimit="},
    {"--user=", "User="},
    {"--tmpfs=", "Tmpfs="},
    {"--init", "RunInit=true"},
    {"--network=", "Network="},
}};

}  // namespace

std::optional<std::string> EscapeQuadlet(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    const bool is_plain =
        base::IsNameByte(byte) || std::string_view("-./:=,+@").find(byte) != std::string_view::npos;
    if (!is_plain && byte != '%') return std::nullopt;
    out += byte;
    if (byte == '%') out += '%';
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::optional<std::string> QuadletLines(const std::vector<std::string>& words,
                                        std::string_view line_end) {
  std::string out;
  std::string rest;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string word = words[i];
    // `--cap-drop ALL` is the same as `--cap-drop=ALL`.
    const bool has_value = i + 1 < words.size() && !words[i + 1].starts_with('-') &&
                           word.find('=') == std::string::npos;
    if (has_value) word += "=" + words[++i];
    const auto escaped = EscapeQuadlet(word);
    if (!escaped) return std::nullopt;
    const auto* key = std::find_if(kKeys.begin(), kKeys.end(), [&](const Written& one) {
      return one.flag.ends_with('=') ? word.starts_with(one.flag) : word == one.flag;
    });
    if (key == kKeys.end())
      rest += " " + *escaped;
    else
      out += std::string(key->line) +
             (key->flag.ends_with('=') ? escaped->substr(key->flag.size()) : "") +
             std::string(line_end);
  }
  if (!rest.empty()) out += "PodmanArgs=" + rest.substr(1) + std::string(line_end);
  return out;
}

}  // namespace cagelint::input
