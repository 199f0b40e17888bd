// The output formats: a Report → bytes. A format is a pure function; nothing here prints.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "linter/engine/policy.h"
#include "linter/engine/report.h"
#include "linter/engine/rule.h"

namespace cagelint::output {

struct WriterOptions {
  bool color = false;         // ANSI colours; only formats for people have them
  bool quiet = false;         // formats for people: one line for each finding and gap, nothing else
  bool statistics = false;    // formats for people: counts by rule, file and container at the end
  std::uint32_t width = 100;  // cells of source that an excerpt shows at most
  // What the program can find, by id, and the policy of those who say nothing else: for formats
  // that describe rules. Both outlive the call; null: rules are on as they are found.
  std::span<const engine::Rule* const> rules = {};
  const engine::Policy* policy = nullptr;
  std::span<const std::string_view> topics = {};  // of `rules`, as many; or none
  std::string_view working_directory = {};  // absolute: what paths are relative to; "" if unknown
  std::string_view source_url = {};         // where the repository's files are shown, with a final
                                            // slash: rules get absolute links. Mostly unknown
  std::optional<int> exit_code = {};        // of the program, where that is known
  // What makes the run fail, for formats that say what failed: findings from this severity on
  // (kOff: none), and gaps unless they are allowed.
  diagnostic::Severity fail_on = diagnostic::Severity::kWarning;
  bool allow_gaps = false;
  unsigned jobs = 0;  // threads; 0: as many as there are processors
};

struct Writer {
  std::string_view name;     // as --format takes it
  std::string_view meaning;  // for --help
  // The whole output with its final newline, or "" where the format has no line to say that nothing
  // was found. Never throws; the same report gives the same bytes.
  std::string (*write)(const engine::Report&, const WriterOptions&);
  bool shows_fixes = false;  // otherwise nobody needs to look for them
  // Formats that stream, otherwise null: what is said of the findings and gaps of one part of a
  // run, and what comes after all parts. `write` is the one behind the other.
  std::string (*write_part)(const engine::Report&, const WriterOptions&) = nullptr;
  std::string (*write_end)(const engine::Report&, const WriterOptions&) = nullptr;
};

// The formats; the first is the default.
std::span<const Writer> Writers();
// Null when there is none of this name.
const Writer* FindWriter(std::string_view name);

// Those of this table; each stands in a file of its own.
extern const Writer kTextWriter;
extern const Writer kJsonWriter;
extern const Writer kJsonlWriter;
extern const Writer kSarifWriter;
extern const Writer kGitlabWriter;
extern const Writer kRdjsonWriter;
extern const Writer kLspWriter;
extern const Writer kGithubWriter;
extern const Writer kCheckstyleWriter;
extern const Writer kJunitWriter;
extern const Writer kGccWriter;
extern const Writer kMarkdownWriter;
extern const Writer kHtmlWriter;

// Where the reference of a rule stands, from the root of the repository.
std::string RuleUrl(std::string_view rule);

}  // namespace cagelint::output
