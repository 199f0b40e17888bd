// Commands of a PowerShell script inside other commands: `cmd /c "…"`, `Start-Process`.
#include <utility>

#include "linter/base/text.h"
#include "linter/input/powershell_script.h"
#include "linter/input/windows_words.h"

namespace cagelint::input {

// `"docker run x"` of `cmd /c`: true where it is written as the command that it is.
bool PowershellScript::TextCommand(const PowershellWord& word, std::optional<CommandText>& out) {
  if (!word.is_quoted || !word.is_literal || word.end < word.begin + 2) return false;
  const std::string_view inside = bytes_.substr(word.begin + 1, word.end - word.begin - 2);
  if (inside != word.text || !BeginsWithEngine(inside) || !IsPlainCommand(inside)) return false;
  out.emplace(source_, true);
  out->Copy(word.begin + 1, word.end - 1);
  is_whole_ = true;
  return true;
}

// `Start-Process docker -ArgumentList "run x"`; the arguments as a list are not read.
void PowershellScript::DecideProcess(const PowershellWord& word, State& state,
                                     std::optional<CommandText>& out) {
  const std::string option = std::exchange(option_, base::ToLower(word.text));
  const std::string engine = word.is_literal ? EngineNamedByWindows(word.text) : "";
  if (!engine.empty() && program_.empty()) {
    program_ = engine;
    return;
  }
  const bool is_arguments = option == "-argumentlist" || option == "-args";
  const std::string_view inside =
      word.is_quoted ? bytes_.substr(word.begin + 1, word.end - word.begin - 2) : "";
  if (program_.empty() || !is_arguments || inside.empty() || inside != word.text ||
      !IsPlainCommand(inside))
    return;
  SkipBlanks();
  if (At(at_) == ',') return;
  out.emplace(source_, true);
  out->Put(program_ + " ", word.begin, word.begin + 1);
  out->Copy(word.begin + 1, word.end - 1);
  is_whole_ = true;
  state = State::kEngine;
}

void PowershellScript::AddGap(std::string message, std::uint32_t begin, std::uint32_t end) {
  gaps_.push_back(
      {"unsupported-construct", std::move(message), {source_.Id(), begin, end}, "", false});
}

}  // namespace cagelint::input
