#include "linter/input/quadlet_command.h"

#include <algorithm>
#include <array>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/argument.h"

namespace cagelint::input {
namespace {

using syntax::UnitToken;
using Kind = UnitToken::Kind;

struct KeyFlag {
  std::string_view key;
  std::string_view flag;
};

constexpr KeyFlag kStrings[] = {{"Timezone", "--tz"},
                                {"PidsLimit", "--pids-limit"},
                                {"ShmSize", "--shm-size"},
                                {"Entrypoint", "--entrypoint"},
                                {"WorkingDir", "--workdir"},
                                {"IP", "--ip"},
                                {"IP6", "--ip6"},
                                {"HostName", "--hostname"},
                                {"StopSignal", "--stop-signal"},
                                {"StopTimeout", "--stop-timeout"},
                                {"Pull", "--pull"},
                                {"Memory", "--memory"},
                                {"Retry", "--retry"},
                                {"RetryDelay", "--retry-delay"}};
constexpr KeyFlag kLists[] = {
    {"NetworkAlias", "--network-alias"}, {"Ulimit", "--ulimit"},        {"DNS", "--dns"},
    {"DNSOption", "--dns-option"},       {"DNSSearch", "--dns-search"}, {"GroupAdd", "--group-add"},
    {"AddHost", "--add-host"},           {"Tmpfs", "--tmpfs"}};
constexpr KeyFlag kBools[] = {{"RunInit", "--init"},
                              {"EnvironmentHost", "--env-host"},
                              {"ReadOnlyTmpfs", "--read-only-tmpfs"}};
constexpr KeyFlag kHealth[] = {{"HealthCmd", "--health-cmd"},
                               {"HealthInterval", "--health-interval"},
                               {"HealthOnFailure", "--health-on-failure"},
                               {"HealthLogDestination", "--health-log-destination"},
                               {"HealthMaxLogCount", "--health-max-log-count"},
                               {"HealthMaxLogSize", "--health-max-log-size"},
                               {"HealthRetries", "--health-retries"},
                               {"HealthStartPeriod", "--health-start-period"},
                               {"HealthTimeout", "--health-timeout"},
                               {"HealthStartupCmd", "--health-startup-cmd"},
                               {"HealthStartupInterval", "--health-startup-interval"},
                               {"HealthStartupRetries", "--health-startup-retries"},
                               {"HealthStartupSuccess", "--health-startup-success"},
                               {"HealthStartupTimeout", "--health-startup-timeout"}};

// What no word of the command is made of, besides those above and those that have a function.
constexpr std::string_view kOthers[] = {
    "AddCapability", "AddDevice", "Annotation", "AutoUpdate", "CgroupsMode", "ContainerName",
    "ContainersConfModule", "DropCapability", "Environment", "EnvironmentFile", "Exec",
    "ExposeHostPort", "GIDMap", "GlobalArgs", "Group", "Image", "Label", "LogDriver", "LogOpt",
    "Mask", "Mount", "Network", "NoNewPrivileges", "Notify", "Pod", "PodmanArgs", "PublishPort",
    "ReadOnly", "ReloadCmd", "ReloadSignal", "RemapGid", "RemapUid", "RemapUidSize", "RemapUsers",
    "Rootfs", "SeccompProfile", "Secret", "SecurityLabelDisable", "SecurityLabelFileType",
    "SecurityLabelLevel", "SecurityLabelNested", "SecurityLabelType", "ServiceName", "StartWithPod",
    "SubGIDMap", "SubUIDMap", "Sysctl", "UIDMap", "Unmask", "User", "UserNS", "VolatileTmp",
    "Volume",
    // Since 5.7, and not part of what decides here.
    "AppArmor", "HttpProxy", "UpholdPod"};

bool IsKey(std::string_view key) {
  const auto has = [&](const auto& list) {
    return std::any_of(std::begin(list), std::end(list),
                       [&](const KeyFlag& one) { return one.key == key; });
  };
  return has(kStrings) || has(kLists) || has(kBools) || has(kHealth) ||
         std::find(std::begin(kOthers), std::end(kOthers), key) != std::end(kOthers);
}

}  // namespace

QuadletCommand::QuadletCommand(const base::Source& source, const syntax::UnitFile& file)
    : source_(source), file_(file), words_(source) {
  for (const syntax::UnitSection& section : file.sections) {
    if (section.name != "Container") continue;
    if (!place_.IsValid()) place_ = section.header;
    end_ = section.end;
  }
  CheckKeys();
  Build();
}

const base::Source& QuadletCommand::AddTo(base::SourceSet& sources) {
  const std::string_view bytes = source_.Bytes();
  const std::uint32_t at = end_;
  const bool has_end = at > 0 && bytes[at - 1] == '\n';
  const std::size_t first = bytes.find('\n');
  const bool is_windows = first != std::string_view::npos && first > 0 && bytes[first - 1] == '\r';
  const std::string line_end = is_windows ? "\r\n" : "\n";
  const base::FileId file = source_.Id();
  const auto add = [=](const std::vector<std::string>& words) -> std::optional<base::Edit> {
    auto lines = QuadletLines(words, line_end);
    if (!lines) return std::nullopt;
    return base::Edit{{file, at, at}, has_end ? *lines : line_end + *lines};
  };
  return words_.AddTo(sources, {.escape = EscapeQuadlet, .has_commas = false, .add = add});
}

void QuadletCommand::Build() {
  AddBeginning();
  for (const KeyFlag& one : kStrings) AddString(one.flag, one.key);
  for (const KeyFlag& one : kLists) AddStrings(one.flag, one.key);
  for (const KeyFlag& one : kBools) AddBool(one.flag, one.key);
  AddNetworks();
  AddService();
  AddSecurity();
  AddUser();
  AddUserNamespace();
  AddVolumes();
  AddStrings("--expose", "ExposeHostPort");
  AddStrings("--publish", "PublishPort");
  AddLists();
  AddMounts();
  for (const KeyFlag& one : kHealth) AddString(one.flag, one.key);
  AddPodmanArgs();
  AddImage();
}

// `podman … run`, and what every container has.
void QuadletCommand::AddBeginning() {
  Fixed("podman");
  for (const Entry* entry : All("GlobalArgs")) AddCommandWords(*entry);
  Fixed("run");
  Fixed("--name");
  if (const Entry* name = Last("ContainerName"))
    words_.AddImplied("", Raw(*name), name->span, {},
                      name->places.ToOuter(0, static_cast<std::uint32_t>(name->value.size())));
  else
    Fixed("systemd-{{N}}");
  Fixed("--replace");
  Fixed("--rm");
  AddString("--log-driver", "LogDriver");
  AddWords("--log-opt", "LogOpt", false);
  if (Last("CgroupsMode") != nullptr)
    AddString("--cgroups", "CgroupsMode");
  else
    Fixed("--cgroups=split");
}

// A service that runs once waits for its container; others are told when it runs.
void QuadletCommand::AddService() {
  const Entry* type = Last("Type", "Service");
  if (type != nullptr && type->value != "notify" && type->value != "oneshot")
    Refuse("podman makes no service of type `" + type->value + "`", type->span);
  if (type != nullptr && type->value == "oneshot") return;
  const Entry* notify = Last("Notify");
  if (notify != nullptr && base::ToLower(notify->value) == "healthy")
    words_.AddImplied("--sdnotify=healthy", notify->span, notify->lines);
  else if (notify != nullptr && IsTrue(*notify))
    words_.AddImplied("--sdnotify=container", notify->span, notify->lines);
  else
    Fixed("--sdnotify=conmon");
  Fixed("-d");
}

void QuadletCommand::AddSecurity() {
  const auto add = [&](const Entry& entry, std::string_view option) {
    words_.AddImplied("--security-opt", entry.span, entry.lines);
    words_.AddImplied(option, entry.span, entry.lines);
  };
  if (const Entry* entry = Last("NoNewPrivileges"); entry != nullptr && IsTrue(*entry))
    words_.AddImplied("--security-opt=no-new-privileges", entry->span, entry->lines);
  if (const Entry* entry = Last("SecurityLabelDisable"); entry != nullptr && IsTrue(*entry))
    add(*entry, "label=disable");
  if (const Entry* entry = Last("SecurityLabelNested"); entry != nullptr && IsTrue(*entry))
    add(*entry, "label=nested");
  for (const KeyFlag& one : {KeyFlag{"SecurityLabelType", "label=type:"},
                             KeyFlag{"SecurityLabelFileType", "label=filetype:"},
                             KeyFlag{"SecurityLabelLevel", "label=level:"}})
    if (const Entry* entry = Last(one.key))
      AddValue("--security-opt", *entry, Raw(*entry), one.flag, true);
  for (const Entry* entry : All("AddDevice")) {
    for (Word& word : Split(*entry, false)) {
      EmbeddedText device(source_);
      // With a dash it is left out where the host has none.
      device.Append(word.content, word.content.Text().starts_with('-') ? 1 : 0,
                    word.content.Size());
      AddValue("--device", *entry, device);
    }
  }
  if (const Entry* entry = Last("SeccompProfile"))
    AddValue("--security-opt", *entry, Raw(*entry), "seccomp=", true);
  AddWords("--cap-drop", "DropCapability", false);
  AddWords("--cap-add", "AddCapability", false);
  AddWords("--sysctl", "Sysctl", false);
  AddBool("--read-only", "ReadOnly");
  const Entry* read_only = Last("ReadOnly");
  const Entry* temporary = Last("VolatileTmp");
  const bool is_read_only = read_only != nullptr && IsTrue(*read_only);
  if (temporary != nullptr && IsTrue(*temporary) && !is_read_only) {
    words_.AddImplied("--tmpfs", temporary->span, temporary->lines);
    words_.AddImplied("/tmp:rw,size=512M,mode=1777", temporary->span, temporary->lines);
  }
}

void QuadletCommand::AddUser() {
  const Entry* user = Last("User");
  const Entry* group = Last("Group");
  if (user == nullptr) {
    if (group != nullptr) Refuse("`Group` needs `User`", group->span);
    return;
  }
  if (group == nullptr) return AddValue("--user", *user, Raw(*user), "", true);
  EmbeddedText both(source_);
  const EmbeddedText name = Raw(*user);
  const EmbeddedText group_name = Raw(*group);
  both.Append(name);
  both.Put(":" + group_name.Text(), user->span.end - 1, user->span.end);
  AddValue("--user", *user, both);
}

void QuadletCommand::AddUserNamespace() {
  AddString("--userns", "UserNS");
  AddWords("--uidmap", "UIDMap", false);
  AddWords("--gidmap", "GIDMap", false);
  AddString("--subuidname", "SubUIDMap");
  AddString("--subgidname", "SubGIDMap");
  const Entry* remap = Last("RemapUsers");
  if (remap == nullptr) return;
  if (remap->value == "manual") {
    AddWords("--uidmap", "RemapUid", false);
    AddWords("--gidmap", "RemapGid", false);
    return;
  }
  if (remap->value != "auto" && remap->value != "keep-id")
    return Refuse("`RemapUsers` is `auto`, `keep-id` or `manual`", remap->span);
  words_.AddImplied("--userns", remap->span, remap->lines);
  words_.AddImplied(remap->value, remap->span, remap->lines);
}

void QuadletCommand::AddLists() {
  AddWords("--env", "Environment", true);
  AddWords("--label", "Label", true);
  AddWords("--annotation", "Annotation", true);
  AddWords("--security-opt", "Mask", true, "mask=");
  AddWords("--security-opt", "Unmask", true, "unmask=");
  AddWords("--env-file", "EnvironmentFile", true);
  AddWords("--secret", "Secret", true);
}

void QuadletCommand::AddVolumes() {
  for (const Entry* entry : All("Volume")) {
    const EmbeddedText raw = Raw(*entry, true);
    const std::size_t colon = raw.Text().find(':');
    if (colon == std::string::npos) {
      AddValue("-v", *entry, raw);
      continue;
    }
    EmbeddedText volume = Source(raw, 0, static_cast<std::uint32_t>(colon), false);
    volume.Append(raw, static_cast<std::uint32_t>(colon), raw.Size());
    AddValue("-v", *entry, volume, "", !raw.Text().substr(0, colon).ends_with(".volume"));
  }
}

void QuadletCommand::AddNetworks() {
  for (const Entry* entry : All("Network")) {
    const EmbeddedText raw = Raw(*entry, true);
    const EmbeddedText network = Network(raw);
    AddValue("--network", *entry, network, "", network.Text() == raw.Text());
  }
}

void QuadletCommand::AddMounts() {
  for (const Entry* entry : All("Mount"))
    for (const Word& word : Split(*entry, true)) AddValue("--mount", *entry, Mount(word.content));
}

// Words of podman's own. One option that has a line alone goes with that.
void QuadletCommand::AddPodmanArgs() {
  if (const Entry* pod = Last("Pod")) {
    const EmbeddedText raw = Raw(*pod);
    AddValue("--pod", *pod, Network(raw));
    gaps_.push_back(
        {"unsupported-construct",
         "the file of the pod `" + pod->value +
             "` is not read: what it mounts, publishes and joins is the container's too",
         pod->span, "", false});
  }
  for (const Entry* entry : All("PodmanArgs")) AddCommandWords(*entry);
}

void QuadletCommand::AddCommandWords(const Entry& entry) {
  const std::vector<Word> words = Split(entry, true);
  const bool is_one =
      words.size() == 1 || (words.size() == 2 && words[0].content.Text().starts_with('-') &&
                            words[0].content.Text().find('=') == std::string::npos &&
                            !words[1].content.Text().starts_with('-'));
  // A word that is taken away would leave the sign behind that its line goes on.
  const bool has_lines = source_.Text(entry.span).find('\n') != std::string_view::npos;
  for (const Word& word : words) {
    if (has_lines && !is_one)
      words_.AddImplied("", word.content, word.place, {}, word.place);
    else if (is_one)
      words_.AddImplied("", word.content, word.place, entry.lines, word.place);
    else
      words_.Add(word.content, word.place);
  }
}

void QuadletCommand::AddImage() {
  const Entry* image = Last("Image");
  const Entry* root = Last("Rootfs");
  if (image == nullptr && root == nullptr)
    return Refuse("a container needs `Image` or `Rootfs`", place_);
  if (image != nullptr && root != nullptr)
    Refuse("a container has either `Image` or `Rootfs`", root->span);
  if (image != nullptr) {
    const EmbeddedText raw = Raw(*image);
    const bool is_unit = raw.Text().ends_with(".image") || raw.Text().ends_with(".build");
    EmbeddedText name(source_);
    // Another file says what it is called.
    if (is_unit)
      name.Put("{{image}}", image->span.begin, image->span.end);
    else
      name.Append(raw);
    const base::Span value =
        is_unit ? base::Span{}
                : image->places.ToOuter(0, static_cast<std::uint32_t>(image->value.size()));
    words_.AddImplied("", name, image->span, {}, value);
  } else {
    words_.AddImplied("--rootfs", root->span);
    words_.AddImplied("", Raw(*root), root->span);
  }
  if (const Entry* command = Last("Exec"))
    for (const Word& word : Split(*command, true))
      words_.AddImplied("", word.content, word.place, {}, word.place);
}

void QuadletCommand::CheckKeys() {
  for (const syntax::UnitSection& section : file_.sections) {
    if (section.name != "Container") continue;
    for (const Entry& entry : section.entries) {
      if (IsKey(entry.key)) continue;
      const auto end = static_cast<std::uint32_t>(entry.span.begin + entry.key.size());
      gaps_.push_back({"unsupported-construct",
                       "`" + entry.key + "` is no key of a container that podman is known to have",
                       {source_.Id(), entry.span.begin, std::min(end, entry.span.end)},
                       "",
                       false});
    }
  }
}

void QuadletCommand::Refuse(std::string message, const base::Span& span) {
  gaps_.push_back({"syntax-error", std::move(message), span, "", true});
}

}  // namespace cagelint::input
