// `source FILE`: a script of the same tree, read where it is named.
#include <algorithm>
#include <utility>

#include "linter/base/byte_gate.h"
#include "linter/base/files.h"
#include "linter/input/docker_reading.h"
#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

// All that one script sources, counted each time.
constexpr std::size_t kMostSourced = std::size_t{1} << 20;

bool IsBelow(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) &&
         (folder.ends_with('/') || path[folder.size()] == '/');
}

// Whether another reader judges the file by itself, for what it is.
bool IsOtherCarrier(const std::string& path, std::string_view bytes) {
  for (const Reader& reader : Readers())
    if (reader.name != kShellReader.name && !reader.accepts(path, bytes).empty()) return true;
  return false;
}

// A link may lead out of the tree, and is not followed.
bool HasLink(const std::string& path, const base::FileSystem& files) {
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    if (files.is_link(path.substr(0, end))) return true;
    if (end == std::string::npos) return false;
  }
}

}  // namespace

// Null for what is not there or is no script, and for what does not stand below the working
// directory or the script's own folder.
const base::Source* ShellWalker::OpenSourced(const std::string& place) const {
  const std::string& root = context_.files.working_directory;
  const std::string shown = base::ShownPath(base::JoinPath(root, place), root);
  const std::string script = base::CleanPath(directories_.front());
  const bool is_inside = !(shown.starts_with('/') || shown.starts_with("..")) ||
                         IsBelow(shown, base::JoinPath(root, script));
  if (!is_inside || HasLink(shown, context_.files)) return nullptr;
  const base::Source* known = context_.sources.FindPath(shown);
  if (known != nullptr) return IsOtherCarrier(shown, known->Bytes()) ? nullptr : known;
  if (context_.files.kind(shown) != base::FileKind::kRegular) return nullptr;
  base::ReadResult file = context_.files.read(shown);
  if (!file.Ok() || base::CheckBytes(file.bytes) || IsOtherCarrier(shown, file.bytes))
    return nullptr;
  return &context_.sources.Add(shown, std::move(file.bytes));
}

// The file that `path` names; null where it cannot be known.
const base::Source* ShellWalker::FindSourced(const Argument& path) const {
  std::string_view text = path.text;
  std::vector<std::string> folders = directories_;
  const char first = text.empty() ? '\0' : text.front();
  if (first == kFileDirectoryByte) {
    folders.resize(1);
    const std::string_view own = base::DirectoryOf(context_.sources.Get(sourcing_.back()).Path());
    folders.emplace_back(own.empty() ? "." : own);
  }
  text = WithoutBase(text);
  if (path.is_list || text.empty() || !IsLiteralText(text)) return nullptr;
  for (const std::string& folder : folders)
    if (const base::Source* file = OpenSourced(base::JoinPath(folder, text))) return file;
  return nullptr;
}

void ShellWalker::RunSourced(const Arguments& words, const Flow& flow) {
  const base::Source* file = words.size() > 1 ? FindSourced(words[1]) : nullptr;
  if (file == nullptr ||
      std::find(sourcing_.begin(), sourcing_.end(), file->Id()) != sourcing_.end())
    return values_.ForgetAll();
  sourced_ += file->Bytes().size();
  if (sourced_ > kMostSourced) {
    AddGap("limit-reached", "the files that this script sources are too large together",
           words[1].span);
    return values_.ForgetAll();
  }
  Flow inner = flow;
  ++inner.embedded;
  inner.handles.clear();
  const bool ended = ended_;
  const ShellValue* parameters = values_.Find("@");
  ShellValue before = parameters == nullptr ? ShellValue::Unknown() : *parameters;
  const bool has_parameters = words.size() > 2;
  if (has_parameters) values_.Set("@", ShellValue::Array({words.begin() + 2, words.end()}));
  sourcing_.push_back(file->Id());
  ReadEmbedded(file->Bytes(), base::SourceMap::Identity(file->Id()), inner);
  sourcing_.pop_back();
  if (has_parameters) values_.Set("@", std::move(before));
  ended_ = ended;
}

}  // namespace cagelint::input
