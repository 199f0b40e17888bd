#include "linter/input/docker_words.h"

#include "linter/base/text.h"
#include "linter/input/docker_unknown.h"

namespace cagelint::input {
namespace {

// Looking for what was meant takes its time: a command with more unknown flags is no typing error.
constexpr std::size_t kMostSuggestions = 50;

class Parser {
 public:
  Parser(std::span<const Argument> words, const Syntax& syntax) : words_(words), syntax_(syntax) {}

  Words Run() {
    while (at_ < words_.size()) {
      if (out_.refusals.empty() && out_.unresolved.empty()) out_.understood = at_;
      const Argument& word = words_[at_++];
      if (IsFlagList(word)) {
        out_.unresolved.push_back(&word);
      } else if (word.text.size() < 2 || word.text[0] != '-') {
        out_.positional.push_back(&word);
        if (!syntax_.interspersed) break;
      } else if (word.text == "--") {
        out_.after_dashes = true;
        break;
      } else if (word.text[1] == '-') {
        ReadLong(word);
      } else {
        ReadCluster(word);
      }
    }
    if (out_.refusals.empty() && out_.unresolved.empty()) out_.understood = at_;
    out_.consumed = at_;
    for (; at_ < words_.size(); ++at_) out_.positional.push_back(&words_[at_]);
    return std::move(out_);
  }

 private:
  bool IsFlagList(const Argument& word) const {
    return MayBeFlags(words_.subspan(at_ - 1), syntax_) && !word.text.empty();
  }

  void Refuse(base::Span span, std::string message) {
    out_.refusals.push_back({span, std::move(message)});
  }

  // The next word is the value, whatever it looks like.
  void TakeNext(const Flag& flag, const Argument& word, std::size_t begin, std::string spelling,
                const std::string& missing) {
    const base::Span own = word.SpanOf(begin, word.text.size());
    if (at_ == words_.size()) {
      Refuse(own, "flag needs an argument: `" + missing + "`");
      return;
    }
    const Argument& next = words_[at_++];
    // The first of its elements is the value, and others may follow.
    if (next.is_list && next.may_be_options) out_.unresolved.push_back(&next);
    Value value{&next, 0, next.text.size(), base::Cover(begin == 0 ? word.span : own, next.span)};
    out_.flags.push_back({&flag, value, false, std::move(spelling)});
  }

  void ReadLong(const Argument& word) {
    const std::string_view text = word.text;
    const std::string_view name = text.substr(2, text.find('=') - 2);
    if (!IsLiteralText(name)) {
      out_.unresolved.push_back(&word);
      return;
    }
    if (name.empty() || name[0] == '-') {
      Refuse(word.span, "bad flag syntax: `" + word.Written() + "`");
      return;
    }
    const bool has_value = name.size() + 2 < text.size();
    const Flag* flag = FindFlag(syntax_.command, syntax_.engine, name);
    if (flag == nullptr) {
      RefuseUnknown(word, name, has_value);
      return;
    }
    std::string spelling = "--" + std::string(name);
    if (has_value) {
      const Value value{&word, name.size() + 3, text.size(), word.span};
      out_.flags.push_back({flag, value, false, std::move(spelling)});
    } else if (flag->IsBool()) {
      out_.flags.push_back({flag, {&word, 0, text.size(), word.span}, true, std::move(spelling)});
    } else {
      TakeNext(*flag, word, 0, spelling, spelling);
    }
  }

  void RefuseUnknown(const Argument& word, std::string_view name, bool has_value) {
    out_.unknown_flag = true;
    std::string message = "unknown flag: `--" + std::string(name) + "`";
    const bool many = out_.refusals.size() >= kMostSuggestions;
    const std::string_view meant =
        many ? std::string_view{} : SuggestFlag(syntax_.command, syntax_.engine, name);
    if (!meant.empty()) message += "; did you mean `--" + std::string(meant) + "`?";
    Refuse(word.SpanOf(0, name.size() + 2), std::move(message));
    // What it was meant to be says whether it has a value of its own.
    const Flag* flag = meant.empty() ? nullptr : FindFlag(syntax_.command, syntax_.engine, meant);
    if (flag != nullptr && !flag->IsBool() && !has_value && at_ < words_.size()) ++at_;
  }

