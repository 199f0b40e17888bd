#include "linter/input/shell_values.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cagelint::input {
namespace {

// Beyond these a value is no option list but an attack on the linter.
constexpr std::size_t kLongestValue = 65536;
constexpr std::size_t kMostElements = 2048;
constexpr std::size_t kKeptElements = 512;

bool IsTooLarge(const ShellValue& value) {
  if (value.words.size() > kMostElements) return true;
  std::size_t size = 0;
  for (const Argument& word : value.words) size += word.text.size() + word.pieces.size();
  return size > kLongestValue;
}

bool BeginsWithDash(const Argument& word) {
  return word.may_be_options || word.text.starts_with('-');
}

bool SameWord(const Argument& a, const Argument& b) {
  return a.text == b.text && a.is_list == b.is_list;
}

Argument UnknownList(const Argument& place) {
  Argument list;
  list.text = std::string(1, kUnknownByte);
  list.span = place.span;
  list.pieces.push_back({0, 1, place.span, {}, place.Written()});
  list.is_list = true;
  list.may_be_options = BeginsWithDash(place);
  return list;
}

// The first elements of an array that is too large, and one for all the others.
ShellValue CutArray(ShellValue value) {
  std::size_t kept = 0;
  for (std::size_t size = 0; kept < std::min(value.words.size(), kKeptElements); ++kept) {
    size += value.words[kept].text.size() + value.words[kept].pieces.size();
    if (size > kLongestValue / 2) break;
  }
  if (kept == value.words.size()) return ShellValue::Unknown();
  std::vector<Argument> words(value.words.begin(),
                              value.words.begin() + static_cast<std::ptrdiff_t>(kept));
  words.push_back(UnknownList(value.words[kept]));
  words.back().may_be_options = true;
  ShellValue cut = ShellValue::Array(std::move(words));
  cut.is_cut = true;
  return cut;
}

// The first engine that a text names as a word of its own; "" where it names none.
std::string EngineIn(std::string_view text) {
  std::size_t at = std::string_view::npos;
  std::string engine;
  for (const std::string_view name : {"docker", "podman", "nerdctl"}) {
    const std::size_t found = text.find(name);
    if (found >= at || text.find("command -v") == std::string_view::npos) continue;
    at = found;
    engine = name;
  }
  return engine;
}

// `a` is the shorter one, and `b` begins with it and a blank.
bool GoesOn(const Argument& a, const Argument& b) {
  if (!b.text.starts_with(a.text) || a.text.size() == b.text.size()) return false;
  const char next = b.text[a.text.size()];
  return a.text.empty() || next == ' ' || next == '\t' || next == '\n' || a.text.back() == ' ';
}

}  // namespace

bool ShellValue::SameAs(const ShellValue& other) const {
  return state == other.state && state != State::kUnknown &&
         std::equal(words.begin(), words.end(), other.words.begin(), other.words.end(), SameWord);
}

ShellValue ShellValue::Scalar(Argument word) {
  ShellValue value;
  value.state = State::kScalar;
  value.words.push_back(std::move(word));
  return value;
}

ShellValue ShellValue::Array(std::vector<Argument> words) {
  ShellValue value;
  value.state = State::kArray;
  value.words = std::move(words);
  return value;
}

ShellValue JoinValues(const ShellValue& a, const ShellValue& b) {
  if (a.SameAs(b)) return a;
  ShellValue joined;
  joined.may_be_options = MayBeOptions(a) || MayBeOptions(b);
  if (a.IsArray() && b.IsArray()) {
    const auto [in_a, in_b] =
        std::mismatch(a.words.begin(), a.words.end(), b.words.begin(), b.words.end(), SameWord);
    joined = ShellValue::Array({a.words.begin(), in_a});
    joined.words.push_back(UnknownList(in_b == b.words.end() ? *in_a : *in_b));
    joined.words.back().may_be_options = std::any_of(in_a, a.words.end(), BeginsWithDash) ||
                                         std::any_of(in_b, b.words.end(), BeginsWithDash);
    return joined;
  }
  if (a.IsScalar() && b.IsScalar()) {
    const Argument& first = a.words.front();
    const Argument& second = b.words.front();
    if (GoesOn(second, first)) return JoinValues(b, a);
    if (GoesOn(first, second)) {  // OPTS="$OPTS --more" on one way
      Argument word = first;
      const auto size = static_cast<std::uint32_t>(word.text.size());
      word.text += {' ', kUnknownByte};
      word.pieces.push_back({size, 1, second.span, {}, {}});
      word.pieces.push_back({size + 1, 1, second.span, {}, "…"});
      ShellValue longer = ShellValue::Scalar(std::move(word));
      if (second.IsLiteral()) longer.likely = second.text;
      return longer;
    }
  }
  for (const ShellValue* value : {&b, &a}) {
    if (!value->likely.empty()) joined.likely = value->likely;
    if (value->IsScalar() && value->words.front().IsLiteral())
      joined.likely = value->words.front().text;
  }
  return joined;
}

bool MayBeOptions(const ShellValue& value) {
  return value.may_be_options ||
         std::any_of(value.words.begin(), value.words.end(), BeginsWithDash);
}

