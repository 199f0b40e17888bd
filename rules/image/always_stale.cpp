#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.pull.Is("never") || !container.image.IsKnown()) return;
  // What is made on this machine is not to be pulled.
  if (!container.build.IsAbsent() || container.effective.image_is_made_here) return;
  const std::string& image = container.image.value;
  if (image.starts_with("localhost/") || model::IsImageId(image)) return;
  if (!model::SplitImage(image).digest.empty()) return;
  report.Add({.span = PlaceOf(container.pull, container),
              .message = "`" + image + "` stays what it was when this machine first got it",
              .help = "name it by a digest, which is the same everywhere, and change that for "
                      "updates"});
}

}  // namespace

extern const Rule kAlwaysStale{
    .info = {.id = "always-stale",
             .title = "an image that is never fetched again has a tag only",
             .why =
                 "holes that are long closed stay open here, and each machine runs another program",
             .rationale =
                 "With the pull policy `never` the engine runs what lies on the machine under that "
                 "tag, or fails. Security fixes of the image never arrive, and which image it is "
                 "depends on the day when somebody pulled it. A digest says which image is meant; "
                 "without network it works as well.\n\n"
                 "Images that the same file or script builds, and images by id, are not reported.",
             .references = {"Docker documentation, docker container run, --pull",
                            "Compose specification, pull_policy"},
             .cis = {},
             .bad = "docker run --pull never python:3.13-slim\n",
             .good = "docker run --pull always python:3.13-slim\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
