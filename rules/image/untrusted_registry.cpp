#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// The name with all that engines add to it: "docker.io/library/python" of `python`.
std::string FullName(std::string_view repository) {
  const std::size_t slash = repository.find('/');
  const std::string_view first = repository.substr(0, slash);
  const bool has_registry =
      slash != std::string_view::npos && (first.find_first_of(".:") != std::string_view::npos ||
                                          first == "localhost" || base::ToLower(first) != first);
  std::string name(repository);
  if (has_registry && first == "index.docker.io") name = "docker.io" + name.substr(slash);
  if (!has_registry) name = "docker.io/" + name;
  if (name.starts_with("docker.io/") && name.find('/', 10) == std::string::npos)
    name.insert(10, "library/");
  return name;
}

void Check(const Container& container, Reporter& report) {
  if (!container.image.IsKnown() || !container.build.IsAbsent()) return;
  if (container.effective.image_is_made_here) return;
  const std::string& image = container.image.value;
  if (image.empty() || model::IsImageId(image)) return;
  const std::string name = FullName(model::SplitImage(image).repository);
  const auto& allowed = report.Parameter("allowed");
  const auto holds = [&](std::string_view prefix) {
    while (prefix.ends_with('/')) prefix.remove_suffix(1);
    return !prefix.empty() && (name == prefix || name.starts_with(std::string(prefix) + "/"));
  };
  if (std::any_of(allowed.begin(), allowed.end(), holds)) return;
  report.Add({.span = PlaceOf(container.image, container),
              .message = "`" + name + "` is in none of the allowed registries",
              .help = "take an image of one of them, or add this one to `allowed`"});
}

}  // namespace

extern const Rule kUntrustedRegistry{
    .info =
        {.id = "untrusted-registry",
         .title = "image of a registry that is not allowed",
         .why = "whoever owns that registry decides what runs here",
         .rationale =
             "An image is a program of its publisher, with whatever he put in. This rule is off "
             "until a configuration says whom to trust: `allowed` lists registries or parts of "
             "them, by whole components, as engines spell them out: `docker.io/library` are "
             "Docker Hub's official images, `ghcr.io/acme` one organisation, "
             "`registry.example:5000` a registry.\n\n"
             "podman looks a short name up in the registries that its host is configured for, "
             "which no file here says: it is taken for Docker Hub's.",
         .references = {"distribution/reference, ParseNormalizedNamed",
                        "CIS Docker Benchmark 1.6.0, 4.2"},
         .cis = {},
         .bad = "docker run ghcr.io/acme/agent:1.4\n",
         .good = "docker run python:3.13-slim\n",
         .parameters = {{"allowed",
                         "registries, or beginnings of image names, that are trusted",
                         {"docker.io/library"}}}},
    .on_container = Check,
};

}  // namespace cagelint::rules
