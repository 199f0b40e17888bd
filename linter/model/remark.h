// What is wrong with how something was written, where no setting can hold it: a word that the
// client reads as something else, a value that it refuses. Readers say what happens; a rule of the
// same name (`misplaced-option` …) reports it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "linter/base/span.h"
#include "linter/diagnostic/diagnostic.h"

namespace cagelint::model {

enum class RemarkKind : std::uint8_t {
  kInvalidOption,       // the client refuses it; there is a gap with `refused` at the same place
  kIgnoredOption,       // accepted, and without effect
  kDeprecatedOption,    // accepted by this client, gone or going in a later one
  kMisplacedOption,     // an option behind the image: the program gets it, not the engine
  kSwallowedValue,      // a word taken as the value of an option, or as the image, by accident
  kBrokenContinuation,  // the command ends before its author thinks
  kDuplicateKey,        // of a mapping; the loader refuses it, and there is a gap as well
  kUnknownKey,          // the loader refuses it, and there is a gap as well
  kFirstLayout,         // services at the top of a file; the loader refuses it, with a gap
  kObsoleteVersion,     // a key `version`, which the loader does not look at
  kRemoteInclude        // a file that is fetched from elsewhere when the project is loaded
};

struct Remark {
  RemarkKind kind = RemarkKind::kInvalidOption;
  base::Span span;      // not empty
  std::string message;  // as diagnostic::Diagnostic::message
  std::string help = {};
  std::vector<diagnostic::Label> labels = {};
};

}  // namespace cagelint::model
