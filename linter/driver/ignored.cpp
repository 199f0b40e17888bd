#include "linter/driver/ignored.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "linter/base/byte_gate.h"
#include "linter/base/files.h"
#include "linter/base/git_index.h"
#include "linter/base/text.h"
#include "linter/driver/git_config.h"

namespace cagelint::driver {
namespace {

using base::Ignored;

// Of one question: more than thousands of ordinary patterns take, and nothing to wait for.
constexpr std::uint64_t kSteps = 100'000;
constexpr std::size_t kLargestIndex = std::size_t{256} << 20U;

constexpr std::string_view kGitFile = ".gitignore";
constexpr std::string_view kOwnFile = ".cagelintignore";

bool HasEntry(const base::Folder& folder, std::string_view name) {
  const auto& entries = folder.Entries();
  const auto found = std::lower_bound(
      entries.begin(), entries.end(), name,
      [](const base::FolderEntry& entry, std::string_view key) { return entry.name < key; });
  return found != entries.end() && found->name == name;
}

base::IgnoreRules ReadRules(base::Folder& folder, std::string_view name) {
  if (!HasEntry(folder, name)) return {};
  std::vector<char> buffer;
  std::string_view bytes;
  // A symlink is not followed: git does not either.
  const auto failure = folder.Read(std::string(name), base::kLargestFile, buffer, bytes);
  return failure == base::ReadFailure::kNone ? base::IgnoreRules(bytes) : base::IgnoreRules();
}

}  // namespace

struct FolderRules::Repository {
  base::IgnoreRules exclude;                  // .git/info/exclude
  const base::IgnoreRules* global = nullptr;  // of the user
  base::IgnoreRules own_global;               // in place of that
  std::string folder;                         // with the index
  const base::FileSystem* files = nullptr;

  // Read when something is ignored at last. Null where it cannot be known what is tracked.
  const base::GitIndex* Index() const {
    std::call_once(once, [&] { index = ReadIndex(); });
    return index ? &*index : nullptr;
  }

 private:
  std::optional<base::GitIndex> ReadIndex() const {
    auto opened = base::OpenFolder(folder, *files);
    if (!opened.Ok()) return std::nullopt;
    const std::unique_ptr<base::Folder> git = std::move(opened).Value();
    if (!HasEntry(*git, "index")) return base::GitIndex();
    std::vector<char> buffer;
    std::string_view bytes;
    if (git->Read("index", kLargestIndex, buffer, bytes) != base::ReadFailure::kNone)
      return std::nullopt;
    auto read = base::GitIndex::Read(bytes);
    if (!read.Ok()) return std::nullopt;
    return std::move(read).Value();
  }

