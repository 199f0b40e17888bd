#include "linter/input/powershell_script.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/windows_words.h"

namespace cagelint::input {
namespace {

constexpr int kDeepest = 60;

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }
bool IsLineEnd(char byte) { return byte == '\n' || byte == '\r'; }

}  // namespace

PowershellScript::PowershellScript(const base::Source& source)
    : source_(source), bytes_(source.Bytes()), text_(source, true), words_(source, variables_) {
  has_prompts_ = HasPrompts(bytes_);
  Scan();
  counts_ = false;
  comments_.clear();
  Scan();
}

std::optional<diagnostic::Gap> PowershellScript::Wrong() const {
  const auto unclosed = words_.Unclosed();
  if (!unclosed) return std::nullopt;
  return diagnostic::Gap{"syntax-error",
                         "the string that begins here is never closed",
                         {source_.Id(), *unclosed, *unclosed + 1},
                         "",
                         false};
}

void PowershellScript::Scan() {
  at_ = bytes_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at_ < bytes_.size()) Statements('\0', 0);
}

bool PowershellScript::IsAtLineBegin() const { return at_ == 0 || IsLineEnd(bytes_[at_ - 1]); }

// Where some lines have a prompt, the others are what the commands print.
void PowershellScript::SkipPrompt() {
  const auto size = static_cast<std::uint32_t>(PromptSize(bytes_.substr(at_, 200)));
  at_ += size;
  if (size > 0 || !has_prompts_) return;
  while (at_ < bytes_.size() && !IsLineEnd(bytes_[at_])) ++at_;
}

// Up to the bracket that closes them.
void PowershellScript::Statements(char closer, int depth) {
  bool is_called = false;
  while (at_ < bytes_.size()) {
    if (IsAtLineBegin()) SkipPrompt();
    if (at_ >= bytes_.size()) return;
    const char byte = At(at_);
    if (byte == '&') is_called = true;
    if (IsLineEnd(byte) || byte == ';' || byte == '|') is_called = false;
    if (IsBlank(byte) || IsLineEnd(byte) || byte == ';' || byte == '|' || byte == '&') {
      ++at_;
    } else if (words_.GoesOn(at_)) {
      at_ += At(at_ + 1) == '\r' ? 3 : 2;
    } else if (byte == ')' || byte == '}') {
      ++at_;
      if (byte == closer) return;
    } else if (!SkipComment()) {
      const std::uint32_t before = at_;
      Command(depth, is_called);
      if (at_ == before) ++at_;
      is_called = false;
    }
  }
}

bool PowershellScript::IsFirstOnLine(std::uint32_t at) const {
  while (at > 0 && IsBlank(bytes_[at - 1])) --at;
  return at == 0 || bytes_[at - 1] == '\n';
}

// `# …` up to the end of its line, `<# … #>`, and here-strings, which no command of ours is.
bool PowershellScript::SkipComment() {
  const std::string_view rest = bytes_.substr(at_);
  if (rest.starts_with("<#")) {
    const std::size_t end = bytes_.find("#>", at_);
    if (end != std::string_view::npos) {
      const bool alone = bytes_.find_first_not_of(" \t\r", end + 2) >= bytes_.find('\n', end);
      comments_.push_back(
          {{source_.Id(), at_ + 2, static_cast<std::uint32_t>(end)}, alone && IsFirstOnLine(at_)});
    }
    at_ = static_cast<std::uint32_t>(std::min(end, bytes_.size() - 2) + 2);
    return true;
  }
  if ((rest.starts_with("@\"") || rest.starts_with("@'")) && rest.size() > 2 &&
      IsLineEnd(rest[2])) {
    const std::string close = std::string("\n") + rest[1] + "@";
    const std::size_t end = bytes_.find(close, at_);
    at_ = static_cast<std::uint32_t>(std::min(end, bytes_.size() - 3) + 3);
    return true;
  }
  if (!rest.starts_with('#')) return false;
  const auto end = static_cast<std::uint32_t>(std::min(bytes_.find('\n', at_), bytes_.size()));
  comments_.push_back({{source_.Id(), at_ + 1, end}, IsFirstOnLine(at_)});
  at_ = end;
  return true;
}

void PowershellScript::SkipBlanks() {
  while (IsBlank(At(at_))) ++at_;
}

bool PowershellScript::EndsCommand() const {
  return at_ >= bytes_.size() || IsLineEnd(bytes_[at_]) ||
         std::string_view(";|&)}").find(bytes_[at_]) != std::string_view::npos;
}

bool PowershellScript::AtRedirect() const {
  const char byte = At(at_);
  return byte == '>' || ((byte == '*' || (byte >= '1' && byte <= '6')) && At(at_ + 1) == '>');
}

// `> file`, `2>&1`, `*>> file`.
void PowershellScript::SkipRedirect() {
  while (!EndsCommand() && bytes_[at_] != '>') ++at_;
  while (At(at_) == '>') ++at_;
  if (At(at_) == '&') {
    ++at_;
    while (At(at_) >= '0' && At(at_) <= '9') ++at_;
    return;
  }
  SkipBlanks();
  if (EndsCommand()) return;
  CommandText unused(source_, true);
  at_ = words_.Read(at_, unused).end;
}

bool PowershellScript::BeginsOpener() const {
  const char byte = At(at_);
  const char next = At(at_ + 1);
  return byte == '(' || byte == '{' || (byte == '$' && next == '(') ||
         (byte == '@' && (next == '(' || next == '{'));
}

