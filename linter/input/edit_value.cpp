#include "linter/input/edit_value.h"

#include <algorithm>

#include "linter/base/text.h"
#include "linter/input/compose_value.h"

namespace cagelint::input {
namespace {

bool IsControl(char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F; }

// What only YAML 1.1 takes for a boolean, and numbers to the base of 60: other programs than
// Compose read these files too.
bool IsOldType(std::string_view text) {
  const std::string lower = base::ToLower(text);
  for (const std::string_view word : {"y", "n", "yes", "no", "on", "off", "<<", "="})
    if (lower == word) return true;
  return text.find(':') != std::string_view::npos &&
         text.find_first_not_of("0123456789:._+-") == std::string_view::npos;
}

bool IsJsonWord(std::string_view text) {
  if (text == "true" || text == "false" || text == "null") return true;
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t digits = text.find_first_not_of("0123456789", at);
  const std::size_t end = std::min(digits, text.size());
  if (end == at || (text[at] == '0' && end > at + 1)) return false;
  if (end == text.size()) return true;
  if (text[end] != '.' || end + 1 == text.size()) return false;
  return text.find_first_not_of("0123456789", end + 1) == std::string_view::npos;
}

std::string SingleQuoted(std::string_view text) {
  std::string out = "'";
  for (const char byte : text) out += byte == '\'' ? "''" : std::string(1, byte);
  return out + "'";
}

std::string KeyText(std::string_view key, bool flow, bool json) {
  return ScalarText(NewValue::String(std::string(key)), {.flow = flow, .json = json});
}

}  // namespace

NewValue NewValue::List(std::vector<NewValue> items) {
  NewValue list{Kind::kList};
  for (NewValue& item : items) list.children.emplace_back("", std::move(item));
  return list;
}

NewValue NewValue::Map(std::string key, NewValue value) {
  NewValue map{Kind::kMap};
  map.children.emplace_back(std::move(key), std::move(value));
  return map;
}

bool NewValue::Join(NewValue other) {
  if (IsScalar() && other.IsScalar()) {
    *this = std::move(other);
    return true;
  }
  if (kind != other.kind) return false;
  for (auto& [key, value] : other.children) {
    const auto& name = key;
    const auto twin = std::find_if(children.begin(), children.end(),
                                   [&](const auto& child) { return child.first == name; });
    if (kind == Kind::kList || twin == children.end()) {
      children.emplace_back(key, std::move(value));
    } else if (!twin->second.Join(std::move(value))) {
      return false;
    }
  }
  return true;
}

bool IsPlainText(std::string_view text, bool flow) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  constexpr std::string_view kIndicators = "?:,[]{}#&*!|>'\"%@`";
  if (kIndicators.find(text[0]) != std::string_view::npos) return false;
  if (text[0] == '-' && (text.size() == 1 || text[1] == ' ' || text[1] == '-')) return false;
  if (text.starts_with("...")) return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos)
    return false;
  if (std::any_of(text.begin(), text.end(), IsControl)) return false;
  return !flow || text.find_first_of(",[]{}?") == std::string_view::npos;
}

std::string DoubleQuoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') {
      out += {'\\', byte};
    } else if (IsControl(byte)) {
      const auto code = static_cast<unsigned char>(byte);
      out += {'\\', 'u', '0', '0', kHex[code >> 4], kHex[code & 15]};
    } else {
      out += byte;
    }
  }
  return out + '"';
}

std::string ScalarText(const NewValue& value, const Spelling& spelling) {
  const bool plain = value.kind == NewValue::Kind::kPlain;
  if (spelling.json) return plain && IsJsonWord(value.text) ? value.text : DoubleQuoted(value.text);
  const bool control = std::any_of(value.text.begin(), value.text.end(), IsControl);
  if (spelling.style == syntax::ScalarStyle::kDoubleQuoted || control)
    return DoubleQuoted(value.text);
  if (spelling.style == syntax::ScalarStyle::kSingleQuoted) return SingleQuoted(value.text);
  std::string resolved = value.text;
  const bool same = plain || (compose::ResolvePlain(resolved) == compose::Kind::kString &&
                              !IsOldType(value.text));
  return same && IsPlainText(value.text, spelling.flow) ? value.text : DoubleQuoted(value.text);
}

std::string FlowText(const NewValue& value, bool json) {
  if (value.IsScalar()) return ScalarText(value, {.flow = true, .json = json});
  const bool map = value.kind == NewValue::Kind::kMap;
  std::string out = map ? "{" : "[";
  for (const auto& [key, child] : value.children) {
    if (out.size() > 1) out += ", ";
    if (map) out += KeyText(key, true, json) + ": ";
    out += FlowText(child, json);
  }
  return out + (map ? "}" : "]");
}

std::string BlockText(std::string_view key, const NewValue& value, std::uint32_t column,
                      const BlockStyle& style) {
  std::string out = std::string(column, ' ') + KeyText(key, false, false) + ":";
  if (value.IsScalar()) return out + " " + ScalarText(value, {});
  const std::uint32_t list_column = column + style.list_offset;
  for (const auto& [name, child] : value.children) {
    out += style.new_line;
    if (value.kind == NewValue::Kind::kMap)
      out += BlockText(name, child, column + style.step, style);
    else
      out += std::string(list_column, ' ') + "- " +
             (child.IsScalar() ? ScalarText(child, {}) : FlowText(child, false));
  }
  return out;
}

}  // namespace cagelint::input
