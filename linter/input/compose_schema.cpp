#include "linter/input/compose_schema.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "linter/base/text.h"
#include "linter/input/compose_settings.h"

namespace cagelint::input::compose {
namespace {

constexpr std::size_t kMostProblems = 200;

using Rule = ShapeRule;
using Shape = std::span<const ShapeRule>;

const Rule* Find(const Shape& shape, std::string_view key) {
  const auto at = std::lower_bound(shape.begin(), shape.end(), key,
                                   [](const Rule& rule, auto wanted) { return rule.key < wanted; });
  return at == shape.end() || at->key != key ? nullptr : &*at;
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

// always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+ somewhere
// in the text.
bool HoldsPullPolicy(std::string_view text) {
  for (const char* word :
       {"always", "never", "build", "if_not_present", "missing", "refresh", "daily", "weekly"})
    if (text.find(word) != std::string_view::npos) return true;
  constexpr std::string_view kEvery = "every_";
  for (std::size_t at = 0; (at = text.find(kEvery, at)) != std::string_view::npos; ++at) {
    const std::string_view rest = text.substr(at + kEvery.size());
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (digits > 0 && digits < rest.size() &&
        std::string_view("wdhms").find(rest[digits]) != std::string_view::npos)
      return true;
  }
  return false;
}

class Validator {
 public:
  explicit Validator(bool last) : last_(last) {}

  // Depth is that of the table, which is shallow.
  void Children(const Value& value, const Rule& rule) {
    if (rule.shape < 0) return;
    const Shape shape = ShapeAt(rule.shape);
    if (value.IsList()) return Items(value, rule, shape);
    for (const Slot& slot : value.slots) {
      const Rule* child = RuleOf(shape, slot.key);
      if (child != nullptr && rule.Has('N') && !IsPlainName(slot.key))
        Say("`" + slot.key + "` is no name: only letters, digits and `._-` can be in it",
            slot.key_span);
      if (child != nullptr) {
        Check(slot, *child);
      } else if (!rule.Has('+') && !slot.key.starts_with("x-")) {
        SayUnknown(slot, shape);
      }
    }
    for (const Rule& child : shape)
      if (child.is_required && value.IsMap() && value.Find(child.key) == nullptr)
        Say("`" + std::string(child.key) + "` is missing here", value.span);
  }

  std::vector<Problem> Take() { return std::move(problems_); }

 private:
  static const Rule* RuleOf(const Shape& shape, const std::string& key) {
    const Rule* const found = Find(shape, key);
    if (found != nullptr && key != "[]" && key != "*") return found;
    return key.starts_with("x-") ? nullptr : Find(shape, "*");
  }

  void Say(std::string message, base::Span span) {
    if (problems_.size() < kMostProblems)
      problems_.push_back({"invalid-compose", std::move(message), span});
  }

  void SayUnknown(const Slot& slot, const Shape& shape) {
    if (problems_.size() == kMostProblems) return;
    std::vector<std::string_view> known;
    for (const Rule& rule : shape)
      if (rule.key != "*" && rule.key != "[]") known.push_back(rule.key);
    const std::string_view near = base::Suggest(slot.key, known);
    problems_.push_back({"unknown-key", "`" + slot.key + "` is not a key that Compose knows here",
                         slot.key_span,
                         near.empty() ? "leave it out, or begin its name with `x-`"
                                      : "did you mean `" + std::string(near) + "`?"});
  }

  void Items(const Value& value, const Rule& rule, const Shape& shape) {
    const Rule* const found = Find(shape, "[]");
    if (found == nullptr) return;
    std::set<std::string_view>
        seen;  // as text: Compose makes strings of numbers before it compares
    for (const Slot& slot : value.slots) {
      Check(slot, *found);
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
        return rule.Has('f') || (rule.Has('i') && !rule.Has('W') && IsWhole(value));
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
    return std::isfinite(number) && std::floor(number) == number;
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
    // An item of a list has no key.
    const bool by_key = value.span.IsEmpty() && slot.key_span.IsValid();
    const base::Span place = by_key ? slot.key_span : value.span;
    if (!Takes(rule, value)) {
      const std::string name = slot.key.empty() ? "this" : "`" + slot.key + "`";
      return Say(
          name + " is " + std::string(Name(value.kind)) + ", where Compose takes " + Wanted(rule),
          place);
    }
    if (value.IsString() && !value.IsDynamic()) CheckString(slot, rule, place);
    if (value.IsScalar() && !value.IsDynamic()) CheckNumber(slot, rule, place);
    if (!value.IsScalar()) Children(value, rule);
  }

  void CheckNumber(const Slot& slot, const Rule& rule, base::Span place) {
    double number = 0;
    if (!(rule.Has('U') || rule.Has('O')) || !CastNumber(slot.value->text.text, number)) return;
    if (rule.Has('U') && last_ && number < 0) Say("`" + slot.key + "` is negative", place);
    if (rule.Has('O') && !(number >= -1000 && number <= 1000))
      Say("`" + slot.key + "` is not between -1000 and 1000", place);
  }

  void CheckString(const Slot& slot, const Rule& rule, base::Span place) {
    const std::string& text = slot.value->text.text;
    bool boolean = false;
    std::int64_t integer = 0;
    double number = 0;
    const bool counts = last_ || !rule.Has('L');
    if (rule.Has('K') && last_)
      Say("`" + slot.key + "` is a string, where Compose takes a number", place);
    if (rule.Has('B') && counts && !CastBoolean(text, boolean))
      Say("`" + slot.key + "` is `" + text + "`, which is neither true nor false", place);
    if (rule.Has('I') && counts && !CastInteger(text, integer))
      Say("`" + slot.key + "` is `" + text + "`, which is no integer", place);
    if (rule.Has('F') && counts && !CastNumber(text, number))
      Say("`" + slot.key + "` is `" + text + "`, which is no number", place);
    if (rule.Has('D') && last_ && !CastDuration(text, number))
      Say("`" + slot.key + "` is `" + text + "`, which is no duration", place);
    std::int64_t size = 0;
    if (rule.Has('S') && last_ && !ParseBytes(text, size))
      Say("`" + slot.key + "` is `" + text + "`, which is no size", place);
    if (rule.Has('P') && !HoldsPullPolicy(text)) Say("`" + text + "` is no pull policy", place);
    if (rule.Has('C') && !HoldsName(text)) Say("`" + text + "` is no name of a container", place);
    if (!rule.Allows(text)) Say("`" + text + "` is not a value that Compose knows here", place);
  }

  bool last_;
  std::vector<Problem> problems_;
};

}  // namespace

bool ShapeRule::Allows(std::string_view text) const {
  for (std::string_view rest = words; !rest.empty();) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    if (rest.substr(0, end) == text) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words.empty();
}

bool IsService(const Slot& slot) {
  return slot.value->IsMap() && !slot.key.starts_with("x-") &&
         Find(ShapeAt(WholeFile()), slot.key) == nullptr;
}

bool IsFirstLayout(const Value& root) {
  return root.Find("services") == nullptr && root.Find("include") == nullptr &&
         std::any_of(root.slots.begin(), root.slots.end(), [](const Slot& slot) {
           return IsService(slot) &&
                  (slot.value->Find("image") != nullptr || slot.value->Find("build") != nullptr);
         });
}

std::vector<Problem> Validate(const Value& root, bool last) {
  Validator validator(last);
  Rule whole;
  whole.kinds = "m";
  whole.shape = WholeFile();
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
                   first->key_span, "put the services below a key `services:`"});
  return problems;
}

}  // namespace cagelint::input::compose
