#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// An image that podman built itself, a directory (`--rootfs`), an archive: nothing is fetched.
bool IsLocal(const Container& container, std::string_view image) {
  if (container.engine != model::Engine::kPodman) return false;
  return image.starts_with("localhost/") || image.starts_with('/') || image.starts_with('.') ||
         image.find(":/") != std::string_view::npos;
}

void Check(const Container& container, Reporter& report) {
  if (!container.image.IsKnown() || !container.build.IsAbsent()) return;
  if (container.effective.image_is_made_here) return;
  const std::string& image = container.image.value;
  const model::ImageName name = model::SplitImage(image);
  if (image.empty() || model::IsImageId(image) || IsLocal(container, image)) return;
  if (!name.digest.empty() || (!name.tag.empty() && name.tag != "latest")) return;
  report.Add({.span = PlaceOf(container.image, container),
              .message = "`" + image + "` is whatever image bears the tag `latest` on that day",
              .help = "name a version, at best with its digest: `" + std::string(name.repository) +
                      ":VERSION@sha256:…`"});
}

}  // namespace

extern const Rule kUnpinnedImage{
    .info =
        {.id = "unpinned-image",
         .title = "image has no version",
         .why = "whoever can push to that tag decides what runs here tomorrow",
         .rationale =
             "A name without a tag means `latest`, which is an ordinary tag: it points to what was "
             "pushed last under it, or to what an earlier pull left on this machine. Two runs of "
             "the same script can run different programs.\n\n"
             "A version is better, a digest is exact. An image that the same script builds or "
             "tags, and "
             "services with `build`, are not reported: there the name means the result.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.28",
                        "Docker documentation, Building best practices, Pin base image versions"},
         .cis = {"5.28"},
         .bad = "docker run registry.example:5000/tools/agent\n",
         .good = "docker run registry.example:5000/tools/agent:1.4.2\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
