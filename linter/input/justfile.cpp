// Justfiles as a carrier: the lines of their recipes, and the scripts that recipes are.
#include "linter/syntax/justfile.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/reader.h"
#include "linter/input/recipes.h"
#include "linter/input/shell_texts.h"
#include "linter/input/workflow_script.h"

namespace cagelint::input {
namespace {

using syntax::JustRecipe;

bool Named(std::string_view path) {
  const std::string name = base::ToLower(base::NameOf(path));
  return name == "justfile" || name == ".justfile" || name.ends_with(".just");
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  return Named(path) && NamesEngineAnywhere(bytes) ? "its name, and it names an engine" : "";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  const bool fits = language == "just" || language == "justfile";
  return fits && NamesEngineAnywhere(bytes) ? "a justfile that names an engine" : "";
}

// `{{` begins an expression.
std::optional<std::string> EscapeJust(std::string_view text) {
  if (text.find("{{") != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }

// A text of a justfile, line by line, with its expressions filled in.
class Script {
 public:
  explicit Script(const base::Source& source) : source_(source), out_(source) {}

  EmbeddedText& Text() { return out_; }
  const OpenQuotes& Quotes() {
    quotes_.Pass(std::string_view(out_.Text()).substr(passed_));
    passed_ = out_.Size();
    return quotes_;
  }
  // The line end before a line that begins at `begin`, and what stands before it.
  void Break(std::uint32_t begin) {
    const std::string_view bytes = source_.Bytes();
    std::uint32_t end = begin;
    while (end > 0 && bytes[end - 1] != '\n') --end;
    const std::uint32_t size = end > 1 && bytes[end - 2] == '\r' ? 2 : 1;
    if (end > 0) out_.Put("\n", end - size, end);
  }

 private:
  const base::Source& source_;
  EmbeddedText out_;
  OpenQuotes quotes_;
  std::uint32_t passed_ = 0;
};

class Reading {
 public:
  Reading(const base::Source& source, const Context& context)
      : source_(source),
        bytes_(source.Bytes()),
        context_(context),
        tree_(syntax::ParseJustfile(source.Bytes(), source.Id())),
        texts_(context, source.Path(), document_) {
    document_.file = source.Id();
    document_.carrier = model::Carrier::kJustfile;
  }

  model::Document Do() {
    for (const syntax::JustAssignment& assignment : tree_.assignments)
      if (!variables_.emplace(assignment.name, assignment.value).second)
        variables_[assignment.name] = {};
    for (const syntax::JustAssignment& assignment : tree_.assignments)
      ReadBackticks(assignment.value);
    for (const JustRecipe& recipe : tree_.recipes) ReadRecipe(recipe);
    texts_.Link();
    if (tree_.unclosed.IsValid())
      document_.gaps.push_back({"syntax-error", "the string that begins here is never closed",
                                tree_.unclosed, "", true});
    AddSuppressions();
    return std::move(document_);
  }

 private:
  // What an expression runs: commands in backticks, one or three.
  void ReadBackticks(const base::Span& expression) {
    const std::string_view within = bytes_.substr(0, expression.end);
    for (std::size_t at = expression.begin; at < within.size();) {
      if (within[at] != '`' && within[at] != '"' && within[at] != '\'') {
        ++at;
        continue;
      }
      const std::size_t end = std::min(syntax::JustStringEnd(within, at), within.size());
      const std::size_t quotes = within.substr(at, 3) == "```" ? 3 : 1;
      if (within[at] == '`' && end >= at + 2 * quotes &&
          NamesEngineAnywhere(within.substr(at, end - at))) {
        EmbeddedText text(source_);
        text.Copy(static_cast<std::uint32_t>(at + quotes),
                  static_cast<std::uint32_t>(end - quotes));
        texts_.Read(text.AddTo(context_.sources, nullptr));
      }
      at = end;
    }
  }

  // The first string of the setting `shell`; "sh" without one.
  std::string ShellOfLines() const {
    for (const syntax::JustAssignment& setting : tree_.settings) {
      if (setting.name != "shell") continue;
      const std::string_view list = source_.Text(setting.value);
      const std::size_t open = list.find_first_of("\"'");
      if (open == std::string_view::npos) continue;
      const std::size_t end = std::min(syntax::JustStringEnd(list, open), list.size());
      return syntax::JustString(list.substr(open, end - open)).value_or("");
    }
    return "sh";
  }

  // `[script]`, `[script("bash")]`: the interpreter; nothing where there is no such attribute.
  static std::optional<std::string> InterpreterOf(const JustRecipe& recipe) {
    for (const std::string& attribute : recipe.attributes) {
      const std::size_t at = attribute.find("script");
      if (at == std::string::npos || at == 0 || base::IsNameByte(attribute[at - 1])) continue;
      const std::size_t open = attribute.find_first_of("\"'", at);
      if (open == std::string::npos) return "sh";
      const std::size_t end = std::min(syntax::JustStringEnd(attribute, open), attribute.size());
      return syntax::JustString(attribute.substr(open, end - open)).value_or("");
    }
    return std::nullopt;
  }

  void ReadRecipe(const JustRecipe& recipe) {
    if (recipe.lines.empty()) return;
    const auto interpreter = InterpreterOf(recipe);
    const std::string_view first = source_.Text(recipe.lines[0]);
    const bool is_script = interpreter || first.starts_with("#!");
    const std::string program = interpreter ? *interpreter
                                : is_script ? std::string(first.substr(2))
                                            : ShellOfLines();
    const ScriptShell shell = ShellOfScript(program, "", true);
    if (!is_script && shell == ScriptShell::kShell) return ReadLines(recipe);
    Script script(source_);
    for (base::Span line : recipe.lines) {
      if (script.Text().Size() > 0) script.Break(line.begin);
      if (!is_script) SkipSigns(line, script);
      AddLine(line, recipe, script);
    }
    if (shell == ScriptShell::kShell) return Read(script);
    if (!NamesEngineAnywhere(script.Text().Text())) return;
    const Reader* reader = ReaderOf(shell);
    if (reader == nullptr)
      return Say("what `" + base::Escape(base::Trim(program)) + "` makes of this is not known",
                 recipe.lines[0]);
    document_.embedded.push_back(
        reader->read(script.Text().AddTo(context_.sources, FileLinesWriter(EscapeJust)), context_));
  }

  void Say(std::string message, const base::Span& place) {
    document_.gaps.push_back({"unsupported-construct", std::move(message), place, "", false});
  }

  // Before the text of a line stand signs that speak to just.
  void SkipSigns(base::Span& line, Script& script) const {
    for (; line.begin < line.end; ++line.begin) {
      const char byte = bytes_[line.begin];
      if (byte != '@' && byte != '-' && !IsBlank(byte)) break;
      script.Text().Put(" ", line.begin, line.begin + 1);
    }
  }

  // Each line, with those that a backslash continues, is for a shell of its own.
  void ReadLines(const JustRecipe& recipe) {
    for (std::size_t i = 0; i < recipe.lines.size(); ++i) {
      const std::string_view text = base::Trim(source_.Text(recipe.lines[i]));
      if (text.starts_with('#') && !text.ends_with('\\')) continue;
      Script script(source_);
      base::Span line = recipe.lines[i];
      SkipSigns(line, script);
      AddLine(line, recipe, script);
      while (source_.Text(recipe.lines[i]).ends_with('\\') && i + 1 < recipe.lines.size()) {
        script.Break(recipe.lines[++i].begin);
        AddLine(recipe.lines[i], recipe, script);
      }
      Read(script);
    }
  }

  void Read(Script& script) {
    if (NamesEngineAnywhere(script.Text().Text()))
      texts_.Read(script.Text().AddTo(context_.sources, FileLinesWriter(EscapeJust)));
  }

  void AddLine(const base::Span& line, const JustRecipe& recipe, Script& script) {
    std::uint32_t at = line.begin;
    while (at < line.end) {
      const std::string_view rest = bytes_.substr(at, line.end - at);
      if (rest.starts_with("{{{{")) {
        script.Text().Put("{{", at, at + 4);
        at += 4;
      } else if (rest.starts_with("{{")) {
        at = AddExpression(at, line, recipe, script);
      } else {
        const std::size_t next = std::min(rest.find("{{", 1), rest.size());
        const auto end = at + static_cast<std::uint32_t>(next);
        script.Text().Copy(at, end);
        at = end;
      }
    }
  }

  // Where the expression ends that begins at `at`: behind `}}` that stands in no string; 0 where it
  // does not end.
  std::uint32_t ExpressionEnd(std::uint32_t at, std::uint32_t limit) const {
    const std::string_view within = bytes_.substr(0, limit);
    for (std::size_t i = at + 2; i + 1 < limit; ++i) {
      if (within.substr(i, 2) == "}}") return static_cast<std::uint32_t>(i + 2);
      if (within[i] != '"' && within[i] != '\'' && within[i] != '`') continue;
      const std::size_t end = syntax::JustStringEnd(within, i);
      if (end == std::string_view::npos) return 0;
      i = end - 1;
    }
    return 0;
  }

  std::uint32_t AddExpression(std::uint32_t at, const base::Span& line, const JustRecipe& recipe,
                              Script& script) {
    const std::uint32_t end = ExpressionEnd(at, line.end);
    if (end == 0) {
      document_.gaps.push_back({"syntax-error",
                                "the expression that begins here is never closed",
                                {source_.Id(), at, line.end},
                                "",
                                true});
      script.Text().Put("{{value...}}", at, line.end);
      return line.end;
    }
    const bool alone =
        (at == line.begin || IsBlank(bytes_[at - 1])) && (end >= line.end || IsBlank(bytes_[end]));
    const std::string_view inside = base::Trim(bytes_.substr(at + 2, end - at - 4));
    std::string text = ValueOf(inside, recipe, script.Quotes(), alone);
    if (text.starts_with("{{") && MayRunEngine(inside, recipe))
      Say("what this expression gives is not known, so it was not read", {source_.Id(), at, end});
    if (IsAtCommand(bytes_.substr(line.begin, at - line.begin)))
      text = AtCommand(std::move(text), inside, end < line.end && base::IsNameByte(bytes_[end]));
    script.Text().Put(text, at, end);
    return end;
  }

  std::string ValueOf(std::string_view expression, const JustRecipe& recipe,
                      const OpenQuotes& quotes, bool alone) const {
    for (const syntax::JustParameter& parameter : recipe.parameters)
      if (parameter.name == expression) return UnknownText(quotes, expression, alone);
    std::string_view name = expression;
    // Names of names, as far as anybody goes.
    for (int depth = 0; depth < 8; ++depth) {
      if (const auto text = syntax::JustString(expression)) return *text;
      if (const std::string symbol = SymbolOf(expression); !symbol.empty())
        return InQuotes(quotes, symbol);
      const auto found = variables_.find(std::string(expression));
      if (found == variables_.end() || !found->second.IsValid()) break;
      expression = source_.Text(found->second);
    }
    if (const auto joined = JoinedValue(expression, recipe, quotes)) return *joined;
    return UnknownVariable(quotes, name, LikelyOf(expression), alone);
  }

  // `a + "b" / c`: its values one behind the other; nothing where it is no such expression.
  std::optional<std::string> JoinedValue(std::string_view expression, const JustRecipe& recipe,
                                         OpenQuotes quotes) const {
    constexpr int kDeepest = 8;
    const std::vector<std::string_view> terms = syntax::JustTerms(expression);
    constexpr std::size_t kMostTerms = 65536;
    if (terms.size() < 3 || joining_ >= kDeepest || joined_ > kMostTerms) return std::nullopt;
    joined_ += terms.size();
    ++joining_;
    std::string out;
    for (const std::string_view term : terms) {
      const std::string part = term == "+"   ? ""
                               : term == "/" ? "/"
                                             : ValueOf(term, recipe, quotes, false);
      quotes.Pass(part);
      out += part;
    }
    --joining_;
    return out;
  }

  // Whether a string in the expression, or in the values of names in it, is a command of an engine.
  bool MayRunEngine(std::string_view expression, const JustRecipe& recipe) const {
    for (const syntax::JustParameter& parameter : recipe.parameters)
      if (parameter.name == expression) return false;
    for (int depth = 0; depth < 8; ++depth) {
      for (const std::string_view verb : {" run", " create", " exec", "compose "})
        if (NamesEngineAnywhere(expression) && expression.find(verb) != std::string_view::npos &&
            !expression.starts_with('`'))
          return true;
      const auto found = variables_.find(std::string(expression));
      if (found == variables_.end() || !found->second.IsValid()) return false;
      expression = source_.Text(found->second);
    }
    return false;
  }

  // A recipe runs in the folder of the justfile (just's manual, "Working Directory").
  static std::string SymbolOf(std::string_view expression) {
    for (const std::string_view call :
         {"justfile_directory()", "justfile_dir()", "source_directory()", "source_dir()"})
      if (expression == call) return "${PWD}";
    const bool is_home = expression == "home_directory()" || expression == "home_dir()" ||
                         expression == "env('HOME')" || expression == "env_var('HOME')" ||
                         expression == "env(\"HOME\")" || expression == "env_var(\"HOME\")";
    return is_home ? "${HOME}" : "";
  }

  // `env("NAME", "docker")`: the string at its end.
  static std::string LikelyOf(std::string_view expression) {
    const std::size_t comma = expression.rfind(',');
    if (!expression.starts_with("env") || !expression.ends_with(')') ||
        comma == std::string_view::npos)
      return "";
    const std::string_view last = expression.substr(comma + 1);
    return syntax::JustString(base::Trim(last.substr(0, last.size() - 1))).value_or("");
  }

  void AddSuppressions() {
    std::vector<base::Span> entries;
    for (const syntax::JustAssignment& assignment : tree_.assignments)
      entries.push_back(assignment.span);
    for (const JustRecipe& recipe : tree_.recipes) {
      entries.push_back(recipe.span);
      for (std::size_t i = 0; i < recipe.lines.size(); ++i) {
        base::Span line = recipe.lines[i];
        while (source_.Text(recipe.lines[i]).ends_with('\\') && i + 1 < recipe.lines.size())
          line = base::Cover(line, recipe.lines[++i]);
        entries.push_back(line);
      }
    }
    CollectRecipeSuppressions(tree_.comments, entries, context_.sources, document_.suppressions);
    ShareSuppressions(document_, context_.sources);
  }

  const base::Source& source_;
  std::string_view bytes_;
  const Context& context_;
  syntax::JustTree tree_;
  mutable std::size_t joined_ = 0;  // terms
  mutable int joining_ = 0;         // expressions that are being put together
  std::unordered_map<std::string, base::Span> variables_;  // invalid: set more than once
  model::Document document_;
  ShellTexts texts_;
};

model::Document Read(const base::Source& source, const Context& context) {
  return Reading(source, context).Do();
}

}  // namespace

const Reader kJustfileReader{"justfile", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
