// What the functions of make give, and what of a Makefile runs an engine.
#include <algorithm>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/docker_cli.h"
#include "linter/input/makefile_variables.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {
namespace {

constexpr int kDeepest = 20;
constexpr std::size_t kMostSearched = std::size_t{4} << 20;

// The arguments of a function: commas separate that stand in no brackets.
std::vector<std::string_view> ArgumentsOf(std::string_view text) {
  std::vector<std::string_view> arguments;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '(' || text[at] == '{') ++depth;
    if (text[at] == ')' || text[at] == '}') --depth;
    if (text[at] != ',' || depth > 0) continue;
    arguments.push_back(text.substr(begin, at - begin));
    begin = at + 1;
  }
  arguments.push_back(text.substr(begin));
  return arguments;
}

std::string_view FunctionOf(std::string_view call) {
  const std::size_t end = call.find_first_of(" \t");
  return end == std::string_view::npos ? std::string_view() : call.substr(0, end);
}

// The next word of a text, in which a reference is no end; `at` is moved behind it.
std::string_view NextWord(std::string_view text, std::size_t& at) {
  constexpr std::string_view kBetween = " \t\r\n\\@;&|(\"'`";
  at = std::min(text.find_first_not_of(kBetween, at), text.size());
  const std::size_t begin = at;
  while (at < text.size() && kBetween.find(text[at]) == std::string_view::npos)
    at = text[at] == '$' ? std::min(syntax::MakeReferenceEnd(text, at), text.size()) : at + 1;
  return text.substr(begin, at - begin);
}

bool IsVerb(std::string_view word) {
  constexpr std::string_view kVerbs[] = {"run", "create", "exec", "compose"};
  return word.starts_with('-') || word.starts_with('$') ||
         std::find(std::begin(kVerbs), std::end(kVerbs), word) != std::end(kVerbs);
}

}  // namespace

// A variable of which nothing else is known, or the name of an engine.
bool MakeVariables::MayBeEngine(std::string_view word) const {
  if (!word.starts_with('$')) return NamesEngine(word);
  const std::string_view inside = InsideReference(word);
  const auto found = variables_.find(std::string(inside));
  if (found == variables_.end()) return NamesEngineAnywhere(base::ToLower(inside));
  return NamesEngine(found->second.likely);
}

// Whether a shell that gets `text` may run an engine: by a word that names one and a verb behind
// it, or by what a reference is.
bool MakeVariables::RunsEngine(std::string_view text, int depth) {
  // Where nobody looks any further, what may be is taken to be.
  if (depth > kDeepest || searched_ > kMostSearched) return NamesEngineAnywhere(text);
  searched_ += text.size();
  bool is_engine = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view word = NextWord(text, at);
    if (word.empty()) break;
    if (is_engine && IsVerb(word)) return true;
    if (is_engine && word == "container") continue;
    is_engine = MayBeEngine(word);
    if (is_engine && word.ends_with("-compose")) return true;
    for (std::size_t i = word.find('$'); i < word.size();) {
      const std::size_t end = std::min(syntax::MakeReferenceEnd(word, i), word.size());
      if (ReferenceRunsEngine(word.substr(i, end - i), depth + 1)) return true;
      i = word.find('$', end);
    }
  }
  return false;
}

bool MakeVariables::ReferenceRunsEngine(std::string_view reference, int depth) {
  std::string_view inside = reference.size() > 1 ? base::Trim(InsideReference(reference)) : "";
  const std::string_view function = FunctionOf(inside);
  // What they print is no command; what `shell` runs is read for itself.
  if (function == "shell" || function == "info" || function == "warning" || function == "error")
    return false;
  if (function == "call") {
    const auto arguments = ArgumentsOf(inside.substr(function.size()));
    for (const std::string_view argument : arguments)
      if (RunsEngine(argument, depth)) return true;
    inside = base::Trim(arguments.front());
  } else if (!function.empty()) {
    const auto arguments = ArgumentsOf(inside.substr(function.size()));
    return std::any_of(arguments.begin(), arguments.end(),
                       [&](std::string_view argument) { return RunsEngine(argument, depth); });
  }
  const auto found = variables_.find(std::string(inside));
  if (found == variables_.end()) return false;
  Variable& variable = found->second;
  if (variable.runs_engine < 0) {
    variable.runs_engine = 0;  // what refers to itself adds nothing
    const bool runs = std::any_of(variable.ways.begin(), variable.ways.end(), [&](const auto& way) {
      return std::any_of(way.begin(), way.end(),
                         [&](std::string_view value) { return RunsEngine(value, depth); });
    });
    variables_.find(std::string(inside))->second.runs_engine = runs ? 1 : 0;
  }
  return variable.runs_engine == 1;
}

