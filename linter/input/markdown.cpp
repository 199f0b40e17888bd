// Markdown as a carrier: its code blocks and inline code, each in its own language.
#include "linter/syntax/markdown.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/console.h"
#include "linter/input/embed.h"
#include "linter/input/embed_templates.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"
#include "linter/input/suppressions.h"

namespace cagelint::input {
namespace {

using syntax::MarkdownCode;

constexpr std::array<std::string_view, 9> kEndings{".md",  ".markdown", ".mdx", ".mdc", ".mdown",
                                                   ".mkd", ".mkdn",     ".rmd", ".qmd"};
// What agents are told, in Markdown.
constexpr std::array<std::string_view, 4> kRules{".clinerules", ".cursorrules", ".goosehints",
                                                 ".windsurfrules"};
constexpr std::array<std::string_view, 6> kScripts{"bash", "sh", "shell", "zsh", "ksh", "fish"};
constexpr std::array<std::string_view, 6> kConsoles{"console",    "shell-session", "shellsession",
                                                    "sh-session", "terminal",      "bash-session"};
constexpr std::array<std::string_view, 5> kTexts{"", "text", "txt", "plaintext", "plain"};

bool Holds(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Whether anything in `bytes` can be of interest to some reader; cheap.
bool IsOfInterest(std::string_view bytes) {
  return NamesEngineAnywhere(bytes) || bytes.find("services") != std::string_view::npos ||
         bytes.find("SCMP_ACT_") != std::string_view::npos ||
         bytes.find("[Container]") != std::string_view::npos ||
         bytes.find("\"runArgs\"") != std::string_view::npos ||
         bytes.find("\"remoteUser\"") != std::string_view::npos ||
         bytes.find("\"containerUser\"") != std::string_view::npos ||
         bytes.find("\"containerEnv\"") != std::string_view::npos ||
         bytes.find("devcontainer") != std::string_view::npos ||
         bytes.find("\"HostConfig\"") != std::string_view::npos ||
         bytes.find("container:") != std::string_view::npos;
}

std::string_view EndingOf(std::string_view path) {
  const std::string lower = base::ToLower(base::NameOf(path));
  for (const std::string_view ending : kEndings)
    if (lower.ends_with(ending)) return ending;
  const auto* rules = std::find(kRules.begin(), kRules.end(), lower);
  return rules == kRules.end() ? std::string_view{} : *rules;
}

bool Named(std::string_view path) { return !EndingOf(path).empty(); }

std::string Accepts(std::string_view path, std::string_view bytes) {
  if (!Named(path) || !IsOfInterest(bytes)) return "";
  return "its name ends in `" + std::string(EndingOf(path)) + "`, and it speaks of containers";
}

// Whether the text is a command that runs a container: not `docker run`, which prose says.
bool IsWholeCommand(const base::Source& text, const Context& context) {
  model::Document scratch;
  ShellTexts(context, text.Path(), scratch).Read(text);
  return !scratch.containers.empty() &&
         std::all_of(scratch.containers.begin(), scratch.containers.end(),
                     [](const model::Container& one) { return !one.image.IsAbsent(); }) &&
         std::all_of(scratch.gaps.begin(), scratch.gaps.end(), [](const diagnostic::Gap& gap) {
           return gap.kind == "missing-file" && !gap.refused;
         });
}

class Reading {
 public:
  Reading(const base::Source& source, const Context& context)
      : source_(source), context_(context), texts_(context, source.Path(), document_) {
    document_.file = source.Id();
    document_.carrier = model::Carrier::kMarkdown;
  }

  model::Document Do() {
    const syntax::MarkdownTree tree = syntax::ParseMarkdown(source_);
    for (const MarkdownCode& code : tree.codes)
      if (IsOfInterest(source_.Text(code.span))) Read(code);
    texts_.Link();
    AddSuppressions(tree);
    return std::move(document_);
  }

 private:
  void Read(const MarkdownCode& code) {
    const std::size_t before = document_.containers.size() + document_.embedded.size();
    if (code.kind == MarkdownCode::Kind::kInline) {
      ReadInline(code);
    } else if (Holds(kScripts, code.language)) {
      ReadCommands(code, Showing::kScript);
    } else if (Holds(kConsoles, code.language)) {
      ReadCommands(code, Showing::kConsole);
    } else if (!ReadAsFile(code) && Holds(kTexts, code.language)) {
      ReadCommands(code, Showing::kMaybe);
    }
    const std::size_t after = document_.containers.size() + document_.embedded.size();
    if (code.is_closed || after == before) return;
    base::Span first = code.lines.front();
    while (!first.IsEmpty() && source_.Bytes()[first.end - 1] <= ' ') --first.end;
    document_.gaps.push_back(
        {"syntax-error", "the code block that begins here is never closed", first, "", false});
  }

  void ReadInline(const MarkdownCode& code) {
    const std::string_view text = base::Trim(source_.Text(code.span));
    if (text.find(' ') == std::string_view::npos) return;
    EmbeddedText out(source_);
    AppendCommands(code.lines, Showing::kMaybe, out);
    if (out.Size() == 0) return;
    const base::Source& command =
        MarkTemplates(out, kTemplates).AddTo(context_.sources, StringWriter(EscapeNothing));
    if (IsWholeCommand(command, context_)) texts_.Read(command);
  }

  void ReadCommands(const MarkdownCode& code, Showing showing) {
    EmbeddedText out(source_);
    AppendCommands(code.lines, showing, out);
    if (out.Size() > 0 && NamesEngineAnywhere(out.Text()))
      texts_.Read(MarkTemplates(out, kTemplates).AddTo(context_.sources, LinesWriter()));
  }

  // A block in a format that another reader knows.
  bool ReadAsFile(const MarkdownCode& code) {
    EmbeddedText out(source_);
    for (const base::Span& line : code.lines) out.Copy(line.begin, line.end);
    for (const Reader& reader : Readers()) {
      if (reader.accepts_fence == nullptr) continue;
      if (reader.accepts_fence(code.language, out.Text()).empty()) continue;
      document_.embedded.push_back(
          reader.read(out.AddTo(context_.sources, LinesWriter()), context_));
      return true;
    }
    return false;
  }

  // A comment speaks of the code that comes next.
  void AddSuppressions(const syntax::MarkdownTree& tree) {
    for (const base::Span& comment : tree.comments) {
      base::Span inside{comment.file, comment.begin + 4, comment.end - 3};
      while (!inside.IsEmpty() && source_.Bytes()[inside.begin] <= ' ') ++inside.begin;
      while (!inside.IsEmpty() && source_.Bytes()[inside.end - 1] <= ' ') --inside.end;
      auto said = ReadDirective(source_.Text(inside), inside);
      if (!said) continue;
      said->span = comment;
      const auto next =
          std::find_if(tree.codes.begin(), tree.codes.end(),
                       [&](const MarkdownCode& code) { return code.span.begin >= comment.end; });
      if (said->reach != model::Suppression::Reach::kWholeFile) {
        said->reach = model::Suppression::Reach::kPlace;
        if (next == tree.codes.end())
          said->problem = "no code follows that it could speak of";
        else
          said->covers = next->span;
      }
      Keep(std::move(*said));
    }
  }

  // In the document of the text that it covers, so that it is known whether it hides anything.
  void Keep(model::Suppression said) {
    if (said.reach == model::Suppression::Reach::kWholeFile) {
      said.elsewhere = !document_.embedded.empty();
      for (model::Document& inner : document_.embedded) inner.suppressions.push_back(said);
    } else {
      for (model::Document& inner : document_.embedded) {
        const base::Source& text = context_.sources.Get(inner.file);
        if (!said.covers.Overlaps(context_.sources.ToFile(text.Whole()))) continue;
        inner.suppressions.push_back(std::move(said));
        return;
      }
    }
    document_.suppressions.push_back(std::move(said));
  }

  const base::Source& source_;
  const Context& context_;
  model::Document document_;
  ShellTexts texts_;
};

model::Document Read(const base::Source& source, const Context& context) {
  return Reading(source, context).Do();
}

}  // namespace

const Reader kMarkdownReader{"markdown", Named, Accepts, Read};

}  // namespace cagelint::input