  // `-it`, `-p8080:80`, `-itu root`.
  void ReadCluster(const Argument& word) {
    const std::string_view text = word.text;
    for (std::size_t i = 1; i < text.size();) {
      // pflag passes over what `go test` would take, at any letter.
      if (text.substr(i).starts_with("test.")) return;
      if (IsSymbol(text[i])) {
        out_.unresolved.push_back(&word);
        return;
      }
      const Flag* flag = FindFlag(syntax_.command, syntax_.engine, text[i]);
      if (flag == nullptr) {
        RefuseLetter(word, i);
        return;
      }
      if (!ReadLetter(*flag, word, i)) return;
      ++i;
    }
  }

  void RefuseLetter(const Argument& word, std::size_t at) {
    out_.unknown_flag = true;
    const std::string cluster = word.Written(at, word.text.size());
    const std::size_t size = base::DecodeUtf8(std::string_view(word.text).substr(at)).size;
    const base::Span letter = word.SpanOf(at, at + size);
    std::string message =
        "unknown shorthand flag: `" + word.text.substr(at, size) + "` in `-" + cluster + "`";
    // `-rm`: one dash too few.
    const std::string_view name = std::string_view(word.text).substr(1, word.text.find('=') - 1);
    if (name.size() > 1 && FindFlag(syntax_.command, syntax_.engine, name) != nullptr)
      message += "; did you mean `--" + std::string(name) + "`?";
    Refuse(at == 1 && word.text.size() == 1 + size ? word.span : letter, std::move(message));
  }

  // Reads the letter at `i`; false when it took the rest of the word.
  bool ReadLetter(const Flag& flag, const Argument& word, std::size_t i) {
    const std::string_view text = word.text;
    const std::size_t left = text.size() - i;
    std::string spelling = {'-', text[i]};
    const std::size_t begin = i == 1 ? 0 : i;  // the dash belongs to the first letter's flag
    const auto rest = [&] { return i == 1 ? word.span : word.SpanOf(i, text.size()); };
    if (left > 2 && text[i + 1] == '=') {
      out_.flags.push_back(
          {&flag, {&word, i + 2, text.size(), rest()}, false, std::move(spelling)});
      return false;
    }
    if (flag.IsBool()) {
      const std::size_t first = text.size() == 2 ? 0 : i;
      const base::Span whole = word.SpanOf(first, i + 1);
      out_.flags.push_back({&flag, {&word, first, i + 1, whole}, true, std::move(spelling)});
      return true;
    }
    if (left > 1) {
      out_.flags.push_back(
          {&flag, {&word, i + 1, text.size(), rest()}, false, std::move(spelling)});
    } else {
      const std::string missing = spelling;
      TakeNext(flag, word, begin, std::move(spelling), missing);
    }
    return false;
  }

  std::span<const Argument> words_;
  Syntax syntax_;
  std::size_t at_ = 0;
  Words out_;
};

}  // namespace

base::Span Value::Span() const {
  if (begin != end) return word->SpanOf(begin, end);
  // `--name=`, `-u ''`
  return begin == 0 && !word->span.IsEmpty() ? word->span : whole;
}

Value Value::Part(std::size_t from, std::size_t to) const {
  return {word, begin + from, begin + to, whole};
}

Words ParseWords(std::span<const Argument> words, const Syntax& syntax) {
  return Parser(words, syntax).Run();
}

std::unordered_map<std::string_view, const FlagUse*> LastUses(const Words& words) {
  std::unordered_map<std::string_view, const FlagUse*> last;
  for (const FlagUse& use : words.flags) last[use.flag->Canonical()] = &use;
  return last;
}

}  // namespace cagelint::input