bool MakeVariables::IsUnreadBlock(const std::string& name) {
  const auto found = variables_.find(name);
  return found != variables_.end() && found->second.is_block && !found->second.is_used &&
         RunsEngine(found->second.ways.front().front(), 0);
}

// Each line is one of a recipe, behind what speaks to make.
std::string MakeVariables::ExpandBlock(std::string_view body, const OpenQuotes& quotes, int depth) {
  std::string out;
  OpenQuotes within = quotes;
  for (std::size_t at = 0; at < body.size();) {
    at = std::min(body.find_first_not_of(" \t@+-", at), body.size());
    std::size_t end = at;
    do end = std::min(body.find('\n', end == at ? end : end + 1), body.size());
    while (end < body.size() && end > at && body[end - 1] == '\\');
    const std::string text = ExpandText(body.substr(at, end - at), within, depth);
    within.Pass(text);
    out += text;
    if (end < body.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

// `$(call NAME,a,b)`: the value of NAME, in which `$(1)` is a.
std::string MakeVariables::ExpandCall(std::string_view call, const OpenQuotes& quotes, bool alone,
                                      int depth) {
  const auto arguments = ArgumentsOf(call.substr(std::string_view("call").size()));
  const std::string name(base::Trim(arguments.front()));
  std::vector<std::pair<std::string, std::optional<std::string>>> parameters;
  constexpr std::size_t kMostParameters = 10;
  for (std::size_t i = 1; i < kMostParameters; ++i)
    parameters.emplace_back(std::to_string(i),
                            i < arguments.size() ? ExpandText(arguments[i], {}, depth + 1) : "");
  const std::size_t outer = locals_.size();
  locals_.insert(locals_.end(), parameters.begin(), parameters.end());
  std::string text = ExpandName(name, quotes, alone, depth);
  locals_.resize(outer);
  const bool is_lost =
      !variables_.contains(name) &&
      std::any_of(arguments.begin() + 1, arguments.end(),
                  [&](std::string_view argument) { return RunsEngine(argument, depth + 1); });
  if (is_lost) problem_ = "what `" + name + "` makes of this is not known, so it was not read";
  return text;
}

// What the function `call` gives, where it may run an engine; nothing where it does not.
std::optional<std::string> MakeVariables::ExpandFunction(std::string_view call,
                                                         const OpenQuotes& quotes, int depth) {
  const std::string_view function = FunctionOf(call);
  if (function.empty()) return std::nullopt;
  const auto arguments = ArgumentsOf(call.substr(function.size()));
  if (function == "info" || function == "warning" || function == "error") {
    const bool chose = chose_;
    std::string problem = problem_;
    for (const std::string_view argument : arguments) ExpandText(argument, {}, depth + 1);
    chose_ = chose;
    problem_ = std::move(problem);
    return "";
  }
  if (!ReferenceRunsEngine("$(" + std::string(call) + ")", depth + 1)) return std::nullopt;
  chose_ = true;
  if (function == "foreach" && arguments.size() >= 3) {
    // The last argument may hold commas.
    const auto body = arguments[2].data() - call.data();
    const std::size_t outer = locals_.size();
    locals_.emplace_back(std::string(base::Trim(arguments[0])), std::nullopt);
    std::string text = ExpandText(call.substr(static_cast<std::size_t>(body)), quotes, depth + 1);
    locals_.resize(outer);
    return text;
  }
  if (function == "if" && arguments.size() >= 2) {
    const bool first = RunsEngine(arguments[1], depth + 1);
    const bool second = arguments.size() > 2 && RunsEngine(arguments[2], depth + 1);
    if (first && second) problem_ = "of the values that `if` gives here one was read";
    if (first || second) return ExpandText(arguments[first ? 1 : 2], quotes, depth + 1);
  }
  problem_ = "what `" + std::string(function) + "` makes of this is not known, so it was not read";
  return std::nullopt;
}

}  // namespace cagelint::input
