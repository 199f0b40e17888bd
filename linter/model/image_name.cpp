#include "linter/model/image_name.h"

namespace cagelint::model {

ImageName SplitImage(std::string_view name) {
  ImageName out;
  const std::size_t at = name.find('@');
  if (at != std::string_view::npos) out.digest = name.substr(at + 1);
  out.repository = name.substr(0, at);
  const std::size_t slash = out.repository.rfind('/');
  const std::size_t colon =
      out.repository.find(':', slash == std::string_view::npos ? 0 : slash + 1);
  if (colon == std::string_view::npos) return out;
  out.tag = out.repository.substr(colon + 1);
  out.repository = out.repository.substr(0, colon);
  return out;
}

std::string_view OfficialName(std::string_view repository) {
  for (const std::string_view prefix : {"index.docker.io/", "docker.io/", "library/"})
    if (repository.starts_with(prefix)) repository.remove_prefix(prefix.size());
  return repository;
}

std::string ImageKey(std::string_view name) {
  // Where podman puts what it built.
  if (name.starts_with("localhost/")) name.remove_prefix(10);
  const ImageName parts = SplitImage(name);
  if (!parts.digest.empty()) return {};
  return std::string(OfficialName(parts.repository)) + ":" +
         std::string(parts.tag.empty() ? "latest" : parts.tag);
}

bool IsImageId(std::string_view name) {
  if (name.starts_with("sha256:")) return true;
  return name.size() >= 12 && name.size() <= 64 &&
         name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace cagelint::model
