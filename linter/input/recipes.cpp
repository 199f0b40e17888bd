#include "linter/input/recipes.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/docker_cli.h"
#include "linter/input/shell_texts.h"
#include "linter/input/suppressions.h"
#include "linter/syntax/shell.h"

namespace cagelint::input {
namespace {

using base::Edit;
using base::Source;

bool IsSpace(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

// Whether the byte `at` came out of a variable: the file has a reference there, and no escape.
bool IsExpanded(std::uint32_t at, const Source& inner, const base::SourceMap& map,
                const Source& outer) {
  if (at >= inner.Bytes().size() || IsSpace(inner.Bytes()[at])) return false;
  const std::string_view written = outer.Text(map.ToOuter(at, at + 1));
  if (written.size() < 2 || written == "$$" || written == "{{{{") return false;
  return written.starts_with('$') || written.starts_with("{{");
}

class FileLinesWriterImpl : public base::EditWriter {
 public:
  explicit FileLinesWriterImpl(Escape escape) : lines_(LinesWriter(escape)) {}

  std::optional<std::vector<Edit>> Write(const Source& inner, const base::SourceMap& map,
                                         const Source& outer,
                                         const std::vector<Edit>& edits) const override {
    const bool is_clear = std::all_of(edits.begin(), edits.end(), [&](const Edit& edit) {
      return LeavesExpansions(edit, inner, map, outer);
    });
    auto written = is_clear ? lines_->Write(inner, map, outer, edits) : std::nullopt;
    if (!written) return std::nullopt;
    for (Edit& edit : *written) {
      const std::size_t end = outer.Bytes().find('\n', edit.span.begin);
      const bool has_returns =
          end != std::string_view::npos && end > 0 && outer.Bytes()[end - 1] == '\r';
      if (has_returns) AddReturns(edit.text);
    }
    return written;
  }

 private:
  static void AddReturns(std::string& text) {
    std::string out;
    for (const char byte : text) {
      if (byte == '\n' && !out.ends_with('\r')) out += '\r';
      out += byte;
    }
    text = std::move(out);
  }

  std::shared_ptr<const base::EditWriter> lines_;
};

bool IsShellName(std::string_view name) {
  return !name.empty() && base::IsNameStart(name[0]) &&
         std::all_of(name.begin(), name.end(), base::IsNameByte);
}

class ExpansionGuard : public base::EditWriter {
 public:
  explicit ExpansionGuard(std::shared_ptr<const base::EditWriter> writer)
      : writer_(std::move(writer)) {}

  std::optional<std::vector<Edit>> Write(const Source& inner, const base::SourceMap& map,
                                         const Source& outer,
                                         const std::vector<Edit>& edits) const override {
    for (const Edit& edit : edits)
      if (!LeavesExpansions(edit, inner, map, outer)) return std::nullopt;
    return writer_->Write(inner, map, outer, edits);
  }

 private:
  std::shared_ptr<const base::EditWriter> writer_;
};

}  // namespace

bool LeavesExpansions(const base::Edit& edit, const Source& inner, const base::SourceMap& map,
                      const Source& outer) {
  const auto [begin, end] = std::pair(edit.span.begin, edit.span.end);
  // What is taken away as a whole is a use of the variable.
  if (edit.text.empty()) return true;
  for (std::uint32_t at = begin; at < end; ++at)
    if (IsExpanded(at, inner, map, outer)) return false;
  const bool glued_before =
      begin > 0 && !IsSpace(edit.text.front()) && IsExpanded(begin - 1, inner, map, outer);
  const bool glued_behind = !IsSpace(edit.text.back()) && IsExpanded(end, inner, map, outer);
  return !glued_before && !glued_behind;
}

std::shared_ptr<const base::EditWriter> GuardExpansions(
    std::shared_ptr<const base::EditWriter> writer) {
  if (writer == nullptr) return nullptr;
  return std::make_shared<const ExpansionGuard>(std::move(writer));
}

std::string InQuotes(const OpenQuotes& quotes, std::string expansion) {
  return quotes.Open() == '\'' ? "'\"" + expansion + "\"'" : expansion;
}

std::string UnknownText(const OpenQuotes& quotes, std::string_view name, bool alone) {
  constexpr std::size_t kLongestName = 40;
  std::string text = "{{";
  for (const char byte : name.substr(0, kLongestName)) {
    const bool is_plain = std::isalnum(static_cast<unsigned char>(byte)) != 0;
    if (is_plain || text.back() != '_') text += is_plain ? byte : '_';
  }
  if (text == "{{" || text == "{{_") text = "{{value";
  return text + (alone && quotes.Open() == 0 ? "...}}" : "}}");
}

std::string UnknownVariable(const OpenQuotes& quotes, std::string_view name,
                            std::string_view likely, bool alone) {
  const std::string lower = base::ToLower(name);
  const bool is_engine = !likely.empty() && NamesEngine(likely);
  const bool speaks = NamesEngineAnywhere(lower) || lower.find("container") != std::string::npos;
  if (!IsShellName(name) || !(is_engine || speaks)) return UnknownText(quotes, name, alone);
  const std::string otherwise = is_engine ? ":-" + std::string(likely) : "";
  return InQuotes(quotes, "${" + std::string(name) + otherwise + "}");
}

bool IsAtCommand(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t\r\n\\");
  if (last == std::string_view::npos) return true;
  return std::string_view(";&|({").find(line[last]) != std::string_view::npos ||
         line.substr(0, last + 1).find_first_not_of(" \t@+-") == std::string_view::npos;
}

std::string AtCommand(std::string expansion, std::string_view name, bool glued) {
  const bool is_unknown = expansion.starts_with("{{");
  if (is_unknown && glued) return " ";
  if (is_unknown) return IsShellName(name) ? "${" + std::string(name) + "}" : expansion;
  for (char& byte : expansion) {
    if (std::string_view("@+- ").find(byte) == std::string_view::npos) break;
    byte = ' ';
  }
  return expansion;
}

std::shared_ptr<const base::EditWriter> FileLinesWriter(Escape escape) {
  return std::make_shared<const FileLinesWriterImpl>(escape);
}

void CollectRecipeSuppressions(std::span<const base::Span> comments,
                               std::span<const base::Span> entries, const base::SourceSet& sources,
                               std::vector<model::Suppression>& out) {
  syntax::ShellTree tree;
  tree.comments.assign(comments.begin(), comments.end());
  for (const base::Span& entry : entries) {
    syntax::Statement& statement = tree.statements.emplace_back();
    statement.kind = syntax::StatementKind::kOther;
    statement.span = entry;
  }
  CollectSuppressions(tree, sources, out);
}

void ShareSuppressions(model::Document& document, const base::SourceSet& sources) {
  for (model::Document& inner : document.embedded) {
    const base::Span text = sources.ToFile(sources.Get(inner.file).Whole());
    std::erase_if(document.suppressions, [&](model::Suppression& said) {
      const bool is_whole = said.reach == model::Suppression::Reach::kWholeFile;
      if (!is_whole && !said.covers.Overlaps(text)) return false;
      said.elsewhere = said.elsewhere || is_whole;
      inner.suppressions.push_back(said);
      return !is_whole;
    });
  }
}

}  // namespace cagelint::input
