// Lists that are commands by their words, or by the key that they stand at.
#include <algorithm>
#include <string>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/code_calls.h"

namespace cagelint::input {

using Kind = CodeValue::Kind;

CodeItem CodeCalls::ShownAt(CodeItem item, const base::Span& place) const {
  item.is_fixed = true;
  item.place = item.value.place = place;
  for (CodePart& part : item.value.parts) {
    part.place = place;
    if (part.kind != CodePart::Kind::kLiteral) continue;
    EmbeddedText text(code_.Source());
    text.Put(part.text->Text(), place.begin, place.end);
    part.text = std::make_shared<const EmbeddedText>(std::move(text));
  }
  return item;
}

void CodeCalls::GuessEngine(std::vector<CodeItem>& words, bool has_container_flags) const {
  if (words.size() < 2 || words.front().is_spread) return;
  CodeItem& first = words.front();
  const Kind kind = first.value.kind;
  if (kind == Kind::kText || kind == Kind::kList || kind == Kind::kChoice) return;
  bool has_verb = false;
  bool has_flags = has_container_flags;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string word = words[i].value.Known();
    if (i == 1) has_verb = IsEngineVerb(word) || (words[i].is_spread && has_flags);
    has_flags = has_flags || IsContainerFlag(word);
  }
  if (!has_verb) return;
  const std::string written = base::ToLower(code_.Source().Text(first.place));
  for (const std::string_view part : {"container", "runtime", "engine", "docker", "podman"})
    has_flags = has_flags || written.find(part) != std::string::npos;
  if (!has_flags) return;
  std::string engine = first.value.likely;
  if (engine.empty()) engine = EngineNamedIn(written);
  if (engine.empty()) engine = engine_;
  if (engine.empty()) return;
  EmbeddedText text(code_.Source());
  text.Put(engine, first.place.begin, first.place.end);
  CodePart part;
  part.kind = CodePart::Kind::kLiteral;
  part.text = std::make_shared<const EmbeddedText>(std::move(text));
  part.place = first.place;
  CodeValue value;
  value.kind = Kind::kText;
  value.place = first.place;
  value.parts.push_back(std::move(part));
  first.value = std::move(value);
  first.is_fixed = true;
}

bool CodeCalls::ListAt(std::uint32_t at, std::uint32_t end, const CodeFrame& frame,
                       CodeLaunch& out) {
  if (!code_.IsOpen(at, '[') || at < 2) return false;
  if (!code_.Is(at - 1, ":") && !code_.Is(at - 1, "=")) return false;
  const std::string key = base::ToLower(code_.Text(at - 2));
  bool is_command = false;
  for (const std::string_view part : {"cmd", "command", "args", "argv", "exec"})
    is_command = is_command || key.find(part) != std::string::npos;
  if (!is_command || key.find("want") != std::string::npos || OnlyTakesCommands(key)) return false;
  std::uint32_t last = code_.At(at).match;
  if (code_.IsGo() && last + 2 < end && code_.IsOpen(last + 2, '{'))
    last = code_.At(last + 2).match;
  if (last >= end) return false;
  CodeValue list = evaluator_.Evaluate({at, last + 1}, frame);
  if (!IsCommand(list)) return false;
  out.range = {at, last + 1};
  out.words = std::move(list.items);
  return true;
}

// The function that is given the key at `at`, by its name or in an object; "" where none is.
std::string CodeCalls::CalleeAround(std::uint32_t at) const {
  constexpr int kNear = 512;
  const auto around = [&](std::uint32_t from) {
    for (int i = 0; i < kNear && from > 0; ++i) {
      --from;
      const syntax::CodeToken& token = code_.At(from);
      if (token.kind == syntax::CodeToken::Kind::kOpen) return from;
      if (token.kind == syntax::CodeToken::Kind::kClose) from = token.match;
    }
    return std::uint32_t{0};
  };
  std::uint32_t open = around(at);
  if (code_.IsOpen(open, '{') && open > 0 && (code_.Is(open - 1, "(") || code_.Is(open - 1, ",")))
    open = around(open);
  if (!code_.IsOpen(open, '(') || open == 0 || !code_.IsName(open - 1)) return "";
  std::uint32_t first = open - 1;
  while (first > 1 && code_.Is(first - 1, ".") && code_.IsName(first - 2)) first -= 2;
  return code_.NameOf({first, open});
}

bool CodeCalls::PairAt(std::uint32_t at, std::uint32_t end, const CodeFrame& frame,
                       CodeLaunch& out) {
  const auto key = [&](std::uint32_t index) {
    const syntax::CodeToken& token = code_.At(index);
    if (token.kind == syntax::CodeToken::Kind::kString)
      return base::ToLower(
          code_.Source().Bytes().substr(token.inside_begin, token.inside_end - token.inside_begin));
    return code_.IsName(index) ? base::ToLower(code_.Text(index)) : std::string();
  };
  const auto is_key = [&](std::uint32_t index, std::string_view name) {
    return index + 2 < end && key(index) == name &&
           (code_.Is(index + 1, ":") || code_.Is(index + 1, "="));
  };
  if (!is_key(at, "command")) return false;
  constexpr int kNear = 512;
  std::uint32_t close = at;  // of the brackets around
  for (int i = 0; i < kNear && close < end; ++i) {
    if (code_.At(close).kind == syntax::CodeToken::Kind::kClose) break;
    close = code_.Next(close, end);
  }
  end = close;
  const std::uint32_t stop = code_.Find(",", {at + 2, end});
  if (!BeginsCommand({at + 2, stop}, frame)) return false;
  if (const std::string callee = CalleeAround(at); !callee.empty() && !TakesServers(callee))
    return false;
  for (std::uint32_t next = stop; next < end;) {
    const std::uint32_t begin = next + 1;
    next = code_.Find(",", {begin, end});
    if (begin >= next || !is_key(begin, "args")) continue;
    out.range = {at, next};
    return AsProgram({"", {at + 2, stop}}, {{"", {begin + 2, next}}}, true, frame, out);
  }
  return false;
}

}  // namespace cagelint::input
