// Remembers which files spoke of no containers, so that the next walk does not open them.
//
// A file is the same one when device, inode, size and both of its times are; only the clock sets
// the time of change. Its content is not hashed: no hash is faster than looking once more. What is
// found in files of interest is not remembered, since it depends on other files. Whoever can write
// the cache can hide files: it belongs where the programs that are judged cannot write.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/folder.h"

namespace cagelint::driver {

class ScanCache {
 public:
  struct Entry {
    base::FileStamp stamp;
    std::uint64_t name = 0;  // base::HashOf: what a file is called decides as well

    auto operator<=>(const Entry&) const = default;
  };

  // What `folder` remembers of walks over `roots`, which are absolute. Nothing where there is none,
  // or it was made by another version, or is damaged.
  ScanCache(std::string folder, const std::vector<std::string>& roots);

  // Before the work begins. Says why nothing can be written there; "" where something can.
  std::string MakeFolder() const;
  bool IsOfNoInterest(const base::FileStamp& stamp, std::string_view name) const;
  // Of this walk; what was remembered and is not told again is forgotten.
  void Remember(const std::vector<Entry>& entries);
  // Writes what this walk remembers. Says what went wrong; the old file stays then. What changed a
  // moment ago is left out: it may change once more within the same tick.
  std::string Save();

 private:
  void Load();
  std::string Path() const;

  std::string folder_;
  std::string name_;
  std::vector<Entry> known_;  // sorted
  std::vector<Entry> next_;
};

}  // namespace cagelint::driver
