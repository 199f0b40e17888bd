#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (container.effective.user != model::UserKind::kRoot) return;
  const bool may_be_rootless = container.engine == model::Engine::kPodman;
  const bool is_built = model::KindOfUser(container.user) == model::UserKind::kImage;
  const model::Setting<std::string>& user = is_built ? container.build.value.user : container.user;
  const std::string written = user.IsKnown() ? user.value : user.source;
  Finding finding{
      .span = PlaceOf(user, container),
      .message =
          "user `" + written + "` is uid 0" +
          (may_be_rootless ? ", which is your own uid outside where podman runs rootless" : ""),
      .help = "give uid and gid of an ordinary user: " + Spelling(container, "user", "1000:1000"),
      .fixes = {Unsafe("run it as uid and gid 1000",
                       "files of root in the image and in mounts are read-only for it",
                       {Set("user", "1000:1000")})},
      .weight = may_be_rootless ? Weight::kAtMostInfo : Weight::kAsPolicy};
  for (const auto& mount : container.mounts.items) {
    if (!mount.IsKnown() || !mount.value.IsBind() || !mount.value.source.value_span.IsValid())
      continue;
    if (model::Writable(mount.value) == Tri::kYes && !mount.value.source.value.ends_with(".sock"))
      finding.labels.push_back({mount.value.source.value_span, "can leave setuid-root files here"});
  }
  report.Add(std::move(finding));
}

}  // namespace

extern const Rule kRootUser{
    .info =
        {.id = "root-user",
         .title = "container runs as root",
         .why =
             "uid 0 owns the root-owned files of every bind mount, and can write and run programs "
             "in /dev even of a read-only container",
         .rationale =
             "Without user-namespace remapping, uid 0 inside is uid 0 of the host wherever files "
             "are "
             "shared: it leaves setuid-root programs in a writable bind mount with every "
             "capability "
             "dropped and no-new-privileges set. Under a read-only root it can still write and run "
             "programs in /dev, and /proc and /sys give it more than any other uid.\n\n"
             "The engine reads the part before the colon as a number, so `00`, `+0` and `-0` are "
             "root as well. An empty part before a colon (`:`, `:0`, `:1000`) is root even where "
             "the "
             "image names another user. Rootless podman maps uid 0 to the uid that started it; "
             "there "
             "the finding is information only.",
         .references = {"CIS Docker Benchmark 1.6.0, 4.1",
                        "Docker documentation, Running containers, User",
                        "moby/sys/user, GetExecUser", "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"4.1"},
         .bad = "docker run --user :1000 alpine:3.22\n",
         .good = "docker run --user 1000:1000 alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
