// Documents → findings, on several threads: what is found in one depends on no other.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <span>
#include <vector>

#include "linter/base/source.h"
#include "linter/driver/judging.h"
#include "linter/driver/lint.h"
#include "linter/engine/report.h"
#include "linter/model/document.h"

namespace cagelint::driver {

// Adds them to `report`, as they stand in files.
void AddGaps(const std::vector<diagnostic::Gap>& gaps, const base::SourceSet& sources,
             engine::Report& report);

class DocumentJudge {
 public:
  // All must outlive it. What is found goes to the report of `out`, in the order of the documents.
  DocumentJudge(const Request& request, Judging& judging, Outcome& out);
  ~DocumentJudge();
  DocumentJudge(const DocumentJudge&) = delete;
  DocumentJudge& operator=(const DocumentJudge&) = delete;

  // Computes their effective states as well. An error in what a document asks for is said, and the
  // document is not judged.
  void Judge(std::span<model::Document> documents);
  // The same, while the caller goes on and adds sources; the documents are dropped. What is found
  // is in the report after Finish, which the next of these calls does first.
  void Begin(std::vector<model::Document> documents);
  void Finish();
  // Of all documents so far: the files that hold them.
  const std::set<base::FileId>& Profiles() const { return profiles_; }

 private:
  struct Judged;
  struct Batch;
  std::vector<Judged> Prepare(std::span<model::Document> documents);
  void JudgeOne(model::Document& document, unsigned threads, Judged& out);
  void Keep(const model::Document& document, Judged& judged);
  void TakeUnmade(std::vector<diagnostic::Diagnostic>& found);

  const Request& request_;
  Judging& judging_;
  Outcome& out_;
  std::unique_ptr<Batch> batch_;  // begun, and not finished
  std::set<base::FileId> profiles_;
};

}  // namespace cagelint::driver
