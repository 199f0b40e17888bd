#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    const model::HostPlace* place = item.IsKnown() ? model::FindHostPlace(item.value) : nullptr;
    if (place == nullptr || !place->IsCredential()) continue;
    report.Add({.span = PlaceOf(item.value.source, container),
                .message = "`~/" + std::string(place->path) +
                           "` is mounted: " + std::string(place->reason),
                .help = "leave it out; hand in one narrow, short-lived token where one is needed",
                .fixes = {Unsafe("take the mount out", "the program can no longer act as you",
                                 {Remove(item.whole)})}});
  }
}

}  // namespace

extern const Rule kCredentialMount{
    .info =
        {.id = "credential-mount",
         .title = "credentials of the user are mounted",
         .why = "the program inside reads them, and acts as the user wherever they are good for",
         .rationale =
             "Keys, tokens and passwords in a home directory are readable for their owner, and the "
             "program inside is that owner whenever it runs with the same uid, as `--user $(id "
             "-u)` "
             "makes it, or as root. Read-only does not matter: reading is the theft. A network is "
             "not needed either, where an output folder leaves the container.\n\n"
             "What lies below such a folder counts as well. Not reported: names of known hosts and "
             "public keys. Commit, push and publish from outside of the container instead.",
         .references = {"run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run -v ~/.ssh:/home/agent/.ssh:ro alpine:3.22\n",
         .good = "docker run -v ~/.ssh/known_hosts:/etc/ssh/ssh_known_hosts:ro alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
