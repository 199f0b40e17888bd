#include "linter/driver/edit_scope.h"

#include <algorithm>
#include <map>
#include <utility>

#include "linter/driver/walk.h"

namespace cagelint::driver {

using diagnostic::Diagnostic;
using diagnostic::Safety;

EditScope::EditScope(const Request& request, const base::FileSystem& files,
                     const FixOptions& options)
    : only_(options.only), unsafe_(options.unsafe) {
  const auto add = [&](const std::string& path) {
    named_.insert(base::ShownPath(path, files.working_directory));
  };
  for (const std::string& path : request.paths) add(path);
  for (const std::string& path : request.compose_files) add(path);
  if (request.text) add(request.text->name);
}

// Itself, or a folder that it is in.
bool EditScope::IsNamed(std::string_view path) const {
  while (!path.empty() && path != "/") {
    if (named_.contains(path)) return true;
    path = base::DirectoryOf(path);
  }
  return named_.contains("/");
}

bool EditScope::MayEdit(const std::string& path) const {
  if (!only_.empty()) return path == only_;
  if (IsNamed(path)) return true;
  return !path.starts_with('/') && path != ".." && !path.starts_with("../");
}

bool EditScope::MayMake(const diagnostic::Fix& fix, const Outcome& outcome) const {
  if (fix.safety == Safety::kUnsafe && !unsafe_) return false;
  return std::all_of(fix.edits.begin(), fix.edits.end(), [&](const diagnostic::Edit& edit) {
    return MayEdit(outcome.sources->Get(edit.span.file).Path());
  });
}

namespace {

// Why no fix of the finding was made; "" where nothing is to be said: it needs `--unsafe`, or was
// left out, which is said.
std::string WhyUnmade(const Diagnostic& finding, const Fixing& fixing, const EditScope& scope) {
  const Outcome& after = fixing.after;
  if (finding.fixes.empty()) {
    const auto known = after.unmade.find(IdOf(finding));
    return known == after.unmade.end() ? "" : known->second;
  }
  const std::string& path = after.sources->Get(finding.span.file).Path();
  for (const diagnostic::Fix& fix : finding.fixes) {
    for (const diagnostic::Edit& edit : fix.edits) {
      const std::string& edited = after.sources->Get(edit.span.file).Path();
      if (!scope.MayEdit(edited)) return fix.title + ": `" + edited + "` is not edited from here";
    }
    if (!scope.MayMake(fix, after)) return "";
  }
  const bool is_said =
      std::any_of(fixing.left_out.begin(), fixing.left_out.end(), [&](const LeftOut& one) {
        return one.path == path && one.message.find("(" + finding.rule + ")") != std::string::npos;
      });
  return is_said ? "" : finding.fixes.front().title + ": too many rounds would be needed";
}

}  // namespace

void NameUnmade(Fixing& fixing, const EditScope& scope) {
  fixing.unmade.clear();
  for (const Diagnostic& finding : fixing.after.report.findings) {
    if (finding.suppressed || finding.severity < diagnostic::Severity::kWarning) continue;
    const std::string why = WhyUnmade(finding, fixing, scope);
    if (why.empty()) continue;
    const base::Source& source = fixing.after.sources->Get(finding.span.file);
    fixing.unmade.push_back(
        {source.Path(), "line " + std::to_string(source.PositionAt(finding.span.begin).line) +
                            ": " + finding.rule + " stays: " + why});
  }
}

std::set<std::string, std::less<>> OtherNames(const Request& request, const base::FileSystem& files,
                                              const FixOptions& options) {
  std::set<std::string, std::less<>> others;
  if (!options.identity || request.paths.empty()) return others;
  engine::Report ignored;  // who lints says it again
  std::map<std::string, std::string> names;
  for (const WalkedFile& file : Walk(request.paths, request.as_walked, files, ignored)) {
    const std::string identity = options.identity(file.path);
    if (identity.empty()) continue;
    const auto [known, added] = names.emplace(identity, file.path);
    if (added) continue;
    const bool is_better = files.is_link(known->second) && !files.is_link(file.path);
    others.insert(is_better ? std::exchange(known->second, file.path) : file.path);
  }
  return others;
}

}  // namespace cagelint::driver
