#include <algorithm>
#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// Official images go by several names.
std::string_view Official(std::string_view repository) {
  for (const std::string_view prefix : {"docker.io/", "index.docker.io/", "library/"})
    if (repository.starts_with(prefix)) repository.remove_prefix(prefix.size());
  return repository;
}

// The smaller variant of an official image; "" where the table knows none.
std::string VariantOf(std::string_view repository) {
  static const base::CsvTable table = base::ParseCsv(embedded::Find("rules/data/images.csv"));
  const std::size_t name = table.Column("image");
  const auto row = std::find_if(table.rows.begin(), table.rows.end(),
                                [&](const auto& fields) { return fields[name] == repository; });
  return row == table.rows.end() ? "" : (*row)[table.Column("variant")];
}

// Tags of variants that are small already, or of another system.
bool IsSmall(std::string_view tag) {
  constexpr std::array kWords = {"slim", "alpine", "distroless", "minimal",   "busybox",
                                 "musl", "static", "windows",    "nanoserver"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return tag.find(word) != std::string_view::npos;
  });
}

void Check(const Container& container, Reporter& report) {
  if (!container.image.IsKnown() || !container.build.IsAbsent()) return;
  const std::string_view image = container.image.value;
  const std::string_view name = image.substr(0, image.find('@'));
  const std::size_t slash = name.rfind('/');
  const std::size_t colon = name.find(':', slash == std::string_view::npos ? 0 : slash);
  const std::string_view tag = colon == std::string_view::npos ? "" : name.substr(colon + 1);
  // Only the digest could tell which variant it is.
  if (tag.empty() && name.size() != image.size()) return;
  if (IsSmall(tag)) return;
  const std::string variant = VariantOf(Official(name.substr(0, colon)));
  if (variant.empty()) return;
  report.Add({.span = PlaceOf(container.image, container),
              .message = "`" + std::string(image) +
                         "` is the full variant of an image that has a "
                         "smaller one",
              .help = "use the smaller variant, if the program runs on it: `" + variant + "`"});
}

}  // namespace

extern const Rule kFatImage{
    .info = {.id = "fat-image",
             .title = "a smaller variant of the image exists",
             .why =
                 "compilers, curl, git and setuid programs are a ready tool box for hostile code",
             .rationale =
                 "Many official images come in a full variant, made to build software in, and in a "
                 "slim or alpine one that has what a program needs to run. Less inside means fewer "
                 "tools for whoever gets in, and fewer packages with known holes. Alpine's C "
                 "library is "
                 "musl: programs built for glibc do not run there.",
             .references = {"Docker Hub, descriptions of the official images, Image Variants",
                            "CIS Docker Benchmark 1.6.0, 4.3"},
             .cis = {"4.3"},
             .bad = "docker run python:3.13 python -V\n",
             .good = "docker run python:3.13-slim python -V\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
