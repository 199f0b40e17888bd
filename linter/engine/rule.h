// The only header that a rule includes. A rule is plain data: what it is, and a function that looks
// at the model and reports. Severities stand in rules/policies, never here.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/base/files.h"
#include "linter/base/span.h"
#include "linter/base/text.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/model/change.h"
#include "linter/model/container.h"
#include "linter/model/daemon.h"
#include "linter/model/document.h"
#include "linter/model/host_places.h"
#include "linter/model/image_name.h"
#include "linter/model/secret.h"
#include "linter/model/suppression.h"
#include "linter/seccomp/defaults.h"
#include "linter/seccomp/flaws.h"
#include "linter/seccomp/judgement.h"

namespace cagelint::engine {

// Lowers or raises what the policy says for one finding: `unbounded-tmpfs` is only information
// where a memory limit bounds the tmpfs as well.
enum class Weight : std::uint8_t {
  kAsPolicy,
  kAtMostInfo,
  kAtMostWarning,
};

struct Finding {
  // The narrowest wrong thing; an absent setting: the container's anchor. Labels say how a value of
  // PlaceOf got there, and one of another span where only one stands there.
  model::Place span;
  std::string message;    // what is there; lower case, no full stop, code in backticks
  std::string help = {};  // what to do, in this carrier's words (model::Spelling); may be empty
  std::vector<diagnostic::Label> labels = {};
  std::vector<model::Fix> fixes = {};  // alternatives, the best first
  Weight weight = Weight::kAsPolicy;
};

class Collector;

// What became of a suppression.
struct SuppressionUse {
  struct Id {
    const model::Suppression::Id* id = nullptr;
    bool is_known = false;     // there is such a rule
    std::string nearest = {};  // where there is none: the id that was meant, or ""
    bool could_hide = false;   // the rule was asked here, and all that it looks at is known
    std::size_t hidden = 0;    // findings
  };
  const model::Suppression* suppression = nullptr;
  bool is_expired = false;  // its last day is over: it hides nothing
  std::vector<Id> ids;
};

// Where a rule puts what it found.
class Reporter {
 public:
  explicit Reporter(Collector& collector) : collector_(collector) {}
  // `finding.span` must be valid and not empty: asserted.
  void Add(Finding finding);
  // The value of a parameter of this rule from the policy; its default where the policy says
  // nothing. It is a bug to ask for one that is not in `info.parameters`.
  const std::vector<std::string>& Parameter(std::string_view name) const;
  // Bytes of the file at `span`, for quoting in messages.
  std::string_view Text(const base::Span& span) const;
  std::string_view RuleId() const;

 private:
  Collector& collector_;
};

struct Parameter {
  std::string_view name;
  std::string_view meaning;
  std::vector<std::string> fallback;
};

enum class Fixable : std::uint8_t { kNone, kUnsafe, kSafe };
std::string_view Name(Fixable fixable);  // "none", "unsafe", "safe"

// A field without a default must be given: -Wmissing-field-initializers is an error.
struct RuleInfo {
  std::string_view id;
  std::string_view title;      // the bad thing, as a statement: "container runs privileged"
  std::string_view why;        // one line: what the program inside gains
  std::string_view rationale;  // a paragraph or several: what the engine really does, and for whom
  std::vector<std::string_view> references;
  std::vector<std::string_view> cis;  // "5.5"; empty where CIS has no such item
  // Complete inputs. `bad` must get this finding and `good` must not; both are run by the tests, as
  // `example_name` (a shell script unless it says otherwise). Behind a line `# --- NAME` is another
  // file.
  std::string_view bad;
  std::string_view good;
  std::string_view example_name = "run.sh";
  std::vector<Parameter> parameters = {};
  // Whether findings may come with a fix, and whether one of them may be safe: tests compare.
  Fixable fix = Fixable::kNone;
};

struct Rule {
  RuleInfo info;
  // Exactly one of these is set.
  void (*on_container)(const model::Container&, Reporter&) = nullptr;
  void (*on_profile)(const seccomp::Judgement&, Reporter&) = nullptr;
  void (*on_document)(const model::Document&, Reporter&) = nullptr;
  void (*on_suppression)(const SuppressionUse&, Reporter&) = nullptr;
};

// Reports every remark of `kind`: all that a rule about how something is written has to do.
void ReportRemarks(const model::Document& document, model::RemarkKind kind, Reporter& report);

// The fix that mounts what stands at `whole` (Setting::whole of a mount) read-only. None where root
// inside would take that back: first that must go.
std::vector<model::Fix> MountReadOnly(const model::Container& container, const base::Span& whole);

// Reports the system calls that rules/data/syscalls.csv has for this rule and that the profile lets
// the program make.
void ReportDangers(const seccomp::Judgement& judgement, std::string_view help, Reporter& report);

// Whether `text`, a part of the value at `place`, stands in that file: there, or where a variable
// of it is set. False for what comes from an env file or from the environment of the client.
bool IsWritten(const model::Place& place, std::string_view text, const Reporter& report);

// Where `text` stands within `place`; `place` where it does not.
model::Place PartOf(const model::Place& place, std::string_view text, const Reporter& report);

// The name of a variable without its value, so that no output has that; the place of the value
// where the name does not stand beside it.
model::Place NameOf(const model::Setting<model::KeyValue>& variable,
                    const model::Container& container, const Reporter& report);

}  // namespace cagelint::engine

namespace cagelint::rules {

using engine::Finding;
using engine::Fixable;
using engine::Reporter;
using engine::Rule;
using engine::SuppressionUse;
using engine::Weight;
using model::Append;
using model::Container;
using model::Document;
using model::PlaceOf;
using model::Remove;
using model::Replace;
using model::Safe;
using model::Set;
using model::SetOf;
using model::Spelling;
using model::Tri;
using model::Unsafe;

// Every rule, sorted by topic and id. Generated by rules/CMakeLists.txt.
std::span<const engine::Rule* const> All();
// The folder of rules/ in which each of them stands: "privileges". As long as All().
std::span<const std::string_view> Topics();

}  // namespace cagelint::rules
