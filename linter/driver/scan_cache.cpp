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

// Of this machine alone: numbers as they stand in memory.
struct Header {
  char magic[8] = {'c', 'a', 'g', 'e', 's', 'c', 'a', 'n'};
  std::uint64_t version = 0;
  std::uint64_t count = 0;
  std::uint64_t sum = 0;  // of the entries' bytes: tells damage, not malice
};
static_assert(std::is_trivially_copyable_v<ScanCache::Entry>);
static_assert(sizeof(ScanCache::Entry) == 48);

constexpr std::uint64_t kMostEntries = 4'000'000;
// File systems count times in steps of up to two seconds.
constexpr std::uint64_t kTick = 2'000'000'000;

std::string_view BytesOf(const std::vector<ScanCache::Entry>& entries) {
  return {reinterpret_cast<const char*>(entries.data()), entries.size() * sizeof entries[0]};
}

// Eight bytes at a time: a byte at a time takes as long as the walk.
std::uint64_t SumOf(const std::vector<ScanCache::Entry>& entries) {
  std::uint64_t sum = entries.size();
  for (const ScanCache::Entry& entry : entries)
    for (const std::uint64_t word : {entry.stamp.size, entry.stamp.modified, entry.stamp.changed,
                                     entry.stamp.inode, entry.stamp.device, entry.name})
      sum = (sum ^ word) * 1'099'511'628'211U;
  return sum;
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

std::string Reason(int error) { return base::ToLower(std::strerror(error)); }

}  // namespace

ScanCache::ScanCache(std::string folder, const std::vector<std::string>& roots)
    : folder_(std::move(folder)) {
  std::uint64_t hash = base::HashOf("scan");
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
  const bool has_header = fstat(file, &info) == 0 && S_ISREG(info.st_mode) &&
                          ReadExactly(file, &header, sizeof header) &&
                          std::memcmp(header.magic, Header().magic, sizeof header.magic) == 0 &&
                          header.version == input::InterestVersion() &&
                          header.count <= kMostEntries;
  if (has_header &&
      static_cast<std::uint64_t>(info.st_size) == sizeof header + header.count * sizeof(Entry)) {
    known_.resize(static_cast<std::size_t>(header.count));
    const bool is_whole = ReadExactly(file, known_.data(), known_.size() * sizeof(Entry)) &&
                          SumOf(known_) == header.sum &&
                          std::is_sorted(known_.begin(), known_.end());
    if (!is_whole) known_.clear();
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

bool ScanCache::IsOfNoInterest(const base::FileStamp& stamp, std::string_view name) const {
  return std::binary_search(known_.begin(), known_.end(), Entry{stamp, base::HashOf(name)});
}

void ScanCache::Remember(const std::vector<Entry>& entries) {
  next_.insert(next_.end(), entries.begin(), entries.end());
}

std::string ScanCache::Save() {
  const std::uint64_t now = Now();
  std::erase_if(next_, [&](const Entry& entry) { return entry.stamp.changed + kTick > now; });
  std::sort(next_.begin(), next_.end());
  next_.erase(std::unique(next_.begin(), next_.end()), next_.end());
  if (next_.size() > kMostEntries) next_.resize(kMostEntries);
  if (next_ == known_) return "";
  std::string fresh = Path() + ".XXXXXX";
  const int file = mkostemp(fresh.data(), O_CLOEXEC);
  if (file < 0) return Reason(errno);
  Header header;
  header.version = input::InterestVersion();
  header.count = next_.size();
  header.sum = SumOf(next_);
  const bool written =
      WriteExactly(file, {reinterpret_cast<const char*>(&header), sizeof header}) &&
      WriteExactly(file, BytesOf(next_));
  int error = written ? 0 : errno;
  if (close(file) != 0 && error == 0) error = errno;
  if (error == 0 && rename(fresh.c_str(), Path().c_str()) != 0) error = errno;
  if (error == 0) return "";
  unlink(fresh.c_str());
  return Reason(error);
}

}  // namespace cagelint::driver
