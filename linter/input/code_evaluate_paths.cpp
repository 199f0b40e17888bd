// Folders, users and variables of the environment, as a shell names them.
#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/code_evaluate.h"

namespace cagelint::input {
namespace {

using Kind = CodeValue::Kind;

struct Symbol {
  std::string_view written;  // without blanks, with double quotes
  std::string_view shell;
};

constexpr std::array<Symbol, 30> kSymbols{{
    {"os.getcwd()", "$PWD"},
    {"os.getcwdb()", "$PWD"},
    {"Path.cwd()", "$PWD"},
    {"pathlib.Path.cwd()", "$PWD"},
    {"Path()", "$PWD"},
    {"process.cwd()", "$PWD"},
    {"cwd()", "$PWD"},
    {"os.Getwd()", "$PWD"},
    {"Deno.cwd()", "$PWD"},
    {"Path.home()", "$HOME"},
    {"pathlib.Path.home()", "$HOME"},
    {"os.homedir()", "$HOME"},
    {"homedir()", "$HOME"},
    {"os.UserHomeDir()", "$HOME"},
    {"__dirname", "$(dirname \"$0\")"},
    {"import.meta.dirname", "$(dirname \"$0\")"},
    {"os.path.dirname(__file__)", "$(dirname \"$0\")"},
    {"os.path.dirname(os.path.abspath(__file__))", "$(dirname \"$0\")"},
    {"os.path.dirname(os.path.realpath(__file__))", "$(dirname \"$0\")"},
    {"Path(__file__).parent", "$(dirname \"$0\")"},
    {"Path(__file__).resolve().parent", "$(dirname \"$0\")"},
    {"pathlib.Path(__file__).parent", "$(dirname \"$0\")"},
    {"os.getuid()", "$(id -u)"},
    {"os.geteuid()", "$(id -u)"},
    {"process.getuid()", "$(id -u)"},
    {"os.Getuid()", "$(id -u)"},
    {"os.getgid()", "$(id -g)"},
    {"os.getegid()", "$(id -g)"},
    {"process.getgid()", "$(id -g)"},
    {"os.Getgid()", "$(id -g)"},
}};

bool Holds(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

CodePart SymbolPart(std::string shell, const base::Span& place) {
  CodePart part;
  part.kind = CodePart::Kind::kSymbol;
  part.name = std::move(shell);
  part.place = place;
  return part;
}

CodeValue TextOf(CodePart part) {
  CodeValue value;
  value.kind = Kind::kText;
  value.place = part.place;
  value.parts.push_back(std::move(part));
  return value;
}

bool IsVariableName(std::string_view name) {
  return !name.empty() && base::IsNameStart(name.front()) &&
         std::all_of(name.begin(), name.end(), base::IsNameByte);
}

}  // namespace

CodePart CodeEvaluator::MadeText(std::string_view text, const base::Span& place) const {
  EmbeddedText made(code_.Source());
  made.Put(text, place.begin, place.end);
  CodePart part;
  part.kind = CodePart::Kind::kLiteral;
  part.text = std::make_shared<const EmbeddedText>(std::move(made));
  part.place = place;
  return part;
}

// `os.getcwd()`, `process.env.HOME`; kUnknown where the range is nothing of the kind.
CodeValue CodeEvaluator::Named(CodeRange range) const {
  constexpr std::uint32_t kLongest = 16;
  if (range.end - range.begin > kLongest) return {};
  std::string written;
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    std::string_view text = code_.Text(at);
    if (code_.At(at).kind == syntax::CodeToken::Kind::kString && text.starts_with('\''))
      written += '"' + std::string(text.substr(1, text.size() - 2)) + '"';
    else
      written += text == "?." ? "." : text;
  }
  const base::Span place = code_.Place(range);
  for (const Symbol& symbol : kSymbols)
    if (written == symbol.written) return TextOf(SymbolPart(std::string(symbol.shell), place));
  for (const std::string_view begin : {"os.environ[\"", "process.env[\"", "os.Getenv(\"",
                                       "os.environ.get(\"", "os.getenv(\"", "process.env."}) {
    if (!written.starts_with(begin)) continue;
    const std::string rest = written.substr(begin.size());
    const std::string name = rest.substr(0, rest.find('"'));
    const std::string_view end = std::string_view(rest).substr(name.size());
    if (!IsVariableName(name) || (!end.empty() && end != "\"]" && end != "\")")) return {};
    return TextOf(SymbolPart("${" + name + "}", place));
  }
  return {};
}

// Parts of a path with slashes between them.
CodeValue CodeEvaluator::Path(const std::vector<CodeRange>& parts, const CodeFrame& frame,
                              int depth) {
  CodeValue out;
  out.kind = Kind::kText;
  out.place = base::Cover(code_.Place(parts.front()), code_.Place(parts.back()));
  for (const CodeRange& range : parts) {
    CodeValue value = Evaluate(range, frame, depth + 1);
    const std::string known = value.Known();
    if (known == "." && parts.size() > 1) continue;
    if (!out.parts.empty() && !known.starts_with('/')) {
      const base::Span place = code_.Place(range);
      out.parts.push_back(MadeText("/", {place.file, place.begin, place.begin + 1}));
    }
    AppendTo(out, std::move(value));
  }
  return out;
}

// A path from the root on: `os.path.abspath(".")`, `os.path.expanduser("~/x")`.
CodeValue CodeEvaluator::Absolute(CodeValue path, const base::Span& place) const {
  if (path.kind == Kind::kUnknown || path.kind == Kind::kVariable) return path;
  if (path.kind != Kind::kText || path.parts.empty()) return path;
  const CodePart& first = path.parts.front();
  if (first.kind != CodePart::Kind::kLiteral) return path;
  const std::string& text = first.text->Text();
  if (text.starts_with('/') || text.starts_with('~')) return path;
  CodeValue out = TextOf(SymbolPart("$PWD", place));
  if (path.Known() == "." || path.Known().empty()) return out;
  out.parts.push_back(MadeText("/", {place.file, place.begin, place.begin + 1}));
  for (CodePart& part : path.parts) out.parts.push_back(std::move(part));
  return out;
}

CodeValue CodeEvaluator::HomeOf(CodeValue path, const base::Span& place) const {
  const std::string known = path.Known();
  if (path.kind != Kind::kText || path.parts.empty() ||
      path.parts.front().kind != CodePart::Kind::kLiteral)
    return path;
  const std::string text = path.parts.front().text->Text();
  if (text != "~" && !text.starts_with("~/")) return path;
  CodeValue out = TextOf(SymbolPart("$HOME", place));
  if (text.size() > 1) out.parts.push_back(MadeText(text.substr(1), place));
  for (std::size_t i = 1; i < path.parts.size(); ++i) out.parts.push_back(path.parts[i]);
  return out;
}

// Calls that make paths; kUnknown for all else.
CodeValue CodeEvaluator::PathCall(std::string_view name, const std::vector<CodeRange>& arguments,
                                  CodeRange range, const CodeFrame& frame, int depth) {
  static constexpr std::array<std::string_view, 5> kJoins = {"os.path.join", "path.join", "join",
                                                             "filepath.Join", "path.posix.join"};
  static constexpr std::array<std::string_view, 7> kAbsolute = {
      "os.path.abspath", "os.path.realpath", "filepath.Abs",    "realpathSync",
      "fs.realpathSync", "path.normalize",   "os.path.normpath"};
  static constexpr std::array<std::string_view, 4> kSame = {"Path", "pathlib.Path",
                                                            "filepath.Clean", "os.fspath"};
  if (arguments.empty()) return {};
  const base::Span place = code_.Place(range);
  const auto first = [&] { return Evaluate(arguments.front(), frame, depth + 1); };
  if (Holds(kJoins, name) && (name != "join" || arguments.size() > 1))
    return Path(arguments, frame, depth);
  if (name == "path.resolve" || name == "resolve")
    return Absolute(Path(arguments, frame, depth), place);
  if (Holds(kSame, name)) return arguments.size() == 1 ? first() : Path(arguments, frame, depth);
  if (arguments.size() != 1) {
    const bool is_environment = name == "os.environ.get" || name == "os.getenv";
    const std::string variable = first().Known();
    if (!is_environment || !IsVariableName(variable) || arguments.size() != 2) return {};
    const std::string likely = Evaluate(arguments[1], frame, depth + 1).Known();
    const bool is_plain = !likely.empty() && base::ShellQuote(likely) == likely;
    return TextOf(
        SymbolPart("${" + variable + (is_plain ? ":-" + likely : "") + "}", code_.Place(range)));
  }
  if (Holds(kAbsolute, name)) return Absolute(first(), place);
  if (name == "os.path.expanduser") return HomeOf(first(), place);
  return {};
}

}  // namespace cagelint::input
