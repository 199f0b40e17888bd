#include "linter/input/compose_settings.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

#include "linter/base/text.h"
#include "linter/input/compose_merge.h"
#include "linter/input/compose_schema.h"

namespace cagelint::input::compose {
namespace {

// Splits at the first '=' of the literal text; dynamic where key or value has an unknown part.
model::Setting<model::KeyValue> PairOf(const View& item) {
  const std::string& text = item->text.text;
  const std::size_t equals = text.find('=');
  model::KeyValue pair;
  pair.key = item->text.Written(0, std::min(equals, text.size()));
  if (equals != std::string::npos) pair.value = text.substr(equals + 1);
  auto setting = SettingOf(item, pair);
  if (setting.IsDynamic()) setting.value.key = pair.key;
  return setting;
}

model::Setting<model::KeyValue> EntryOf(const View& entry) {
  model::KeyValue pair{entry.key, std::nullopt};
  if (!entry->IsNull()) pair.value = entry->text.text;
  auto setting = SettingOf(entry, pair);
  if (setting.IsDynamic()) setting.value.key = entry.key;
  return setting;
}

// github.com/mattn/go-shellwords, without variables and backticks of its own.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  struct Word {
    std::string text;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  // False where the library refuses: a quote, a backtick or a `$(` without an end.
  bool Split(std::vector<Word>& words) {
    for (; at_ < text_.size() && !ended_; ++at_) {
      const char byte = text_[at_];
      if (escaped_) {
        Take(byte == 't' ? '\t' : byte == 'n' ? '\n' : byte);
        escaped_ = false;
      } else if (byte == '\\' && !single_) {
        escaped_ = true;
        Begin();
      } else if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') {
        if (single_ || double_ || backtick_ || dollar_)
          word_.text += byte;
        else
          End(words);
      } else if (!Quote(byte)) {
        if (refused_) return false;
        if (!ended_) Take(byte);
      }
    }
    End(words);
    return !escaped_ && !single_ && !double_ && !backtick_ && !dollar_;
  }

 private:
  // Whether the byte is a quote, and no part of the word.
  bool Quote(char byte) {
    if (byte == '`' && !single_ && !double_ && !dollar_) backtick_ = !backtick_;
    if (byte == ')' && !single_ && !double_ && !backtick_) dollar_ = !dollar_;
    if (byte == '(' && !single_ && !double_ && !backtick_) {
      refused_ = dollar_ || !word_.text.ends_with('$');
      dollar_ = true;
    }
    bool& quote = byte == '"' ? double_ : single_;
    const bool other = byte == '"' ? single_ : double_;
    if ((byte == '"' || byte == '\'') && !other && !dollar_) {
      Begin();
      quote = !quote;
      return true;
    }
    const bool plain = !single_ && !double_ && !backtick_ && !dollar_;
    if (plain && std::string_view(";&|<>").find(byte) != std::string_view::npos) {
      // `2>` is a redirection, and no word.
      const bool number = !word_.text.empty() && word_.text[0] >= '0' && word_.text[0] <= '9';
      if (byte == '>' && number) open_ = false;
      ended_ = true;
      --at_;  // the end of the last word
    }
    return false;
  }
  void Begin() {
    if (open_) return;
    open_ = true;
    word_ = {"", at_, at_};
  }
  void Take(char byte) {
    Begin();
    word_.text += byte;
  }
  void End(std::vector<Word>& words) {
    if (!open_) return;
    word_.end = at_;
    words.push_back(word_);
    open_ = false;
    word_.text.clear();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool open_ = false;
  bool escaped_ = false, single_ = false, double_ = false, backtick_ = false, dollar_ = false;
  bool ended_ = false;
  bool refused_ = false;
  Word word_;
};

}  // namespace

bool ParseBytes(std::string_view text, std::int64_t& bytes) {
  // go-units: a number, an optional blank, a unit; the number in front of the last digit, dot or
  // blank.
  const std::size_t split = text.find_last_of("0123456789. ");
  if (split == std::string_view::npos) return false;
  std::string_view number = text.substr(0, split + 1);
  if (text[split] == ' ') number = text.substr(0, split);
  double size = 0;
  if (!CastNumber(number, size) || size < 0) return false;
  std::string unit = base::ToLower(text.substr(split + 1));
  if (!unit.empty()) {
    constexpr std::string_view kUnits = "bkmgtp";
    const std::size_t power = kUnits.find(unit[0]);
    const std::string rest = unit.substr(1);
    const bool known = rest.empty() || (power > 0 && (rest == "b" || rest == "ib"));
    if (power == std::string_view::npos || !known) return false;
    size *= std::pow(1024.0, static_cast<double>(power));
  }
  if (!(size < 9.2e18)) return false;
  bytes = static_cast<std::int64_t>(size);
  return true;
}

