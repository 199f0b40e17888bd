#include "linter/base/git_index.h"

#include <algorithm>

namespace cagelint::base {
namespace {

constexpr std::size_t kHeader = 12;
// Times, device, inode, mode, owner, size: what stands in front of an entry's object id.
constexpr std::size_t kStat = 40;
constexpr std::uint16_t kExtended = 0x4000;

std::uint32_t NumberAt(std::string_view bytes, std::size_t at, std::size_t length) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < length; ++i)
    out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

}  // namespace

Result<GitIndex> GitIndex::Read(std::string_view bytes) {
  if (bytes.size() < kHeader || !bytes.starts_with("DIRC")) return Error{"is no git index"};
  GitIndex out;
  out.version_ = NumberAt(bytes, 4, 4);
  if (out.version_ < 2 || out.version_ > 4) return Error{"is a git index of an unknown version"};
  // Nothing in it says which of both kinds of object ids it has.
  constexpr std::size_t kSha1 = 20;
  constexpr std::size_t kSha256 = 32;
  if (!out.ReadEntries(bytes, kSha1) && !out.ReadEntries(bytes, kSha256))
    return Error{"is no whole git index"};
  if (out.is_split_) return Error{"is a git index that is split over several files"};
  return out;
}

bool GitIndex::ReadEntries(std::string_view bytes, std::size_t id_bytes) {
  paths_.clear();
  ends_.clear();
  std::size_t at = kHeader;
  std::string name;
  for (std::uint32_t left = NumberAt(bytes, 8, 4); left > 0; --left) {
    const std::size_t begin = at;
    at += kStat + id_bytes + 2;
    if (at > bytes.size()) return false;
    const std::uint32_t flags = NumberAt(bytes, at - 2, 2);
    if ((flags & kExtended) != 0) at += 2;
    if (!ReadName(bytes, at, name)) return false;
    // Entries are filled up with one to eight zeros, but for version 4.
    if (version_ < 4) at = begin + (at - begin + 8) / 8 * 8;
    // Stages of a conflict share their name. A wrong length of ids shows in what is no name.
    const bool is_again = !ends_.empty() && PathAt(ends_.size() - 1) == name;
    if (name.empty() || name.starts_with('/')) return false;
    if (!ends_.empty() && !is_again && PathAt(ends_.size() - 1) > name) return false;
    if (is_again) continue;
    paths_ += name;
    ends_.push_back(static_cast<std::uint32_t>(paths_.size()));
  }
  return ReadExtensions(bytes, at, id_bytes);
}

// The name that begins at `at`, which comes to stand behind it, in version 4 also behind its zero.
bool GitIndex::ReadName(std::string_view bytes, std::size_t& at, std::string& name) const {
  if (version_ == 4) {
    // How much of the name before falls away: a number in the style of pack offsets.
    std::uint64_t drops = 0;
    for (bool first = true;; first = false) {
      if (at >= bytes.size() || drops > bytes.size()) return false;
      const auto byte = static_cast<unsigned char>(bytes[at++]);
      drops = first ? byte & 127U : ((drops + 1) << 7U) + (byte & 127U);
      if (byte < 128) break;
    }
    if (drops > name.size()) return false;
    name.resize(name.size() - static_cast<std::size_t>(drops));
  } else {
    name.clear();
  }
  const std::size_t end = std::min(bytes.find('\0', std::min(at, bytes.size())), bytes.size());
  if (end == bytes.size()) return false;
  constexpr std::size_t kLongestPath = 65'536;
  if (name.size() + end - at > kLongestPath) return false;
  name += bytes.substr(at, end - at);
  at = version_ == 4 ? end + 1 : end;
  return true;
}

bool GitIndex::ReadExtensions(std::string_view bytes, std::size_t at, std::size_t id_bytes) {
  while (at + 8 + id_bytes <= bytes.size()) {
    const std::string_view name = bytes.substr(at, 4);
    is_split_ = is_split_ || name == "link";
    at += 8 + std::size_t{NumberAt(bytes, at + 4, 4)};
  }
  return at + id_bytes == bytes.size();  // what is left is the checksum
}

std::string_view GitIndex::PathAt(std::size_t i) const {
  const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
  return std::string_view(paths_).substr(begin, ends_[i] - begin);
}

std::size_t GitIndex::LowerBound(std::string_view path) const {
  std::size_t low = 0;
  std::size_t high = ends_.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (PathAt(middle) < path) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool GitIndex::Tracks(std::string_view path) const {
  const std::size_t found = LowerBound(path);
  if (found < ends_.size() && PathAt(found) == path) return true;
  // A sparse index has whole folders as entries, with a slash at their end.
  if (found == 0) return false;
  const std::string_view before = PathAt(found - 1);
  return before.ends_with('/') && path.starts_with(before);
}

bool GitIndex::TracksBelow(std::string_view folder) const {
  const std::string inside = std::string(folder) + "/";
  const std::size_t found = LowerBound(inside);
  return (found < ends_.size() && PathAt(found).starts_with(inside)) || Tracks(inside);
}

}  // namespace cagelint::base
