#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

bool IsDescriptor(std::string_view path) {
  for (const std::string_view folder : {"/proc/self/fd/", "/dev/fd/", "/proc/thread-self/fd/"})
    if (path.starts_with(folder)) return true;
  return false;
}

void Check(const Container& container, Reporter& report) {
  const auto& folder = container.working_dir;
  if (!folder.IsKnown() || !IsDescriptor(base::CleanPath(folder.value))) return;
  report.Add({.span = PlaceOf(folder, container),
              .message = "the working directory is an open file of the runtime",
              .help = "name a folder of the container"});
}

}  // namespace

extern const Rule kLeakedFdWorkdir{
    .info =
        {.id = "leaked-fd-workdir",
         .title = "the working directory is a descriptor of the runtime",
         .why = "on an unpatched runtime the program begins in a folder of the host",
         .rationale =
             "runc before 1.1.12 left descriptors of the host open while it started a container. "
             "`--workdir /proc/self/fd/7` (some number from 7 to 10) made one of them the working "
             "directory, and from there `../../..` is the host's root (CVE-2024-21626). No "
             "container has a use for such a working directory: where one stands, somebody tries. "
             "Patched runtimes refuse to start it.",
         .references = {"CVE-2024-21626 (runc, GHSA-xr7r-f8xq-vfvv)",
                        "run on runc 1.1.5 of Debian and 1.3.6, both patched"},
         .cis = {},
         .bad = "docker run -w /proc/self/fd/8 alpine:3.22\n",
         .good = "docker run -w /work alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