  mutable std::once_flag once;
  mutable std::optional<base::GitIndex> index;
};

// What the files of this folder, and of those above it up to `last`, say.
Ignored FolderRules::AskFiles(base::IgnoreRules FolderRules::*rules, const FolderRules* last,
                              std::string_view name, bool is_directory) const {
  base::MatchBudget budget{kSteps};
  std::string path(name);
  for (const FolderRules* folder = this; folder != nullptr; folder = folder->parent_.get()) {
    const base::IgnoreRules& here = folder->*rules;
    if (!here.IsEmpty()) {
      const Ignored said = here.Ask(path, is_directory, budget);
      if (said != Ignored::kUnsaid) return said;
      if (budget.steps == 0) return Ignored::kNo;
    }
    if (folder == last) break;
    path = folder->name_ + "/" + path;
  }
  return Ignored::kUnsaid;
}

bool FolderRules::IsIgnoredByGit(std::string_view name, bool is_directory) const {
  if (repository_ == nullptr) return false;
  if (is_ignored_) return true;
  const FolderRules* root = this;
  while (root->parent_ != nullptr && root->parent_->repository_ == repository_)
    root = root->parent_.get();
  Ignored said = AskFiles(&FolderRules::git_, root, name, is_directory);
  const std::string path = base::JoinShown(in_repository_.empty() ? "." : in_repository_, name);
  for (const base::IgnoreRules* rules : {&repository_->exclude, repository_->global}) {
    base::MatchBudget budget{kSteps};
    if (said == Ignored::kUnsaid) said = rules->Ask(path, is_directory, budget);
  }
  return said == Ignored::kYes;
}

FolderRules::Verdict FolderRules::Ask(std::string_view name, bool is_directory) const {
  if (AskFiles(&FolderRules::own_, nullptr, name, is_directory) == Ignored::kYes)
    return Verdict::kIgnored;
  if (!IsIgnoredByGit(name, is_directory)) return Verdict::kTaken;
  if (!IsTracked(name, is_directory)) return Verdict::kIgnored;
  return is_directory ? Verdict::kHoldsTracked : Verdict::kTaken;
}

bool FolderRules::IsTracked(std::string_view name, bool is_directory) const {
  std::string path(name);
  const Repository* asked = nullptr;
  for (const FolderRules* folder = this; folder != nullptr; folder = folder->parent_.get()) {
    const Repository* repository = folder->repository_.get();
    if (repository != nullptr && repository != asked) {
      asked = repository;
      const base::GitIndex* index = repository->Index();
      const std::string& here = folder->in_repository_;
      const std::string inside = here.empty() ? path : here + "/" + path;
      // A submodule is tracked itself.
      if (index == nullptr || index->Tracks(inside) || (is_directory && index->TracksBelow(inside)))
        return true;
    }
    path = folder->name_ + "/" + path;
  }
  return false;
}

Ignoring::Ignoring(IgnoreOptions options, const base::FileSystem& files)
    : options_(std::move(options)), files_(files) {
  if (options_.honours_git) global_ = ReadFile(GlobalFile());
}

base::IgnoreRules Ignoring::ReadFile(const std::string& path) const {
  if (path.empty() || files_.kind(path) != base::FileKind::kRegular) return {};
  const base::ReadResult read = files_.read(path);
  return read.Ok() ? base::IgnoreRules(read.bytes) : base::IgnoreRules();
}

std::string Ignoring::AtHome(const std::string& path) const {
  return path.starts_with("~/") ? options_.home + path.substr(1) : path;
}

// What a file of git's configuration says of core.excludesFile.
std::optional<std::string> Ignoring::ExcludesFileOf(const std::string& path) const {
  if (path.empty() || files_.kind(path) != base::FileKind::kRegular) return std::nullopt;
  const base::ReadResult config = files_.read(path);
  if (!config.Ok()) return std::nullopt;
  return ExcludesFileIn(config.bytes, [&](const std::string& named) -> std::optional<std::string> {
    // Of one file in another it is relative to that; here, to the first.
    const std::string whole = base::JoinPath(base::DirectoryOf(path), AtHome(named));
    if (files_.kind(whole) != base::FileKind::kRegular) return std::nullopt;
    base::ReadResult read = files_.read(whole);
    return read.Ok() ? std::optional(std::move(read.bytes)) : std::nullopt;
  });
}

// core.excludesFile of the user's configuration, or where it is when nothing is said.
std::string Ignoring::GlobalFile() const {
  const std::string folder = !options_.config_home.empty() ? options_.config_home
                             : options_.home.empty()       ? ""
                                                           : options_.home + "/.config";
  std::string out = folder.empty() ? "" : folder + "/git/ignore";
  // The later file wins.
  for (const std::string& path :
       {std::string("/etc/gitconfig"), folder.empty() ? "" : folder + "/git/config",
        options_.home.empty() ? "" : options_.home + "/.gitconfig"})
    if (const auto said = ExcludesFileOf(path)) out = AtHome(*said);
  return out;
}

std::shared_ptr<const FolderRules::Repository> Ignoring::OpenRepository(
    const std::string& root) const {
  std::string folder = base::JoinShown(root, ".git");
  if (files_.kind(folder) == base::FileKind::kRegular) {
    // Of a work tree or a submodule: a line that says where the rest is.
    const base::ReadResult read = files_.read(folder);
    constexpr std::string_view kWord = "gitdir: ";
    if (!read.Ok() || !read.bytes.starts_with(kWord)) return nullptr;
    const std::string_view said = base::Trim(std::string_view(read.bytes).substr(kWord.size()));
    folder = base::JoinPath(base::JoinPath(files_.working_directory, root), said);
  }
  const base::ReadResult head = files_.read(folder + "/HEAD");
  if (!head.Ok() || head.bytes.empty()) return nullptr;
  auto out = std::make_shared<FolderRules::Repository>();
  out->folder = folder;
  out->files = &files_;
  out->global = &global_;
  std::string common = folder;
  if (files_.kind(folder + "/commondir") == base::FileKind::kRegular)
    common = base::JoinPath(folder, base::Trim(files_.read(folder + "/commondir").bytes));
  // The repository may name another file than the user, or none.
  if (const auto said = ExcludesFileOf(common + "/config")) {
    const std::string top = base::JoinPath(files_.working_directory, root);
    out->own_global = ReadFile(said->empty() ? "" : base::JoinPath(top, AtHome(*said)));
    out->global = &out->own_global;
  }
  const std::string exclude = common + "/info/exclude";
  if (files_.kind(exclude) == base::FileKind::kRegular)
    out->exclude = base::IgnoreRules(files_.read(exclude).bytes);
  return out;
}

std::shared_ptr<const FolderRules> Ignoring::Enter(std::shared_ptr<const FolderRules> parent,
                                                   const std::string& path, const std::string& name,
                                                   base::Folder& folder, bool tracked_only) const {
  const bool has_own = HasEntry(folder, kOwnFile);
  const bool has_git = options_.honours_git && HasEntry(folder, ".git");
  auto out = std::make_shared<FolderRules>();
  out->name_ = name;
  if (has_own) out->own_ = ReadRules(folder, kOwnFile);
  if (has_git) out->repository_ = OpenRepository(path);
  if (out->repository_ == nullptr && parent != nullptr && parent->repository_ != nullptr) {
    out->repository_ = parent->repository_;
    out->in_repository_ =
        parent->in_repository_.empty() ? name : parent->in_repository_ + "/" + name;
    out->is_ignored_ = tracked_only;
  }
  if (out->repository_ != nullptr) out->git_ = ReadRules(folder, kGitFile);
  out->parent_ = std::move(parent);
  return out;
}

std::shared_ptr<const FolderRules> Ignoring::Begin(const std::string& path) const {
  const std::string begin = base::JoinPath(files_.working_directory, path);
  std::vector<std::string> folders{begin};  // from the first to the last
  bool is_whole = false;
  const auto is_root = [&](const std::string& folder) {
    return files_.kind(base::JoinShown(folder, ".git")) != base::FileKind::kMissing;
  };
  for (std::string at = begin;; at = base::DirectoryOf(at)) {
    if (at != begin) folders.insert(folders.begin(), at);
    is_whole = is_root(at);
    if (is_whole || at == "/" || at.empty()) break;
  }
  if (!is_whole) {
    const std::string inside = files_.working_directory + "/";
    std::erase_if(folders, [&](const std::string& folder) {
      return folder != begin && folder != files_.working_directory && !folder.starts_with(inside);
    });
    if (begin != files_.working_directory && !begin.starts_with(inside)) folders = {begin};
  }
  std::shared_ptr<const FolderRules> rules;
  for (const std::string& folder : folders) {
    auto opened = base::OpenFolder(folder, files_);
    if (!opened.Ok()) continue;
    const std::unique_ptr<base::Folder> here = std::move(opened).Value();
    rules = Enter(std::move(rules), folder, std::string(base::NameOf(folder)), *here, false);
  }
  return rules;
}

}  // namespace cagelint::driver
