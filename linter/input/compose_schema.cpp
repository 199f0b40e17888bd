#include "linter/input/compose_schema.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "linter/base/text.h"

namespace cagelint::input::compose {
namespace {

constexpr std::size_t kMostProblems = 200;

struct Shape;

struct Rule {
  std::string_view kinds;
  std::vector<std::string_view> words;  // allowed values; empty: any
  const Shape* shape = nullptr;

  bool Has(char letter) const { return kinds.find(letter) != std::string_view::npos; }
};

struct Shape {
  std::map<std::string_view, Rule> rules;
  std::vector<std::string_view> required;
};

using Shapes = std::map<std::string_view, Shape>;

void AddRule(std::string_view word, Shapes& shapes, Shape& shape) {
  const bool required = word.starts_with('^');
  if (required) word.remove_prefix(1);
  std::vector<std::string_view> parts = base::Split(word, ':');
  Rule rule;
  rule.kinds = parts[1];
  const std::size_t open = rule.kinds.find('(');
  if (open != std::string_view::npos) {
    rule.words = base::Split(rule.kinds.substr(open + 1, rule.kinds.size() - open - 2), '|');
    rule.kinds = rule.kinds.substr(0, open);
  }
  if (parts.size() > 2) rule.shape = &shapes[parts[2]];
  if (required) shape.required.push_back(parts[0]);
  shape.rules.emplace(parts[0], rule);
}

const Shape& Root() {
  static const Shapes kShapes = [] {
    Shapes shapes;
    for (const ShapeText& text : ShapeTexts())
      for (const std::string_view word : base::Split(text.children, ' '))
        if (!word.empty()) AddRule(word, shapes, shapes[text.name]);
    return shapes;
  }();
  return kShapes.at("");
}

bool IsPlainName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char byte) {
    return byte < 0x80 && (std::isalnum(byte) != 0 || byte == '.' || byte == '_' || byte == '-');
  });
}

// The pattern [a-zA-Z0-9][a-zA-Z0-9_.-]+ somewhere in the text.
bool HoldsName(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0 &&
        IsPlainName(text.substr(i, 1)))
      return true;
  }
  return false;
}

class Validator {
 public:
  // Depth is that of the table, which is shallow.
  void Children(const Value& value, const Rule& rule) {
    if (rule.shape == nullptr) return;
    if (value.IsList()) return Items(value, rule);
    for (const Slot& slot : value.slots) {
      const Rule* child = RuleOf(*rule.shape, slot.key);
      if (child != nullptr && rule.Has('N') && !IsPlainName(slot.key))
        Say("`" + slot.key + "` is no name: only letters, digits and `._-` can be in it",
            slot.key_span);
      if (child != nullptr) {
        Check(slot, *child);
      } else if (!rule.Has('+') && !slot.key.starts_with("x-")) {
        Say("`" + slot.key + "` is not a key that Compose knows here", slot.key_span);
      }
    }
    for (const std::string_view key : rule.shape->required)
      if (value.IsMap() && value.Find(key) == nullptr)
        Say("`" + std::string(key) + "` is missing here", value.span);
  }

  std::vector<Problem> Take() { return std::move(problems_); }

 private:
  static const Rule* RuleOf(const Shape& shape, const std::string& key) {
    auto found = shape.rules.find(key);
    if (found == shape.rules.end() || key == "[]" || key == "*") {
      if (key.starts_with("x-")) return nullptr;
      found = shape.rules.find("*");
    }
    return found == shape.rules.end() ? nullptr : &found->second;
  }

  void Say(std::string message, base::Span span) {
    if (problems_.size() < kMostProblems)
      problems_.push_back({"invalid-compose", std::move(message), span});
  }

  void Items(const Value& value, const Rule& rule) {
    const auto found = rule.shape->rules.find("[]");
    if (found == rule.shape->rules.end()) return;
    std::set<std::string_view>
        seen;  // as text: Compose makes strings of numbers before it compares
    for (const Slot& slot : value.slots) {
      Check(slot, found->second);
      if (rule.Has('!') && slot.value->IsScalar() && !seen.insert(slot.value->text.text).second)
        Say("`" + slot.value->text.Written() + "` is there twice", slot.value->span);
    }
  }

  static bool Takes(const Rule& rule, const Value& value) {
    switch (value.kind) {
      case Kind::kNull:
        return rule.Has('n');
      case Kind::kBool:
        return rule.Has('b');
      case Kind::kInt:
        return rule.Has('i') || rule.Has('f');
      // To the schema 2.0 is an integer.
      case Kind::kFloat:
        return rule.Has('f') || (rule.Has('i') && IsWhole(value));
      case Kind::kTime:
        return false;
      case Kind::kString:
        return rule.Has('s');
      case Kind::kMap:
        return rule.Has('m');
      case Kind::kList:
        return rule.Has('l');
    }
    return false;
  }
  static bool IsWhole(const Value& value) {
    const double number = NumberOf(value);
    return std::floor(number) == number;
  }

