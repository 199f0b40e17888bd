#include <algorithm>
#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

struct Group {
  std::string_view name;
  std::string_view reason;
};
constexpr std::array<Group, 7> kGroups{{
    {"root", "reads and writes what root's group may, in every bind mount"},
    {"docker", "opens the engine's socket where that is mounted"},
    {"disk", "opens the host's disks where these are passed in"},
    {"kvm", "opens /dev/kvm where that is passed in"},
    {"sudo", "may become root where the image has sudo"},
    {"wheel", "may become root where the image has sudo or su for it"},
    {"shadow", "reads password hashes"},
}};

bool IsNumber(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// A name of the table; the number of root's group has its name too.
const Group* Find(std::string_view group) {
  const bool is_zero = IsNumber(group) && group.find_first_not_of("+-0") == std::string_view::npos;
  const auto* found = std::find_if(kGroups.begin(), kGroups.end(), [&](const Group& one) {
    return one.name == (is_zero ? std::string_view("root") : group);
  });
  return found == kGroups.end() ? nullptr : found;
}

void CheckUser(const Container& container, Weight weight, Reporter& report) {
  const bool is_built = model::KindOfUser(container.user) == model::UserKind::kImage;
  const auto& user = is_built ? container.build.value.user : container.user;
  if (!user.IsKnown()) return;
  const std::size_t colon = user.value.find(':');
  const std::string uid = user.value.substr(0, colon);
  const std::string group = colon == std::string::npos ? "" : user.value.substr(colon + 1);
  const Group* known = Find(group);
  // A Dockerfile that names a uid mostly makes that user as well. `$(id -u)` prints a number.
  const bool is_caller = uid == "$(id -u)";
  const bool has_none = group.empty() && !is_built && (is_caller || IsNumber(uid));
  if (known == nullptr && !has_none) return;
  const std::string both = is_caller ? "$(id -u):$(id -g)" : uid + ":" + uid;
  std::vector<model::Fix> fixes;
  if (!is_built && !is_caller && IsNumber(uid))
    fixes.push_back(Unsafe("give it a group of its own",
                           "files that only root's group may use are closed to it",
                           {Set("user", both)}));
  report.Add({.span = PlaceOf(user, container),
              .message = known != nullptr
                             ? "group `" + group + "` " + std::string(known->reason)
                             : "no group is given: it is 0, root's, unless the image's passwd file "
                               "lists the uid",
              .help = "give a group of its own: " + Spelling(container, "user", both),
              .fixes = std::move(fixes),
              .weight = weight});
}

void Check(const Container& container, Reporter& report) {
  if (container.effective.user == model::UserKind::kRoot) return;
  // Rootless podman's group 0 is that of the caller.
  const bool may_be_rootless = container.engine == model::Engine::kPodman;
  const Weight weight = may_be_rootless ? Weight::kAtMostInfo : Weight::kAsPolicy;
  CheckUser(container, weight, report);
  for (const auto& item : container.group_add.items) {
    const Group* group = item.IsKnown() ? Find(item.value) : nullptr;
    if (group == nullptr) continue;
    report.Add(
        {.span = PlaceOf(item, container),
         .message = "group `" + item.value + "` " + std::string(group->reason),
         .help = "leave it out",
         .fixes = {Unsafe("leave the group out", "what only that group may use is closed to it",
                          {Remove(item.whole)})},
         .weight = weight});
  }
}

}  // namespace

extern const Rule kRootGroup{
    .info =
        {.id = "root-group",
         .title = "the program is in a privileged group",
         .why = "files of the host that are closed to others are open to root's group",
         .rationale =
             "Groups are numbers that container and host share: a process with group 0 reads a "
             "file of a bind mount that is 0640 and root's. `--user 1000` without a group has "
             "group 0, unless the passwd file of the image lists that uid; with no name for it "
             "inside the program is in root's group all the same.\n\n"
             "A name is looked up in the image's group file, a number is taken as it is. For a "
             "program that is root already nothing is reported here. Rootless podman maps group 0 "
             "to that of its caller: information only.",
         .references = {"Docker documentation, docker container run, --user and --group-add",
                        "moby/sys/user, GetExecUser", "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --user 1000 alpine:3.22\n",
         .good = "docker run --user 1000:1000 alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
