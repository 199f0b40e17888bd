#include "linter/driver/overlay.h"

#include <algorithm>
#include <set>
#include <utility>

#include "linter/base/source_map.h"
#include "linter/diagnostic/edits.h"
#include "linter/syntax/shell.h"

namespace cagelint::driver {

base::FileSystem Overlay(const base::FileSystem& files, const Texts& texts) {
  base::FileSystem out = files;
  out.read = [&files, &texts](const std::string& path) {
    const auto text = texts.find(base::ShownPath(path, files.working_directory));
    if (text == texts.end()) return files.read(path);
    base::ReadResult result;
    result.bytes = text->second;
    return result;
  };
  return out;
}

Outcome LintOver(const Request& request, const base::FileSystem& files, const Texts& texts,
                 const Linter& lint) {
  Request over = request;
  if (over.text) {
    const auto text = texts.find(base::ShownPath(over.text->name, files.working_directory));
    if (text != texts.end()) over.text->bytes = text->second;
  }
  const auto line = texts.find(kCommandLine);
  if (!over.arguments.empty() && line != texts.end())
    // An edit that leaves anything else than words is refused by what is found then.
    over.arguments = WordsOf(line->second).value_or(std::vector<std::string>{line->second});
  return lint(over, Overlay(files, texts));
}

void EditTexts(const base::SourceSet& sources, std::span<const diagnostic::Edit> edits,
               Texts& texts) {
  std::set<base::FileId> touched;
  for (const diagnostic::Edit& edit : edits) touched.insert(edit.span.file);
  for (const base::FileId file : touched) {
    const base::Source& source = sources.Get(file);
    texts[source.Path()] = diagnostic::ApplyEdits(source.Bytes(), file, edits);
  }
}

std::optional<std::vector<std::string>> WordsOf(std::string_view command) {
  const syntax::ShellTree tree = syntax::ParseShell(command, base::SourceMap::Identity(0));
  if (tree.commands.size() != 1 || !tree.gaps.empty() || !tree.comments.empty())
    return std::nullopt;
  const syntax::ShellCommand& only = tree.commands[0];
  if (!only.assignments.empty() || !only.redirects.empty()) return std::nullopt;
  std::vector<std::string> out;
  for (const syntax::Word& word : only.words) {
    if (!word.IsLiteral()) return std::nullopt;
    out.push_back(word.Text());
  }
  return out;
}

}  // namespace cagelint::driver