const ShellValue* ShellValues::Find(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

void ShellValues::Set(const std::string& name, ShellValue value) {
  if (value.IsArray() && IsTooLarge(value)) {
    value = CutArray(std::move(value));
  } else if (IsTooLarge(value)) {
    const bool may_be_options = MayBeOptions(value);
    value = ShellValue::Unknown();
    value.may_be_options = may_be_options;
  }
  const auto found = values_.find(name);
  if (found == values_.end()) {
    journal_.emplace_back(name, std::nullopt);
    values_.emplace(name, std::move(value));
  } else {
    journal_.emplace_back(name, std::move(found->second));
    found->second = std::move(value);
  }
}

void ShellValues::ForgetIf(const std::function<bool(const std::string&)>& forgets) {
  const auto tells_nothing = [](const ShellValue& value) {
    return value.state == ShellValue::State::kUnknown && !value.may_be_options &&
           value.likely.empty() && value.ways.empty();
  };
  for (auto& [name, value] : values_) {
    if (tells_nothing(value) || !forgets(name)) continue;
    journal_.emplace_back(name, std::exchange(value, ShellValue::Unknown()));
  }
}

void ShellValues::ForgetAll() {
  ForgetIf([&](const std::string& name) {
    return values_.find(name)->second.state != ShellValue::State::kUnknown;
  });
}

void ShellValues::RollBack(std::size_t mark) {
  while (journal_.size() > mark) {
    auto& [name, before] = journal_.back();
    const auto found = values_.find(name);
    if (before.has_value())
      found->second = std::move(*before);
    else
      values_.erase(found);
    journal_.pop_back();
  }
}

ShellValues::Changes ShellValues::TakeBack(std::size_t mark) {
  Changes changes;
  for (std::size_t i = mark; i < journal_.size(); ++i) {
    const std::string& name = journal_[i].first;
    const auto [change, added] = changes.try_emplace(name);
    if (added) change->second = values_.find(name)->second;
  }
  RollBack(mark);
  return changes;
}

// `a[2]=x`, where all elements up to there are known.
void ShellValues::AssignElement(const syntax::Assignment& assignment,
                                const syntax::ShellTree& tree) {
  const ShellValue* before = Find(assignment.name);
  const std::string& digits = assignment.subscript;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  const bool is_index = error == std::errc() && end == digits.data() + digits.size();
  const bool is_known = before != nullptr && before->IsArray() && index <= before->words.size() &&
                        std::none_of(before->words.begin(), before->words.end(),
                                     [](const Argument& word) { return word.is_list; });
  if (!is_index || !is_known || assignment.append) return Forget(assignment.name);
  ShellValue value = *before;
  if (index == value.words.size()) value.words.emplace_back();
  value.words[index] = ExpandWhole(assignment.value, tree);
  Set(assignment.name, std::move(value));
}

void ShellValues::AssignOnce(const syntax::Assignment& assignment, const syntax::ShellTree& tree) {
  const std::string& name = assignment.name;
  const ShellValue* before = Find(name);
  if (assignment.has_subscript) return AssignElement(assignment, tree);
  if (assignment.is_array) {
    std::vector<Argument> words;
    if (assignment.append && before != nullptr && before->is_cut) return;
    if (assignment.append && before != nullptr) {
      if (before->state == ShellValue::State::kUnknown) {
        Argument place;
        place.span = assignment.name_span;
        words.push_back(UnknownList(place));
      } else {
        words = before->words;
      }
    }
    for (const syntax::Word& element : assignment.elements)
      for (Argument& word : Expand(element, tree)) words.push_back(std::move(word));
    return Set(name, ShellValue::Array(std::move(words)));
  }
  if (before != nullptr && before->IsArray() && !assignment.append) {  // `a=x` is `a[0]=x`
    const bool is_known = before->words.empty() || !before->words.front().is_list;
    if (!is_known) return Forget(name);
    ShellValue value = *before;
    if (value.words.empty()) value.words.emplace_back();
    value.words.front() = ExpandWhole(assignment.value, tree);
    return Set(name, std::move(value));
  }
  ShellValue value = ShellValue::Scalar(ExpandWhole(assignment.value, tree));
  const auto& parts = assignment.value.parts;
  if (parts.size() == 1 && parts.front().kind == syntax::PartKind::kVariable) {
    const syntax::Word operand{parts.front().operand, parts.front().span, true};
    const bool has_default = parts.front().operation == ":-" || parts.front().operation == "-" ||
                             parts.front().operation == ":=";
    if (has_default && operand.IsLiteral()) value.likely = operand.Text();
    const ShellValue* other = Find(parts.front().text);
    if (value.likely.empty() && other != nullptr) value.likely = other->likely;
  }
  // `$(command -v docker || command -v podman)`, alone or as a default.
  if (value.likely.empty() && parts.size() == 1 && !value.words.front().IsLiteral())
    value.likely = EngineIn(parts.front().written);
  if (assignment.append) {
    if (before == nullptr || !before->IsScalar()) return Forget(name);
    Argument word = before->words.front();
    const auto shift = static_cast<std::uint32_t>(word.text.size());
    word.text += value.words.front().text;
    for (Piece piece : value.words.front().pieces) {
      piece.begin += shift;
      word.pieces.push_back(std::move(piece));
    }
    value = ShellValue::Scalar(std::move(word));
  }
  Set(name, std::move(value));
}

}  // namespace cagelint::input
