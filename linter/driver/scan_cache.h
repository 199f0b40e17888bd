// Remembers what a walk saw, so that the next one neither lists a folder that is as it was nor
// opens a file that spoke of no containers.
//
// A folder or a file is the same one when device, inode, size and both of its times are; only the
// clock sets the time of change. Contents are not hashed: no hash is faster than looking once more.
// What is found in files of interest is not remembered, since it depends on other files. Whoever
// can write the cache can hide files: it belongs where the programs that are judged cannot write.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/folder.h"

namespace cagelint::driver {

// What is remembered of an entry besides its name and kind.
enum class Remembered : std::uint8_t {
  kNothing,
  kNeverMatters,  // no reader takes a file of this name there
  kNoInterest,    // with this stamp, it spoke of no containers
};

// The memory of one folder. Rows are in the order of the folder's entries; several threads may ask
// and tell at a time, each of rows of its own.
class FolderMemory {
 public:
  // As it lies in the file: numbers of this machine.
  struct Row {
    std::uint64_t size = 0, modified = 0, changed = 0, inode = 0;  // where `what` is kNoInterest
    std::uint32_t name_at = 0;
    std::uint16_t name_size = 0;
    std::uint8_t kind = 0;  // base::EntryKind
    std::uint8_t what = 0;  // Remembered
  };

  Remembered What(std::size_t entry) const { return static_cast<Remembered>(rows_[entry].what); }
  bool IsOfNoInterest(std::size_t entry, const base::FileStamp& stamp) const;
  void SetNeverMatters(std::size_t entry);
  void SetNoInterest(std::size_t entry, const base::FileStamp& stamp);

 private:
  friend class ScanCache;
  void Set(std::size_t entry, const Row& row);

  std::uint64_t key_ = 0;  // of the folder's path
  base::FileStamp stamp_;
  std::span<Row> rows_;
  const char* names_ = nullptr;
  std::atomic<bool>* is_changed_ = nullptr;
  // Of a folder that is met for the first time.
  std::vector<Row> own_rows_;
  std::string own_names_;
};

class ScanCache {
 public:
  // What `folder` remembers of walks over `roots`, which are absolute. Nothing where there is none,
  // or it was made by another version or user, or is damaged.
  ScanCache(std::string folder, const std::vector<std::string>& roots);

  // Before the work begins. Says why nothing can be written there; "" where something can.
  std::string MakeFolder() const;

  // The folder `path`, with its entries as they are remembered when it has `stamp`; null otherwise.
  // It is forgotten when nobody finds it. `whole` is the absolute path, and tells folders apart.
  std::shared_ptr<FolderMemory> Find(const std::string& whole, const base::FileStamp& stamp);
  static std::vector<base::FolderEntry> EntriesOf(const FolderMemory& memory);
  // A memory for a folder that Find does not know. The same from several threads at a time.
  std::shared_ptr<FolderMemory> Begin(const std::string& whole, const base::FileStamp& stamp,
                                      const std::vector<base::FolderEntry>& entries);

  // Writes what was found and begun. Says what went wrong; the old file stays then. What changed a
  // moment ago is left out: it may change once more within the same tick.
  std::string Save();

  // A folder as it lies in the file.
  struct FolderRow {
    std::uint64_t key = 0;
    base::FileStamp stamp;
    std::uint32_t first = 0, count = 0;  // of the rows
  };

 private:
  struct Image;
  void Load();
  std::string Path() const;
  Image Gather(std::uint64_t now) const;
  std::string Write(const Image& image) const;

  std::string folder_;
  std::string name_;
  std::vector<FolderRow> folders_;  // sorted by key
  std::vector<FolderMemory::Row> rows_;
  std::string names_;
  std::atomic<bool> is_changed_{false};
  std::mutex mutex_;
  std::vector<std::shared_ptr<FolderMemory>> current_;  // found or begun in this walk
};

}  // namespace cagelint::driver
