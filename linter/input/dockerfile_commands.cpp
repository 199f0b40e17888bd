// Dockerfiles as a carrier: the commands of their instructions, and those that their comments show.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/comment_commands.h"
#include "linter/input/embed.h"
#include "linter/input/embed_json.h"
#include "linter/input/embed_words.h"
#include "linter/input/line_comments.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"
#include "linter/input/shell_walk.h"
#include "linter/syntax/dockerfile.h"
#include "linter/syntax/json.h"

namespace cagelint::input {
namespace {

using syntax::DockerInstruction;

// What an instruction gives to a shell, or to the kernel.
struct Command {
  std::size_t begin = 0;  // in the arguments of the instruction
  bool is_run = false;    // RUN: here-documents are its own
};

std::string_view WordAt(std::string_view text, std::size_t at) {
  return text.substr(at, text.find_first_of(" \t", at) - at);
}
std::size_t Behind(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t", at), text.size());
}

// Nothing for an instruction that runs nothing. (Dockerfile reference: `ONBUILD INSTRUCTION`,
// `HEALTHCHECK [OPTIONS] CMD command`; options stand before the command.)
std::optional<Command> CommandOf(const DockerInstruction& instruction) {
  const std::string_view text = instruction.arguments;
  std::string keyword = instruction.keyword;
  std::size_t at = 0;
  if (keyword == "ONBUILD") {
    keyword = base::ToUpper(WordAt(text, at));
    at = Behind(text, keyword.size());
  }
  while (text.substr(at).starts_with("--")) at = Behind(text, at + WordAt(text, at).size());
  if (keyword == "HEALTHCHECK") {
    if (base::ToUpper(WordAt(text, at)) != "CMD") return std::nullopt;
    return Command{Behind(text, at + 3), false};
  }
  if (keyword != "RUN" && keyword != "CMD" && keyword != "ENTRYPOINT") return std::nullopt;
  return Command{at, keyword == "RUN"};
}

// Whether instructions behind `SHELL [...]` are read by a shell of Windows.
bool IsOtherShell(std::string_view arguments) {
  const std::string text = base::ToLower(arguments);
  return text.find("powershell") != std::string::npos || text.find("pwsh") != std::string::npos ||
         text.find("cmd") != std::string::npos;
}

// `<<EOF` and nothing else: the document is the script.
bool IsDocumentAlone(std::string_view command) {
  return command.starts_with("<<") && command.find_first_of(" \t") == std::string_view::npos;
}

class Reading {
 public:
  Reading(const base::Source& source, const Context& context)
      : source_(source), context_(context), texts_(context, source.Path(), document_) {
    document_.file = source.Id();
    document_.carrier = model::Carrier::kDockerfile;
  }

  model::Document Do() {
    const syntax::Dockerfile file = syntax::ParseDockerfile(source_.Bytes(), source_.Id());
    statements_ = ReadCommentCommands(source_, file.comments, context_, texts_);
    bool is_other_shell = false;
    for (const DockerInstruction& instruction : file.instructions) {
      if (instruction.keyword == "FROM") is_other_shell = false;
      if (instruction.keyword == "SHELL") is_other_shell = IsOtherShell(instruction.arguments);
      Read(instruction, is_other_shell);
    }
    texts_.Link();
    AddSuppressions(file.comments, file.instructions);
    return std::move(document_);
  }

 private:
  void Read(const DockerInstruction& instruction, bool is_other_shell) {
    const auto command = CommandOf(instruction);
    const base::Span& last =
        instruction.documents.empty() ? instruction.lines.back() : instruction.documents.back();
    const base::Span whole{source_.Id(), instruction.lines.front().begin, last.end};
    statements_.push_back(whole);
    if (!command || command->begin >= instruction.arguments.size() ||
        !NamesEngineAnywhere(source_.Text(whole)))
      return;
    const std::string_view text = std::string_view(instruction.arguments).substr(command->begin);
    if (text.starts_with('[') && ReadWords(instruction, *command)) return;
    if (is_other_shell) return;
    EmbeddedText out(source_);
    if (command->is_run && IsDocumentAlone(text) && !instruction.documents.empty()) {
      AppendScript(instruction.documents.front(), out);
    } else {
      AppendLines(instruction, *command, out);
      for (const base::Span& document : instruction.documents)
        out.Copy(document.begin, document.end);
    }
    if (out.Size() > 0) texts_.Read(out.AddTo(context_.sources, LinesWriter()));
  }

  // All but the line that ends it, where a shell reads it.
  void AppendScript(const base::Span& document, EmbeddedText& out) const {
    std::string_view text = source_.Text(document);
    if (text.starts_with("#!") && !NamesShell(text)) return;
    if (text.ends_with('\n')) text.remove_suffix(1);
    const std::size_t last = text.rfind('\n');
    if (last == std::string_view::npos) return;
    out.Copy(document.begin, document.begin + static_cast<std::uint32_t>(last + 1));
  }

