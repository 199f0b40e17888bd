#include "linter/lsp/workspace.h"

#include <algorithm>
#include <array>
#include <utility>

#include "linter/base/hash.h"
#include "linter/lsp/uri.h"

namespace cagelint::lsp {
namespace {

// A folder that is nowhere: what is not saved has no neighbours.
constexpr std::string_view kNowhere = "/<not saved>";

struct Ending {
  std::string_view language;
  std::string_view ending;
};
// What a document that has no file would be called, so that it is read as what the editor takes it
// for. Others go by their bytes.
constexpr std::array kEndings{
    Ending{"shellscript", ".sh"},
    Ending{"sh", ".sh"},
    Ending{"bash", ".sh"},
    Ending{"zsh", ".sh"},
    Ending{"yaml", ".yaml"},
    Ending{"dockercompose", ".compose.yaml"},
    Ending{"json", ".json"},
    Ending{"jsonc", ".jsonc"},
    Ending{"markdown", ".md"},
    Ending{"makefile", ".mk"},
    Ending{"dockerfile", ".Dockerfile"},
    Ending{"python", ".py"},
    Ending{"go", ".go"},
    Ending{"javascript", ".js"},
    Ending{"typescript", ".ts"},
    Ending{"powershell", ".ps1"},
    Ending{"bat", ".bat"},
};

// Schemes of what is only in the editor. Of others (the other side of a diff, a file in an archive)
// nothing is said.
bool IsUnsaved(std::string_view scheme) { return scheme == "untitled" || scheme == "inmemory"; }

std::string PathFor(const Document& document) {
  if (const auto path = PathOf(document.uri)) return *path;
  if (!IsUnsaved(SchemeOf(document.uri))) return "";
  std::string name(base::NameOf(NameOf(document.uri)));
  if (name.empty() || name == "." || name == "..") name = "text";
  for (const Ending& known : kEndings)
    if (known.language == document.language && !name.ends_with(known.ending) &&
        name.find('.') == std::string::npos)
      name += known.ending;
  // Two of one name are not the same document.
  return std::string(kNowhere) + "/" + std::to_string(base::HashOf(document.uri)) + "/" + name;
}

bool IsIn(std::string_view folder, std::string_view path) {
  return folder == "/" ||
         (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

}  // namespace

std::string Workspace::RootOf(const Document& document) const {
  std::string best;
  for (const std::string& folder : folders_)
    if (IsIn(folder, document.path) && folder.size() > best.size()) best = folder;
  if (!best.empty()) return best;
  const std::string own(base::DirectoryOf(document.path));
  return own.empty() ? "/" : own;
}

Document& Workspace::Open(std::string uri, std::string language, std::int64_t version,
                          std::string text) {
  documents_.erase(uri);
  Document document{.uri = uri,
                    .language = std::move(language),
                    .version = version,
                    .text = TextDocument(std::move(text)),
                    .path = {},
                    .root = {},
                    .due = {},
                    .judged = {},
                    .good = {},
                    .fixes = {},
                    .related = {}};
  document.path = PathFor(document);
  document.root = RootOf(document);
  return documents_.emplace(std::move(uri), std::move(document)).first->second;
}

Document* Workspace::Find(const std::string& uri) {
  const auto found = documents_.find(uri);
  return found == documents_.end() ? nullptr : &found->second;
}

Document* Workspace::FindPath(std::string_view path) {
  for (auto& [uri, document] : documents_)
    if (!document.path.empty() && document.path == path) return &document;
  return nullptr;
}

void Workspace::FindRoots() {
  for (auto& [uri, document] : documents_) {
    std::string root = RootOf(document);
    if (root != document.root) document.is_stale = true;
    document.root = std::move(root);
  }
}

base::FileSystem Workspace::ViewFrom(const std::string& root, Asked* asked) {
  base::FileSystem view;
  view.working_directory = root;
  const auto whole = [root, asked](const std::string& path) {
    std::string out = base::JoinPath(root, path);
    if (asked != nullptr) asked->insert(out);
    return out;
  };
  view.read = [this, whole](const std::string& path) {
    const std::string at = whole(path);
    const Document* open = FindPath(at);
    if (open == nullptr) return files_.read(at);
    base::ReadResult result;
    result.bytes = open->text.Utf8();
    return result;
  };
  view.kind = [this, whole](const std::string& path) {
    const std::string at = whole(path);
    return FindPath(at) != nullptr ? base::FileKind::kRegular : files_.kind(at);
  };
  view.is_link = [this, whole](const std::string& path) { return files_.is_link(whole(path)); };
  view.list = [this, whole](const std::string& path) { return files_.list(whole(path)); };
  if (files_.resolve)
    view.resolve = [this, whole](const std::string& path) { return files_.resolve(whole(path)); };
  return view;
}

}  // namespace cagelint::lsp
