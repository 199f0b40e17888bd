// Values of a batch file, commands inside other commands, and those that cannot be known.
#include <algorithm>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/batch_script.h"
#include "linter/input/shell_texts.h"
#include "linter/input/windows_words.h"

namespace cagelint::input {

// The value as a word in quotes; false where it cannot be known.
bool BatchScript::SetKnown(std::uint32_t name, std::uint32_t equals, std::uint32_t end) {
  CommandText value(source_, true);
  Word word;
  const std::uint32_t behind = at_;
  value.Quote(equals + 1, equals + 1);
  for (at_ = equals + 1; at_ < end;) {
    const std::uint32_t begin = at_;
    if (bytes_[at_] == '%' && Percent(value, word, end)) continue;
    while (at_ < end && (at_ == begin || bytes_[at_] != '%')) ++at_;
    value.Literal(begin, at_);
  }
  value.Quote(end, end);
  at_ = behind;
  const std::string_view written = bytes_.substr(equals + 1, end - equals - 1);
  if (!word.is_known || written.find_first_of("!^\"") != std::string_view::npos) return false;
  text_.Put(VariableName(base::Trim(bytes_.substr(name, equals - name))) + "=", name, equals + 1);
  text_.Append(value, 0);
  text_.Put("\n", end, end);
  return true;
}

// `for %%i in (docker podman) do …`: a list of words; `for /f %%i in ('docker run x') do …`: a
// command.
void BatchScript::ForSet() {
  SkipBlanks();
  if (At(at_) != '(') return;
  const std::uint32_t begin = at_ + 1;
  const std::size_t close = bytes_.find_first_of(")\n", at_);
  at_ = static_cast<std::uint32_t>(std::min(close, bytes_.size()));
  const std::uint32_t end = at_;
  if (At(at_) == ')') ++at_;
  const std::string_view inside = base::Trim(bytes_.substr(begin, end - begin));
  if (counts_ || !NamesEngineAnywhere(inside)) return;
  if (!inside.starts_with('\'') && !inside.starts_with('`')) {
    loops_engines_ = true;
    return;
  }
  std::optional<CommandText> out(std::in_place, source_, true);
  const auto text = static_cast<std::uint32_t>(inside.data() - bytes_.data());
  const auto size = static_cast<std::uint32_t>(inside.size());
  if (size > 2 && TextCommand(text + 1, text + size - 1, out)) {
    text_.Append(*out, 0);
    text_.Put("\n", text + size, text + size);
    statements_.push_back({source_.Id(), text, text + size});
  } else if (MayStartContainers(inside)) {
    AddGap("what this command starts is not read", text, text + size);
  }
  is_whole_ = false;
}

// `docker run x` of `cmd /c "docker run x"`: true where it is written as the command that it is.
bool BatchScript::TextCommand(std::uint32_t begin, std::uint32_t end,
                              std::optional<CommandText>& out) {
  const std::string_view inside = bytes_.substr(begin, end - begin);
  if (!BeginsWithEngine(inside) || !IsPlainCommand(inside)) return false;
  out.emplace(source_, true);
  out->Copy(begin, end);
  return is_whole_ = true;
}

void BatchScript::AddGap(std::string message, std::uint32_t begin, std::uint32_t end) {
  gaps_.push_back(
      {"unsupported-construct", std::move(message), {source_.Id(), begin, end}, "", false});
}

// `%RUN% x`, where some line sets it to a command; `%%c run x` in a loop over engines.
void BatchScript::CheckUnknown(const Word& word, State state) {
  if (counts_ || word.is_known || state == State::kCondition) return;
  const std::string_view written = bytes_.substr(word.begin, word.end - word.begin);
  const std::string name = VariableName(written.substr(1, written.size() - 2));
  const bool is_engine = loops_engines_ && written.starts_with("%%");
  if (is_engine || doubtful_.contains(name))
    AddGap("what this command starts cannot be known", word.begin, word.end);
}

}  // namespace cagelint::input
