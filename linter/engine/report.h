// Everything that a run found out. An output format is a pure function of this.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/engine/outline.h"

namespace cagelint::engine {

// Findings that cannot be told apart, and how many there are. Neither lines nor the order of what
// stands around go into it, so that it survives both being moved.
struct BaselineEntry {
  std::string rule;
  std::string path;       // relative to the folder of the baseline
  std::string container;  // the service's or container's name; "" without one
  // Of the rule, the container with its image, and the text that is underlined: the first 16 bytes
  // of their SHA-256 in hexadecimal. What is underlined may be a secret.
  std::string fingerprint;
  std::size_t count = 1;

  auto operator<=>(const BaselineEntry&) const = default;
};

// How much was handed on before the report was finished, and stands in it no longer.
struct Told {
  std::array<std::size_t, 4> by_severity{};  // not suppressed
  std::size_t suppressed = 0;
  std::size_t gaps = 0;
};

struct Report {
  const base::SourceSet* sources = nullptr;      // never null once filled; outlives the report
  std::vector<diagnostic::Diagnostic> findings;  // sorted by path, begin, rule; no two equal
  std::vector<diagnostic::Gap> gaps;             // sorted likewise
  std::vector<std::string> errors;  // what kept the program from its work (exit 2), not escaped
  std::size_t files = 0;            // that were read as some carrier
  std::size_t excluded = 0;         // that the configuration says to pass by
  std::size_t containers = 0;
  std::size_t profiles = 0;
  std::vector<Outline> outlines;            // where they were asked for
  std::vector<BaselineEntry> fixed;         // of the baseline: found no longer
  std::vector<std::string> configurations;  // files that said how to lint, as they are shown

  Told told;

  // Findings of this severity that are not suppressed; these and the others with what was told.
  std::size_t Count(diagnostic::Severity severity) const;
  std::size_t Suppressed() const;
  std::size_t Gaps() const { return told.gaps + gaps.size(); }
};

// Sorts findings and gaps, and drops exact repeats.
void Finish(Report& report);

}  // namespace cagelint::engine
