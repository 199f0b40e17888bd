// Capabilities, security options, user.
#include <algorithm>
#include <array>
#include <string_view>

#include "linter/base/text.h"
#include "linter/model/daemon.h"
#include "linter/model/effective.h"

namespace cagelint::model {
namespace {

constexpr std::string_view kAllCapabilities = "ALL";

bool IsCapability(std::string_view name) {
  if (name == kAllCapabilities) return true;
  const auto& all = AllCapabilities();
  return std::find(all.begin(), all.end(), name) != all.end();
}

// The `name` of a capability list as its author would have to write it.
std::string CapabilityHelp(const Container& container, std::string_view member,
                           const std::string& name) {
  if (name == "CAP_ALL")
    return "write it without the prefix: " + Spelling(container, member, kAllCapabilities);
  std::vector<std::string> parts;
  for (const std::string_view part : base::Split(name, ',')) {
    std::string bare = base::ToUpper(base::Trim(part));
    if (bare.starts_with("CAP_")) bare.erase(0, 4);
    parts.push_back(std::move(bare));
  }
  if (parts.size() == 1) return "";
  std::string list;
  for (const std::string& part : parts) {
    if (!list.empty()) list += container.IsCompose() ? ", " : " and ";
    list += container.IsCompose() ? part : Spelling(container, member, part);
  }
  return "give each on its own: " +
         (container.IsCompose() ? Spelling(container, member, list) : list);
}

void FindCapabilities(const Container& container, std::string_view member,
                      const List<std::string>& list, std::vector<Refusal>& out) {
  for (const auto& item : list.items) {
    if (!item.IsKnown() || IsCapability(item.value) || IsPlaceholder(item.value)) continue;
    // podman and nerdctl take several in one value.
    if (container.engine != Engine::kDocker && item.value != "CAP_ALL") continue;
    const bool all = item.value == "CAP_ALL";
    const bool several = item.value.find(',') != std::string::npos;
    std::string message = "there is no capability `" + item.value + "`";
    if (all) message = "`CAP_ALL` is no capability: the word for all of them is `ALL`";
    if (several) message = "`" + item.value + "` is read as the name of one capability";
    out.push_back({PlaceOf(item, container), std::move(message),
                   CapabilityHelp(container, member, item.value)});
  }
}

// podman (4.3.1): "adding all caps and removing all caps not allowed"; docker then adds them all.
void FindAllInBoth(const Container& container, std::vector<Refusal>& out) {
  if (container.engine != Engine::kPodman) return;
  const auto* added = container.cap_add.Find(std::string(kAllCapabilities));
  const auto* dropped = container.cap_drop.Find(std::string(kAllCapabilities));
  if (added == nullptr || dropped == nullptr) return;
  out.push_back({PlaceOf(*added, container),
                 "`ALL` is added and dropped",
                 "add only what is needed",
                 {{PlaceOf(*dropped, container), "dropped here"}}});
}

// Go's strconv.ParseBool.
bool IsBoolean(std::string_view text) {
  static constexpr std::string_view kWords[] = {"1", "t", "T", "TRUE",  "true",  "True",
                                                "0", "f", "F", "FALSE", "false", "False"};
  return std::find(std::begin(kWords), std::end(kWords), text) != std::end(kWords);
}

// What is wrong with `key=value` or `key:value`; "" where nothing is. Labels and AppArmor profiles
// are taken as they come where the host has no such module: not judged.
std::string SecurityOptionRefusal(const std::string& text, std::string& help) {
  const std::size_t split = text.find_first_of("=:");
  if (split == std::string::npos) {
    // docker's own client refuses a bare word; Compose does when it makes the container.
    if (text == "no-new-privileges") return "";
    help = "write it as `no-new-privileges`, or as `key=value`";
    return "there is no security option `" + text + "`";
  }
  const std::string key = text.substr(0, split);
  const std::string value = text.substr(split + 1);
  if (key == "no-new-privileges" || key == "writable-cgroups") {
    if (IsBoolean(value)) return "";
    help = "write `" + key + "=true`";
    return "`" + key + "` takes `true` or `false`, not `" + value + "`";
  }
  if (key == "systempaths") {
    if (text == "systempaths=unconfined") return "";
    help = "leave it out: the paths stay masked then";
    return "`" + text + "` is no security option";
  }
  // credentialspec is for Windows.
  for (const char* known : {"apparmor", "label", "seccomp", "credentialspec"})
    if (key == known) return "";
  for (const char* podman : {"mask", "unmask", "proc-opts"})
    if (key == podman) help = "it is an option of podman";
  return "there is no security option `" + key + "`";
}

void FindSecurityOptions(const Container& container, std::vector<Refusal>& out) {
  for (const auto& item : container.security_opt.items) {
    if (!item.IsKnown() || IsPlaceholder(item.value)) continue;
    std::string help;
    std::string message = SecurityOptionRefusal(item.value, help);
    if (message.empty()) continue;
    out.push_back({PlaceOf(item, container), std::move(message), std::move(help)});
  }
}

bool AllDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// A number that Go's Atoi takes, and the daemon then finds outside of 0 … 2^31-1.
bool IsOutOfRange(std::string_view id) {
  const bool negative = id.starts_with('-');
  if (negative || id.starts_with('+')) id.remove_prefix(1);
  if (!AllDigits(id)) return false;
  id.remove_prefix(std::min(id.find_first_not_of('0'), id.size()));
  if (id.empty()) return false;
  if (negative || id.size() > 10) return true;
  return id.size() == 10 && id > "2147483647";
}

// What looks like a number and is none is looked up as a name, which no password file has.
bool IsNoName(std::string_view id) {
  if (id == "=" || id.find_first_of(" \t") != std::string_view::npos) return true;
  if (id.starts_with("0x") || id.starts_with("0X"))
    return id.size() > 2 && id.find_first_not_of("0123456789abcdefABCDEF", 2) == id.npos;
  const std::size_t dot = id.find('.');
  return dot != std::string_view::npos && AllDigits(id.substr(0, dot)) &&
         AllDigits(id.substr(dot + 1));
}

// Refused at the start.
void FindUser(const Container& container, std::vector<Refusal>& out) {
  const auto& user = container.user;
  if (!user.IsKnown() || IsPlaceholder(user.value)) return;
  for (const std::string_view id : base::Split(user.value, ':')) {
    std::string message;
    if (IsOutOfRange(id))
      message = "`" + std::string(id) + "` is outside of 0 to 2147483647";
    else if (IsNoName(id))
      message = "`" + std::string(id) + "` is neither a number nor the name of a user or group";
    if (message.empty()) continue;
    out.push_back(
        {PlaceOf(user, container), std::move(message),
         "give uid and gid as decimal numbers: " + Spelling(container, "user", "1000:1000")});
    return;
  }
}

}  // namespace

void FindRefusedPrivileges(const Container& container, std::vector<Refusal>& out) {
  FindCapabilities(container, "cap_add", container.cap_add, out);
  FindCapabilities(container, "cap_drop", container.cap_drop, out);
  FindAllInBoth(container, out);
  if (container.engine != Engine::kDocker) return;
  FindSecurityOptions(container, out);
  FindUser(container, out);
}

}  // namespace cagelint::model
