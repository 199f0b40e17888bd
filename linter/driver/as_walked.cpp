#include "linter/driver/as_walked.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "linter/base/folder.h"
#include "linter/base/text.h"

namespace cagelint::driver {
namespace {

using Verdict = FolderRules::Verdict;

constexpr std::string_view kSkipped = "in a folder that a walk passes by";

}  // namespace

bool IsSkippedDirectory(std::string_view name, bool hidden) {
  constexpr std::array<std::string_view, 14> kHiddenButLinted{
      ".amazonq", ".claude", ".codex",  ".cursor", ".devcontainer", ".forgejo", ".gemini",
      ".gitea",   ".github", ".gitlab", ".kiro",   ".roo",          ".vscode",  ".zed"};
  if (name == "node_modules" || name == ".git") return true;
  return !hidden && name.starts_with('.') &&
         std::find(kHiddenButLinted.begin(), kHiddenButLinted.end(), name) ==
             kHiddenButLinted.end();
}

const AsWalked::Rules& AsWalked::Enter(const Rules& parent, const std::string& path,
                                       const std::string& name) {
  const auto [known, is_new] = known_.try_emplace(path);
  if (!is_new) return known->second;
  const Verdict verdict = parent->Ask(name, true);
  auto opened = base::OpenFolder(path, files_);
  if (verdict != Verdict::kIgnored && opened.Ok()) {
    const std::unique_ptr<base::Folder> folder = std::move(opened).Value();
    known->second = ignoring_.Enter(parent, path, name, *folder, verdict == Verdict::kHoldsTracked);
  }
  return known->second;
}

std::string_view AsWalked::WhyPassedBy(const std::string& path, base::FileKind kind) {
  const std::vector<std::string_view> parts = base::Split(path, '/');
  if (parts.front().empty() || parts.front() == ".." || parts.front() == ".") return "";
  Rules& root = known_["."];
  if (root == nullptr) root = ignoring_.Begin(".");
  Rules rules = root;
  std::string folder = ".";
  for (std::size_t i = 0; rules != nullptr; ++i) {
    const std::string name(parts[i]);
    const bool is_last = i + 1 == parts.size();
    if (is_last && kind != base::FileKind::kDirectory)
      return rules->Ask(name, false) == Verdict::kTaken ? "" : kIgnoredFile;
    if (IsSkippedDirectory(name, hidden_)) return kSkipped;
    folder = base::JoinShown(folder, name);
    if (!is_last && files_.is_link(folder)) return kSkipped;
    rules = Enter(rules, folder, name);
    if (is_last && rules != nullptr) return "";
  }
  return kIgnoredFile;
}

}  // namespace cagelint::driver
