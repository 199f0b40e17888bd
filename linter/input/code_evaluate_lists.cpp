// Texts that are split into lists, and lists of which elements are left out.
#include <algorithm>
#include <utility>

#include "linter/input/code_evaluate.h"

namespace cagelint::input {
namespace {

using Kind = CodeValue::Kind;

bool IsBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

}  // namespace

CodePart LiteralPart(EmbeddedText text, base::Span place) {
  CodePart part;
  part.kind = CodePart::Kind::kLiteral;
  part.text = std::make_shared<const EmbeddedText>(std::move(text));
  part.place = place;
  return part;
}

CodePart Slice(const CodePart& part, std::size_t begin, std::size_t end) {
  EmbeddedText text(part.text->Outer());
  text.Append(*part.text, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
  return LiteralPart(std::move(text), part.place);
}

// The words of a text. What is split as a shell does it may hold no quotes; of what is split at
// each single blank, nothing can be taken away without leaving an empty word.
CodeValue CodeEvaluator::Words(const CodeValue& text, CodeRange range, Splits splits) const {
  const bool is_exact = splits == Splits::kEachBlank;
  const auto splits_at = [&](char byte) { return is_exact ? byte == ' ' : IsBlank(byte); };
  CodeValue unknown = Unknown(range);
  if (text.kind != Kind::kText) return unknown;
  CodeValue list;
  list.kind = Kind::kList;
  list.place = text.place;
  CodeItem item;
  item.value.kind = Kind::kText;
  const auto end_word = [&] {
    if (item.value.parts.empty()) return;
    const CodePart& first = item.value.parts.front();
    const bool is_list = item.value.parts.size() == 1 && first.kind != CodePart::Kind::kLiteral &&
                         first.kind != CodePart::Kind::kSymbol;
    base::Span place;
    for (const CodePart& part : item.value.parts) {
      const bool is_literal = part.kind == CodePart::Kind::kLiteral;
      const bool is_shown = is_literal && part.text->Size() > 0;
      place = base::Cover(place,
                          is_shown ? part.text->Map().ToOuter(0, part.text->Size()) : part.place);
    }
    item.place = item.value.place = place;
    item.is_fixed = is_exact;
    if (is_list) {  // what is put in may be several words
      item.is_spread = true;
      const bool is_variable = first.kind == CodePart::Kind::kVariable && first.is_list;
      item.is_part = !first.is_list;
      item.value.kind = is_variable ? Kind::kVariable : Kind::kUnknown;
      item.value.name = first.name;
      item.value.parts.clear();
    }
    list.items.push_back(std::move(item));
    item = CodeItem{};
    item.value.kind = Kind::kText;
  };
  for (const CodePart& part : text.parts) {
    if (part.kind != CodePart::Kind::kLiteral) {
      item.value.parts.push_back(part);
      continue;
    }
    const std::string_view bytes = part.text->Text();
    if (splits == Splits::kShell && bytes.find_first_of("'\"\\") != std::string_view::npos)
      return unknown;
    for (std::size_t at = 0; at < bytes.size();) {
      std::size_t end = at;
      while (end < bytes.size() && !splits_at(bytes[end])) ++end;
      if (end > at) item.value.parts.push_back(Slice(part, at, end));
      if (is_exact && end < bytes.size() && item.value.parts.empty()) {
        const auto begin = static_cast<std::uint32_t>(end);
        EmbeddedText empty(code_.Source());
        item.value.parts.push_back(
            LiteralPart(std::move(empty), part.text->Map().ToOuter(begin, begin + 1)));
      }
      if (end < bytes.size()) end_word();
      at = end + 1;
    }
  }
  end_word();
  return list;
}

CodeValue CodeEvaluator::Split(CodeRange object, const std::vector<CodeRange>& arguments,
                               CodeRange range, const CodeFrame& frame, int depth) {
  const CodeValue text = Evaluate(object, frame, depth + 1);
  if (arguments.empty())
    return code_.IsPython() ? Words(text, range, Splits::kBlanks) : Unknown(range);
  const CodeRange& separator = arguments.front();
  const std::string_view written = code_.Text(separator);
  if (Evaluate(separator, frame, depth + 1).Known() == " " || written == "/ /")
    return Words(text, range, Splits::kEachBlank);
  const bool is_blanks = written == "None" || written == "/\\s+/" || written == "/ +/";
  return is_blanks ? Words(text, range, Splits::kBlanks) : Unknown(range);
}

// Without what is empty, `false`, `null` or `undefined`.
CodeValue CodeEvaluator::Filtered(CodeValue list) const {
  const auto is_nothing = [&](const CodeValue& value) {
    const bool is_text = value.kind == Kind::kText &&
                         std::all_of(value.parts.begin(), value.parts.end(), [](const auto& part) {
                           return part.kind == CodePart::Kind::kLiteral && part.text->Size() == 0;
                         });
    const std::string_view written =
        value.kind == Kind::kUnknown ? code_.Source().Text(value.place) : std::string_view();
    return is_text || written == "undefined" || written == "null" || written == "false";
  };
  std::erase_if(list.items,
                [&](const CodeItem& item) { return !item.is_spread && is_nothing(item.value); });
  for (CodeItem& item : list.items)
    if (!item.is_spread && item.value.kind == Kind::kChoice && item.value.ways.size() == 2)
      std::erase_if(item.value.ways, is_nothing);
  std::erase_if(list.items, [](const CodeItem& item) {
    return item.value.kind == Kind::kChoice && item.value.ways.empty();
  });
  return list;
}

// With the elements of the lists in it.
CodeValue CodeEvaluator::Flat(CodeValue list) {
  std::vector<CodeItem> items;
  for (CodeItem& item : list.items) {
    const bool is_text = item.value.kind == Kind::kText;
    const bool is_choice = item.value.kind == Kind::kChoice &&
                           std::any_of(item.value.ways.begin(), item.value.ways.end(),
                                       [](const auto& way) { return way.kind == Kind::kText; });
    if (item.is_spread || is_text || is_choice)
      items.push_back(std::move(item));
    else
      Spread(std::move(item.value), item.place, items);
  }
  list.items = std::move(items);
  return list;
}

// Of JavaScript: a list of which only the elements are touched that are no words.
CodeValue CodeEvaluator::ListMethod(CodeRange object, std::string_view method,
                                    const std::vector<CodeRange>& arguments, CodeRange range,
                                    const CodeFrame& frame, int depth, bool& found) {
  const std::string_view argument =
      arguments.empty() ? std::string_view() : code_.Text(arguments.front());
  const bool is_flat = method == "flat" && arguments.size() <= 1;
  const bool is_filter = method == "filter" && argument == "Boolean";
  found = !code_.IsPython() && !code_.IsGo() &&
          (is_flat || is_filter || (method == "map" && argument == "String"));
  if (!found) return {};
  CodeValue list = Evaluate(object, frame, depth + 1);
  if (list.kind == Kind::kList)
    return is_flat ? Flat(std::move(list)) : is_filter ? Filtered(std::move(list)) : list;
  return is_flat || list.kind != Kind::kVariable ? Unknown(range) : list;
}

}  // namespace cagelint::input
