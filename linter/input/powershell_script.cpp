#include "linter/input/powershell_script.h"

#include <algorithm>
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

// `# …` up to the end of its line, `<# … #>`, and here-strings, which no command of ours is.
bool PowershellScript::SkipComment() {
  const std::string_view rest = bytes_.substr(at_);
  if (rest.starts_with("<#")) {
    const std::size_t end = bytes_.find("#>", at_);
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
  std::uint32_t line = at_;
  while (line > 0 && IsBlank(bytes_[line - 1])) --line;
  const bool alone = line == 0 || bytes_[line - 1] == '\n';
  comments_.push_back({{source_.Id(), at_ + 1, end}, alone});
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
  if (state != State::kEngine || counts_) return;
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
    if (depth < kDeepest) Statements(closer, depth + 1);
    state = State::kOther;
    return true;
  }
  if (state == State::kEngine && bytes_.substr(at_, 4) == "--% ") {
    // What follows is as the program gets it, up to the end of the line.
    out->Unknown("arguments", true, at_, at_ + 3);
    while (!EndsCommand() || (at_ < bytes_.size() && !IsLineEnd(bytes_[at_]))) ++at_;
    return false;
  }
  const PowershellWord word = words_.Read(at_, *out);
  at_ = word.end;
  if (state != State::kEngine) {
    Decide(word, is_called, state, out);
  }
  return true;
}

// What the command is, by the word that was read last.
void PowershellScript::Decide(const PowershellWord& word, bool is_called, State& state,
                              std::optional<CommandText>& out) {
  if (state == State::kOther) return;
  const bool may_be_program =
      word.is_literal && (!word.is_quoted || is_called || state == State::kPrefix);
  const std::string engine = may_be_program ? EngineNamedByWindows(word.text) : "";
  const bool is_shell = may_be_program && IsUnixShell(word.text);
  if (!engine.empty() || is_shell) {
    state = State::kEngine;
    out.emplace(source_, true);
    out->Put(is_shell ? "bash" : engine, word.begin, word.end);
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

// `$name = …`, `[string] $name += …`: true where all of it is read, and otherwise the position is
// that of the value, which may be a command.
bool PowershellScript::Assignment(int depth) {
  std::uint32_t at = at_;
  if (At(at) == '[') {
    const std::size_t close = bytes_.substr(0, at + 100).find(']', at);
    if (close == std::string_view::npos) return false;
    at = static_cast<std::uint32_t>(close + 1);
    while (IsBlank(At(at))) ++at;
  }
  if (At(at) != '$') return false;
  const std::uint32_t end = words_.BehindName(at + 1);
  std::string name = base::ToLower(bytes_.substr(at + 1, end - at - 1));
  at = end;
  while (IsBlank(At(at))) ++at;
  // `foreach ($x in …)` sets it more than once.
  if (base::ToLower(bytes_.substr(at, 3)) == "in ") assigned_[name] += 2;
  const bool is_changed = std::string_view("+-*/%").find(At(at)) != std::string_view::npos;
  if (is_changed && At(at + 1) == '=') ++at;
  if (At(at) != '=' || At(at + 1) == '=') return false;
  at_ = at + 1;
  SkipBlanks();
  if (counts_) assigned_[name] += is_changed || depth > 0 ? 2 : 1;
  const std::string usable = VariableName(name);
  const bool is_constant =
      !counts_ && assigned_[name] == 1 && !usable.empty() && usable != "pwd" && usable != "home";
  return is_constant && (AssignString(usable) || AssignList(usable));
}

// `"text"`, which may name what is known.
bool PowershellScript::AssignString(const std::string& name) {
  if (At(at_) != '"' && At(at_) != '\'' && At(at_) != '$' && At(at_) != '(') return false;
  CommandText value(source_, true);
  const std::uint32_t begin = at_;
  const PowershellWord word = words_.Read(at_, value);
  at_ = word.end;
  SkipBlanks();
  if (!word.is_known || (!EndsCommand() && At(at_) != '#')) {
    at_ = begin;
    return false;
  }
  text_.Put(name + "=", begin, begin);
  text_.Append(value, 0);
  text_.Put("\n", at_, at_);
  variables_.strings.insert(name);
  return true;
}

// `@("a", 'b')`, `"a", "b"`: each a text of its own.
bool PowershellScript::AssignList(const std::string& name) {
  const std::uint32_t begin = at_;
  const bool has_brackets = bytes_.substr(at_).starts_with("@(");
  if (has_brackets) at_ += 2;
  CommandText values(source_, true);
  bool is_known = true;
  bool is_closed = !has_brackets;
  while (at_ < bytes_.size()) {
    while (IsBlank(At(at_)) || (has_brackets && IsLineEnd(At(at_))) || At(at_) == ',' ||
           words_.GoesOn(at_))
      at_ += words_.GoesOn(at_) ? 2 : 1;
    if (has_brackets && At(at_) == '#' && SkipComment()) continue;
    if (EndsCommand()) {
      is_closed = is_closed || At(at_) == ')';
      break;
    }
    const bool is_string = At(at_) == '"' || At(at_) == '\'' || At(at_) == '$';
    if (!is_string) {
      is_known = false;
      break;
    }
    const std::uint32_t place = at_;
    // `"a","b"`: the comma ends the word here.
    values.Put(" ", place, place);
    at_ = words_.ReadElement(at_, values).end;
  }
  if (!is_known || !is_closed || values.Size() == 0) {
    at_ = begin;
    return false;
  }
  if (has_brackets) ++at_;
  const std::uint32_t inner = text_.Size();
  text_.Put(name + "=(", begin, begin);
  text_.Append(values, 0);
  text_.Put(")\n", at_, at_);
  fixed_.push_back({inner, text_.Size() - 1});
  variables_.lists.insert(name);
  return true;
}

}  // namespace cagelint::input
