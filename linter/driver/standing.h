// Whether a change made things worse: what was found before and after it, by where it belongs
// rather than by where it stands, since every place behind an edit moves.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "linter/driver/lint.h"

namespace cagelint::driver {

// Findings that cannot be told apart but by their place.
struct Belongs {
  std::string path;
  std::string rule;     // of a gap its kind
  std::string subject;  // which container of the file, counted, so that edits leave it alone
  auto operator<=>(const Belongs&) const = default;
};

// Where the findings of one run belong.
class Places {
 public:
  // `outcome` must outlive it.
  explicit Places(const Outcome& outcome);
  Belongs Of(const diagnostic::Diagnostic& finding) const;

 private:
  const base::SourceSet& sources_;
  std::map<base::Span, std::size_t> numbers_;  // of the anchors of containers
};

// Of one run that was made with `folds` false.
class Standing {
 public:
  explicit Standing(const Outcome& outcome);

  // How many there are that nobody suppressed.
  std::size_t Count(const Belongs& what) const;

  struct Worse {
    Belongs what;
    std::string message;  // "a new finding `privileged`: …", "a new gap: …"
  };
  // The gaps, and the findings at warning or above, of which there are more than `before` had; and
  // the errors of the run that it did not have. Not a finding that another one hid, of which there
  // are fewer now: under `privileged` nobody speaks of single capabilities.
  std::vector<Worse> WorseThan(const Standing& before) const;

 private:
  struct Seen {
    std::size_t count = 0;
    std::size_t matter = 0;  // of these: at warning or above
    std::string message;     // of one of them
  };
  std::map<Belongs, Seen> findings_, gaps_;
  std::vector<std::string> errors_;
};

}  // namespace cagelint::driver
