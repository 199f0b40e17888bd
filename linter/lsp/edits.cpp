#include "linter/lsp/edits.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cagelint::lsp {
namespace {

OutJson Edit(const base::Source& source, const base::Span& span, std::string_view text,
             PositionEncoding encoding) {
  return {{"range", output::LspRange(source, span, encoding)}, {"newText", text}};
}

// `by_uri`: lists of TextEdit.
OutJson Whole(Session& session, const std::map<std::string, OutJson>& by_uri) {
  OutJson changes = OutJson::object();
  OutJson documents = OutJson::array();
  for (const auto& [uri, edits] : by_uri) {
    const Document* open = session.workspace.Find(uri);
    OutJson version = open != nullptr ? OutJson(open->version) : OutJson(nullptr);
    documents.push_back(
        {{"textDocument", {{"uri", uri}, {"version", std::move(version)}}}, {"edits", edits}});
    changes[uri] = edits;
  }
  // Neovim 0.7 and others that know no versions take `changes`.
  if (session.client.document_changes) return {{"documentChanges", std::move(documents)}};
  return {{"changes", std::move(changes)}};
}

}  // namespace

OutJson WorkspaceEditOf(Session& session, const Judged& judged,
                        std::span<const diagnostic::Edit> edits) {
  std::map<std::string, OutJson> by_uri;
  for (const diagnostic::Edit& edit : edits) {
    const base::Source& source = judged.outcome.sources->Get(edit.span.file);
    OutJson& list =
        by_uri.try_emplace(session.UriOf(judged, source.Path()), OutJson::array()).first->second;
    list.push_back(Edit(source, edit.span, edit.text, session.client.encoding));
  }
  return Whole(session, by_uri);
}

OutJson WorkspaceEditOf(Session& session, const Document& document, std::string_view before,
                        std::string_view after) {
  const std::size_t most = std::min(before.size(), after.size());
  std::size_t front = static_cast<std::size_t>(
      std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(most),
                    after.begin())
          .first -
      before.begin());
  // The begin of its line: the end of a line must not be cut.
  const std::size_t line = before.substr(0, front).rfind('\n');
  front = line == std::string_view::npos ? 0 : line + 1;
  std::size_t back = 0;
  while (back < most - front && before[before.size() - 1 - back] == after[after.size() - 1 - back])
    ++back;
  const std::string_view tail = before.substr(before.size() - back);
  const std::size_t next = tail.find('\n');
  back = next == std::string_view::npos ? 0 : tail.size() - next - 1;
  base::SourceSet sources;
  const base::Source& source = sources.Add(document.path, std::string(before));
  const base::Span span{source.Id(), static_cast<std::uint32_t>(front),
                        static_cast<std::uint32_t>(before.size() - back)};
  const std::string_view text = after.substr(front, after.size() - back - front);
  OutJson list = OutJson::array();
  list.push_back(Edit(source, span, text, session.client.encoding));
  return Whole(session, {{document.uri, std::move(list)}});
}

bool MayEdit(const Judged& judged, std::span<const diagnostic::Edit> edits) {
  return std::all_of(edits.begin(), edits.end(), [&](const diagnostic::Edit& edit) {
    const std::string& path = judged.outcome.sources->Get(edit.span.file).Path();
    return path == judged.path ||
           (!path.starts_with('/') && path != ".." && !path.starts_with("../"));
  });
}

}  // namespace cagelint::lsp
