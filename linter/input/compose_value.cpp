#include "linter/input/compose_value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace cagelint::input::compose {
namespace {

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// Go's strconv.ParseInt(text, 0, 64), or ParseUint for what is larger; `text` without underscores.
bool ParseInteger(std::string_view text, std::string& canonical) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  int base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const char mark = text[1];
    base = mark == 'x' || mark == 'X' ? 16 : mark == 'b' || mark == 'B' ? 2 : 8;
    if (base == 8 && mark != 'o' && mark != 'O' && !IsDigit(mark)) return false;
    text.remove_prefix(base == 8 && IsDigit(mark) ? 1 : 2);
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return false;
  if (negative && value > std::uint64_t{1} << 63) return false;
  canonical = (negative && value != 0 ? "-" : "") + std::to_string(value);
  return true;
}

// go-yaml: ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$
bool LooksLikeFloat(std::string_view text) {
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  std::size_t digits = 0;
  for (; i < text.size() && IsDigit(text[i]); ++i) ++digits;
  if (i < text.size() && text[i] == '.')
    for (++i; i < text.size() && IsDigit(text[i]); ++i) ++digits;
  if (digits == 0) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    if (i == text.size()) return false;
    while (i < text.size() && IsDigit(text[i])) ++i;
  }
  return i == text.size();
}

// What go-yaml takes for a date: 2001-12-14, with or without a time behind it.
bool LooksLikeTime(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&](std::size_t least, std::size_t most) {
    std::size_t count = 0;
    while (count < most && at < text.size() && IsDigit(text[at])) ++at, ++count;
    return count >= least;
  };
  const auto byte = [&](std::string_view any) {
    return at < text.size() && any.find(text[at]) != std::string_view::npos && ++at > 0;
  };
  if (!digits(4, 4) || !byte("-") || !digits(1, 2) || !byte("-") || !digits(1, 2)) return false;
  if (at == text.size()) return true;
  return byte("Tt ") && digits(1, 2) && byte(":") && digits(1, 2) && byte(":") && digits(1, 2);
}

// As Go's %v prints a float64: shortest digits, an exponent below 1e-4 and from 1e6 on.
std::string GoFloat(double value) {
  const double size = std::fabs(value);
  const bool exponent = size != 0 && (size < 1e-4 || size >= 1e6);
  std::array<char, 64> buffer{};
  const auto format = exponent ? std::chars_format::scientific : std::chars_format::fixed;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format);
  return {buffer.data(), result.ptr};
}

}  // namespace

std::string_view Name(Kind kind) {
  switch (kind) {
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return "a boolean";
    case Kind::kInt:
      return "an integer";
    case Kind::kFloat:
      return "a number";
    case Kind::kTime:
      return "a date";
    case Kind::kString:
      return "a string";
    case Kind::kMap:
      return "a mapping";
    case Kind::kList:
      return "a list";
  }
  return "null";
}

const Slot* Value::Find(std::string_view key) const {
  if (!IsMap()) return nullptr;
  const auto found =
      std::find_if(slots.begin(), slots.end(), [&](const Slot& slot) { return slot.key == key; });
  return found == slots.end() ? nullptr : &*found;
}

Kind ResolvePlain(std::string& text) {
  if (IsOneOf(text, {"", "~", "null", "Null", "NULL"})) return Kind::kNull;
  const bool yes = IsOneOf(text, {"true", "True", "TRUE"});
  if (yes || IsOneOf(text, {"false", "False", "FALSE"})) {
    text = yes ? "true" : "false";
    return Kind::kBool;
  }
  if (IsOneOf(text, {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
                     ".nan", ".NaN", ".NAN"})) {
    const bool infinite = text.find_first_of("iI") != std::string::npos;
    text = !infinite ? "NaN" : text[0] == '-' ? "-Inf" : "+Inf";
    return Kind::kFloat;
  }
  if (!IsDigit(text[0]) && text[0] != '-' && text[0] != '+' && text[0] != '.') return Kind::kString;
  if (LooksLikeTime(text)) return Kind::kTime;
  std::string plain = text;
  std::erase(plain, '_');
  if (ParseInteger(plain, text)) return Kind::kInt;
  if (LooksLikeFloat(plain)) {
    const double value = std::strtod(plain.c_str(), nullptr);
    if (std::isfinite(value)) {
      text = GoFloat(value);
      return Kind::kFloat;
    }
  }
  return Kind::kString;
}

double NumberOf(const Value& value) { return std::strtod(value.text.text.c_str(), nullptr); }

View View::Get(std::string_view name) const {
  if (value == nullptr) return {};
  const Slot* slot = value->Find(name);
  if (slot == nullptr || slot->value->IsNull()) return {};
  return {slot->value, slot->key, slot->key_span, Joined(steps, slot->steps)};
}

std::vector<View> View::Children() const {
  std::vector<View> children;
  if (value == nullptr) return children;
  children.reserve(value->slots.size());
  for (const Slot& slot : value->slots)
    children.push_back({slot.value, slot.key, slot.key_span, Joined(steps, slot.steps)});
  return children;
}

std::vector<View> View::Entries() const {
  return value != nullptr && value->IsMap() ? Children() : std::vector<View>{};
}

base::Span View::Whole() const { return base::Cover(key_span, value->span); }

base::Span View::Text() const {
  return value->IsScalar() && !value->text.text.empty()
             ? value->text.SpanOf(0, value->text.text.size())
             : value->span;
}

base::Span View::Text(std::size_t begin, std::size_t end) const {
  return value->text.SpanOf(begin, end);
}

View ViewOf(ValuePtr value) { return {std::move(value), {}, {}, {}}; }

Steps Joined(const Steps& a, const Steps& b) {
  Steps out = a;
  const std::size_t room = kMostSteps - std::min(kMostSteps, a.size());
  const std::size_t taken = std::min(room, b.size());
  out.insert(out.end(), b.begin(), b.begin() + static_cast<std::ptrdiff_t>(taken));
  return out;
}

}  // namespace cagelint::input::compose
