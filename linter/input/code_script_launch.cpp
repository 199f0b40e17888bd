// Processes that are started, and functions that are entered.
#include <algorithm>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/code_script.h"
#include "linter/input/shell_placeholders.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {
namespace {

using Kind = CodeValue::Kind;

// Inside single quotes of Python and JavaScript.
std::optional<std::string> EscapeSingle(std::string_view text) {
  const auto escaped = EscapeJson(text);
  if (!escaped) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < escaped->size(); ++i) {
    const char byte = (*escaped)[i];
    if (byte == '\\' && i + 1 < escaped->size()) {
      if ((*escaped)[i + 1] != '"') out += byte;
      out += (*escaped)[++i];
    } else {
      if (byte == '\'') out += '\\';
      out += byte;
    }
  }
  return out;
}

// Beside bytes of Python nothing new is written.
std::optional<std::string> EscapeNever(std::string_view /*text*/) { return std::nullopt; }

// In a text that goes over lines, of Python or a raw one of Go: what could end it is refused.
std::optional<std::string> EscapeLines(std::string_view text) {
  if (text.find_first_of("`\\\"'\r") != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

// In a text with computed parts, or with a letter before it: what could be one is refused.
std::optional<std::string> EscapeTemplate(std::string_view text) {
  if (text.find_first_of("{}$`\\\"'\n\r") != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

// What is put into a command outside of quotes, and alone, may be several words.
void MarkWords(CodeValue& text) {
  char quote = 0;
  const auto blank = [](char byte) { return byte == ' ' || byte == '\n' || byte == '\t'; };
  for (std::size_t i = 0; i < text.parts.size(); ++i) {
    CodePart& part = text.parts[i];
    if (part.kind == CodePart::Kind::kLiteral) {
      for (const char byte : part.text->Text()) {
        if (quote == 0 && (byte == '"' || byte == '\''))
          quote = byte;
        else if (byte == quote)
          quote = 0;
      }
      continue;
    }
    const auto is_end = [&](std::size_t at, bool front) {
      if (at >= text.parts.size()) return true;
      const CodePart& beside = text.parts[at];
      if (beside.kind != CodePart::Kind::kLiteral) return false;
      const std::string& bytes = beside.text->Text();
      return bytes.empty() || blank(front ? bytes.front() : bytes.back());
    };
    part.is_words = quote == 0 && is_end(i + 1, true) && (i == 0 || is_end(i - 1, false));
  }
}

bool IsKnownPart(const CodePart& part) { return part.kind == CodePart::Kind::kLiteral; }

// What stands between the braces of a placeholder.
std::string PlaceholderOf(const CodePart& part) {
  const std::string name = part.name.empty() ? "value" : part.name;
  return !part.is_words ? name : name + (part.is_list ? std::string(kMadeList) : "...");
}

// How the text is escaped that is written as `written`.
Escape EscapeOf(std::string_view written, bool is_raw_backquote) {
  if (written.starts_with("\"\"\"") || written.starts_with("'''")) return EscapeLines;
  if (written.starts_with('"')) return EscapeJson;
  if (written.starts_with('\'')) return EscapeSingle;
  return is_raw_backquote && written.starts_with('`') ? EscapeLines : EscapeTemplate;
}

// Whether an element is one string that can be written anew: no letter stands before its quotes,
// and no escape in it.
bool IsPlainString(std::string_view written) {
  if (written.size() < 2 || (written[0] != '"' && written[0] != '\'')) return false;
  const std::string_view inside = written.substr(1, written.size() - 2);
  return written.back() == written[0] && inside.find(written[0]) == std::string_view::npos &&
         inside.find('\\') == std::string_view::npos;
}

}  // namespace

bool CodeScript::AddWordList(const std::vector<CodeItem>& given) {
  // A program that stands behind its words, `spawn('docker', args)`, shows where they begin.
  std::vector<CodeItem> words = given;
  if (words.size() > 1 && words[0].place.begin > words[1].place.begin)
    words[0] = calls_.ShownAt(std::move(words[0]), words[1].place);
  WordList list(code_.Source());
  char quote = 0;
  bool names_engine = false;
  bool is_bytes = false;
  for (const CodeItem& item : words) {
    const CodeValue& value = item.value;
    if (value.kind == Kind::kUnknown || (value.kind == Kind::kJoined && value.IsClosed())) {
      const std::string name = value.name.empty() ? "value" : value.name;
      const bool is_any = item.is_spread && !item.is_part;
      list.AddUnknown(is_any ? name + "." : name, item.place, item.is_spread);
      continue;
    }
    if (value.kind != Kind::kText || item.is_spread || !value.IsClosed()) return false;
    EmbeddedText word(code_.Source());
    bool has_symbols = false;
    for (const CodePart& part : value.parts) {
      has_symbols = has_symbols || part.kind == CodePart::Kind::kSymbol;
      if (part.kind == CodePart::Kind::kLiteral)
        word.Append(*part.text);
      else if (part.kind != CodePart::Kind::kSymbol)
        word.Put("{{" + PlaceholderOf(part) + "}}", part.place.begin, part.place.end);
    }
    for (const CodePart& part : value.parts)
      names_engine = names_engine || NamesEngineAnywhere(part.name);
    names_engine = names_engine || NamesEngineAnywhere(word.Text());
    const std::string_view written = code_.Source().Text(item.place);
    const std::size_t first = written.find_first_of("\"'`");
    const bool is_written = first != std::string_view::npos && first < 3;
    is_bytes = is_bytes || (is_written &&
                            written.substr(0, first).find_first_of("bB") != std::string_view::npos);
    if (quote == 0 && is_written && written[first] != '`') quote = written[first];
    if (has_symbols) {
      // As the script has it.
      CloseList();
      auto outer = std::exchange(out_, std::make_unique<EmbeddedText>(code_.Source()));
      PutText(value);
      list.AddShell(*out_, item.place, true);
      out_ = std::move(outer);
    } else if (item.is_fixed || !is_written)
      list.AddImplied("", word, item.place, item.is_fixed ? base::Span{} : item.place);
    else
      list.Add(word, item.place, IsPlainString(written));
  }
  std::vector<base::Span> places;
  for (const CodeItem& item : words) places.push_back(item.place);
  if (!names_engine || !listed_.insert(std::move(places)).second) return true;
  CodeText text;
  if (quote != 0) text.style.quote = quote;
  if (quote == '\'') text.style.escape = EscapeSingle;
  if (is_bytes) text.style.escape = EscapeNever;
  text.words.emplace(std::move(list));
  texts_.push_back(std::move(text));
  return true;
}

// A text that needs nothing of what stands around it.
bool CodeScript::AddWholeText(const CodeValue& text) {
  if (text.kind != Kind::kText || !text.IsClosed()) return false;
  PiecedText out(code_.Source());
  for (const CodePart& part : text.parts) {
    const auto [begin, end] = std::pair(part.place.begin, part.place.end);
    const std::string name = PlaceholderOf(part);
    if (IsKnownPart(part))
      out.Append(
          *part.text,
          StringWriter(part.is_template ? EscapeTemplate
                                        : EscapeOf(code_.Source().Text(part.place), code_.IsGo())));
    else if (part.kind == CodePart::Kind::kSymbol)
      out.Put(part.name, begin, end);
    else
      out.Put(part.is_words ? "'{{" + name + "}}'" : "{{" + name + "}}", begin, end);
  }
  if (!NamesEngineAnywhere(out.Text().Text())) return true;
  texts_.emplace_back();
  texts_.back().pieces.emplace(std::move(out));
  return true;
}

void CodeScript::LaunchText(CodeLaunch launch, Unit& unit) {
  CodeValue& text = launch.text;
  MarkWords(text);
  if (text.kind == Kind::kUnknown || AddWholeText(text)) return;
  const base::Span place = text.place;
  launches_ = true;
  if (text.kind == Kind::kJoined && text.is_quoted) {
    Prepare(text.items, unit);
    PutWords(text.items);
    return Put("\n", place);
  }
  if (text.kind != Kind::kText && text.kind != Kind::kVariable) {
    const std::string variable = NewVariable();
    Assign(variable, std::move(text), unit);
    text = CodeValue{};
    text.kind = Kind::kVariable;
    text.name = variable;
    text.place = place;
  }
  Put("eval ", place);
  if (text.kind == Kind::kVariable)
    Put("\"${" + text.name + "}\"", place);
  else
    PutText(text);
  Put("\n", place);
}

void CodeScript::Launch(CodeLaunch launch, Unit& unit) {
  if (is_silent_) return;
  for (const CodeItem& item : launch.words)
    if (item.value.kind == Kind::kVariable) unit.started.insert(item.value.name);
  if (launch.is_text && launch.text.kind == Kind::kVariable) {
    unit.started.insert(launch.text.name);
    // Whether it is a list or a text is not known here.
    CodeItem item;
    item.value = launch.text;
    item.is_spread = true;
    item.place = launch.text.place;
    CodeLaunch words;
    words.words.push_back(std::move(item));
    Launch(std::move(words), unit);
  }
  if (launch.is_text) return LaunchText(std::move(launch), unit);
  // An element that is a text itself, behind `sh -c`.
  for (CodeItem& item : launch.words)
    if (item.value.parts.size() > 1) MarkWords(item.value);
  bool is_flagged = false;
  for (const CodeItem& item : launch.words)
    is_flagged =
        is_flagged || (item.value.kind == Kind::kVariable && flagged_.contains(item.value.name));
  calls_.GuessEngine(launch.words, is_flagged);
  if (launch.words.empty() || AddWordList(launch.words)) return;
  const CodeItem& first = launch.words.front();
  if (first.value.kind == Kind::kVariable && flagged_.contains("!!" + first.value.name))
    starts_ = first.place;
  Prepare(launch.words, unit);
  PutWords(launch.words);
  Put("\n", launch.words.back().place);
  launches_ = true;
}

bool CodeScript::DependsOn(const CodeLaunch& launch, const std::set<std::string>& variables) const {
  if (launch.is_text)
    return launch.text.kind == Kind::kVariable && variables.contains(launch.text.name);
  for (std::size_t i = 0; i < launch.words.size(); ++i) {
    const CodeItem& item = launch.words[i];
    if ((item.is_spread || i == 0) && item.value.kind == Kind::kVariable &&
        variables.contains(item.value.name))
      return true;
  }
  return false;
}

// Whether the function starts a process with words that its callers give it.
bool CodeScript::WrapsParameters(const CodeStatement& function) {
  if (const auto found = wraps_.find(&function); found != wraps_.end()) return found->second;
  wraps_[&function] = false;
  CodeNames names;
  CollectNames(code_, function.body, true, names);
  std::set<std::string> variables;
  const CodeFrame frame{&names, ""};
  for (const std::string& name : ParametersOf(code_, function.head)) {
    ++names[name].assigned;
    if (name != "self" && name != "cls") variables.insert(CodeEvaluator::VariableOf(name, frame));
  }
  const std::uint32_t begin = function.range.begin;
  for (std::uint32_t at = begin; at < function.range.end && !variables.empty(); ++at) {
    CodeLaunch launch;
    if (!code_.IsOpen(at, '(') || !calls_.LaunchAt(at, begin, frame, launch)) continue;
    if (DependsOn(launch, variables)) return wraps_[&function] = true;
  }
  return false;
}

// Puts the statements of a function in the place where it is called. The variable that holds what
// it returns; "" where it was not entered.
std::string CodeScript::Enter(const CodeStatement& callee, CodeRange arguments, bool wants_result,
                              Unit& unit) {
  constexpr int kMostEntries = 128;
  constexpr std::size_t kDeepest = 3;
  if (active_.size() > kDeepest || active_.contains(&callee) || ++entries_ > kMostEntries)
    return "";
  active_.insert(&callee);
  if (!wants_result) entered_.insert(&callee);
  // What it starts was read where it stands, or where it was entered for that.
  const bool was_silent = std::exchange(is_silent_, is_silent_ || wants_result);
  Unit inner;
  const std::string number = std::to_string(++temporaries_);
  CollectNames(code_, callee.body, true, inner.names);
  inner.frame = {&inner.names, "__" + number};
  if (wants_result) inner.result = NewVariable();
  const base::Span place = code_.Place(arguments);
  std::vector<CodeRange> given = code_.Split(",", arguments);
  std::vector<std::string> names = ParametersOf(code_, callee.head);
  if (!names.empty() && (names.front() == "self" || names.front() == "cls"))
    names.erase(names.begin());
  const std::vector<CodeRange> parameters = code_.Split(",", callee.head);
  const bool is_variadic =
      !parameters.empty() &&
      code_.Text(parameters.back()).find(code_.IsPython() ? "*" : "...") != std::string_view::npos;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string variable = CodeEvaluator::VariableOf(names[i], inner.frame);
    CodeValue value = evaluator_.Unknown({callee.name, callee.name + 1});
    value.name = names[i];
    value.likely.clear();
    value.place = place;
    if (i + 1 == names.size() && is_variadic) {
      value.kind = Kind::kList;
      if (i < given.size())
        value.items = evaluator_.Items({given[i].begin, arguments.end}, unit.frame);
    } else if (i < given.size()) {
      value = evaluator_.Evaluate(given[i], unit.frame);
    }
    CodeName& one = inner.names[names[i]];
    ++one.assigned;
    one.is_set = true;
    Assign(variable, std::move(value), unit);
  }
  InitialiseUnset(place, inner);
  if (wants_result) AssignUnknown(inner.result, "result", place);
  Emit(callee.body, 0, inner);
  active_.erase(&callee);
  is_silent_ = was_silent;
  return inner.result;
}

}  // namespace cagelint::input
