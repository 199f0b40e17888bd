#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void CheckProvider(const Container& container, Reporter& report) {
  const std::string& type = container.provider.value;
  const bool named = container.provider.IsKnown() && !type.empty();
  report.Add({.span = PlaceOf(container.provider, container),
              .message = named ? "`docker compose up` runs the program `" + type +
                                     "`, or `docker-" + type + "`, on the host"
                               : "`docker compose up` runs a program on the host",
              .help = "run it yourself, and give the containers what it made"});
}

void CheckHooks(const Container& container, Reporter& report) {
  // A container that runs as root gains nothing by it, and root-user says so.
  if (container.effective.user == model::UserKind::kRoot) return;
  for (const model::Hook& hook : container.hooks) {
    if (model::KindOfUser(hook.user) != model::UserKind::kRoot) continue;
    report.Add({.span = PlaceOf(hook.user, container),
                .message = "a command of `" + hook.key + "` runs as root in the container",
                .help = "prepare what needs root in the image",
                .labels = {{hook.span, "run by Compose beside the container's program"}}});
  }
}

void Check(const Document& document, Reporter& report) {
  for (const Container& container : document.containers) {
    if (container.IsProvided()) CheckProvider(container, report);
    CheckHooks(container, report);
  }
}

}  // namespace

extern const Rule kHostCodeInCompose{
    .info =
        {.id = "host-code-in-compose",
         .title = "code runs beside the container's program",
         .why = "who changes the file runs programs on the host, or as root in the container",
         .rationale =
             "A service with `provider` is no container: Compose looks for `docker-TYPE` among the "
             "plugins, then for a program TYPE, and runs it on the host with the options as "
             "arguments, at every `up` and `down`. A project that can be written from inside then "
             "decides what the host runs.\n\n"
             "`post_start`, `pre_stop` and the `exec` of `develop.watch` run commands in the "
             "container as a user of their own. As root they meet what the program inside left for "
             "them, like `docker exec -u 0`. A hook without `user` runs as the container does, and "
             "is not reported.",
         .references = {"Compose specification, services: provider, post_start, pre_stop, develop",
                        "docker/compose 2.40, pkg/compose/plugins.go"},
         .cis = {},
         .bad = "services:\n  db:\n    provider: {type: cloud-db}\n  web:\n    image: "
                "alpine:3.22\n    user: \"1000:1000\"\n    post_start:\n      - command: chown -R "
                "1000 /data\n        user: root\n",
         .good = "services:\n  web:\n    image: alpine:3.22\n    user: \"1000:1000\"\n    "
                 "post_start:\n      - command: touch /data/ready\n",
         .example_name = "compose.yaml"},
    .on_document = Check,
};

}  // namespace cagelint::rules
