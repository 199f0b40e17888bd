#include "linter/input/batch_script.h"

#include <algorithm>
#include <array>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/shell_texts.h"
#include "linter/input/windows_words.h"

namespace cagelint::input {
namespace {

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }
bool IsLineEnd(char byte) { return byte == '\n' || byte == '\r'; }

// Words that another command follows somewhere on the line.
bool IsCondition(std::string_view word) {
  constexpr std::array<std::string_view, 4> kWords{"if", "for", "else", "do"};
  const std::string lower = base::ToLower(word);
  return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

}  // namespace

BatchScript::BatchScript(const base::Source& source)
    : source_(source), bytes_(source.Bytes()), text_(source, true) {
  delays_ = base::ToLower(bytes_).find("enabledelayedexpansion") != std::string::npos;
  has_prompts_ = HasPrompts(bytes_);
  Scan();
  counts_ = false;
  comments_.clear();
  Scan();
}

void BatchScript::Scan() {
  at_ = bytes_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  depth_ = 0;
  while (at_ < bytes_.size()) {
    const bool begins_line = at_ == 0 || IsLineEnd(bytes_[at_ - 1]);
    if (begins_line) {
      const auto size = static_cast<std::uint32_t>(PromptSize(bytes_.substr(at_, 200)));
      at_ += size;
      // Where some lines have a prompt, the others are what the commands print.
      if (size == 0 && has_prompts_) at_ = std::max(at_, LineEnd());
      if (at_ >= bytes_.size()) return;
    }
    const char byte = At(at_);
    if (byte == '(') ++depth_;
    if (byte == ')') depth_ = std::max(0, depth_ - 1);
    if (IsBlank(byte) || IsLineEnd(byte) ||
        std::string_view("@&|();=,").find(byte) != std::string_view::npos) {
      ++at_;
    } else if (GoesOn()) {
      at_ += At(at_ + 1) == '\r' ? 3 : 2;
    } else if (!Comment()) {
      const std::uint32_t before = at_;
      Command();
      if (at_ == before) ++at_;
    }
  }
}

std::uint32_t BatchScript::LineEnd() const {
  // Asked again and again in a long line.
  if (at_ >= line_from_ && at_ <= line_end_) return line_end_;
  line_from_ = at_;
  return line_end_ =
             static_cast<std::uint32_t>(std::min(bytes_.find_first_of("\r\n", at_), bytes_.size()));
}

void BatchScript::SkipBlanks() {
  while (IsBlank(At(at_))) ++at_;
}

bool BatchScript::GoesOn() const {
  return At(at_) == '^' && (At(at_ + 1) == '\n' || (At(at_ + 1) == '\r' && At(at_ + 2) == '\n'));
}

// A bracket ends a command only where one is open.
bool BatchScript::EndsCommand() const {
  return at_ >= bytes_.size() || IsLineEnd(bytes_[at_]) || bytes_[at_] == '|' ||
         bytes_[at_] == '&' || (depth_ > 0 && bytes_[at_] == ')');
}

bool BatchScript::EndsWord() const {
  return EndsCommand() || IsBlank(bytes_[at_]) || bytes_[at_] == '>' || GoesOn();
}

// `REM …`, `:: …` and labels, up to the end of the line.
bool BatchScript::Comment() {
  const std::string word = base::ToLower(bytes_.substr(at_, 4));
  const bool is_rem = word.starts_with("rem") && (word.size() < 4 || !base::IsNameByte(word[3]));
  if (!is_rem && At(at_) != ':') return false;
  const std::uint32_t end = LineEnd();
  std::uint32_t line = at_;
  while (line > 0 && (IsBlank(bytes_[line - 1]) || bytes_[line - 1] == '@')) --line;
  const bool alone = line == 0 || IsLineEnd(bytes_[line - 1]);
  std::uint32_t text = at_ + (is_rem ? 3 : 1);
  if (At(text) == ':') ++text;
  if (is_rem || At(at_ + 1) == ':')
    comments_.push_back({{source_.Id(), std::min(text, end), end}, alone});
  at_ = end;
  return true;
}

// `set NAME=value`, `set "NAME=value"`; false where the command is another.
bool BatchScript::Set(bool is_certain) {
  if (base::ToLower(bytes_.substr(at_, 3)) != "set" || !IsBlank(At(at_ + 3))) return false;
  at_ += 4;
  SkipBlanks();
  std::uint32_t end = at_;
  while (end < bytes_.size() && !IsLineEnd(bytes_[end])) ++end;
  const std::string_view line = bytes_.substr(at_, end - at_);
  // `set /p X=`, `set /a X=1`: what it is then, nobody knows.
  const bool is_plain = !line.starts_with('/');
  std::uint32_t name = at_;
  if (!is_plain) name += static_cast<std::uint32_t>(std::min(line.find(' '), line.size()));
  while (IsBlank(At(name))) ++name;
  const bool has_quote = At(name) == '"';
  if (has_quote) ++name;
  const std::size_t equals = bytes_.substr(0, end).find('=', name);
  at_ = end;
  if (equals == std::string_view::npos) return true;
  const std::string known = VariableName(base::Trim(bytes_.substr(name, equals - name)));
  if (known.empty()) return true;
  if (counts_) assigned_[known] += is_certain && is_plain && depth_ == 0 ? 1 : 2;
  const std::string_view value = bytes_.substr(equals + 1, end - equals - 1);
  if (assigned_[known] != 1 && NamesEngineAnywhere(value)) doubtful_.insert(known);
  if (counts_ || assigned_[known] != 1 || known == "cd" || known == "pwd" || known == "home")
    return true;
  if (has_quote) {
    const std::size_t close = bytes_.substr(0, end).rfind('"');
    if (close <= equals) return true;
    end = static_cast<std::uint32_t>(close);
  } else {
    end = static_cast<std::uint32_t>(
        std::min<std::size_t>(end, bytes_.substr(0, end).find('&', equals)));
  }
  if (SetKnown(name, static_cast<std::uint32_t>(equals), end)) known_.insert(known);
  return true;
}

// Passes over what stands between words, or ends the command; false there.
bool BatchScript::Between(std::optional<CommandText>& out) {
  const std::uint32_t blanks = at_;
  SkipBlanks();
  out->Copy(blanks, at_);
  if (GoesOn()) {
    const std::uint32_t behind = at_ + (At(at_ + 1) == '\r' ? 3 : 2);
    out->Put("\\", at_, at_ + 1);
    out->Copy(at_ + 1, behind);
    at_ = behind;
    // A document's second prompt.
    if (bytes_.substr(at_).starts_with("More? ")) at_ += 6;
    return true;
  }
  return !EndsCommand();
}

// `>NUL`, `2>&1`, `< file`.
void BatchScript::Redirect() {
  while (At(at_) == '>' || At(at_) == '<') ++at_;
  if (At(at_) == '&') {
    at_ += 2;
    return;
  }
  SkipBlanks();
  CommandText unused(source_, true);
  if (!EndsWord()) Read(unused);
}

void BatchScript::Command() {
  if (Set(true)) return;
  const std::uint32_t begin = at_;
  State state = State::kStart;
  after_option_ = takes_text_ = is_whole_ = false;
  std::optional<CommandText> out(std::in_place, source_, true);
  while (Between(out)) {
    const char byte = At(at_);
    const bool is_number = byte >= '0' && byte <= '9' && At(at_ + 1) == '>';
    if (is_number) ++at_;
    if (is_number || byte == '>' || (byte == '<' && PlaceholderEnd(bytes_, at_) == at_)) {
      Redirect();
      continue;
    }
    if (GoesOn() || EndsWord()) continue;
    // `if exist x set Y=…`; `if x (docker …)`.
    if (state == State::kCondition && Set(false)) return;
    if (state == State::kCondition && byte == '(') break;
    CommandText unused(source_, true);
    const Word word = Read(is_whole_ ? unused : *out);
    if (state != State::kEngine) Decide(word, state, out);
    if (state == State::kCondition && base::ToLower(word.text) == "in") ForSet();
  }
  if (counts_) return;
  if (state != State::kEngine && takes_text_ &&
      MayStartContainers(bytes_.substr(begin, at_ - begin)))
    AddGap("what this command starts is not read", begin, at_);
  if (state != State::kEngine) return;
  text_.Append(*out, 0);
  text_.Put("\n", at_, at_);
  statements_.push_back({source_.Id(), begin, at_});
}

BatchScript::Word BatchScript::Read(CommandText& out) {
  Word word;
  word.begin = at_;
  word.is_quoted = At(at_) == '"';
  do {
    const std::uint32_t begin = at_;
    const char byte = bytes_[at_];
    const auto placeholder = static_cast<std::uint32_t>(PlaceholderEnd(bytes_, at_));
    if (byte == '"') {
      ReadQuoted(out, word);
    } else if (byte == '\\' && At(at_ + 1) == '"') {
      at_ += 2;
      word.text += '"';
      out.Decoded("\"", begin, at_);
    } else if (byte == '^') {
      at_ += at_ + 1 < bytes_.size() ? 2 : 1;
      if (at_ > begin + 1) word.text += bytes_[begin + 1];
      if (at_ > begin + 1) out.Decoded(bytes_.substr(begin + 1, 1), begin, at_);
    } else if (byte == '%' || (byte == '!' && delays_)) {
      Percent(out, word, LineEnd());
    } else if (placeholder > at_) {
      out.Copy(at_, placeholder);
      word.is_literal = false;
      at_ = placeholder;
    }
    if (at_ != begin) continue;
    ++at_;
    while (!EndsWord() && std::string_view("\"\\^%!<").find(bytes_[at_]) == std::string_view::npos)
      ++at_;
    word.text += bytes_.substr(begin, at_ - begin);
    out.Literal(begin, at_);
  } while (!EndsWord());
  out.EndWord();
  word.end = at_;
  return word;
}

// Up to the closing mark, or the end of the line.
void BatchScript::ReadQuoted(CommandText& out, Word& word) {
  const std::uint32_t end = LineEnd();
  out.Quote(at_, at_ + 1);
  for (++at_; at_ < end && bytes_[at_] != '"';) {
    const std::uint32_t begin = at_;
    if (bytes_[at_] == '\\' && At(at_ + 1) == '"') {
      at_ += 2;
      word.text += '"';
      out.Decoded("\"", begin, at_);
      continue;
    }
    if (bytes_[at_] == '%' || (bytes_[at_] == '!' && delays_))
      if (Percent(out, word, end)) continue;
    ++at_;
    while (at_ < end && std::string_view("\"\\%!").find(bytes_[at_]) == std::string_view::npos)
      ++at_;
    word.text += bytes_.substr(begin, at_ - begin);
    out.Literal(begin, at_);
  }
  const std::uint32_t close = at_;
  if (at_ < end) ++at_;
  out.Quote(close, at_);
}

// `%NAME%`, `%~dp0`, `%1`, `%*`, `%%i`, `!NAME!`; false where the sign is one of the text.
bool BatchScript::Percent(CommandText& out, Word& word, std::uint32_t last) {
  const std::uint32_t begin = at_;
  const std::string_view text = bytes_.substr(at_, last - at_);
  const auto take = [&](std::size_t size) { at_ += static_cast<std::uint32_t>(size); };
  const auto unknown = [&](std::string_view name, std::size_t size) {
    take(size);
    const bool is_word = !out.IsQuoted() && begin == word.begin && EndsWord() &&
                         (name == "arguments" || SoundsLikeList(name));
    word.is_literal = word.is_known = false;
    out.Unknown(name, is_word, begin, at_);
    return true;
  };
  if (base::ToLower(text.substr(0, 5)) == "%~dp0") {
    take(5);
    out.Is(Known::kFileDirectory, begin, at_);
    word.is_literal = false;
    if (At(at_) != '\\' && At(at_) != '/') out.Put("/", at_ - 1, at_);
    return true;
  }
  if (text.size() < 2) return false;
  const char next = text[1];
  if (text[0] == '%' && next == '%') {
    // A variable of `for` in a file; two signs are one where none follows.
    std::size_t size = text.size() > 2 && text[2] == '~' ? 3 : 2;
    while (size > 2 && size < text.size() && base::IsNameByte(text[size])) ++size;
    if (size == 2 && text.size() > 2 && base::IsNameStart(text[2])) size = 3;
    if (size > 2) return unknown("for", size);
    take(2);
    word.text += '%';
    out.Decoded("%", begin, at_);
    return true;
  }
  if (text[0] == '%' && (next == '*' || (next >= '0' && next <= '9')))
    return unknown(next == '*' ? "arguments" : "argument", 2);
  if (text[0] == '%' && next == '~') {
    std::size_t size = 2;
    while (size < text.size() && std::isalpha(static_cast<unsigned char>(text[size])) != 0) ++size;
    if (size < text.size() && text[size] >= '0' && text[size] <= '9')
      return unknown("argument", size + 1);
    return false;
  }
  const std::size_t close = text.substr(0, 200).find(text[0], 1);
  if (close == std::string_view::npos || close == 1 ||
      text.substr(1, close - 1).find_first_of(" \"") != std::string_view::npos)
    return false;
  const std::string_view name = text.substr(1, close - 1);
  // `%NAME:~0,3%`, `%NAME:a=b%`.
  if (name.find(':') != std::string_view::npos)
    return unknown(name.substr(0, name.find(':')), close + 1);
  take(close + 1);
  Value(name, out, word, begin);
  return true;
}

// What the variable whose name was read holds; it begins at `begin` and ends here.
void BatchScript::Value(std::string_view name, CommandText& out, Word& word, std::uint32_t begin) {
  word.is_literal = false;
  if (const auto known = KnownVariable(name)) return out.Is(*known, begin, at_);
  const std::string lower = VariableName(name);
  // The text is put in before words are told apart.
  if (known_.contains(lower)) return out.Variable(lower, true, begin, at_);
  if (lower == "homedrive" && base::ToLower(bytes_.substr(at_, 10)) == "%homepath%") {
    at_ += 10;
    return out.Is(Known::kHome, begin, at_);
  }
  word.is_known = false;
  const bool is_word = !out.IsQuoted() && begin == word.begin && EndsWord();
  out.Unknown(name, is_word && SoundsLikeList(name), begin, at_);
}

// What the command is, by the word that was read last.
void BatchScript::Decide(const Word& word, State& state, std::optional<CommandText>& out) {
  if (state == State::kOther) return;
  const std::string engine = word.is_literal ? EngineNamedByWindows(word.text) : "";
  const bool is_shell = word.is_literal && state != State::kCondition && IsUnixShell(word.text);
  if (!engine.empty() || is_shell) {
    state = State::kEngine;
    out.emplace(source_, true);
    out->Put(is_shell ? "bash" : engine, word.begin, word.end);
    return;
  }
  // `cmd /c "docker run x"`.
  if (takes_text_ && word.is_quoted && word.end > word.begin + 2 && bytes_[word.end - 1] == '"' &&
      TextCommand(word.begin + 1, word.end - 1, out)) {
    state = State::kEngine;
    return;
  }
  takes_text_ = takes_text_ || (state != State::kCondition && TakesCommand(word.text));
  if (takes_text_) {
    state = State::kPrefix;
    return;
  }
  CheckUnknown(word, state);
  // `%DOCKER% run`: a variable that is known, and the shell reader knows what it holds.
  if (state != State::kCondition && word.is_known && !word.is_literal && word.text.empty()) {
    state = State::kEngine;
    return;
  }
  if (state == State::kCondition) {
    if (base::ToLower(word.text) == "do") state = State::kPrefix;
    // `if x echo docker run …` says something.
    if (base::ToLower(word.text) == "echo") state = State::kOther;
    return;
  }
  if (state == State::kStart && word.is_literal && IsCondition(word.text)) {
    state = State::kCondition;
    return;
  }
  const bool is_option = word.text.starts_with('-') || word.text.starts_with('/');
  const bool is_prefix = word.is_literal && IsWindowsPrefix(word.text);
  const bool goes_on = state == State::kStart ? is_prefix
                                              : is_prefix || is_option || after_option_ ||
                                                    !word.is_literal || word.is_quoted;
  after_option_ = is_option;
  state = goes_on ? State::kPrefix : State::kOther;
}

}  // namespace cagelint::input
