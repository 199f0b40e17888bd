// What is said to the user: findings with their places, and gaps.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/edit.h"
#include "linter/base/span.h"

namespace cagelint::diagnostic {

enum class Severity : std::uint8_t { kOff, kInfo, kWarning, kError };

std::string_view Name(Severity severity);  // "off", "info", "warning", "error"
std::optional<Severity> SeverityNamed(std::string_view name);

// A second place that matters, and what it contributes (never the message again).
struct Label {
  base::Span span;
  std::string message;
};

// The container or profile that a finding is about: findings are grouped by it.
struct Subject {
  std::string name;        // "service `web`", "`docker run`", "profile"
  std::string id;          // the bare name: "web"; empty where the author gave none
  base::Span span;         // its anchor
  std::string image = {};  // as written; "" where that is not known
  auto operator<=>(const Subject&) const = default;
};

using base::Edit;

// Safe: a program that is right before behaves the same afterwards.
enum class Safety : std::uint8_t { kSafe, kUnsafe };
std::string_view Name(Safety safety);  // "safe", "unsafe"

// One way to make a finding go away.
struct Fix {
  std::string title;  // in the imperative, no full stop: "make the root read-only"
  Safety safety = Safety::kUnsafe;
  std::string caveat;       // of an unsafe one: what may break, or why it is not done unasked
  std::vector<Edit> edits;  // not empty; sorted, disjoint, maybe of several files
  // The members of model::Container that it adds to or takes from. Two fixes of one member are not
  // made at once: each may be right, and a list that both empty is not.
  std::vector<std::string> settings = {};
};

// Somebody meant the finding to be there.
struct Suppressed {
  std::string by;  // "comment", "x-cagelint", "configuration", "baseline"
  std::string reason;
};

struct Diagnostic {
  std::string rule;
  Severity severity = Severity::kInfo;
  base::Span span;       // narrow, never empty
  std::string message;   // lower case, no full stop, code in backticks; not escaped
  std::string_view why;  // one line of the rule's, which lives for ever: what the program gains
  std::string help;      // what to do, in the words of this carrier; may be empty
  std::vector<Label> labels;
  std::shared_ptr<const Subject> subject;  // null: it is about the file; many share one
  std::vector<Fix> fixes;                // alternatives, the best first; where they were asked for
  std::optional<Suppressed> suppressed;  // then it is counted, and fails nothing
};

// A part of an input that could not be judged. Never hidden: exit code 3 where nothing worse was
// found.
struct Gap {
  // syntax-error, unresolved-arguments, unresolved-variable, missing-file, remote-file,
  // unsupported-construct, limit-reached, unreadable-file
  std::string kind;
  std::string message;
  base::Span span;       // may be invalid: the file itself could not be read
  std::string path;      // the file, where the span is invalid
  bool refused = false;  // the real program (client, loader, runtime) would refuse the input
};

// A stretch of one line to underline.
struct Underline {
  std::uint32_t column = 0;  // first, in display cells from 0
  std::uint32_t width = 1;   // in cells, at least 1
};

}  // namespace cagelint::diagnostic
