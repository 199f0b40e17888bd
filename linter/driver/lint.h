// Paths and configuration → Report. Shared by the command line and the language server.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/source.h"
#include "linter/driver/parts.h"
#include "linter/driver/walk.h"
#include "linter/engine/policy.h"
#include "linter/engine/report.h"
#include "linter/engine/rule.h"
#include "linter/input/reader.h"
#include "linter/model/document.h"

namespace cagelint::driver {

// A text that does not come from the file system (standard input, an editor's buffer).
struct Text {
  std::string name;  // decides the carrier, and stands in the output
  std::string bytes;
};

// The path of the one command behind `--`.
inline constexpr std::string_view kCommandLine = "<command line>";

struct Request {
  // What to lint: exactly one of these four is not empty.
  std::vector<std::string> paths;
  std::vector<std::string> compose_files;  // -f
  std::vector<std::string> arguments;      // behind `--`
  std::optional<Text> text;

  input::Options input;
  engine::Policy policy;          // where no configuration and no compose file says another
  bool policy_is_forced = false;  // the user named it: it holds whatever these say
  std::string config;             // --config; "" looks for one, as driver/judging.h says
  bool no_config = false;
  engine::Selection selection;
  bool strict = false;
  bool honours_suppressions = true;
  std::string baseline;  // --baseline; "": that of the configuration
  bool no_baseline = false;
  bool outlines = false;  // the report has the hardened form of each container
  bool fixes = false;     // findings come with what would make them go away
  // False: every finding stands for itself. Nothing follows from another, and what several
  // containers share is said of each; findings and gaps are not sorted.
  bool folds = true;
  bool keeps_documents = true;  // false: nobody looks at those of the Outcome
  // Files that are passed by, as Source::Path, unless something loads them.
  std::set<std::string, std::less<>> skipped = {};
  // "2026-11-25": asked by several threads, where a suppression expires. Null: none does.
  std::function<std::string()> today;
  std::string carrier;  // --carrier; "" decides by path and content

  WalkOptions walk;   // of the folders among `paths`
  std::string cache;  // the folder of a ScanCache; "": nothing is remembered
  // Where there is one, findings and gaps are handed to it as files are done, and are missing in
  // the report, which counts them. With a baseline all are in one part.
  OnPart on_part;
};

// One input and what it was taken for.
struct Listed {
  std::string path;
  std::string carrier;  // "" when no reader takes it
  std::string why;
};

// A finding among those of one run.
struct FindingId {
  std::string rule;
  base::Span span;
  base::Span subject;  // its anchor
  auto operator<=>(const FindingId&) const = default;
};
FindingId IdOf(const diagnostic::Diagnostic& finding);

// Everything a run produced. Movable; `report` points into `sources`.
struct Outcome {
  std::unique_ptr<base::SourceSet> sources;
  std::vector<model::Document> documents;  // with effective states computed
  std::vector<Listed> inputs;
  engine::Report report;
  // Of findings that have no fix although the rule knows one: why it cannot be made.
  std::map<FindingId, std::string> unmade;
};

// Lints. Reads files only through `files`; writes nothing; never throws.
Outcome Lint(const Request& request, const base::FileSystem& files);

// The rules that are built in.
std::span<const engine::Rule* const> Rules();

// A policy by name ("agent", "service", "baseline", "cis-docker") from rules/policies. An error
// names what is wrong and did-you-mean.
base::Result<engine::Policy> LoadPolicy(std::string_view name);
std::vector<std::string> PolicyNames();

// The policy of those who say nothing.
inline constexpr std::string_view kDefaultPolicy = "agent";
// Theirs for the workflows of CI.
inline constexpr std::string_view kCiPolicy = "baseline";

// The policy that a user names: "" (the default), one that is built in, or a file (as
// driver/config_file.h has it), read through `files`. What is wrong goes to `errors`.
engine::Policy NamedPolicy(const std::string& name, const base::FileSystem& files,
                           std::vector<std::string>& errors);

}  // namespace cagelint::driver
