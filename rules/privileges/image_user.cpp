#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (container.effective.user != model::UserKind::kImage) return;
  const bool may_be_rootless = container.engine == model::Engine::kPodman;
  std::string reason = "the image decides, and without a `USER` there it is root";
  if (!container.build.IsAbsent())
    reason = container.build.value.is_read
                 ? "its Dockerfile has no `USER`, and most images below it have none"
                 : "its Dockerfile decides, and without a `USER` there it is root";
  report.Add(
      {.span = PlaceOf(container.user, container),
       .message = "no user is set: " + reason,
       .help = "give uid and gid of an ordinary user: " + Spelling(container, "user", "1000:1000"),
       .fixes = {Unsafe("run it as uid and gid 1000",
                        "files of root in the image and in mounts are read-only for it",
                        {Set("user", "1000:1000")})},
       .weight = may_be_rootless ? Weight::kAtMostInfo : Weight::kAsPolicy});
}

}  // namespace

extern const Rule kImageUser{
    .info =
        {.id = "image-user",
         .title = "no user is set, so the image decides",
         .why = "most images name no user, and then the program inside is root",
         .rationale =
             "Where neither the command nor the compose file names a user, the `USER` of the image "
             "counts, and where the image names none it is uid 0. The next build of the image may "
             "change it without a word here. An empty value (`--user ''`) is the same as none.\n\n"
             "Give uid and gid as numbers: a number without a gid runs with group 0 unless the "
             "image's passwd file lists that uid. Rootless podman maps uid 0 to the uid that "
             "started "
             "it, and nothing on the command line says whether it is rootless: for podman the "
             "finding is information only, and with `--userns keep-id` there is none, for then the "
             "program runs with the uid of the caller.",
         .references = {"CIS Docker Benchmark 1.6.0, 4.1", "Docker documentation, Dockerfile, USER",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"4.1"},
         .bad = "docker run alpine:3.22 sh\n",
         .good = "docker run --user 1000:1000 alpine:3.22 sh\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
