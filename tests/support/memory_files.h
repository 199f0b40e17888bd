// A file system that stands in memory: what a test puts in is all there is.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "linter/base/files.h"

namespace cagelint::test {

// Folders exist where something stands in them. Paths are relative to kWorkingDirectory or
// absolute.
class MemoryFiles {
 public:
  static constexpr std::string_view kWorkingDirectory = "/project";

  void Add(std::string_view path, std::string bytes);
  // Something that is no regular file and cannot be read: a FIFO, a device.
  void AddSpecial(std::string_view path);
  // A regular file whose reading fails like this.
  void AddFailing(std::string_view path, base::ReadFailure failure, std::string message);
  // A symlink to a file or a folder. `target` is relative to its folder.
  void AddLink(std::string_view path, std::string_view target);

  // Shares the files with this object, and outlives it.
  base::FileSystem System() const;

 private:
  struct Entry {
    base::FileKind kind = base::FileKind::kRegular;
    base::ReadResult result;
    std::string link;  // where a symlink points, absolute
  };
  using Entries = std::map<std::string, Entry>;
  static std::string Resolve(const Entries& entries, std::string_view path);
  static base::FileKind KindOf(const Entries& entries, const std::string& resolved);

  std::shared_ptr<Entries> entries_ = std::make_shared<Entries>();
};

}  // namespace cagelint::test
