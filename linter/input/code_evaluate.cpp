#include "linter/input/code_evaluate.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/shell_placeholders.h"

namespace cagelint::input {
namespace {

using TokenKind = syntax::CodeToken::Kind;
using Kind = CodeValue::Kind;

constexpr int kDeepest = 24;
// Constants of constants are read again and again.
constexpr std::size_t kMostEvaluated = std::size_t{1} << 20;

// A constant shows where it is used.
CodeValue ShownAt(CodeValue value, const base::Span& place, const base::Source& source) {
  if (value.kind != Kind::kText) return value;
  value.place = place;
  for (CodePart& part : value.parts) {
    part.place = place;
    if (part.kind != CodePart::Kind::kLiteral) continue;
    EmbeddedText text(source);
    text.Put(part.text->Text(), place.begin, place.end);
    part.text = std::make_shared<const EmbeddedText>(std::move(text));
  }
  return value;
}

}  // namespace

void CodeEvaluator::AppendTo(CodeValue& to, CodeValue from) const {
  if (from.kind == Kind::kText) {
    for (CodePart& part : from.parts) to.parts.push_back(std::move(part));
    return;
  }
  if (from.kind == Kind::kJoined && !from.is_quoted) return AppendJoined(to, std::move(from));
  CodePart part;
  part.kind = from.kind == Kind::kVariable ? CodePart::Kind::kVariable : CodePart::Kind::kUnknown;
  part.name = std::move(from.name);
  part.place = from.place;
  to.parts.push_back(std::move(part));
}

// The elements of a list with blanks between them.
void CodeEvaluator::AppendJoined(CodeValue& to, CodeValue from) const {
  bool is_first = true;
  for (CodeItem& item : from.items) {
    const base::Span& place = item.place;
    if (!std::exchange(is_first, false))
      to.parts.push_back(MadeText(" ", {place.file, place.begin, place.begin + 1}));
    if (!item.value.place.IsValid()) item.value.place = place;
    AppendTo(to, std::move(item.value));
    if (item.is_spread) to.parts.back().is_list = true;
  }
}

// One text behind the other. Where one of them is one engine or another, so is the whole.
CodeValue CodeEvaluator::Concatenated(std::vector<CodeValue> values,
                                      const base::Span& place) const {
  const auto is_engine = [](const CodeValue& value) {
    return value.kind == Kind::kChoice && value.ways.size() == 2 &&
           std::all_of(value.ways.begin(), value.ways.end(), [](const CodeValue& way) {
             return way.kind == Kind::kText && !EngineNamedIn(way.Known()).empty();
           });
  };
  const auto choice = std::find_if(values.begin(), values.end(), is_engine);
  CodeValue out;
  out.place = place;
  if (choice == values.end()) {
    out.kind = Kind::kText;
    for (CodeValue& value : values) AppendTo(out, std::move(value));
    return out;
  }
  out.kind = Kind::kChoice;
  out.condition = choice->condition;
  out.name = choice->name;
  const CodeValue ways = *choice;
  for (const CodeValue& way : ways.ways) {
    CodeValue text;
    text.kind = Kind::kText;
    text.place = place;
    for (auto value = values.begin(); value != values.end(); ++value)
      AppendTo(text, value == choice ? way : *value);
    out.ways.push_back(std::move(text));
  }
  return out;
}

std::string EngineNamedIn(std::string_view bytes) {
  const std::string lower = base::ToLower(bytes);
  for (const std::string_view name : {"docker", "podman", "nerdctl"})
    if (lower.find(name) != std::string::npos) return std::string(name);
  return "";
}

std::string CodeValue::Known() const {
  std::string text;
  if (kind != Kind::kText) return text;
  for (const CodePart& part : parts) {
    if (part.kind != CodePart::Kind::kLiteral) return "";
    text += part.text->Text();
  }
  return text;
}

bool CodeValue::IsClosed() const {
  if (kind == Kind::kVariable || kind == Kind::kCall) return false;
  return std::none_of(
             parts.begin(), parts.end(),
             [](const CodePart& part) { return part.kind == CodePart::Kind::kVariable; }) &&
         std::all_of(items.begin(), items.end(),
                     [](const CodeItem& item) { return item.value.IsClosed(); }) &&
         std::all_of(ways.begin(), ways.end(), [](const CodeValue& way) { return way.IsClosed(); });
}

std::string CodeEvaluator::VariableOf(std::string_view name, const CodeFrame& frame) {
  std::string out;
  for (const char byte : name) out += base::IsNameByte(byte) ? byte : '_';
  return std::string(kMadeVariable) + out + frame.suffix;
}

CodeValue CodeEvaluator::Unknown(CodeRange range) const {
  CodeValue value;
  value.name = code_.WordFor(range);
  // A name that stands far behind says nothing of the whole.
  constexpr std::size_t kNear = 160;
  value.likely = EngineNamedIn(code_.Text(range).substr(0, kNear));
  value.place = code_.Place(range);
  return value;
}

CodeValue CodeEvaluator::Evaluate(CodeRange range, const CodeFrame& frame, int depth) {
  while (range.end > range.begin + 1 &&
         (code_.Is(range.begin, "await") || code_.Is(range.begin, "&") ||
          code_.Is(range.begin, "...")))
    ++range.begin;
  while (range.end > range.begin + 1 && code_.Is(range.end - 1, "!")) --range.end;
  if (!code_.IsPython() && !code_.IsGo()) {
    range.end = std::min(code_.Find("as", range), code_.Find("satisfies", range));
    const std::uint32_t type = code_.Find(">", range);  // `<string[]>[…]`
    if (!range.IsEmpty() && code_.Is(range.begin, "<") && type + 1 < range.end)
      range.begin = type + 1;
  }
  evaluated_ += range.end - range.begin;
  const std::size_t most = kMostEvaluated + 32 * code_.Tree().code.tokens.size();
  if (range.IsEmpty() || depth > kDeepest || evaluated_ > most) return Unknown(range);
  const bool is_group =
      code_.IsOpen(range.begin, '(') && code_.At(range.begin).match == range.end - 1;
  const CodeRange inside{range.begin + 1, range.end - 1};
  if (is_group && (!code_.IsPython() || code_.Find(",", inside) == inside.end))
    return inside.IsEmpty() ? Unknown(range) : Evaluate(inside, frame, depth + 1);
  bool found = false;
  CodeValue value = Operators(range, frame, depth, found);
  if (found) return value;
  value = Named(range);
  if (value.kind != Kind::kUnknown) return value;
  value = Primary(range, frame, depth);
  if (!value.place.IsValid()) value.place = code_.Place(range);
  return value;
}

CodeValue CodeEvaluator::Operators(CodeRange range, const CodeFrame& frame, int depth,
                                   bool& found) {
  found = true;
  const bool is_python = code_.IsPython();
  if (is_python) {
    const std::uint32_t at_if = code_.Find("if", range);
    const std::uint32_t at_else = code_.Find("else", range);
    if (at_if < at_else && at_else < range.end && at_if > range.begin)
      return Choice({at_if + 1, at_else}, {range.begin, at_if}, {at_else + 1, range.end}, frame,
                    depth);
  } else if (!code_.IsGo()) {
    const std::uint32_t mark = code_.Find("?", range);
    const std::uint32_t colon = code_.Find(":", {mark, range.end});
    if (mark > range.begin && colon < range.end)
      return Choice({range.begin, mark}, {mark + 1, colon}, {colon + 1, range.end}, frame, depth);
  }
  for (const std::string_view sign : {"or", "||", "??"}) {
    const std::uint32_t at = code_.Find(sign, range);
    if (at >= range.end || at == range.begin || (sign == "or" && !is_python)) continue;
    return Choice({range.begin, at}, {range.begin, at}, {at + 1, range.end}, frame, depth);
  }
  for (const std::string_view sign : {"and", "&&"}) {
    const std::uint32_t at = code_.Find(sign, range);
    if (at >= range.end || at == range.begin || (sign == "and" && !is_python)) continue;
    return Choice({range.begin, at}, {at + 1, range.end}, {}, frame, depth);
  }
  const std::vector<CodeRange> operands = code_.Split("+", range);
  if (operands.size() > 1 && !code_.Is(range.begin, "+")) return Sum(operands, frame, depth);
  const std::vector<CodeRange> parts =
      is_python ? code_.Split("/", range) : std::vector<CodeRange>{};
  if (parts.size() > 1) {  // `Path.home() / ".ssh"`
    const CodeValue first = Evaluate(parts.front(), frame, depth + 1);
    if (first.kind == Kind::kText || first.kind == Kind::kVariable)
      return Path(parts, frame, depth);
  }
  if (is_python) {
    const std::uint32_t at = code_.Find("%", range);
    if (at < range.end && at > range.begin) {
      const CodeValue format = Evaluate({range.begin, at}, frame, depth + 1);
      CodeRange values{at + 1, range.end};
      const bool is_tuple = !values.IsEmpty() && code_.IsOpen(values.begin, '(') &&
                            code_.At(values.begin).match == values.end - 1;
      if (is_tuple) values = {values.begin + 1, values.end - 1};
      return Formatted(format, code_.Split(",", values), false, frame, depth);
    }
  }
  found = false;
  return {};
}

CodeValue CodeEvaluator::Choice(CodeRange condition, CodeRange first, CodeRange second,
                                const CodeFrame& frame, int depth) {
  CodeValue value;
  value.kind = Kind::kChoice;
  value.condition = condition;
  value.place = code_.Place(first);
  value.name = code_.WordFor(first);
  value.ways.push_back(Evaluate(first, frame, depth + 1));
  if (!second.IsEmpty()) value.ways.push_back(Evaluate(second, frame, depth + 1));
  for (const CodeValue& way : value.ways) {
    if (value.likely.empty()) value.likely = way.likely;
    if (value.likely.empty()) value.likely = EngineNamedIn(way.Known());
  }
  return value;
}

// Texts one behind the other, or lists.
CodeValue CodeEvaluator::Sum(const std::vector<CodeRange>& operands, const CodeFrame& frame,
                             int depth) {
  CodeValue out;
  const base::Span place = base::Cover(code_.Place(operands.front()), code_.Place(operands.back()));
  std::vector<CodeValue> values;
  bool is_list = false;
  bool is_text = false;
  for (const CodeRange& operand : operands) {
    values.push_back(Evaluate(operand, frame, depth + 1));
    is_list = is_list || values.back().kind == Kind::kList;
    is_text = is_text || values.back().kind == Kind::kText || values.back().kind == Kind::kJoined;
  }
  if (is_text && !is_list) return Concatenated(std::move(values), place);
  out.kind = is_list ? Kind::kList : Kind::kUnknown;
  out.place = place;
  out.name = code_.WordFor(operands.front());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (is_list) Spread(std::move(values[i]), code_.Place(operands[i]), out.items);
  }
  // `cmd + extra`: what the name holds comes first.
  if (!is_list && values.front().kind == Kind::kVariable) {
    out.kind = Kind::kList;
    for (std::size_t i = 0; i < values.size(); ++i)
      Spread(std::move(values[i]), code_.Place(operands[i]), out.items);
  }
  return out;
}