  // The lines as a shell goes on from one to the next: the sign may be another, and blanks may
  // stand behind it.
  void AppendLines(const DockerInstruction& instruction, const Command& command,
                   EmbeddedText& out) const {
    std::uint32_t begin = instruction.places.BeginOf(static_cast<std::uint32_t>(command.begin));
    for (std::size_t i = 0; i < instruction.lines.size(); ++i) {
      const base::Span& line = instruction.lines[i];
      if (line.end <= begin) continue;  // options that stand on a line of their own
      begin = std::max(begin, line.begin);
      if (i + 1 == instruction.lines.size()) {
        out.Copy(begin, line.end);
        break;
      }
      const std::string_view text = source_.Bytes().substr(begin, line.end - begin);
      const std::size_t end = text.find_last_not_of(" \t\r\n");
      const auto sign = static_cast<std::uint32_t>(begin + end);
      out.Copy(begin, sign);
      out.Put("\\", sign, sign + 1);
      const std::uint32_t line_end = line.end - (text.ends_with("\r\n") ? 2 : 1);
      out.Copy(line_end, line.end);
    }
  }

  // `["docker", "run", …]`; false where Docker takes it for a shell's.
  bool ReadWords(const DockerInstruction& instruction, const Command& command) {
    EmbeddedText json(source_);
    const auto size = static_cast<std::uint32_t>(instruction.arguments.size());
    for (auto at = static_cast<std::uint32_t>(command.begin); at < size;) {
      const std::uint32_t begin = instruction.places.BeginOf(at);
      std::uint32_t end = at + 1;
      while (end < size && instruction.places.BeginOf(end) == begin + (end - at)) ++end;
      json.Copy(begin, begin + (end - at));
      at = end;
    }
    const base::Source& text = json.AddTo(context_.sources, LinesWriter());
    const syntax::Tree tree = syntax::ParseJson(text);
    if (!tree.errors.empty() || !tree.At(tree.documents.front()).IsList()) return false;
    WordList words(text);
    for (const syntax::NodeId item : tree.At(tree.documents.front()).items) {
      const syntax::Node& node = tree.At(item);
      if (node.style != syntax::ScalarStyle::kDoubleQuoted) return false;
      words.Add(JsonText(text, node), node.span);
    }
    if (!words.IsEmpty()) texts_.Read(words.AddTo(context_.sources, {}));
    return true;
  }

  // Comments between the lines of an instruction.
  void AddInnerComments(const DockerInstruction& instruction, std::vector<base::Span>& out) const {
    for (std::size_t i = 1; i < instruction.lines.size(); ++i) {
      const std::uint32_t last = instruction.lines[i].begin;
      for (std::uint32_t at = instruction.lines[i - 1].end; at < last;) {
        const std::size_t end = std::min<std::size_t>(source_.Bytes().find('\n', at), last - 1);
        const base::Span line{source_.Id(), at, static_cast<std::uint32_t>(end + 1)};
        if (base::Trim(source_.Text(line)).starts_with('#')) out.push_back(line);
        at = line.end;
      }
    }
  }

  void AddSuppressions(std::vector<base::Span> comments,
                       const std::vector<DockerInstruction>& instructions) {
    for (const DockerInstruction& one : instructions) AddInnerComments(one, comments);
    std::sort(comments.begin(), comments.end());
    std::vector<LineComment> lines;
    for (base::Span comment : comments) {
      comment.begin += static_cast<std::uint32_t>(source_.Text(comment).find('#') + 1);
      lines.push_back({comment, true});
    }
    std::sort(statements_.begin(), statements_.end());
    CollectSuppressions(source_, lines, statements_, document_.suppressions);
  }

  const base::Source& source_;
  const Context& context_;
  model::Document document_;
  ShellTexts texts_;
  std::vector<base::Span> statements_;
};

model::Document Read(const base::Source& source, const Context& context) {
  return Reading(source, context).Do();
}

// `Dockerfile.dev`, `Dockerfile-dev`, `my-Dockerfile`, `x.Dockerfile`.
bool Named(std::string_view path) {
  constexpr std::array<std::string_view, 7> kOthers{".md", ".yaml", ".yml", ".json",
                                                    ".sh", ".py",   ".txt"};
  const std::string name = base::ToLower(base::NameOf(path));
  if (std::any_of(kOthers.begin(), kOthers.end(),
                  [&](std::string_view ending) { return name.ends_with(ending); }))
    return false;
  for (const std::string_view stem : {"dockerfile", "containerfile"}) {
    const std::size_t at = name.find(stem);
    if (at == std::string::npos) continue;
    const auto is_sign = [](char byte) { return byte == '.' || byte == '-' || byte == '_'; };
    const std::size_t end = at + stem.size();
    if (end == name.size() && (at == 0 || is_sign(name[at - 1]))) return true;
    if (at == 0 && is_sign(name[end])) return true;
  }
  return false;
}

// Why a Dockerfile is of interest; "" where nothing in it can start a container.
std::string Interest(std::string_view bytes) {
  if (!NamesEngineAnywhere(bytes)) return "";
  const syntax::Dockerfile file = syntax::ParseDockerfile(bytes, 0);
  if (ShowsCommands(bytes, file.comments)) return "its comments show commands";
  for (const DockerInstruction& one : file.instructions) {
    const bool runs = CommandOf(one).has_value();
    const auto names = [&](const base::Span& span) {
      return NamesEngineAnywhere(bytes.substr(span.begin, span.Size()));
    };
    if (runs && (NamesEngineAnywhere(one.arguments) ||
                 std::any_of(one.documents.begin(), one.documents.end(), names)))
      return "an instruction names a container engine";
  }
  return "";
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  const std::string interest = Named(path) ? Interest(bytes) : "";
  return interest.empty() ? "" : "its name is that of a Dockerfile, and " + interest;
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  const bool fits = language == "dockerfile" || language == "docker" || language == "containerfile";
  return fits ? Interest(bytes) : "";
}

}  // namespace

const Reader kDockerfileReader{"dockerfile", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
