#include "linter/diagnostic/edits.h"

#include <algorithm>
#include <cassert>

namespace cagelint::diagnostic {

bool Collide(const Edit& a, const Edit& b) {
  return a.span.file == b.span.file && a.span.begin <= b.span.end && b.span.begin <= a.span.end &&
         // Replacements that only touch do not know of each other.
         (a.span.IsEmpty() || b.span.IsEmpty() ||
          (a.span.begin < b.span.end && b.span.begin < a.span.end));
}

bool Collide(std::span<const Edit> a, std::span<const Edit> b) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (Collide(a[i], b[j])) return true;
    (a[i].span < b[j].span ? i : j) += 1;
  }
  return false;
}

bool Tidy(std::vector<Edit>& edits) {
  std::sort(edits.begin(), edits.end());
  edits.erase(std::unique(edits.begin(), edits.end()), edits.end());
  return std::adjacent_find(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
           return Collide(a, b);
         }) == edits.end();
}

std::string ApplyEdits(std::string_view bytes, base::FileId file, std::span<const Edit> edits) {
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    if (edit.span.file != file) continue;
    assert(at <= edit.span.begin && edit.span.begin <= edit.span.end &&
           edit.span.end <= bytes.size());
    out += bytes.substr(at, edit.span.begin - at);
    out += edit.text;
    at = edit.span.end;
  }
  return out += bytes.substr(at);
}

}  // namespace cagelint::diagnostic