  static std::string Wanted(const Rule& rule) {
    std::string out;
    for (const char letter : rule.kinds) {
      constexpr std::string_view kLetters = "nbifsml";
      constexpr std::string_view kNames[] = {"nothing",  "a boolean", "an integer", "a number",
                                             "a string", "a mapping", "a list"};
      const std::size_t index = kLetters.find(letter);
      if (index == std::string_view::npos) break;
      out += (out.empty() ? "" : " or ") + std::string(kNames[index]);
    }
    return out;
  }

  void Check(const Slot& slot, const Rule& rule) {
    const Value& value = *slot.value;
    const base::Span place = value.span.IsEmpty() ? slot.key_span : value.span;
    if (!Takes(rule, value)) {
      const std::string name = slot.key.empty() ? "this" : "`" + slot.key + "`";
      return Say(
          name + " is " + std::string(Name(value.kind)) + ", where Compose takes " + Wanted(rule),
          place);
    }
    if (value.IsString() && !value.IsDynamic()) CheckString(slot, rule, place);
    if (!value.IsScalar()) Children(value, rule);
  }

  void CheckString(const Slot& slot, const Rule& rule, base::Span place) {
    const std::string& text = slot.value->text.text;
    bool boolean = false;
    std::int64_t integer = 0;
    double number = 0;
    if (rule.Has('B') && !CastBoolean(text, boolean))
      Say("`" + slot.key + "` is `" + text + "`, which is neither true nor false", place);
    if (rule.Has('I') && !CastInteger(text, integer))
      Say("`" + slot.key + "` is `" + text + "`, which is no integer", place);
    if (rule.Has('F') && !CastNumber(text, number))
      Say("`" + slot.key + "` is `" + text + "`, which is no number", place);
    if (rule.Has('D') && !CastDuration(text, number))
      Say("`" + slot.key + "` is `" + text + "`, which is no duration", place);
    if (rule.Has('C') && !HoldsName(text)) Say("`" + text + "` is no name of a container", place);
    if (!rule.words.empty() &&
        std::find(rule.words.begin(), rule.words.end(), text) == rule.words.end()) {
      Say("`" + text + "` is not a value that Compose knows here", place);
    }
  }

  std::vector<Problem> problems_;
};

}  // namespace

bool IsService(const Slot& slot) {
  return slot.value->IsMap() && !slot.key.starts_with("x-") && !Root().rules.contains(slot.key);
}

bool IsFirstLayout(const Value& root) {
  return root.Find("services") == nullptr && root.Find("include") == nullptr &&
         std::any_of(root.slots.begin(), root.slots.end(), [](const Slot& slot) {
           return IsService(slot) &&
                  (slot.value->Find("image") != nullptr || slot.value->Find("build") != nullptr);
         });
}

std::vector<Problem> Validate(const Value& root) {
  Validator validator;
  Rule whole;
  whole.kinds = "m";
  whole.shape = &Root();
  if (!IsFirstLayout(root)) {
    validator.Children(root, whole);
    return validator.Take();
  }
  const auto first = std::find_if(root.slots.begin(), root.slots.end(), IsService);
  Value rest = root;
  std::erase_if(rest.slots, IsService);
  validator.Children(rest, whole);
  std::vector<Problem> problems = validator.Take();
  problems.insert(problems.begin(),
                  {"v1-layout",
                   "services at the top, without `services:`: the layout of Compose 1, which "
                   "Compose 2 does not read",
                   first->key_span});
  return problems;
}

bool CastBoolean(std::string_view text, bool& value) {
  const std::string word = base::ToLower(text);
  value = word == "true" || word == "yes" || word == "y" || word == "on";
  return value || word == "false" || word == "no" || word == "n" || word == "off";
}

bool CastInteger(std::string_view text, std::int64_t& value) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

bool CastNumber(std::string_view text, double& value) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

bool CastDuration(std::string_view text, double& seconds) {
  seconds = 0;
  if (text == "0") return true;
  if (text.empty()) return false;
  while (!text.empty()) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
    double number = 0;
    if (!CastNumber(text.substr(0, digits), number)) return false;
    text.remove_prefix(digits);
    const std::size_t letters = std::min(text.find_first_of("0123456789."), text.size());
    const std::string_view unit = text.substr(0, letters);
    text.remove_prefix(letters);
    constexpr std::pair<std::string_view, double> kUnits[] = {
        {"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1},
        {"m", 60},    {"h", 3600},  {"d", 86400}, {"w", 604800}};
    const auto* found = std::find_if(std::begin(kUnits), std::end(kUnits),
                                     [&](const auto& known) { return known.first == unit; });
    if (found == std::end(kUnits)) return false;
    seconds += number * found->second;
  }
  return true;
}

}  // namespace cagelint::input::compose