void CodeEvaluator::Spread(CodeValue value, const base::Span& place, std::vector<CodeItem>& out) {
  if (value.kind == Kind::kList) {
    for (CodeItem& item : value.items) out.push_back(std::move(item));
    return;
  }
  CodeItem item;
  item.value = std::move(value);
  item.is_spread = true;
  item.place = place;
  out.push_back(std::move(item));
}

std::vector<CodeItem> CodeEvaluator::Items(CodeRange range, const CodeFrame& frame, int depth) {
  std::vector<CodeItem> out;
  for (CodeRange element : code_.Split(",", range)) {
    const base::Span place = code_.Place(element);
    const bool is_before = code_.Is(element.begin, "*") || code_.Is(element.begin, "...");
    const bool is_behind = code_.IsGo() && code_.Is(element.end - 1, "...");
    if (is_before) ++element.begin;
    if (is_behind) --element.end;
    if (element.IsEmpty()) continue;
    CodeValue value = Evaluate(element, frame, depth + 1);
    if (is_before || is_behind) {
      Spread(std::move(value), place, out);
      continue;
    }
    CodeItem item;
    item.value = std::move(value);
    item.place = place;
    out.push_back(std::move(item));
  }
  return out;
}

// Whether the tokens from `at` to `end` are a list: `[…]`, `(…, …)`, `[]string{…}`.
bool CodeEvaluator::IsList(std::uint32_t at, std::uint32_t end, CodeRange& inside) const {
  if (code_.IsGo()) {
    if (at + 3 >= end || !code_.IsOpen(at, '[')) return false;
    const std::uint32_t type = code_.At(at).match + 1;
    if (type + 1 >= end || !code_.Is(type, "string") || !code_.IsOpen(type + 1, '{')) return false;
    inside = {type + 2, end - 1};
    return code_.At(type + 1).match == end - 1;
  }
  const bool opens = code_.IsOpen(at, '[') || (code_.IsPython() && code_.IsOpen(at, '('));
  inside = {at + 1, end - 1};
  return opens && code_.At(at).match == end - 1;
}

