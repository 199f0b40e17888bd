// Markdown as a carrier: its code blocks and inline code, each in its own language.
#include "linter/syntax/markdown.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/command_text.h"
#include "linter/input/console.h"
#include "linter/input/embed.h"
#include "linter/input/embed_templates.h"
#include "linter/input/markdown_comments.h"
#include "linter/input/prompts.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {
namespace {

using syntax::MarkdownCode;

bool IsBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

constexpr std::array<std::string_view, 9> kEndings{".md",  ".markdown", ".mdx", ".mdc", ".mdown",
                                                   ".mkd", ".mkdn",     ".rmd", ".qmd"};
// What agents are told, in Markdown.
constexpr std::array<std::string_view, 4> kRules{".clinerules", ".cursorrules", ".goosehints",
                                                 ".windsurfrules"};
constexpr std::array<std::string_view, 7> kScripts{"bash", "sh",   "shell", "zsh",
                                                   "ksh",  "fish", "tcsh"};
constexpr std::array<std::string_view, 6> kConsoles{"console",    "shell-session", "shellsession",
                                                    "sh-session", "terminal",      "bash-session"};
// Of a Makefile: commands alone, which are shown as what is typed.
constexpr std::array<std::string_view, 14> kTexts{
    "",        "text",        "txt",    "plaintext",  "plain",    "none", "cli",
    "command", "commandline", "docker", "dockerfile", "makefile", "make", "mk"};

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
    while (!first.IsEmpty() && IsBlank(source_.Bytes()[first.end - 1])) --first.end;
    document_.gaps.push_back(
        {"syntax-error", "the code block that begins here is never closed", first, "", false});
  }

  void ReadInline(const MarkdownCode& code) {
    const std::string_view text = base::Trim(source_.Text(code.span));
    if (text.find(' ') == std::string_view::npos) return;
    if (!RunsEngine(text) || IsProse(text)) return;
    EmbeddedText out(source_);
    CopyInline(code.span, out);
    const base::Source& command =
        MarkTemplates(out, kTemplates).AddTo(context_.sources, StringWriter(EscapeNothing));
    if (IsWholeCommand(command, context_)) texts_.Read(command);
  }

  // In a row of a table a pipe is written with a backslash, whatever it stands in (GFM, 4.10).
  void CopyInline(const base::Span& span, EmbeddedText& out) const {
    const std::string_view bytes = source_.Bytes();
    const std::size_t line = bytes.rfind('\n', span.begin) + 1;
    const bool is_row = base::Trim(bytes.substr(line, span.begin - line)).starts_with('|');
    std::uint32_t done = span.begin;
    for (std::uint32_t at = span.begin; is_row && at + 1 < span.end; ++at) {
      if (bytes[at] != '\\' || bytes[at + 1] != '|') continue;
      out.Copy(done, at);
      out.Put("|", at, at + 2);
      done = ++at + 1;
    }
    out.Copy(done, span.end);
  }

  void ReadCommands(const MarkdownCode& code, Showing showing) {
    EmbeddedText out(source_);
    AppendCommands(code.lines, showing, out);
    if (out.Size() > 0 && NamesEngineAnywhere(out.Text()))
      texts_.Read(
          MarkTemplates(out, kTemplates).AddTo(context_.sources, LinesWriter(EscapeOf(out))));
  }
  // Of the shell whose sign ends a line that goes on: the text has a backslash in its place.
  static Escape EscapeOf(const EmbeddedText& text) {
    for (std::size_t at = text.Text().find("\\\n"); at != std::string::npos;
         at = text.Text().find("\\\n", at + 1)) {
      const char sign = text.Outer().Bytes()[text.Map().BeginOf(static_cast<std::uint32_t>(at))];
      if (sign == '^') return EscapeBatch;
      if (sign == '`') return EscapePowershell;
    }
    return EscapeNothing;
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

  void AddSuppressions(const syntax::MarkdownTree& tree) {
    for (model::Suppression& said : DocumentSuppressions(tree, source_)) Keep(std::move(said));
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

// Documents in documents: examples of what to write. Deeper ones are examples of examples.
constexpr int kDeepestDocument = 3;

int DepthOf(const base::Source& source, const Context& context) {
  int depth = 0;
  for (const base::Source* at = &source; at->Within() != nullptr;
       at = &context.sources.Get(at->Within()->map.File()))
    ++depth;
  return depth;
}

model::Document Read(const base::Source& source, const Context& context) {
  if (DepthOf(source, context) <= kDeepestDocument) return Reading(source, context).Do();
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kMarkdown;
  document.gaps.push_back({"limit-reached", "documents inside documents are nested too deeply",
                           source.Whole(), "", false});
  return document;
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  const bool is_document = language == "markdown" || language == "md" || language == "mdx";
  return is_document && IsOfInterest(bytes) ? "it speaks of containers" : "";
}

}  // namespace

const Reader kMarkdownReader{"markdown", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
