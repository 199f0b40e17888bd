// Makefiles as a carrier: the lines of their recipes, each for a shell of its own.
#include "linter/syntax/makefile.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/makefile_variables.h"
#include "linter/input/reader.h"
#include "linter/input/recipes.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {
namespace {

constexpr std::array<std::string_view, 3> kNames{"Makefile", "makefile", "GNUmakefile"};
constexpr std::array<std::string_view, 3> kLanguages{"makefile", "make", "mk"};

bool Named(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  return name.ends_with(".mk") || std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  return Named(path) && NamesEngineAnywhere(bytes) ? "its name, and it names an engine" : "";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  const bool fits = std::find(kLanguages.begin(), kLanguages.end(), language) != kLanguages.end();
  if (!fits || !NamesEngineAnywhere(bytes)) return "";
  // Commands alone are shown as what is typed.
  const syntax::MakeTree tree = syntax::ParseMakefile(bytes, 0);
  const bool is_file =
      std::any_of(tree.rules.begin(), tree.rules.end(),
                  [](const syntax::MakeRule& rule) { return !rule.lines.empty(); }) ||
      std::any_of(tree.assignments.begin(), tree.assignments.end(),
                  [](const syntax::MakeAssignment& assignment) {
                    return assignment.name.find(' ') == std::string::npos;
                  });
  return is_file ? "a Makefile that names an engine" : "";
}

// In a recipe make takes a dollar sign for its own.
std::optional<std::string> EscapeMake(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '$') out += '$';
    out += byte;
  }
  return out;
}

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }

class Reading {
 public:
  Reading(const base::Source& source, const Context& context)
      : source_(source),
        bytes_(source.Bytes()),
        context_(context),
        tree_(syntax::ParseMakefile(source.Bytes(), source.Id())),
        variables_(source, tree_),
        texts_(context, source.Path(), document_) {
    document_.file = source.Id();
    document_.carrier = model::Carrier::kMakefile;
  }

  model::Document Do() {
    for (const syntax::MakeAssignment& assignment : tree_.assignments) ReadAssignment(assignment);
    if (variables_.HasKnownShell())
      for (const syntax::MakeRule& rule : tree_.rules) ReadRule(rule);
    for (const syntax::MakeAssignment& assignment : tree_.assignments)
      if (assignment.operation == "define" && variables_.IsUnreadBlock(assignment.name))
        Say("where these lines are run is not known, so they were not read",
            {source_.Id(), assignment.span.begin, FirstLineEnd(assignment.span)});
    texts_.Link();
    if (tree_.unclosed.IsValid())
      document_.gaps.push_back(
          {"syntax-error", "what begins here is never closed", tree_.unclosed, "", true});
    AddSuppressions();
    return std::move(document_);
  }

 private:
  // What is run when the file is read: `$(shell …)`, `!=`.
  void ReadAssignment(const syntax::MakeAssignment& assignment) {
    const std::string_view value = source_.Text(assignment.value);
    if (!NamesEngineAnywhere(value)) return;
    if (assignment.operation == "!=") return ReadPut(value, assignment.value);
    for (std::size_t at = value.find("$(shell"); at != std::string_view::npos;
         at = value.find("$(shell", at + 1)) {
      const std::size_t end = syntax::MakeReferenceEnd(value, at);
      const auto begin = assignment.value.begin + static_cast<std::uint32_t>(at);
      if (end == std::string_view::npos)
        return SayUnclosed({source_.Id(), begin, assignment.value.end});
      const std::string_view call = value.substr(at, end - at);
      if (NamesEngineAnywhere(call))
        ReadPut(InsideReference(call).substr(std::string_view("shell").size()),
                {source_.Id(), begin, begin + static_cast<std::uint32_t>(call.size())});
      at = end - 1;
    }
  }

  void Say(std::string message, const base::Span& place) {
    document_.gaps.push_back({"unsupported-construct", std::move(message), place, "", false});
  }
  std::uint32_t FirstLineEnd(const base::Span& span) const {
    const std::size_t end = bytes_.substr(0, span.end).find_first_of("\r\n", span.begin);
    return end == std::string_view::npos ? span.end : static_cast<std::uint32_t>(end);
  }
  void SayUnclosed(const base::Span& reference) {
    document_.gaps.push_back(
        {"syntax-error", "the reference that begins here is never closed", reference, "", true});
  }

  // A text of which only the whole has a place.
  void ReadPut(std::string_view text, const base::Span& place) {
    EmbeddedText out(source_);
    out.Put(variables_.ExpandAll(text), place.begin, place.end);
    if (std::string problem = variables_.TakeProblem(); !problem.empty())
      Say(std::move(problem), place);
    texts_.Read(out.AddTo(context_.sources, nullptr));
  }

