// Which findings somebody meant to be there, and what became of each suppression.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/engine/rule.h"
#include "linter/model/suppression.h"

namespace cagelint::engine {

// "comment", "x-cagelint", "configuration".
std::string_view Name(model::Suppression::By by);

class Suppressions {
 public:
  // Of one document. `today` gives "2026-11-25", and is called where a suppression expires; null
  // lets nothing expire. All must outlive this. Findings have places in files.
  Suppressions(std::span<const model::Suppression> own,
               std::span<const model::Suppression> configured,
               const std::function<std::string()>& today, const base::SourceSet& sources);

  // Marks the findings that are meant. In about linear time for any number of both.
  void Apply(std::span<diagnostic::Diagnostic> findings);

  // What became of those of the document, in their order; `configured` ones, which may be there for
  // other files, are left out. `could_hide` says whether a rule was asked in this document, and
  // `rules` which there are.
  std::vector<SuppressionUse> Uses(std::span<const Rule* const> rules,
                                   const std::function<bool(std::string_view)>& could_hide) const;

 private:
  // One rule of one suppression. Places nest or lie apart, so that the nearest one that holds a
  // place is found by climbing.
  struct Entry {
    std::size_t suppression = 0;
    std::size_t id = 0;
    base::Span covers;
    std::size_t parent = kNone;
  };
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  struct OfRule {
    std::vector<Entry> places;      // kPlace, kStatement; sorted
    std::vector<Entry> statements;  // kStatement; sorted
    std::vector<std::pair<base::FileId, Entry>> files;
    std::map<std::string, Entry, std::less<>> containers;
  };

  bool IsOver(const model::Suppression& one) const;
  void Add(std::size_t index);
  static void Nest(std::vector<Entry>& entries);
  static const Entry* FindAround(const std::vector<Entry>& entries, const base::Span& span);
  const Entry* FindFor(const diagnostic::Diagnostic& finding) const;

  std::vector<const model::Suppression*> all_;  // the document's, then the configured ones
  std::size_t own_ = 0;
  const std::function<std::string()>& today_;
  const base::SourceSet& sources_;
  std::map<std::string, OfRule, std::less<>> by_rule_;
  std::vector<std::vector<std::size_t>> hidden_;  // as all_, by id
};

}  // namespace cagelint::engine