model::Setting<std::string> StringOf(const View& view) {
  if (!view || !view->IsScalar()) return {};
  return SettingOf(view, view->text.text);
}

model::Setting<bool> BooleanOf(const View& view) {
  if (!view) return {};
  bool value = view->text.text == "true";
  if (view->kind != Kind::kBool && !view->IsDynamic() &&
      (!view->IsString() || !CastBoolean(view->text.text, value))) {
    return {};
  }
  return SettingOf(view, value);
}

model::Setting<std::int64_t> IntegerOf(const View& view) {
  if (!view || !view->IsScalar()) return {};
  std::int64_t value = 0;
  if (view->kind == Kind::kFloat) {
    const double number = NumberOf(*view.value);
    // What Go's conversion gives on amd64 where the number does not fit.
    if (!(std::fabs(number) < 9.2233720368547e18))
      return SettingOf(view, std::numeric_limits<std::int64_t>::min());
    return SettingOf(view, static_cast<std::int64_t>(number));
  }
  if (!view->IsDynamic() && !CastInteger(view->text.text, value)) return {};
  return SettingOf(view, value);
}

model::Setting<double> NumberSettingOf(const View& view) {
  if (!view || !view->IsScalar()) return {};
  double value = 0;
  if (!view->IsDynamic() && !CastNumber(view->text.text, value)) return {};
  return SettingOf(view, value);
}

model::Setting<std::int64_t> BytesOf(const View& view, Findings& findings) {
  if (!view || !view->IsScalar()) return {};
  if (view->kind == Kind::kFloat) return SettingOf(view, std::int64_t{0});
  if (view->kind == Kind::kInt) return IntegerOf(view);
  std::int64_t value = 0;
  const std::string& text = view->text.text;
  if (!view->IsDynamic() && !ParseBytes(text, value)) {
    findings.Say("`" + text + "` is no size", view.Text());
    return {};
  }
  return SettingOf(view, value);
}

model::Setting<std::int64_t> SecondsOf(const View& view) {
  if (!view || !view->IsString()) return {};
  double value = 0;
  if (!view->IsDynamic() && !CastDuration(view->text.text, value)) return {};
  return SettingOf(view, static_cast<std::int64_t>(std::ceil(std::min(value, 1e15))));
}

model::List<std::string> StringsOf(const View& view) {
  if (!view || view->IsMap()) return {};
  auto list = ListOf<std::string>(view);
  if (!view->IsList()) {
    list.items.push_back(SettingOf(view, view->text.text));
    return list;
  }
  for (const View& item : view.Children())
    if (item->IsScalar()) list.items.push_back(SettingOf(item, item->text.text));
  return list;
}

model::List<std::string> UniqueStringsOf(const View& view) {
  model::List<std::string> list = StringsOf(view);
  list.items = KeepLast(std::move(list.items), [](const model::Setting<std::string>& item) {
    return item.IsKnown() ? item.value.substr(0, item.value.find('=')) : "?" + item.source;
  });
  return list;
}

model::List<std::string> NamesOf(const View& view) {
  if (!view || !view->IsMap()) return StringsOf(view);
  auto list = ListOf<std::string>(view);
  for (const View& entry : view.Children()) {
    auto name = model::Setting<std::string>::Known(entry.key, entry.Whole(), entry.key_span);
    name.steps = entry.steps;
    list.items.push_back(std::move(name));
  }
  return list;
}

model::List<model::KeyValue> KeyValuesOf(const View& view) {
  if (!view || view->IsScalar()) return {};
  auto list = ListOf<model::KeyValue>(view);
  for (const View& child : view.Children()) {
    if (!child->IsScalar()) continue;
    list.items.push_back(view->IsMap() ? EntryOf(child) : PairOf(child));
  }
  list.items = KeepLast(std::move(list.items), [](const auto& item) { return item.value.key; });
  return list;
}

model::List<std::string> CommandOf(const View& view, Findings& findings) {
  if (!view || !view->IsString()) return StringsOf(view);
  auto list = ListOf<std::string>(view);
  std::vector<Words::Word> words;
  if (!Words(view->text.text).Split(words))
    findings.Say("a quote or bracket in this command has no end", view.Text());
  for (const Words::Word& word : words) {
    const base::Span place = view.Text(word.begin, word.end);
    if (IsLiteralText(word.text)) {
      list.items.push_back(model::Setting<std::string>::Known(word.text, place, place));
    } else {
      // It may be several words.
      list.state = model::State::kDynamic;
      list.source = view->text.Written();
      list.items.push_back(model::Setting<std::string>::Dynamic(
          view->text.Written(word.begin, word.end), place, place));
    }
    list.items.back().steps = Joined(view.steps, view->steps);
  }
  return list;
}

}  // namespace cagelint::input::compose
