// The parts of an image's name.
#pragma once

#include <string>
#include <string_view>

namespace cagelint::model {

// `registry:5000/tools/agent:1.4@sha256:…`. The views point into the name that was split.
struct ImageName {
  std::string_view repository;  // "registry:5000/tools/agent"
  std::string_view tag;         // "" where there is none
  std::string_view digest;      // "sha256:…"
};

// Splits a name as distribution/reference does: a colon before the last slash belongs to a port.
// Nothing is checked; "" gives empty parts.
ImageName SplitImage(std::string_view name);

// The name of an official image of Docker Hub without what may stand before it: "python" of
// `docker.io/library/python`. Other repositories as they are.
std::string_view OfficialName(std::string_view repository);

// True for what means an image by its id: `sha256:…`, or 12 to 64 hexadecimal digits, which is how
// engines list images.
bool IsImageId(std::string_view name);

// What two spellings of one name have in common: the repository as OfficialName and the tag, which
// is `latest` where none is given. "" for a name with a digest.
std::string ImageKey(std::string_view name);

}  // namespace cagelint::model
