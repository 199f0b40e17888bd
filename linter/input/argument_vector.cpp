// `check -- docker run …`: the words as a shell would have passed them.
#include "linter/base/text.h"
#include "linter/input/docker_cli.h"
#include "linter/input/shell_prefixes.h"

namespace cagelint::input {
namespace {

// One word that stands at `begin`, quoted as base::ShellQuote does.
Argument WordAt(std::uint32_t begin, const std::string& word, base::FileId file) {
  const std::string quoted = base::ShellQuote(word);
  Argument argument;
  argument.text = word;
  argument.span = {file, begin, begin + static_cast<std::uint32_t>(quoted.size())};
  const bool has_quotes = quoted != word;
  std::uint32_t at = begin + (has_quotes ? 1 : 0);
  for (std::uint32_t i = 0; i < word.size(); ++i) {
    // An apostrophe is written '\'': the quotes end, and begin again.
    const bool apostrophe = has_quotes && word[i] == '\'';
    const std::uint32_t place = apostrophe ? at + 2 : at;
    at += apostrophe ? 4 : 1;
    auto& pieces = argument.pieces;
    if (!pieces.empty() && pieces.back().span.end == place) {
      ++pieces.back().size;
      ++pieces.back().span.end;
    } else {
      pieces.push_back({i, 1, {file, place, place + 1}, {}, {}});
    }
  }
  return argument;
}

bool IsEmpty(const model::Document& document) {
  return document.containers.empty() && document.commands.empty() && document.gaps.empty();
}

// Whether the words are an engine's command line, behind `sudo` or the like.
bool RunsEngine(std::span<const Argument> words) {
  const ShellProgram program = FindProgram(words);
  return program.index < words.size() && !program.through_xargs &&
         NamesEngine(words[program.index].text);
}

// What is no engine's command line may run one as a script does: `sh -c 'docker run …'`.
void ReadWords(std::span<const Argument> words, const base::Source& source, const Context& context,
               model::Document& document) {
  if (!RunsEngine(words) && !context.options.engine) {
    document = kShellReader.read(source, context);
    return;
  }
  Invocation invocation;
  invocation.words = words;
  if (RunsEngine(words)) {
    const ShellProgram program = FindProgram(words);
    invocation.words = words.subspan(program.index);
    invocation.timeout = program.timeout;
  }
  invocation.extent = source.Whole();
  invocation.directories = {context.files.working_directory};
  invocation.runs_now = true;
  ReadInvocation(invocation, context, document);
}

}  // namespace

model::Document ReadArgumentVector(const std::vector<std::string>& words,
                                   const base::Source& source, const Context& context) {
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kCommandLine;
  if (words.empty()) return document;
  std::vector<Argument> arguments;
  std::uint32_t begin = 0;
  for (const std::string& word : words) {
    arguments.push_back(WordAt(begin, word, source.Id()));
    begin = arguments.back().span.end + 1;
    if (IsLiteralText(word)) continue;
    // Such a byte would be taken for a symbol.
    document.gaps.push_back(
        {"syntax-error", "the word is not UTF-8", arguments.back().span, "", false});
    return document;
  }
  ReadWords(arguments, source, context, document);
  if (IsEmpty(document) && !RunsEngine(arguments))
    document.gaps.push_back(
        {"unsupported-construct", "no container command that is known", source.Whole(), "", false});
  return document;
}

}  // namespace cagelint::input
