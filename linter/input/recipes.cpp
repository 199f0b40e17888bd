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

class FileLinesWriterImpl : public base::EditWriter {
 public:
  explicit FileLinesWriterImpl(Escape escape) : lines_(LinesWriter(escape)) {}

  std::optional<std::vector<Edit>> Write(const Source& inner, const base::SourceMap& map,
                                         const Source& outer,
                                         const std::vector<Edit>& edits) const override {
    auto written = lines_->Write(inner, map, outer, edits);
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

}  // namespace

void OpenQuotes::Pass(std::string_view text) {
  for (const char byte : text) {
    if (escaped_) {
      escaped_ = false;
    } else if (byte == '\\' && open_ != '\'') {
      escaped_ = true;
    } else if (open_ != 0) {
      if (byte == open_) open_ = 0;
    } else if (byte == '"' || byte == '\'') {
      open_ = byte;
    }
  }
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

}  // namespace cagelint::input
