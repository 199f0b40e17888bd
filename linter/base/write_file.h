// Replaces a file by another text, so that whoever looks sees the old or the new one, whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "linter/base/result.h"

namespace cagelint::base {

// What was done last. For tests, which fail or die there.
enum class WriteStep {
  kCreated,       // the new file is there, empty, under a name of its own
  kWritten,       // it has its bytes
  kSynced,        // and they are on the disk
  kCompared,      // the old file is still what was read
  kRenamed,       // the new file has the name
  kFolderSynced,  // on the disk as well
};
using WriteHook = void (*)(WriteStep);

// What a file is, whatever names lead to it: its device and its number there. "" where there is no
// file.
std::string FileIdentity(const std::string& path);

// Puts `after` into the file at `path`, which must hold `before`; its mode, owner and extended
// attributes stay. A symlink is followed to where it leads, which must lie below
// `working_directory` (for a link outside of that: below the link's own folder). Refused, with the
// file as it was and nothing beside it: a file that changed, that has a second name (a hard link
// would go on with the old text), that is no regular file, or that cannot be replaced. Says what
// went wrong, without the path.
std::optional<Error> ReplaceFile(const std::string& path, std::string_view before,
                                 std::string_view after, const std::string& working_directory,
                                 WriteHook hook = nullptr);

}  // namespace cagelint::base
