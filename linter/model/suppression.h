// What an author says to the linter next to what he configures: which findings are meant to be
// there, and why. Readers fill it in; the engine decides what it hides.
#pragma once

#include <string>
#include <vector>

#include "linter/base/span.h"

namespace cagelint::model {

struct Suppression {
  enum class By {
    kComment,  // `# cagelint: ignore[rule] reason`
    kKey,      // Compose's `x-cagelint: {ignore: {rule: reason}}`
    kConfig,   // `ignore` of a configuration file
  };
  struct Id {
    std::string text;  // a rule's id, as written
    base::Span span;
  };

  By by = By::kComment;
  base::Span span;      // the words that say it, for reporting about them; not empty
  std::vector<Id> ids;  // never empty unless there is a problem
  std::string reason;   // "" where the author gave none
  std::string until;    // "2027-01-31", the last day on which it holds; "" is for ever
  // What is wrong with how it is written, as a message; it then hides nothing.
  std::string problem;

  // Findings that stand in here are hidden. kWholeFile: in the whole file of `span`.
  enum class Reach { kPlace, kStatement, kWholeFile, kContainer };
  // kPlace: what stands in `covers`. kStatement: that, and what is found about a container whose
  // anchor stands there. kContainer: what is found about the service `service`, "" being all.
  Reach reach = Reach::kPlace;
  base::Span covers;
  std::string service;
  // It holds in other documents of its file as well: one of them alone cannot tell that it hides
  // nothing.
  bool elsewhere = false;
};

// What a compose file says about its policy: `x-cagelint: {policy: service}`.
struct PolicyRequest {
  std::string service;  // "" is the whole project
  std::string policy;   // a name, as written
  base::Span span;
};

// A part of `x-cagelint` that is not understood. It is never passed over.
struct PreferenceError {
  std::string message;
  base::Span span;
};

}  // namespace cagelint::model
