#include "linter/input/embed_variables.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

#include "linter/base/text.h"
#include "linter/input/argument.h"
#include "linter/input/open_quotes.h"

namespace cagelint::input {
namespace {

constexpr std::size_t kLongestVariable = 200;

// What Visual Studio Code fills in besides what has a colon
// (code.visualstudio.com/docs/reference/variables-reference).
constexpr std::array<std::string_view, 17> kEditors{"workspaceFolder",
                                                    "workspaceRoot",
                                                    "workspaceFolderBasename",
                                                    "userHome",
                                                    "cwd",
                                                    "file",
                                                    "fileWorkspaceFolder",
                                                    "relativeFile",
                                                    "relativeFileDirname",
                                                    "fileBasename",
                                                    "fileBasenameNoExtension",
                                                    "fileDirname",
                                                    "fileExtname",
                                                    "lineNumber",
                                                    "selectedText",
                                                    "execPath",
                                                    "pathSeparator"};

struct Found {
  std::size_t begin = std::string_view::npos;
  std::size_t end = 0;
  std::string_view name;  // without `$`, braces and `env:`
  bool is_of_editor = false;
};

Found Braced(std::string_view text, std::size_t at) {
  const std::size_t close = text.substr(0, at + kLongestVariable).find('}', at);
  if (close == std::string_view::npos) return {};
  std::string_view name = text.substr(at + 2, close - at - 2);
  if (name.empty() || name.find_first_of("\n{") != std::string_view::npos) return {};
  const bool has_default = name.find(":-") != std::string_view::npos;
  const bool has_colon = name.find(':') != std::string_view::npos && !has_default;
  if (name.starts_with("env:")) name.remove_prefix(4);
  if (name.starts_with("workspaceFolder:")) name = "workspaceFolder";
  const bool is_of_editor =
      has_colon || std::find(kEditors.begin(), kEditors.end(), name) != kEditors.end();
  return {at, close + 1, name, is_of_editor};
}

Found Bare(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && base::IsNameByte(text[end])) ++end;
  const std::string_view name = text.substr(at + 1, end - at - 1);
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) != 0) return {};
  return {at, end, name, false};
}

Found Next(std::string_view text, std::size_t from, bool bare) {
  for (std::size_t at = text.find('$', from); at != std::string_view::npos;
       at = text.find('$', at + 1)) {
    const bool is_braced = at + 1 < text.size() && text[at + 1] == '{';
    if (!is_braced && !bare) continue;
    const Found found = is_braced ? Braced(text, at) : Bare(text, at);
    if (found.end > 0) return found;
  }
  return {};
}

bool IsWorkingDirectory(std::string_view name) {
  return name == "workspaceFolder" || name == "workspaceRoot" || name == "cwd" || name == "PWD";
}
bool IsHome(std::string_view name) { return name == "userHome" || name == "HOME"; }

// A name that placeholders and variables can have.
std::string Plain(std::string_view name) {
  std::string out;
  for (const char byte : name.substr(0, 40)) out += base::IsNameByte(byte) ? byte : '_';
  return out;
}

// `expansion` as it must stand inside quotes.
std::string Written(const std::string& expansion, char open) {
  if (open == '"') return expansion;
  if (open == '\'') return "'\"" + expansion + "\"'";
  return '"' + expansion + '"';
}

// `${config:docker.path}`: as a variable it can be told where a command begins with it.
bool MayBeEngine(std::string_view name) {
  const std::string lower = base::ToLower(name);
  return lower.find("docker") != std::string::npos || lower.find("podman") != std::string::npos ||
         lower.find("nerdctl") != std::string::npos;
}

std::uint32_t Size(std::size_t n) { return static_cast<std::uint32_t>(n); }

}  // namespace

EmbeddedText FillWordVariables(const EmbeddedText& word) {
  const std::string_view bytes = word.Text();
  EmbeddedText out(word.Outer());
  std::size_t done = 0;
  for (Found found = Next(bytes, 0, true); found.end > 0; found = Next(bytes, done, true)) {
    out.Append(word, Size(done), Size(found.begin));
    const base::Span place = word.Map().ToOuter(Size(found.begin), Size(found.end));
    std::string filled = "{{" + Plain(found.name) + "}}";
    if (IsWorkingDirectory(found.name)) filled = std::string(1, kWorkingDirectoryByte);
    if (IsHome(found.name)) filled = std::string(1, kHomeByte);
    out.Put(filled, place.begin, place.end);
    done = found.end;
  }
  out.Append(word, Size(done), Size(bytes.size()));
  return out;
}

EmbeddedText ShellVariable(const EmbeddedText& text) {
  const std::string_view bytes = text.Text();
  EmbeddedText out(text.Outer());
  const Found found = Next(bytes, 0, true);
  if (found.end != bytes.size() || found.begin != 0) return out;
  const std::size_t separator = std::min(found.name.find(":-"), found.name.size());
  const std::string_view likely = found.name.substr(separator);
  const bool is_plain = std::all_of(likely.begin(), likely.end(), [](char byte) {
    return base::IsNameByte(byte) || std::string_view(":-./").find(byte) != std::string_view::npos;
  });
  const base::Span place = text.Map().ToOuter(0, text.Size());
  out.Put(
      "\"${" + Plain(found.name.substr(0, separator)) + std::string(is_plain ? likely : "") + "}\"",
      place.begin, place.end);
  return out;
}

EmbeddedText FillShellVariables(const EmbeddedText& text) {
  const std::string_view bytes = text.Text();
  EmbeddedText out(text.Outer());
  OpenQuotes quotes;
  std::size_t done = 0;
  std::size_t from = 0;
  for (Found found = Next(bytes, 0, false); found.end > 0; found = Next(bytes, from, false)) {
    from = found.end;
    if (!found.is_of_editor) continue;
    quotes.Pass(bytes.substr(done, found.begin - done));
    out.Append(text, Size(done), Size(found.begin));
    std::string expansion = "{{" + Plain(found.name) + "}}";
    if (bytes.substr(found.begin).starts_with("${env:") || MayBeEngine(found.name))
      expansion = "${" + Plain(found.name) + "}";
    if (IsWorkingDirectory(found.name)) expansion = "$PWD";
    if (IsHome(found.name)) expansion = "$HOME";
    const base::Span place = text.Map().ToOuter(Size(found.begin), Size(found.end));
    out.Put(Written(expansion, quotes.Open()), place.begin, place.end);
    done = found.end;
  }
  out.Append(text, Size(done), Size(bytes.size()));
  return out;
}

}  // namespace cagelint::input
