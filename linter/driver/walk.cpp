#include "linter/driver/walk.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "linter/base/byte_gate.h"
#include "linter/base/folder.h"
#include "linter/base/hash.h"
#include "linter/driver/as_walked.h"
#include "linter/driver/scan_cache.h"
#include "linter/driver/work_queue.h"
#include "linter/input/interest.h"

namespace cagelint::driver {
namespace {

using Verdict = FolderRules::Verdict;

// Deeper than any real tree; ends a loop that a bind mount makes.
constexpr int kDeepest = 64;
constexpr std::size_t kMostFiles = 1'000'000;
// Files of one folder that are one piece of work.
constexpr std::size_t kPiece = 256;

// As a walk calls the folder of a file.
std::string_view FolderOf(std::string_view path) {
  const std::string_view folder = base::DirectoryOf(path);
  return folder.empty() ? "." : folder;
}

// How much of a file says whether it is a text.
constexpr std::size_t kLookedAt = 8000;

// As git tells: a NUL among the first 8,000 bytes. Not what a script's first bytes or an encoding
// explain.
bool IsBinary(std::string_view bytes) {
  if (bytes.starts_with("#!") || bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    return false;
  return bytes.substr(0, kLookedAt).find('\0') != std::string_view::npos;
}

// A tree in its order: what is in a folder stands where the folder's name would.
bool IsBefore(std::string_view a, std::string_view b) {
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (left == a.end() || right == b.end()) return left == a.end() && right != b.end();
  if (*left == '/' || *right == '/') return *left == '/';
  return static_cast<unsigned char>(*left) < static_cast<unsigned char>(*right);
}

// A folder to walk, or some files of an open one.
struct Work {
  std::string path;
  std::string whole;  // the same, absolute: readers may go by the names of folders above
  std::string name;   // in the folder above
  std::shared_ptr<const FolderRules> rules;  // of the folder above; of this one, when it is open
  bool tracked_only = false;
  int depth = 0;
  std::shared_ptr<base::Folder> folder;  // open
  std::shared_ptr<FolderMemory> memory;  // of `folder`; null where nothing is remembered
  std::size_t begin = 0, end = 0;        // of its entries
};

// What one thread has found.
struct Found {
  std::vector<WalkedFile> files;
  std::vector<PassedBy> passed_by;
  std::vector<std::string> errors;
  std::vector<diagnostic::Gap> gaps;
  std::vector<char> buffer;
};

class Walker {
 public:
  Walker(const WalkOptions& options, const base::FileSystem& files, const std::string& root)
      : options_(options), files_(files), ignoring_(options.ignore, files), root_(root) {
    if (files_.resolve != nullptr) real_root_ = files_.resolve(root);
  }

  std::vector<Found> Do() {
    Work first;
    first.path = root_;
    first.whole = base::JoinPath(files_.working_directory, root_);
    first.rules = ignoring_.Begin(root_);
    WorkQueue<Work, Found> queue([this](Work work, Found& found, auto& more) {
      if (Stopped()) return;
      if (work.folder == nullptr) {
        EnterFolder(std::move(work), found, more);
      } else {
        LookAtFiles(work, found);
      }
    });
    return queue.Run(std::move(first), options_.jobs);
  }

 private:
  bool Stopped() const { return options_.stop != nullptr && *options_.stop; }

  template <typename Push>
  void EnterFolder(Work work, Found& found, Push& more) {
    if (work.depth > kDeepest)
      return Gap(found, "limit-reached", "more than 64 folders deep: not looked at", work.path);
    if (seen_ > kMostFiles)
      return Gap(found, "limit-reached", "behind 1,000,000 files: not looked at", work.path);
    if (const auto failure = Open(work)) return Unreadable(work, *failure, found);
    if (work.depth > 0)
      work.rules =
          ignoring_.Enter(work.rules, work.path, work.name, *work.folder, work.tracked_only);
    const auto& entries = work.folder->Entries();
    seen_ += entries.size();
    for (const base::FolderEntry& entry : entries)
      if (entry.kind == base::EntryKind::kDirectory) Descend(work, entry.name, found, more);
    // The last piece is done here.
    work.end = entries.size();
    for (; work.end - work.begin > kPiece; work.begin += kPiece) {
      Work piece = work;
      piece.end = work.begin + kPiece;
      more(std::move(piece));
    }
    LookAtFiles(work, found);
  }

  // The folder of `work`, and what is remembered of it. Says what went wrong.
  std::optional<std::string> Open(Work& work) {
    std::optional<base::FileStamp> stamp;
    if (options_.cache != nullptr) stamp = base::StampOfFolder(work.path);
    if (stamp) work.memory = options_.cache->Find(work.whole, *stamp);
    if (work.memory != nullptr) {
      work.folder = base::KnownRealFolder(work.path, ScanCache::EntriesOf(*work.memory));
      return std::nullopt;
    }
    auto opened = base::OpenFolder(work.path, files_);
    if (!opened.Ok()) return opened.Message();
    work.folder = std::move(opened).Value();
    // What came while it was listed may be missing.
    if (stamp && work.folder->OwnStamp() == stamp)
      work.memory = options_.cache->Begin(work.whole, *stamp, work.folder->Entries());
    return std::nullopt;
  }

  template <typename Push>
  void Descend(const Work& work, const std::string& name, Found& found, Push& more) {
    const bool is_skipped = IsSkippedDirectory(name, options_.hidden);
    const Verdict verdict = is_skipped ? Verdict::kIgnored : work.rules->Ask(name, true);
    if (verdict == Verdict::kIgnored) {
      if (options_.lists_passed_by && name != ".git")
        found.passed_by.push_back({base::JoinShown(work.path, name) + "/",
                                   is_skipped ? "a folder that a walk passes by" : kIgnoredFile});
      return;
    }
    Work below;
    below.path = base::JoinShown(work.path, name);
    below.whole = base::JoinShown(work.whole, name);
    below.name = name;
    below.rules = work.rules;
    below.tracked_only = verdict == Verdict::kHoldsTracked;
    below.depth = work.depth + 1;
    more(std::move(below));
  }

  void LookAtFiles(const Work& work, Found& found) {
    const auto& entries = work.folder->Entries();
    std::size_t seen = 0;
    for (std::size_t i = work.begin; i < work.end && !Stopped(); ++i) {
      const base::FolderEntry& entry = entries[i];
      if (entry.kind == base::EntryKind::kDirectory) continue;
      ++seen;
      LookAt(work, i, found);
    }
    if (options_.progress != nullptr) options_.progress->seen += seen;
  }

  // By its name alone.
  static bool MayMatterHere(const Work& work, std::size_t index) {
    FolderMemory* const memory = work.memory.get();
    if (memory != nullptr && memory->What(index) == Remembered::kNeverMatters) return false;
    if (memory != nullptr && memory->What(index) == Remembered::kNoInterest) return true;
    const bool may = MayMatter(base::JoinShown(work.whole, work.folder->Entries()[index].name));
    if (!may && memory != nullptr) memory->SetNeverMatters(index);
    return may;
  }

  void LookAt(const Work& work, std::size_t index, Found& found) {
    if (!MayMatterHere(work, index)) return;
    const base::FolderEntry& entry = work.folder->Entries()[index];
    std::string path = base::JoinShown(work.path, entry.name);
    if (entry.kind == base::EntryKind::kLink && !IsFollowed(path, found)) return;
    const char* const why = entry.kind == base::EntryKind::kRegular && !options_.takes_all
                                ? WhyPassedBy(work, index, path, found)
                                : nullptr;
    // Asked last: few files get here.
    const bool lists = options_.lists_passed_by;
    const bool is_ignored =
        (why == nullptr || lists) && work.rules->Ask(entry.name, false) != Verdict::kTaken;
    if (why == nullptr && !is_ignored) {
      found.files.push_back({std::move(path), false});
    } else if (lists && (why == nullptr || *why != 0)) {
      found.passed_by.push_back(
          {std::move(path), is_ignored ? kIgnoredFile : std::string_view(why)});
    }
  }

  // Null where the file may matter, "" where it has vanished and nobody will miss it. What cannot
  // be read is said when it is read again.
  const char* WhyPassedBy(const Work& work, std::size_t index, const std::string& path,
                          Found& found) {
    constexpr const char* kNothing = "nothing in it speaks of containers";
    const std::string& name = work.folder->Entries()[index].name;
    std::optional<base::FileStamp> stamp;
    if (work.memory != nullptr) stamp = work.folder->StampOf(name);
    if (stamp && work.memory->IsOfNoInterest(index, *stamp)) return kNothing;
    std::string_view bytes;
    const auto failure = work.folder->Read(name, base::kLargestFile, found.buffer, bytes);
    if (failure == base::ReadFailure::kMissing && !IsLikelyInput(path, "")) return "";
    const bool is_large = failure == base::ReadFailure::kTooLarge;
    if (failure != base::ReadFailure::kNone && !is_large) return nullptr;
    const bool is_binary = IsPassedByAsBinary(path, bytes);
    // Half of a large file is not judged: a gap, where it speaks of containers.
    if (is_large && !is_binary) return IsLikelyInput(path, bytes) ? nullptr : "larger than 8 MiB";
    if (!is_binary && input::MayBeOfInterest(path, bytes)) return nullptr;
    if (stamp) work.memory->SetNoInterest(index, *stamp);
    return is_binary ? "binary" : kNothing;
  }

  bool IsFollowed(const std::string& path, Found& found) {
    const base::FileKind kind = files_.kind(path);
    if (kind == base::FileKind::kDirectory || kind == base::FileKind::kMissing) return false;
    // What lies where nobody may look is nobody's configuration.
    if (kind == base::FileKind::kDenied) return false;
    if (real_root_.empty()) return true;
    const std::string real = files_.resolve(path);
    if (real_root_ == "/" || real.starts_with(real_root_ + "/")) return true;
    constexpr std::string_view kOutside = "a symlink that leads out of the tree";
    if (options_.lists_passed_by) found.passed_by.push_back({path, kOutside});
    if (IsLikelyInput(path, ""))
      Gap(found, "unreadable-file", std::string(kOutside) + ": name it to have it looked at", path);
    return false;
  }

  void Unreadable(const Work& work, const std::string& message, Found& found) {
    if (work.depth == 0) {
      found.errors.push_back(work.path + ": " + message);
    } else {
      Gap(found, "unreadable-file", message, work.path);
    }
  }

  static void Gap(Found& found, std::string kind, std::string message, const std::string& path) {
    diagnostic::Gap gap;
    gap.kind = std::move(kind);
    gap.message = std::move(message);
    gap.path = path;
    found.gaps.push_back(std::move(gap));
  }

  const WalkOptions& options_;
  const base::FileSystem& files_;
  const Ignoring ignoring_;
  const std::string root_;
  std::string real_root_;
  std::atomic<std::size_t> seen_{0};
};

template <typename Item>
void MoveTo(std::vector<Item>& to, std::vector<Item>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void WalkOne(const std::string& root, const WalkOptions& options, const base::FileSystem& files,
             Walked& out, engine::Report& report) {
  std::vector<diagnostic::Gap> gaps;
  const auto begin = static_cast<std::ptrdiff_t>(out.files.size());
  for (Found& found : Walker(options, files, root).Do()) {
    MoveTo(out.files, found.files);
    MoveTo(out.passed_by, found.passed_by);
    MoveTo(report.errors, found.errors);
    MoveTo(gaps, found.gaps);
  }
  std::sort(out.files.begin() + begin, out.files.end(),
            [](const WalkedFile& a, const WalkedFile& b) { return IsBefore(a.path, b.path); });
  std::sort(gaps.begin(), gaps.end(), [](const diagnostic::Gap& a, const diagnostic::Gap& b) {
    return IsBefore(a.path, b.path);
  });
  MoveTo(report.gaps, gaps);
}

// A file that is named, or reached, twice is linted once.
void DropRepeats(std::vector<WalkedFile>& files) {
  std::vector<std::size_t> order(files.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return files[a].path < files[b].path; });
  for (std::size_t i = 0, first = 0; i < order.size(); ++i) {
    WalkedFile& file = files[order[i]];
    if (i == 0 || file.path != files[order[first]].path) {
      first = i;
      continue;
    }
    files[order[first]].named |= file.named;
    file.path.clear();
    // The first keeps its path for the comparisons to come.
  }
  std::erase_if(files, [](const WalkedFile& file) { return file.path.empty(); });
}

}  // namespace

bool IsPassedByAsBinary(std::string_view path, std::string_view bytes) {
  return IsBinary(bytes) && !IsLikelyInput(path, "");
}

std::string ReadBegin(const std::string& path, const base::FileSystem& files) {
  std::vector<char> buffer;
  std::string_view bytes;
  auto folder = base::OpenFolder(std::string(FolderOf(path)), files);
  if (folder.Ok()) folder.Value()->Read(std::string(base::NameOf(path)), kLookedAt, buffer, bytes);
  return std::string(bytes);
}

bool IsInShard(const WalkOptions& options, std::string_view path) {
  return options.shards == 1 || base::HashOf(FolderOf(path)) % options.shards == options.shard;
}

Walked Walk(const std::vector<std::string>& paths, const WalkOptions& options,
            const base::FileSystem& files, engine::Report& report) {
  Walked out;
  std::optional<AsWalked> as_walked;
  if (options.as_walked) as_walked.emplace(options.ignore, options.hidden, files);
  for (const std::string& named : paths) {
    std::string path = base::ShownPath(named, files.working_directory);
    const base::FileKind kind = files.kind(path);
    const bool is_met = as_walked && kind != base::FileKind::kMissing;
    if (const std::string_view why = is_met ? as_walked->WhyPassedBy(path, kind) : "";
        !why.empty()) {
      if (options.lists_passed_by) out.passed_by.push_back({std::move(path), why});
      continue;
    }
    if (kind == base::FileKind::kDirectory) {
      WalkOne(path, options, files, out, report);
    } else {
      // What is not there was not met: somebody got its name wrong.
      out.files.push_back({std::move(path), !is_met});
    }
  }
  if (paths.size() > 1) DropRepeats(out.files);
  std::sort(out.passed_by.begin(), out.passed_by.end(),
            [](const PassedBy& a, const PassedBy& b) { return IsBefore(a.path, b.path); });
  return out;
}

}  // namespace cagelint::driver
