#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.image.IsKnown() || !container.build.IsAbsent()) return;
  if (container.effective.image_is_made_here) return;
  const std::string& image = container.image.value;
  const model::ImageName name = model::SplitImage(image);
  // Without a tag, or with `latest`, that is the finding of unpinned-image.
  if (name.tag.empty() || name.tag == "latest" || !name.digest.empty()) return;
  if (container.engine == model::Engine::kPodman && image.starts_with("localhost/")) return;
  report.Add({.span = PlaceOf(container.image, container),
              .message = "the tag `" + std::string(name.tag) + "` can be given to another image",
              .help = "add the digest that you tested: `" + image + "@sha256:…`"});
}

}  // namespace

extern const Rule kMutableTag{
    .info =
        {.id = "mutable-tag",
         .title = "image has a tag and no digest",
         .why = "whoever can push to the repository replaces what runs here",
         .rationale =
             "A tag is a name that its owner moves: `3.13-slim` is another image after each "
             "security update, and whatever an intruder pushes after a theft of credentials. A "
             "digest is the content itself: the engine refuses anything else. Tag and digest "
             "together tell the reader and the engine.\n\n"
             "The other side: a digest gets no security fixes until somebody changes it, so "
             "something must (Renovate and Dependabot do). Images that the same script or file "
             "builds are not reported.",
         .references = {"OCI Distribution Specification, Pulling manifests",
                        "Docker documentation, Building best practices, Pin base image versions"},
         .cis = {},
         .bad = "docker run python:3.13-slim\n",
         .good = "docker run python:3.13-slim@sha256:"
                 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
