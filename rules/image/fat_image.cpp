#include <algorithm>
#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// The smaller variant of an official image; "" where the table knows none.
std::string VariantOf(std::string_view repository) {
  static const base::CsvTable table = base::ParseCsv(embedded::Find("rules/data/images.csv"));
  const std::size_t name = table.Column("image");
  const auto row = std::find_if(table.rows.begin(), table.rows.end(),
                                [&](const auto& fields) { return fields[name] == repository; });
  return row == table.rows.end() ? "" : std::string((*row)[table.Column("variant")]);
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
  if (container.effective.image_is_made_here) return;
  const model::ImageName name = model::SplitImage(container.image.value);
  // Without a tag only the digest could tell which variant it is.
  if ((name.tag.empty() && !name.digest.empty()) || IsSmall(name.tag)) return;
  const std::string variant = VariantOf(model::OfficialName(name.repository));
  if (variant.empty()) return;
  report.Add({.span = PlaceOf(container.image, container),
              .message = "`" + container.image.value + "` has a smaller variant",
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
