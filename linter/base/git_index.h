// The paths that git tracks, from `.git/index` (gitformat-index(5), versions 2 to 4). Git itself is
// not run: what a hostile tree's configuration names would run with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/result.h"

namespace cagelint::base {

class GitIndex {
 public:
  // Of a repository that has no index yet: tracks nothing.
  GitIndex() = default;
  // Fails for bytes that are no whole index, and for one that is split over several files.
  static Result<GitIndex> Read(std::string_view bytes);

  // `path` is relative to the work tree.
  bool Tracks(std::string_view path) const;
  // Whether anything in this folder is tracked.
  bool TracksBelow(std::string_view folder) const;
  std::size_t Size() const { return ends_.size(); }

 private:
  bool ReadEntries(std::string_view bytes, std::size_t id_bytes);
  bool ReadName(std::string_view bytes, std::size_t& at, std::string& name) const;
  bool ReadExtensions(std::string_view bytes, std::size_t at, std::size_t id_bytes);
  std::string_view PathAt(std::size_t i) const;
  std::size_t LowerBound(std::string_view path) const;

  std::uint32_t version_ = 0;
  bool is_split_ = false;
  std::string paths_;                // one behind the other, in the order of their bytes
  std::vector<std::uint32_t> ends_;  // in paths_
};

}  // namespace cagelint::base
