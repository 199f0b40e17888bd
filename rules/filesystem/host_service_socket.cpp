#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// Variables that hold a socket, or the folder of the session's sockets.
struct Variable {
  std::string_view name;
  std::string_view reason;
};
constexpr std::array<Variable, 4> kVariables{
    {{"SSH_AUTH_SOCK", "the SSH agent signs with the user's keys"},
     {"XDG_RUNTIME_DIR", "services of the user's session: D-Bus, Wayland, sound, keyrings"},
     {"GPG_AGENT_INFO", "the GnuPG agent signs and decrypts with the user's keys"},
     {"DBUS_SESSION_BUS_ADDRESS", "services of the user's session do what is asked"}}};

// The variable that a path begins with: "A" of `"${A:-x}/y"`.
std::string_view VariableOf(const model::Mount& mount) {
  if (!mount.source.IsDynamic()) return {};
  std::string_view text = mount.source.source;
  const std::size_t begin = text.find_first_not_of("\"'$ {");
  if (begin == std::string_view::npos || text.substr(0, begin).find('$') == std::string_view::npos)
    return {};
  text.remove_prefix(begin);
  std::size_t end = 0;
  while (end < text.size() && base::IsNameByte(text[end])) ++end;
  return text.substr(0, end);
}

std::string_view Reason(const model::Mount& mount) {
  // The engine's own sockets are another rule.
  constexpr std::array<std::string_view, 3> kEngines{"docker.sock", "podman.sock",
                                                     "containerd.sock"};
  const auto tail = model::KnownTail(mount);
  const std::string_view name = tail.empty() ? base::NameOf(mount.host.path) : tail.back();
  for (const std::string_view engine : kEngines)
    if (name == engine) return {};
  for (const Variable& variable : kVariables)
    if (VariableOf(mount) == variable.name) return variable.reason;
  const model::HostPlace* place = model::FindHostPlace(mount);
  if (place == nullptr || place->kind != model::HostPlace::Kind::kSocket) return {};
  return place->reason;
}

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    const std::string_view reason = item.IsKnown() ? Reason(item.value) : std::string_view();
    if (reason.empty()) continue;
    report.Add({.span = PlaceOf(item.value.source, container),
                .message = "a socket of the host is handed in: " + std::string(reason),
                .help = "take it out: mounted read-only it can still be connected to",
                .fixes = {Unsafe("take the mount out", "the program can no longer use that service",
                                 {Remove(item.whole)})}});
  }
}

}  // namespace

extern const Rule kHostServiceSocket{
    .info =
        {.id = "host-service-socket",
         .title = "a socket of one of the host's services is mounted",
         .why = "the program inside asks a service of the host, which does it as the user",
         .rationale =
             "An SSH agent signs whatever it is asked to, an X server shows and types into every "
             "window, D-Bus starts programs, a sound server listens to the microphone. To connect "
             "is enough: `:ro` does not stop it, and neither does `--network none`, since a Unix "
             "socket is a file. Only the file's mode can: a program with another uid than the "
             "socket's owner is refused.\n\n"
             "Known are the usual folders, and mounts that begin with `$SSH_AUTH_SOCK`, "
             "`$XDG_RUNTIME_DIR` and their like. Sockets of container engines are "
             "`engine-socket`.",
         .references = {"unix(7)", "ssh-agent(1)", "Xsecurity(7)",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run -v \"$SSH_AUTH_SOCK\":/agent.sock:ro alpine:3.22\n",
         .good = "docker run -v /srv/data:/data:ro alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