CodeValue CodeEvaluator::Primary(CodeRange range, const CodeFrame& frame, int depth) {
  CodeRange inside;
  if (IsList(range.begin, range.end, inside)) {
    // What is made by a loop is not known.
    if (code_.IsPython() && code_.Find("for", inside) < inside.end) return Unknown(range);
    CodeValue list;
    list.kind = Kind::kList;
    list.place = code_.Place(range);
    list.items = Items(inside, frame, depth);
    return list;
  }
  // Strings; in Python several that stand together are one.
  std::vector<CodeValue> texts;
  std::uint32_t at = range.begin;
  for (; at < range.end; at = code_.Next(at, range.end)) {
    const TokenKind kind = code_.At(at).kind;
    if (kind != TokenKind::kString && kind != TokenKind::kTemplate) break;
    if (at > range.begin && !code_.IsPython()) break;
    texts.push_back(kind == TokenKind::kString ? String(at) : Template(at, frame, depth));
  }
  if (at == range.end && texts.size() == 1) return std::move(texts.front());
  if (at == range.end) return Concatenated(std::move(texts), code_.Place(range));
  if (code_.IsOpen(range.end - 1, '(') || !code_.Is(range.end - 1, ")")) {
    // `x[:]`, `x.stdout[0]`: only whole copies are followed.
    const std::uint32_t last = range.end - 1;
    if (code_.Is(last, "]") && last > range.begin + 1) {
      const std::uint32_t open = code_.At(last).match;
      if (open > range.begin && last == open + 2 && code_.Is(open + 1, ":"))
        return Evaluate({range.begin, open}, frame, depth + 1);
    }
    return Name(range, frame, depth);
  }
  const std::uint32_t open = code_.At(range.end - 1).match;
  return open > range.begin && open < range.end ? Call(range, open, frame, depth) : Unknown(range);
}