  void ReadRule(const syntax::MakeRule& rule) {
    if (tree_.one_shell) return ReadWhole(rule);
    for (const syntax::MakeRecipeLine& line : rule.lines) {
      if (base::Trim(source_.Text(line.span)).starts_with('#')) continue;
      EmbeddedText script(source_);
      AddLine(line, script);
      Read(script);
    }
  }

  // All lines as one script.
  void ReadWhole(const syntax::MakeRule& rule) {
    EmbeddedText script(source_);
    for (const syntax::MakeRecipeLine& line : rule.lines) {
      const std::uint32_t end = line.span.begin - 1;
      const bool has_return = end > 1 && bytes_[end - 2] == '\r';
      if (script.Size() > 0) script.Put("\n", end - (has_return ? 2 : 1), end);
      AddLine(line, script);
    }
    Read(script);
  }

  void Read(EmbeddedText& script) {
    const bool is_chosen = variables_.TakeChoice();
    if (script.Size() > 0 && NamesEngineAnywhere(script.Text()))
      texts_.Read(
          script.AddTo(context_.sources, is_chosen ? nullptr : FileLinesWriter(EscapeMake)));
  }

  void AddLine(const syntax::MakeRecipeLine& line, EmbeddedText& out) {
    std::uint32_t at = line.span.begin;
    // `@`, `-` and `+` speak to make; blanks in their place keep the line's begin.
    for (; at < line.span.end; ++at) {
      if (std::string_view("@-+").find(bytes_[at]) != std::string_view::npos)
        out.Put(" ", at, at + 1);
      else if (IsBlank(bytes_[at]))
        out.Copy(at, at + 1);
      else
        break;
    }
    OpenQuotes quotes;
    std::uint32_t passed = out.Size();
    while (at < line.span.end) {
      const std::string_view rest = bytes_.substr(at, line.span.end - at);
      if (rest[0] == '$') {
        quotes.Pass(std::string_view(out.Text()).substr(passed));
        passed = out.Size();
        at = AddReference(at, line.span, quotes, out);
      } else if (const std::size_t size = syntax::MakeLineEnd(rest, 0); size > 0) {
        out.Put("\n", at, at + static_cast<std::uint32_t>(size));
        at += static_cast<std::uint32_t>(size);
        if (at < line.span.end && bytes_[at] == line.prefix) ++at;
      } else {
        const auto next = static_cast<std::uint32_t>(
            std::min(bytes_.find_first_of("$\r\n", at + 1), std::size_t{line.span.end}));
        out.Copy(at, next);
        at = next;
      }
    }
  }

  // Adds what the reference at `at` is, and says where it ends.
  std::uint32_t AddReference(std::uint32_t at, const base::Span& line, const OpenQuotes& quotes,
                             EmbeddedText& out) {
    const std::string_view within = bytes_.substr(0, line.end);
    const std::size_t found = syntax::MakeReferenceEnd(within, at);
    const auto end = static_cast<std::uint32_t>(std::min(found, within.size()));
    const bool alone =
        (at == line.begin || IsBlank(bytes_[at - 1])) &&
        (end >= line.end || IsBlank(bytes_[end]) || bytes_[end] == '\n' || bytes_[end] == '\r');
    if (found == std::string_view::npos) SayUnclosed({source_.Id(), at, end});
    const std::string_view written = within.substr(at, end - at);
    std::string text = variables_.Expand(written, quotes, alone);
    if (std::string problem = variables_.TakeProblem(); !problem.empty())
      Say(std::move(problem), {source_.Id(), at, end});
    if (IsAtCommand(within.substr(line.begin, at - line.begin)))
      text = AtCommand(std::move(text), InsideReference(written),
                       end < line.end && base::IsNameByte(bytes_[end]));
    out.Put(text, at, end);
    return end;
  }

  void AddSuppressions() {
    std::vector<base::Span> entries;
    for (const syntax::MakeAssignment& assignment : tree_.assignments)
      entries.push_back(assignment.span);
    for (const syntax::MakeRule& rule : tree_.rules) {
      entries.push_back(rule.span);
      for (const syntax::MakeRecipeLine& line : rule.lines) entries.push_back(line.span);
    }
    CollectRecipeSuppressions(tree_.comments, entries, context_.sources, document_.suppressions);
  }

  const base::Source& source_;
  std::string_view bytes_;
  const Context& context_;
  syntax::MakeTree tree_;
  MakeVariables variables_;
  model::Document document_;
  ShellTexts texts_;
};

model::Document Read(const base::Source& source, const Context& context) {
  return Reading(source, context).Do();
}

}  // namespace

const Reader kMakefileReader{"makefile", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
