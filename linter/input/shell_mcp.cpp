#include "linter/input/shell_mcp.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/docker_cli.h"
#include "linter/input/embed.h"
#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

// Options of `mcp add` whose value is the next word: those of Claude Code, of Gemini CLI
// (packages/cli/src/commands/mcp/add.ts).
constexpr std::array<std::string_view, 15> kValueOptions{"-s",
                                                         "--scope",
                                                         "-t",
                                                         "--transport",
                                                         "--type",
                                                         "-e",
                                                         "--env",
                                                         "-H",
                                                         "--header",
                                                         "--timeout",
                                                         "--description",
                                                         "--include-tools",
                                                         "--exclude-tools",
                                                         "--cwd",
                                                         "-C"};

bool IsMcp(std::span<const Argument> words, std::string_view verb) {
  return words.size() > 3 && words[0].IsLiteral() && !NamesEngine(words[0].text) &&
         words[1].text == "mcp" && words[2].text == verb;
}

// The engine is named as what is to be run: `q mcp add --command docker --args …`.
bool NamesCommand(std::span<const Argument> words) {
  for (std::size_t i = 3; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    if (text == "--command" && i + 1 < words.size() && NamesEngine(words[i + 1].text)) return true;
    if (text.starts_with("--command=") && NamesEngine(text.substr(10))) return true;
  }
  return false;
}

// The word that is JSON: behind the name, or the value of `--add-mcp`; null without one.
const Argument* JsonOf(std::span<const Argument> words) {
  const bool adds = IsMcp(words, "add-json");
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool is_value = words[i - 1].text == "--add-mcp" || words[i - 1].text == "--mcp-config";
    if ((adds || is_value) && base::Trim(words[i].text).starts_with('{')) return &words[i];
  }
  return nullptr;
}

std::optional<std::string> EscapeSingleQuoted(std::string_view text) {
  return text.find('\'') == std::string_view::npos ? std::optional(std::string(text))
                                                   : std::nullopt;
}
std::optional<std::string> EscapeDoubleQuoted(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (std::string_view("\"\\$`").find(byte) != std::string_view::npos) out += '\\';
    out += byte;
  }
  return out;
}

// Writes into a word that is in one pair of quotes; null for any other.
std::shared_ptr<const base::EditWriter> WriterFor(const Argument& word,
                                                  const base::SourceSet& sources) {
  const std::string_view written = sources.Text(word.span);
  const bool is_copied = std::none_of(word.pieces.begin(), word.pieces.end(),
                                      [](const Piece& one) { return one.origin.IsValid(); });
  if (!is_copied || written.size() < 2 || written.front() != written.back()) return nullptr;
  const std::string_view inside = written.substr(1, written.size() - 2);
  if (written.front() == '\'' && inside.find('\'') == std::string_view::npos)
    return StringWriter(EscapeSingleQuoted);
  return written.front() == '"' ? StringWriter(EscapeDoubleQuoted) : nullptr;
}

// The bytes of a word; what is not known of it is a variable, as the files of clients have them.
std::string TextOf(const Argument& word, base::SourceMap& map) {
  std::string text;
  for (const Piece& piece : word.pieces) {
    std::string part = word.text.substr(piece.begin, piece.size);
    if (part.find(kWorkingDirectoryByte) != std::string::npos)
      part = "${PWD}";
    else if (part.find(kHomeByte) != std::string::npos)
      part = "${HOME}";
    else if (!IsLiteralText(part))
      part = "${value}";
    map.Append(static_cast<std::uint32_t>(part.size()), piece.span.begin, piece.span.end);
    text += part;
  }
  return text;
}

}  // namespace

std::size_t FindMcpServer(std::span<const Argument> words) {
  if (!IsMcp(words, "add") || NamesCommand(words)) return 0;
  const auto dashes = std::find_if(words.begin(), words.end(),
                                   [](const Argument& word) { return word.text == "--"; });
  const auto behind = static_cast<std::size_t>(dashes - words.begin()) + 1;
  bool has_name = false;
  for (std::size_t i = 3; i < words.size() && i + 1 != behind; ++i) {
    const std::string_view text = words[i].text;
    if (text.size() > 1 && text.front() == '-') {
      if (std::find(kValueOptions.begin(), kValueOptions.end(), text) != kValueOptions.end()) ++i;
    } else if (!has_name) {
      has_name = true;
    } else if (dashes == words.end() || NamesEngine(text)) {
      return i;
    }
  }
  return dashes == words.end() ? 0 : behind;
}

// True where the command is one that registers a server by other means than its words.
bool ShellWalker::RunMcpClient(const Arguments& words) {
  if (IsMcp(words, "add") && NamesCommand(words)) {
    AddGap("unsupported-construct",
           "the server that `" + words.front().text + " mcp add` names by options was not read",
           base::Cover(words.front().span, words.back().span));
    return true;
  }
  const Argument* json = JsonOf(words);
  if (json == nullptr || json->pieces.empty()) return false;
  base::SourceMap map(json->span.file);
  std::string text = TextOf(*json, map);
  if (kMcpReader.accepts_fence("json", text).empty()) return true;
  const base::Source& source = context_.sources.AddEmbedded(
      std::move(text), {std::move(map), WriterFor(*json, context_.sources)});
  document_.embedded.push_back(kMcpReader.read(source, context_));
  return true;
}

}  // namespace cagelint::input