CodeValue CodeEvaluator::Name(CodeRange range, const CodeFrame& frame, int depth) {
  const std::string name = code_.NameOf(range);
  CodeValue unknown = Unknown(range);
  if (name.empty()) return unknown;
  if (const auto found = frame.names->find(name); found != frame.names->end()) {
    const CodeName& one = found->second;
    const bool is_once = one.assigned == 1 && !one.is_changed;
    if (is_once && !one.value.IsEmpty() && one.value.end <= range.begin && depth < kDeepest / 2) {
      CodeValue value = Evaluate(one.value, frame, depth + 1);
      if (value.IsClosed() && value.kind != Kind::kUnknown)
        return ShownAt(std::move(value), unknown.place, code_.Source());
      if (!value.likely.empty()) unknown.likely = value.likely;
      if (value.IsClosed()) return unknown;
    }
    // A parameter of a function that is read for whatever it may be called with.
    if (is_once && one.is_parameter && frame.suffix.empty()) return unknown;
    unknown.kind = Kind::kVariable;
    unknown.name = VariableOf(name, frame);
    return unknown;
  }
  const auto found = module_.find(name);
  const bool is_constant = found != module_.end() && found->second.assigned == 1 &&
                           !found->second.is_changed && !found->second.value.IsEmpty();
  if (!is_constant || depth >= kDeepest / 2) return unknown;
  static const CodeNames kNone;
  CodeValue value = Evaluate(found->second.value, CodeFrame{&kNone, ""}, depth + 1);
  if (value.IsClosed() && value.kind != Kind::kUnknown)
    return ShownAt(std::move(value), unknown.place, code_.Source());
  if (!value.likely.empty()) unknown.likely = value.likely;
  return unknown;
}

}  // namespace cagelint::input
