// Source code as a carrier: the commands that programs in Python, Go and TypeScript run.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "linter/base/files.h"
#include "linter/input/code_script.h"
#include "linter/input/code_tree.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"
#include "linter/input/suppressions.h"

namespace cagelint::input {
namespace {

using syntax::CodeLanguage;

constexpr std::array<std::string_view, 1> kPythonEndings{".py"};
constexpr std::array<std::string_view, 1> kGoEndings{".go"};
constexpr std::array<std::string_view, 8> kTypescriptEndings{".ts", ".tsx", ".mts", ".cts",
                                                             ".js", ".jsx", ".mjs", ".cjs"};
constexpr std::array<std::string_view, 3> kPythonFences{"python", "py", "python3"};
constexpr std::array<std::string_view, 2> kGoFences{"go", "golang"};
constexpr std::array<std::string_view, 8> kTypescriptFences{
    "ts", "typescript", "tsx", "js", "javascript", "jsx", "mjs", "node"};

std::string_view EndingOf(std::string_view path, const auto& endings) {
  for (const std::string_view ending : endings)
    if (path.ends_with(ending) && base::NameOf(path).size() > ending.size()) return ending;
  return {};
}

bool Holds(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Whether an engine's name begins or ends a string, or stands in one as a word; cheap.
bool QuotesEngine(std::string_view bytes) {
  for (const std::string_view name : {"docker", "podman", "nerdctl"}) {
    for (std::size_t at = bytes.find(name); at != std::string_view::npos;
         at = bytes.find(name, at + 1)) {
      const char before = at == 0 ? '\0' : bytes[at - 1];
      const char behind = at + name.size() < bytes.size() ? bytes[at + name.size()] : '\0';
      const bool begins = std::string_view("\"'` /\n(;").find(before) != std::string_view::npos;
      if (begins && std::string_view("\"'` \n").find(behind) != std::string_view::npos) return true;
    }
  }
  return false;
}

std::string AcceptsCode(std::string_view bytes, CodeLanguage language) {
  if (!QuotesEngine(bytes)) return "";
  const base::Source source(0, "", std::string(bytes));
  const CodeTree tree = ReadCodeTree(source, language);
  return CodeScript(source, tree).Read().empty() ? "" : "it runs a container engine";
}

void CollectSpans(const CodeReader& code, const std::vector<CodeStatement>& statements,
                  std::vector<base::Span>& out) {
  for (const CodeStatement& one : statements) {
    if (!one.range.IsEmpty()) out.push_back(code.Place(one.range));
    CollectSpans(code, one.body, out);
    CollectSpans(code, one.otherwise, out);
  }
}

model::Document ReadCode(const base::Source& source, const Context& context, model::Carrier carrier,
                         CodeLanguage language) {
  model::Document document;
  document.file = source.Id();
  document.carrier = carrier;
  const CodeTree tree = ReadCodeTree(source, language);
  document.gaps = tree.gaps;
  ShellTexts texts(context, source.Path(), document);
  for (CodeText& text : CodeScript(source, tree).Read()) {
    const auto size = [&] {
      return document.containers.size() + document.commands.size() + document.gaps.size();
    };
    const std::size_t before = size();
    const base::Span starts = text.starts;
    if (text.words)
      texts.Read(text.words->AddTo(context.sources, std::move(text.style)));
    else if (text.pieces)
      texts.Read(text.pieces->AddTo(context.sources));
    else
      texts.Read(text.text->AddTo(context.sources, nullptr));
    if (starts.IsValid() && size() == before)
      document.gaps.push_back({"unresolved-arguments",
                               "what this command of an engine runs cannot be known", starts, "",
                               false});
  }
  texts.Link();
  std::vector<base::Span> statements;
  CollectSpans(CodeReader(source, tree), tree.statements, statements);
  CollectSuppressions(tree.code.comments, statements, context.sources, document.suppressions);
  return document;
}

std::string Accepts(std::string_view path, std::string_view bytes, const auto& endings,
                    CodeLanguage language) {
  const std::string_view ending = EndingOf(path, endings);
  if (ending.empty()) return "";
  const std::string why = AcceptsCode(bytes, language);
  return why.empty() ? "" : "its name ends in `" + std::string(ending) + "`, and " + why;
}

std::string AcceptsFence(std::string_view said, std::string_view bytes, const auto& fences,
                         CodeLanguage language) {
  return Holds(fences, said) ? AcceptsCode(bytes, language) : "";
}

}  // namespace

const Reader kPythonReader{
    "python", [](std::string_view path) { return !EndingOf(path, kPythonEndings).empty(); },
    [](std::string_view path, std::string_view bytes) {
      return Accepts(path, bytes, kPythonEndings, CodeLanguage::kPython);
    },
    [](const base::Source& source, const Context& context) {
      return ReadCode(source, context, model::Carrier::kPython, CodeLanguage::kPython);
    },
    [](std::string_view said, std::string_view bytes) {
      return AcceptsFence(said, bytes, kPythonFences, CodeLanguage::kPython);
    }};

const Reader kGoReader{"go",
                       [](std::string_view path) { return !EndingOf(path, kGoEndings).empty(); },
                       [](std::string_view path, std::string_view bytes) {
                         return Accepts(path, bytes, kGoEndings, CodeLanguage::kGo);
                       },
                       [](const base::Source& source, const Context& context) {
                         return ReadCode(source, context, model::Carrier::kGo, CodeLanguage::kGo);
                       },
                       [](std::string_view said, std::string_view bytes) {
                         return AcceptsFence(said, bytes, kGoFences, CodeLanguage::kGo);
                       }};

const Reader kTypescriptReader{
    "typescript", [](std::string_view path) { return !EndingOf(path, kTypescriptEndings).empty(); },
    [](std::string_view path, std::string_view bytes) {
      return Accepts(path, bytes, kTypescriptEndings, CodeLanguage::kTypescript);
    },
    [](const base::Source& source, const Context& context) {
      return ReadCode(source, context, model::Carrier::kTypescript, CodeLanguage::kTypescript);
    },
    [](std::string_view said, std::string_view bytes) {
      return AcceptsFence(said, bytes, kTypescriptFences, CodeLanguage::kTypescript);
    }};

}  // namespace cagelint::input
