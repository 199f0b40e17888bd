#include "linter/driver/scan_cache.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <type_traits>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "linter/base/hash.h"
#include "linter/base/text.h"
#include "linter/input/interest.h"

namespace cagelint::driver {
namespace {

using FolderRow = ScanCache::FolderRow;
using Row = FolderMemory::Row;

// Of this machine alone: numbers as they stand in memory.
struct Header {
  char magic[8] = {'c', 'a', 'g', 'e', 's', 'c', 'a', '2'};
  std::uint64_t version = 0;
  std::uint64_t folders = 0, rows = 0, names = 0;  // how many; of names the bytes
  std::uint64_t sum = 0;                           // of what follows: tells damage, not malice
};
static_assert(std::is_trivially_copyable_v<FolderRow> && sizeof(FolderRow) == 56);
static_assert(std::is_trivially_copyable_v<Row> && sizeof(Row) == 40);

constexpr std::uint64_t kMostRows = 4'000'000;
constexpr std::uint64_t kMostNames = std::uint64_t{256} << 20U;
// File systems count times in steps of up to two seconds.
constexpr std::uint64_t kTick = 2'000'000'000;

template <typename Item>
std::string_view BytesOf(const std::vector<Item>& items) {
  return {reinterpret_cast<const char*>(items.data()), items.size() * sizeof(Item)};
}

// Eight bytes at a time: a byte at a time takes as long as the walk.
std::uint64_t SumOf(std::string_view bytes, std::uint64_t sum) {
  constexpr std::uint64_t kPrime = 1'099'511'628'211U;
  sum = (sum ^ bytes.size()) * kPrime;
  for (; bytes.size() >= sizeof sum; bytes.remove_prefix(sizeof sum)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    // What is high comes down, or it would never reach the low bits.
    sum = (sum ^ word) * kPrime;
    sum ^= sum >> 29U;
  }
  return base::HashOf(bytes, sum);
}

bool ReadExactly(int file, void* to, std::size_t bytes) {
  for (char* at = static_cast<char*>(to); bytes > 0;) {
    const ssize_t got = read(file, at, bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    bytes -= static_cast<std::size_t>(got);
  }
  return true;
}

bool WriteExactly(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = write(file, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

std::uint64_t Now() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(now.tv_nsec);
}

// What a name says may be read otherwise by another build of the program.
std::uint64_t Version() {
  const std::uint64_t version = input::InterestVersion();
  struct stat program {};
  if (stat("/proc/self/exe", &program) != 0) return version;
  return base::HashOf(std::to_string(program.st_size) + ' ' +
                          std::to_string(program.st_mtim.tv_sec) + '.' +
                          std::to_string(program.st_mtim.tv_nsec),
                      version);
}

std::string Reason(int error) { return base::ToLower(std::strerror(error)); }

bool IsBefore(const FolderRow& a, const FolderRow& b) { return a.key < b.key; }

}  // namespace

// All that the file has behind its header.
struct ScanCache::Image {
  std::vector<FolderRow> folders;
  std::vector<Row> rows;
  std::string names;

  std::uint64_t Sum() const {
    return SumOf(names, SumOf(BytesOf(rows), SumOf(BytesOf(folders), 0)));
  }
  // Whether every part is where it is said to be.
  bool IsSound() const {
    const auto is_sound = [&](const FolderRow& folder) {
      return folder.first <= rows.size() && folder.count <= rows.size() - folder.first;
    };
    const auto is_known = [&](const Row& row) {
      return row.kind <= static_cast<std::uint8_t>(base::EntryKind::kOther) &&
             row.what <= static_cast<std::uint8_t>(Remembered::kNoInterest) &&
             row.name_at <= names.size() && row.name_size <= names.size() - row.name_at;
    };
    return std::all_of(folders.begin(), folders.end(), is_sound) &&
           std::all_of(rows.begin(), rows.end(), is_known) &&
           std::is_sorted(folders.begin(), folders.end(), IsBefore);
  }
};

bool FolderMemory::IsOfNoInterest(std::size_t entry, const base::FileStamp& stamp) const {
  const Row& row = rows_[entry];
  return What(entry) == Remembered::kNoInterest && stamp.device == stamp_.device &&
         row.inode == stamp.inode && row.size == stamp.size && row.modified == stamp.modified &&
         row.changed == stamp.changed;
}

void FolderMemory::Set(std::size_t entry, const Row& row) {
  rows_[entry] = row;
  if (is_changed_ != nullptr) *is_changed_ = true;
}

void FolderMemory::SetNeverMatters(std::size_t entry) {
  Row row = rows_[entry];
  row.what = static_cast<std::uint8_t>(Remembered::kNeverMatters);
  Set(entry, row);
}

void FolderMemory::SetNoInterest(std::size_t entry, const base::FileStamp& stamp) {
  // Mounted over an entry of this folder.
  if (stamp.device != stamp_.device) return;
  Row row = rows_[entry];
  row.size = stamp.size;
  row.modified = stamp.modified;
  row.changed = stamp.changed;
  row.inode = stamp.inode;
  row.what = static_cast<std::uint8_t>(Remembered::kNoInterest);
  Set(entry, row);
}

ScanCache::ScanCache(std::string folder, const std::vector<std::string>& roots)
    : folder_(std::move(folder)) {
  // What one user may read another may not.
  std::uint64_t hash = base::HashOf("scan " + std::to_string(geteuid()));
  for (const std::string& root : roots) hash = base::HashOf(root + '\n', hash);
  char name[32];
  std::snprintf(name, sizeof name, "scan-%016llx", static_cast<unsigned long long>(hash));
  name_ = name;
  Load();
}

std::string ScanCache::Path() const { return folder_ + "/" + name_; }

void ScanCache::Load() {
  const int file = open(Path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return;
  struct stat info {};
  Header header;
  bool is_whole = fstat(file, &info) == 0 && S_ISREG(info.st_mode) &&
                  ReadExactly(file, &header, sizeof header) &&
                  std::memcmp(header.magic, Header().magic, sizeof header.magic) == 0 &&
                  header.version == Version() && header.folders <= kMostRows &&
                  header.rows <= kMostRows && header.names <= kMostNames &&
                  static_cast<std::uint64_t>(info.st_size) ==
                      sizeof header + header.folders * sizeof(FolderRow) +
                          header.rows * sizeof(Row) + header.names;
  if (is_whole) {
    Image image;
    image.folders.resize(static_cast<std::size_t>(header.folders));
    image.rows.resize(static_cast<std::size_t>(header.rows));
    image.names.resize(static_cast<std::size_t>(header.names));
    is_whole = ReadExactly(file, image.folders.data(), BytesOf(image.folders).size()) &&
               ReadExactly(file, image.rows.data(), BytesOf(image.rows).size()) &&
               ReadExactly(file, image.names.data(), image.names.size()) &&
               image.Sum() == header.sum && image.IsSound();
    if (is_whole) {
      folders_ = std::move(image.folders);
      rows_ = std::move(image.rows);
      names_ = std::move(image.names);
    }
  }
  close(file);
}

std::string ScanCache::MakeFolder() const {
  if (mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return Reason(errno);
  const int folder = open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return Reason(errno);
  const int error = faccessat(folder, ".", W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
  close(folder);
  return error == 0 ? "" : Reason(error);
}

std::shared_ptr<FolderMemory> ScanCache::Find(const std::string& whole,
                                              const base::FileStamp& stamp) {
  FolderRow key;
  key.key = base::HashOf(whole);
  const auto [first, last] = std::equal_range(folders_.begin(), folders_.end(), key, IsBefore);
  const auto found =
      std::find_if(first, last, [&](const FolderRow& row) { return row.stamp == stamp; });
  if (found == last) return nullptr;
  auto out = std::make_shared<FolderMemory>();
  out->key_ = key.key;
  out->stamp_ = stamp;
  out->rows_ = std::span<Row>(rows_).subspan(found->first, found->count);
  out->names_ = names_.data();
  out->is_changed_ = &is_changed_;
  const std::lock_guard lock(mutex_);
  current_.push_back(out);
  return out;
}

std::vector<base::FolderEntry> ScanCache::EntriesOf(const FolderMemory& memory) {
  std::vector<base::FolderEntry> out;
  out.reserve(memory.rows_.size());
  for (const Row& row : memory.rows_)
    out.push_back({std::string(memory.names_ + row.name_at, row.name_size),
                   static_cast<base::EntryKind>(row.kind)});
  return out;
}

std::shared_ptr<FolderMemory> ScanCache::Begin(const std::string& whole,
                                               const base::FileStamp& stamp,
                                               const std::vector<base::FolderEntry>& entries) {
  auto out = std::make_shared<FolderMemory>();
  out->key_ = base::HashOf(whole);
  out->stamp_ = stamp;
  out->own_rows_.reserve(entries.size());
  for (const base::FolderEntry& entry : entries) {
    Row row;
    row.name_at = static_cast<std::uint32_t>(out->own_names_.size());
    row.name_size = static_cast<std::uint16_t>(entry.name.size());
    row.kind = static_cast<std::uint8_t>(entry.kind);
    out->own_names_ += entry.name;
    out->own_rows_.push_back(row);
  }
  out->rows_ = out->own_rows_;
  out->names_ = out->own_names_.data();
  const std::lock_guard lock(mutex_);
  is_changed_ = true;
  current_.push_back(out);
  return out;
}

ScanCache::Image ScanCache::Gather(std::uint64_t now) const {
  Image out;
  for (const std::shared_ptr<FolderMemory>& memory : current_) {
    if (memory->stamp_.changed + kTick > now) continue;
    if (out.rows.size() + memory->rows_.size() > kMostRows) break;
    out.folders.push_back({memory->key_, memory->stamp_,
                           static_cast<std::uint32_t>(out.rows.size()),
                           static_cast<std::uint32_t>(memory->rows_.size())});
    for (Row row : memory->rows_) {
      const std::string_view name(memory->names_ + row.name_at, row.name_size);
      row.name_at = static_cast<std::uint32_t>(out.names.size());
      const bool is_fresh = row.changed + kTick > now;
      if (is_fresh && row.what == static_cast<std::uint8_t>(Remembered::kNoInterest)) row.what = 0;
      out.names += name;
      out.rows.push_back(row);
    }
  }
  std::stable_sort(out.folders.begin(), out.folders.end(), IsBefore);
  return out;
}

std::string ScanCache::Save() {
  if (!is_changed_ && current_.size() == folders_.size()) return "";
  const Image image = Gather(Now());
  return image.names.size() > kMostNames ? "" : Write(image);
}

std::string ScanCache::Write(const Image& image) const {
  std::string fresh = Path() + ".XXXXXX";
  const int file = mkostemp(fresh.data(), O_CLOEXEC);
  if (file < 0) return Reason(errno);
  Header header;
  header.version = Version();
  header.folders = image.folders.size();
  header.rows = image.rows.size();
  header.names = image.names.size();
  header.sum = image.Sum();
  const bool written =
      WriteExactly(file, {reinterpret_cast<const char*>(&header), sizeof header}) &&
      WriteExactly(file, BytesOf(image.folders)) && WriteExactly(file, BytesOf(image.rows)) &&
      WriteExactly(file, image.names);
  int error = written ? 0 : errno;
  if (close(file) != 0 && error == 0) error = errno;
  if (error == 0 && rename(fresh.c_str(), Path().c_str()) != 0) error = errno;
  if (error == 0) return "";
  unlink(fresh.c_str());
  return Reason(error);
}

}  // namespace cagelint::driver
