// Which files and folders a walk passes by: what git ignores, and `.cagelintignore`. As git does
// it: the nearest file decides, nothing brings back what is in an ignored folder, and what is
// tracked is not ignored. Unlike git, nothing that the tree's configuration names is run or
// followed.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "linter/base/folder.h"
#include "linter/base/ignore_rules.h"

namespace cagelint::driver {

// Why a walk passes by a file that is ignored.
inline constexpr std::string_view kIgnoredFile = "ignored by git or a .cagelintignore";

struct IgnoreOptions {
  bool honours_git = true;
  // Where git has the user's own: `$HOME` and `$XDG_CONFIG_HOME`; "" where these are not set.
  std::string home;
  std::string config_home;
};

// What holds in one folder. Immutable, and shared by those below.
class FolderRules {
 public:
  enum class Verdict {
    kTaken,
    kIgnored,
    kHoldsTracked,  // an ignored folder with tracked files in it
  };
  // Of an entry of this folder. May be asked by several threads.
  Verdict Ask(std::string_view name, bool is_directory) const;

 private:
  friend class Ignoring;
  struct Repository;

  base::Ignored AskFiles(base::IgnoreRules FolderRules::*rules, const FolderRules* last,
                         std::string_view name, bool is_directory) const;
  bool IsIgnoredByGit(std::string_view name, bool is_directory) const;
  // Whether this repository, or one around it, tracks the entry; of a folder, anything in it. True
  // where that cannot be known.
  bool IsTracked(std::string_view name, bool is_directory) const;

  std::shared_ptr<const FolderRules> parent_;
  std::string name_;                              // in the parent
  std::shared_ptr<const Repository> repository_;  // null outside of one
  std::string in_repository_;                     // this folder in it; "" for its root
  base::IgnoreRules git_, own_;
  bool is_ignored_ = false;  // only what is tracked counts
};

class Ignoring {
 public:
  // `files` must outlive it.
  Ignoring(IgnoreOptions options, const base::FileSystem& files);

  // The rules for the folder in which a walk begins: those of the folders above it count, up to the
  // root of its repository, or to the working directory where there is none.
  std::shared_ptr<const FolderRules> Begin(const std::string& path) const;
  // Those of `folder`, which is the entry `name` of the one with the rules `parent`. `tracked_only`
  // for one of which Ask said kHoldsTracked.
  std::shared_ptr<const FolderRules> Enter(std::shared_ptr<const FolderRules> parent,
                                           const std::string& path, const std::string& name,
                                           base::Folder& folder, bool tracked_only) const;

 private:
  std::shared_ptr<const FolderRules::Repository> OpenRepository(const std::string& root) const;
  std::optional<std::string> ExcludesFileOf(const std::string& path) const;
  std::string GlobalFile() const;
  std::string AtHome(const std::string& path) const;
  base::IgnoreRules ReadFile(const std::string& path) const;

  IgnoreOptions options_;
  const base::FileSystem& files_;
  base::IgnoreRules global_;
};

}  // namespace cagelint::driver
