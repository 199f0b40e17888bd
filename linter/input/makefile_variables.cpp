#include "linter/input/makefile_variables.h"

#include <algorithm>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/shell_texts.h"
#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

constexpr int kDeepest = 20;
constexpr std::size_t kMostExpanded = std::size_t{4} << 20;
constexpr std::size_t kLongest = std::size_t{64} << 10;
constexpr std::string_view kShellCall = "shell ";

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }

bool IsPlainWord(std::string_view text) { return !text.empty() && base::ShellQuote(text) == text; }

// The size of a line end that a backslash at `at` takes away, with the backslash; 0 without.
std::size_t Continuation(std::string_view text, std::size_t at) {
  const std::size_t size = text[at] == '\\' ? syntax::MakeLineEnd(text, at + 1) : 0;
  return size == 0 ? 0 : size + 1;
}

}  // namespace

std::string_view InsideReference(std::string_view written) {
  const bool in_brackets = written.size() > 2 && (written[1] == '(' || written[1] == '{');
  return in_brackets ? written.substr(2, written.size() - 3) : written.substr(1);
}

bool RunsEngineInShell(std::string_view text) {
  for (std::size_t at = text.find("(shell"); at != std::string_view::npos;
       at = text.find("(shell", at + 1))
    if (NamesEngineAnywhere(text.substr(at))) return true;
  return false;
}

MakeVariables::MakeVariables(const base::Source& source, const syntax::MakeTree& tree) {
  for (const syntax::MakeAssignment& assignment : tree.assignments)
    Add(assignment, source.Text(assignment.value));
}

void MakeVariables::Add(const syntax::MakeAssignment& assignment, std::string_view value) {
  const bool is_new = !variables_.contains(assignment.name);
  Variable& variable = variables_[assignment.name];
  variable.is_block = variable.is_block || assignment.operation == "define";
  const bool appends = assignment.operation == "+=";
  const bool is_text = assignment.operation == "=" || assignment.operation == ":=" ||
                       assignment.operation == "?=" || assignment.operation == "define" || appends;
  if (assignment.conditional || !is_text || (!is_new && !appends) || RunsEngineInShell(value))
    variable.known = false;
  if (variable.values.empty() || appends) variable.values.push_back(value);
  if (variable.ways.empty() || !appends) variable.ways.emplace_back();
  variable.ways.back().push_back(value);
  variable.is_extended = variable.is_extended || (appends && assignment.conditional);
  if (!appends && IsPlainWord(value)) variable.likely = value;
}

bool MakeVariables::HasKnownShell() const {
  const auto shell = variables_.find("SHELL");
  if (shell == variables_.end() || !shell->second.known || shell->second.values.size() != 1)
    return true;
  const std::string_view words = shell->second.values.front();
  // `/usr/bin/env bash`, or what is not known.
  return IsShell(base::NameOf(words)) || words.find_first_of(" $") != std::string_view::npos;
}

std::string MakeVariables::Expand(std::string_view written, OpenQuotes quotes, bool alone) {
  std::string text = ExpandReference(written, quotes, alone, 0);
  expanded_ += text.size();
  return text;
}

std::string MakeVariables::ExpandText(std::string_view text, OpenQuotes quotes, int depth) {
  std::string out;
  std::size_t passed = 0;
  for (std::size_t at = 0; at < text.size() && out.size() < kLongest;) {
    if (text[at] == '$' && at + 1 < text.size()) {
      const std::size_t end = std::min(syntax::MakeReferenceEnd(text, at), text.size());
      quotes.Pass(std::string_view(out).substr(passed));
      passed = out.size();
      const bool alone =
          (at == 0 || IsBlank(text[at - 1])) && (end == text.size() || IsBlank(text[end]));
      out += ExpandReference(text.substr(at, end - at), quotes, alone, depth);
      at = end;
    } else if (const std::size_t size = Continuation(text, at); size > 0) {
      while (!out.empty() && IsBlank(out.back()) && out.size() > passed) out.pop_back();
      out += ' ';
      for (at += size; at < text.size() && IsBlank(text[at]);) ++at;
    } else if (text.substr(at, 2) == "\\#") {
      out += '#';
      at += 2;
    } else {
      out += text[at++];
    }
  }
  return out;
}

// A name of make that the shell has too, or a function that gives the same.
std::string MakeVariables::Symbol(std::string_view name) {
  if (name == "CURDIR" || name == "PWD" || name == "shell pwd" || name == "shell pwd -P")
    return "${PWD}";
  return name == "HOME" ? "${HOME}" : "";
}

std::string MakeVariables::ExpandReference(std::string_view written, const OpenQuotes& quotes,
                                           bool alone, int depth) {
  if (written == "$$") return "$";
  const std::string_view inside = base::Trim(InsideReference(written));
  if (depth > kDeepest || expanded_ > kMostExpanded) {
    if (NamesEngineAnywhere(inside)) problem_ = "what this gives is too long, so it was not read";
    return UnknownText(quotes, inside, alone);
  }
  const std::string name(inside);
  for (auto local = locals_.rbegin(); local != locals_.rend(); ++local)
    if (local->first == name)
      return local->second ? *local->second : UnknownText(quotes, inside, alone);
  if (!variables_.contains(name))
    if (const std::string symbol = Symbol(name); !symbol.empty()) return InQuotes(quotes, symbol);
  if (inside.starts_with(kShellCall))
    return InQuotes(quotes,
                    "$(" + ExpandText(inside.substr(kShellCall.size()), {}, depth + 1) + ")");
  // The names of files, which the rule gives.
  if (written.size() == 2 && !base::IsNameByte(written[1]))
    return UnknownText(quotes, written == "$^" || written == "$+" ? "prerequisites" : "target",
                       alone && (written == "$^" || written == "$+"));
  if (inside.starts_with("call ")) return ExpandCall(inside, quotes, alone, depth);
  if (const auto text = ExpandFunction(inside, quotes, depth)) return *text;
  return ExpandName(name, quotes, alone, depth);
}

std::string MakeVariables::ExpandName(const std::string& name, const OpenQuotes& quotes, bool alone,
                                      int depth) {
  const auto found = variables_.find(name);
  if (found != variables_.end() && found->second.known && !found->second.active) {
    return ExpandValues(found->second, found->second.values, quotes, depth);
  }
  if (found != variables_.end() && !found->second.active) {
    Variable& variable = found->second;
    const std::vector<std::string_view>* way = nullptr;
    bool are_several = variable.is_extended;
    for (const auto& one : variable.ways) {
      if (!RunsEngine(one.front(), depth + 1)) continue;
      are_several = are_several || way != nullptr;
      if (way == nullptr) way = &one;
    }
    if (way != nullptr) {
      chose_ = true;
      if (are_several) problem_ = "`" + name + "` has several values, of which one was read here";
      return ExpandValues(variable, *way, quotes, depth);
    }
  }
  const std::string likely = found == variables_.end() ? "" : found->second.likely;
  return UnknownVariable(quotes, name, likely, alone);
}

std::string MakeVariables::ExpandValues(Variable& variable,
                                        const std::vector<std::string_view>& values,
                                        const OpenQuotes& quotes, int depth) {
  variable.active = true;
  variable.is_used = true;
  std::string out;
  OpenQuotes within = quotes;
  for (const std::string_view value : values) {
    std::string text = variable.is_block ? ExpandBlock(value, within, depth + 1)
                                         : ExpandText(value, within, depth + 1);
    if (!out.empty()) text = " " + text;
    within.Pass(text);
    out += text;
  }
  variable.active = false;
  expanded_ += out.size();
  return out;
}

}  // namespace cagelint::input
