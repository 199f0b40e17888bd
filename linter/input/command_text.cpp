#include "linter/input/command_text.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::input {
namespace {

bool IsPlain(char byte) {
  return base::IsNameByte(byte) || std::string_view("-./:=,+@%^").find(byte) != std::string::npos ||
         static_cast<unsigned char>(byte) >= 0x80;
}

class GuardedWriter : public base::EditWriter {
 public:
  GuardedWriter(Escape escape, std::vector<TextRange> fixed)
      : lines_(LinesWriter(escape)), fixed_(std::move(fixed)) {}

  std::optional<std::vector<base::Edit>> Write(
      const base::Source& inner, const base::SourceMap& map, const base::Source& outer,
      const std::vector<base::Edit>& edits) const override {
    for (const base::Edit& edit : edits)
      for (const TextRange& range : fixed_)
        if (edit.span.begin <= range.end && range.begin <= edit.span.end) return std::nullopt;
    return lines_->Write(inner, map, outer, edits);
  }

 private:
  std::shared_ptr<const base::EditWriter> lines_;
  std::vector<TextRange> fixed_;
};

std::optional<std::string> EscapeWith(std::string_view text, std::string_view sign) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const bool is_plain = base::IsNameByte(text[i]) || (rest.front() == '\r' && rest.size() == 1) ||
                          std::string_view(" \t-./:=,+").find(text[i]) != std::string_view::npos;
    const bool goes_on = rest == "\\" || rest == "\\\r";
    if (!is_plain && !goes_on) return std::nullopt;
    if (goes_on)
      out += sign;
    else
      out += text[i];
  }
  return out;
}

}  // namespace

void CommandText::Copy(std::uint32_t begin, std::uint32_t end) { out_.Copy(begin, end); }

void CommandText::Put(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  out_.Put(text, begin, end);
}

void CommandText::Quote(std::uint32_t begin, std::uint32_t end) {
  out_.Put("\"", begin, end);
  quoted_ = !quoted_;
}

void CommandText::Byte(std::uint32_t at) {
  const char byte = outer_.Bytes()[at];
  if (byte == ':' || byte == ',') behind_known_ = false;
  if (behind_known_ && is_windows_ && byte == '\\') return out_.Put("/", at, at + 1);
  const bool is_special =
      quoted_ ? std::string_view("$`\"\\").find(byte) != std::string_view::npos : !IsPlain(byte);
  if (!is_special) return out_.Copy(at, at + 1);
  out_.Put(std::string("\\") + byte, at, at + 1);
}

void CommandText::Literal(std::uint32_t begin, std::uint32_t end) {
  std::uint32_t done = begin;
  for (std::uint32_t at = begin; at < end; ++at) {
    const char byte = outer_.Bytes()[at];
    const bool is_simple = IsPlain(byte) && byte != ':' && byte != ',';
    if (is_simple || (quoted_ && byte == ' ')) continue;
    out_.Copy(done, at);
    Byte(at);
    done = at + 1;
  }
  out_.Copy(done, end);
}

void CommandText::Decoded(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  std::string written;
  for (const char byte : text) {
    const bool is_special = quoted_
                                ? std::string_view("$`\"\\").find(byte) != std::string_view::npos
                                : !IsPlain(byte) && byte != '\n';
    if (is_special) written += '\\';
    if (!quoted_ && byte == '\n')
      written += "'\n'";
    else
      written += byte;
  }
  out_.Put(written, begin, end);
}

void CommandText::Is(Known what, std::uint32_t begin, std::uint32_t end) {
  constexpr std::string_view kWritten[] = {"${PWD}", "${HOME}", "$(dirname \"$0\")"};
  const std::string written(kWritten[static_cast<std::size_t>(what)]);
  out_.Put(quoted_ ? written : "\"" + written + "\"", begin, end);
  behind_known_ = true;
}

void CommandText::Unknown(std::string_view name, bool is_list, std::uint32_t begin,
                          std::uint32_t end) {
  std::string shown;
  for (const char byte : name.substr(0, 40))
    if (base::IsNameByte(byte)) shown += byte;
  if (shown.empty()) shown = "value";
  const std::string written = "{{" + shown + (is_list ? "...}}" : "}}");
  out_.Put(quoted_ ? written : "'" + written + "'", begin, end);
  behind_known_ = true;
}

void CommandText::Variable(std::string_view name, bool splits, std::uint32_t begin,
                           std::uint32_t end) {
  const std::string written = "${" + std::string(name) + "}";
  out_.Put(quoted_ || splits ? written : "\"" + written + "\"", begin, end);
  behind_known_ = true;
}

std::string VariableName(std::string_view name) {
  if (name.empty() || !base::IsNameStart(name.front())) return "";
  if (!std::all_of(name.begin(), name.end(), base::IsNameByte)) return "";
  const std::string lower = base::ToLower(name);
  return lower;
}

std::shared_ptr<const base::EditWriter> GuardedLinesWriter(Escape escape,
                                                           std::vector<TextRange> fixed) {
  return std::make_shared<const GuardedWriter>(escape, std::move(fixed));
}

std::optional<std::string> EscapeBatch(std::string_view text) { return EscapeWith(text, "^"); }

std::optional<std::string> EscapePowershell(std::string_view text) { return EscapeWith(text, "`"); }

std::optional<std::string> EscapeUnit(std::string_view text) { return EscapeWith(text, "\\"); }

}  // namespace cagelint::input