// One command, or an expression, from its first byte on.
void PowershellScript::Command(int depth, bool is_called) {
  const std::uint32_t assignment = at_;
  if (Assignment(depth)) return;
  // `[void] (docker run …)`.
  if (At(at_) == '[') {
    const std::size_t close = bytes_.substr(0, at_ + 100).find(']', at_);
    if (close != std::string_view::npos) at_ = static_cast<std::uint32_t>(close + 1);
    SkipBlanks();
  }
  if (At(at_) == '&') {
    is_called = true;
    ++at_;
    SkipBlanks();
  }
  const std::uint32_t begin = at_;
  State state = State::kStart;
  after_option_ = false;
  takes_text_ = starts_process_ = is_whole_ = is_first_ = false;
  program_ = option_ = "";
  std::optional<CommandText> out(std::in_place, source_, true);
  while (true) {
    const std::uint32_t blanks = at_;
    SkipBlanks();
    out->Copy(blanks, at_);
    if (words_.GoesOn(at_)) {
      const std::uint32_t behind = at_ + (At(at_ + 1) == '\r' ? 3 : 2);
      out->Put("\\", at_, at_ + 1);
      out->Copy(at_ + 1, behind);
      at_ = behind;
      const auto prompt = static_cast<std::uint32_t>(bytes_.substr(at_).starts_with(">> ") ? 3 : 0);
      at_ += prompt;
    } else if (EndsCommand() || SkipComment()) {
      break;
    } else if (AtRedirect()) {
      SkipRedirect();
    } else if (!CommandWord(depth, state, out, is_called)) {
      break;
    }
  }
  if (counts_) return;
  const std::string_view written = bytes_.substr(begin, at_ - begin);
  if (state != State::kEngine && (takes_text_ || starts_process_) && MayStartContainers(written))
    AddGap("what this command starts is not read", begin, at_);
  if (state != State::kEngine) return;
  text_.Append(*out, 0);
  text_.Put("\n", at_, at_);
  statements_.push_back({source_.Id(), std::min(assignment, begin), at_});
}

// False where nothing more is read.
bool PowershellScript::CommandWord(int depth, State& state, std::optional<CommandText>& out,
                                   bool is_called) {
  if (state != State::kEngine && BeginsOpener()) {
    at_ += At(at_) == '$' || At(at_) == '@' ? 2 : 1;
    const char closer = bytes_[at_ - 1] == '(' ? ')' : '}';
    // Commands inside are others.
    const auto kept = std::pair(takes_text_, starts_process_);
    if (depth < kDeepest) Statements(closer, depth + 1);
    std::tie(takes_text_, starts_process_) = kept;
    is_whole_ = is_first_ = false;
    state = State::kOther;
    return true;
  }
  if (state == State::kEngine && bytes_.substr(at_, 4) == "--% ") {
    // What follows is as the program gets it, up to the end of the line.
    out->Unknown("arguments", true, at_, at_ + 3);
    while (!EndsCommand() || (at_ < bytes_.size() && !IsLineEnd(bytes_[at_]))) ++at_;
    return false;
  }
  CommandText unused(source_, true);
  const PowershellWord word = words_.Read(at_, is_whole_ ? unused : *out);
  at_ = word.end;
  if (state != State::kEngine)
    Decide(word, is_called, state, out);
  else if (is_first_)
    CheckFirst(word);
  return true;
}

// `docker @all`, `docker $command`, of which the script says more than can be known.
void PowershellScript::CheckFirst(const PowershellWord& word) {
  is_first_ = false;
  const std::string name = base::ToLower(bytes_.substr(word.begin + 1, word.end - word.begin - 1));
  if (!counts_ && !word.is_known && assigned_.contains(name))
    AddGap("what this command starts cannot be known", word.begin, word.end);
}

// What the command is, by the word that was read last.
void PowershellScript::Decide(const PowershellWord& word, bool is_called, State& state,
                              std::optional<CommandText>& out) {
  if (state == State::kOther) return;
  if (starts_process_) return DecideProcess(word, state, out);
  const bool may_be_program =
      word.is_literal && (!word.is_quoted || is_called || state == State::kPrefix);
  const std::string engine = may_be_program ? EngineNamedByWindows(word.text) : "";
  const bool is_shell = may_be_program && IsUnixShell(word.text);
  if (!engine.empty() || is_shell) {
    state = State::kEngine;
    is_first_ = !is_shell;
    out.emplace(source_, true);
    out->Put(is_shell ? "bash" : engine, word.begin, word.end);
    return;
  }
  if (takes_text_ && TextCommand(word, out)) {
    state = State::kEngine;
    return;
  }
  if (state == State::kStart && may_be_program && StartsProcess(word.text)) {
    starts_process_ = true;
    state = State::kPrefix;
    return;
  }
  takes_text_ = takes_text_ || (may_be_program && TakesCommand(word.text));
  if (!counts_ && NamesEngine(word) && (takes_text_ || (is_called && !word.is_known)))
    AddGap("what this command starts cannot be known", word.begin, word.end);
  if (takes_text_) {
    state = State::kPrefix;
    return;
  }
  // `& $docker run`: a variable that is known, and the shell reader knows what it holds.
  if (state == State::kStart && is_called && word.is_known && !word.is_literal &&
      word.text.empty()) {
    state = State::kEngine;
    return;
  }
  const bool is_option = word.text.starts_with('-') || word.text.starts_with('/');
  const bool goes_on = state == State::kStart
                           ? may_be_program && IsWindowsPrefix(word.text)
                           : is_option || after_option_ || !word.is_literal || word.is_quoted;
  after_option_ = is_option;
  state = goes_on ? State::kPrefix : State::kOther;
}

}  // namespace cagelint::input
