// Hands on what was found while a run goes on, file by file.
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "linter/base/span.h"
#include "linter/engine/report.h"

namespace cagelint::driver {

// One part of a run: findings and gaps, sorted, which stand in no other part.
using OnPart = std::function<void(const engine::Report& part)>;

class Parts {
 public:
  using OnEach = std::function<void(engine::Report& part)>;
  // `whole` is where findings and gaps come in; it must outlive this. What `divide` takes out of a
  // part is not handed on.
  Parts(OnPart on_part, OnEach divide, engine::Report& whole)
      : on_part_(std::move(on_part)), divide_(std::move(divide)), whole_(whole) {}

  // Hands on what has come in and stands in the file `own`, and takes it out of the report. What
  // stands elsewhere waits: another input may have it too, and it is said once.
  void HandOn(base::FileId own);
  // Puts what waits back into the report, in the order of the files that it was found for, as it
  // would stand there if nothing had been handed on.
  void Return();
  // Hands on all that is in the report, which has been finished.
  void HandOnRest();

 private:
  void Emit(engine::Report part);

  OnPart on_part_;
  OnEach divide_;
  engine::Report& whole_;
  // Of the file in front.
  std::vector<std::pair<base::FileId, diagnostic::Diagnostic>> waiting_;
  std::unordered_set<std::uint64_t> said_;  // hashes of findings
};

}  // namespace cagelint::driver
