// A seccomp profile as its file says it, before anything is decided. Docker's format, the one of
// containers-common and the OCI runtime-spec's share this shape.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "linter/base/span.h"
#include "linter/model/setting.h"

namespace cagelint::model {

// A string of the profile with its place (quotes excluded).
struct Word {
  std::string text;
  base::Span span;
};

struct SeccompArgument {
  std::uint32_t index = 0;
  std::uint64_t value = 0;      // MASKED_EQ: the mask
  std::uint64_t value_two = 0;  // MASKED_EQ: the datum
  Word op;                      // "SCMP_CMP_EQ"
  base::Span span;              // the whole object
};

// What an entry's `includes` or `excludes` says.
struct SeccompFilter {
  std::vector<Word> caps;
  std::vector<Word> arches;
  Word min_kernel;  // "" is no condition
};

struct SeccompEntry {
  std::vector<Word> names;  // from `names`, or the one `name` of the old format
  bool old_name = false;    // written as `name`
  Word single;              // the `name` of an entry that has `names` too: Docker refuses both
  Word action;              // "SCMP_ACT_ALLOW"
  std::optional<std::uint64_t> errno_ret;
  std::optional<Word> errno_name;  // containers-common's `errno`
  std::vector<SeccompArgument> args;
  SeccompFilter includes, excludes;
  base::Span span;  // the whole object
};

struct SeccompArchitecture {
  Word name;                            // "SCMP_ARCH_X86_64"
  std::vector<Word> sub_architectures;  // of archMap
};

// Something the file says that its reader must not pass over.
struct SeccompProblem {
  enum class Kind : std::uint8_t {
    kInvalid,  // Go's decoder or the runtime refuses the profile for it
    kIgnored,  // the engine ignores it: an unknown key, a key in another case, a duplicate
  };
  Kind kind = Kind::kInvalid;
  std::string message;
  base::Span span;
  // kIgnored: whether the profile would decide otherwise if it were not ignored. A remark, or a key
  // that counts in spite of its spelling, changes nothing.
  bool matters = true;
};

struct SeccompProfile {
  base::FileId file = base::kNoFile;
  Word default_action;  // "" when the file has none
  std::optional<std::uint64_t> default_errno_ret;
  std::optional<Word> default_errno_name;
  std::vector<Word> architectures;
  std::vector<SeccompArchitecture> arch_map;
  std::vector<Word> flags;
  std::vector<SeccompEntry> entries;
  std::vector<SeccompProblem> problems;
  base::Span anchor;  // the first byte that says it is a profile: the key `defaultAction`, or "{"
};

}  // namespace cagelint::model
