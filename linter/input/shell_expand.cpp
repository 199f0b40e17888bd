// Words of a script → words of an argument vector.
#include <algorithm>
#include <charconv>
#include <utility>

#include "linter/input/shell_values.h"

namespace cagelint::input {
namespace {

using syntax::PartKind;
using syntax::ShellTree;
using syntax::StatementId;
using syntax::StatementKind;
using syntax::Word;
using syntax::WordPart;

bool IsPositional(std::string_view name) {
  return !name.empty() && name.front() >= '1' && name.front() <= '9';
}

}  // namespace

// Builds the words that one word of the script expands to.
class ShellExpansion {
 public:
  ShellExpansion(ShellValues& values, const ShellTree& tree, base::Span span, bool splits)
      : values_(values), tree_(tree), span_(span), splits_(splits) {}

  void AddParts(const std::vector<WordPart>& parts) {
    for (const WordPart& part : parts) Add(part, parts.size() == 1 && splits_);
  }
  // The words; `has_quotes`: an empty one stays.
  std::vector<Argument> Finish(bool has_quotes) {
    if (has_quotes || keeps_ || !word_.text.empty() || word_.is_list) EndWord();
    return std::move(words_);
  }

 private:
  void Add(const WordPart& part, bool alone);
  void AddVariable(const WordPart& part, bool alone);
  void AddOperand(const WordPart& part);
  void AddElements(const std::vector<Argument>& elements, const WordPart& part);
  void AddValue(const Argument& value, const WordPart& part);
  void AddGlob(const WordPart& part, bool alone);
  void AddUnknown(const WordPart& part, bool is_list);
  void AddSymbol(char symbol, const WordPart& part);
  bool AddOutput(const WordPart& part);
  void AddCount(const ShellValue* value, const WordPart& part);
  bool AddTransformed(const ShellValue& value, const WordPart& part);
  bool AddSlice(const ShellValue& value, const WordPart& part);
  void AddForeign(const WordPart& part, bool is_list);
  static bool FindElement(const ShellValue& value, const WordPart& part, const Argument*& element);
  static bool IsKnowable(const Argument& word) {
    return word.text.find_first_not_of(kUnknownByte) != std::string::npos;
  }
  void Append(std::string_view text, base::Span span, base::Span origin, std::string written);
  void EndWord();

  ShellValues& values_;
  const ShellTree& tree_;
  base::Span span_;
  bool splits_;
  bool keeps_ = false;  // an element that was quoted stays a word, even an empty one
  Argument word_;
  std::vector<Argument> words_;
};

void ShellExpansion::EndWord() {
  word_.span = span_;
  if (word_.is_list) {  // whatever stands beside it in the word is part of what cannot be known
    std::string written = word_.Written();
    word_.text = std::string(1, kUnknownByte);
    word_.pieces = {{0, 1, span_, {}, std::move(written)}};
  }
  words_.push_back(std::move(word_));
  word_ = {};
}

void ShellExpansion::Append(std::string_view text, base::Span span, base::Span origin,
                            std::string written) {
  if (text.empty()) return;
  values_.expanded_ += text.size() + 8;
  word_.pieces.push_back({static_cast<std::uint32_t>(word_.text.size()),
                          static_cast<std::uint32_t>(text.size()), span, origin,
                          std::move(written)});
  word_.text += text;
}

void ShellExpansion::AddSymbol(char symbol, const WordPart& part) {
  Append({&symbol, 1}, part.span, {}, part.written);
}

// The output of a command that prints what is known.
bool ShellExpansion::AddOutput(const WordPart& part) {
  const syntax::ShellCommand* command = OnlyCommand(tree_, part.body);
  if (command == nullptr) return false;
  if (command->redirects.size() == 1 && IsCommand(*command, "cat", 0) &&
      command->redirects.front().document != UINT32_MAX) {  // $(cat <<E)
    Argument text =
        values_.ExpandWhole(tree_.documents[command->redirects.front().document], tree_);
    if (!text.text.ends_with('\n') || text.pieces.empty()) return false;
    Argument trimmed;
    AppendPart(trimmed, text, 0, text.text.find_last_not_of('\n') + 1);
    AddValue(trimmed, part);
    return true;
  }
  if (!command->redirects.empty()) return false;
  std::vector<Argument> words;
  for (const Word& word : command->words) {
    if (!word.IsLiteral()) return false;
    words.push_back(Argument::Literal(word.Text(), word.span));
  }
  const std::string text = KnownOutput(words);
  if (text.empty()) return false;
  AddValue(Argument::Literal(text, part.span), part);
  return true;
}

// ${#a[@]}, ${#@}
void ShellExpansion::AddCount(const ShellValue* value, const WordPart& part) {
  const bool is_known = value != nullptr && value->IsArray() &&
                        std::none_of(value->words.begin(), value->words.end(),
                                     [](const Argument& word) { return word.is_list; });
  if (!is_known) return AddUnknown(part, false);
  AddValue(Argument::Literal(std::to_string(value->words.size()), part.span), part);
}

bool ShellExpansion::AddTransformed(const ShellValue& value, const WordPart& part) {
  std::string text;
  if (!value.IsScalar() || !part.subscript.empty() || IsPositional(part.text) ||
      !Transform(value.words.front().text, part, text))
    return false;
  AddValue(Argument::Literal(text, value.words.front().span), part);
  return true;
}

void ShellExpansion::AddUnknown(const WordPart& part, bool is_list) {
  AddSymbol(kUnknownByte, part);
  word_.is_list = word_.is_list || (is_list && splits_);
}

void ShellExpansion::Add(const WordPart& part, bool alone) {
  if (values_.IsExhausted() && part.kind != PartKind::kLiteral) return AddUnknown(part, false);
  switch (part.kind) {
    case PartKind::kLiteral:
      return Append(part.text, part.span, {}, {});
    case PartKind::kVariable:
      return AddVariable(part, alone);
    case PartKind::kHome:
      return AddSymbol(kHomeByte, part);
    case PartKind::kGlob:
      return AddGlob(part, alone);
    case PartKind::kBraces:
      return AddUnknown(part, true);
    case PartKind::kCommand: {
      char symbol = SymbolOfCommands(tree_, part.body);
      const ShellValue* directory = values_.Find("PWD");
      if (symbol == kWorkingDirectoryByte && directory != nullptr) {
        if (directory->IsScalar()) return AddValue(directory->words.front(), part);
        symbol = '\0';
      }
      if (symbol != '\0') return AddSymbol(symbol, part);
      if (AddOutput(part)) return;
      return AddUnknown(part, !part.quoted && alone);
    }
    default:
      return AddUnknown(part, false);
  }
}

// A pattern that no file matches stays as it is, and so it is where it can name no file.
void ShellExpansion::AddGlob(const WordPart& part, bool alone) {
  const bool is_option = word_.text.starts_with('-');
  const bool is_value = word_.text.find_first_of(":=") != std::string::npos;
  AddUnknown(part, alone || (!is_option && !is_value));
}

// A variable's value, split at blanks unless it is quoted.
void ShellExpansion::AddValue(const Argument& value, const WordPart& part) {
  const bool splits = splits_ && !part.quoted;
  std::string_view separators = " \t\n";
  if (const ShellValue* set = splits ? values_.Find("IFS") : nullptr) {
    if (!set->IsScalar() || !set->words.front().IsLiteral()) return AddUnknown(part, true);
    separators = set->words.front().text;
  }
  if (value.is_list) word_.is_list = splits_;
  // What cannot be known at all is, to the reader of a message, this variable.
  const bool is_opaque = value.is_list || value.text == std::string_view(&kUnknownByte, 1);
  for (const Piece& piece : value.pieces) {
    const std::string& written = is_opaque ? part.written : piece.written;
    const base::Span origin = piece.origin.IsValid() ? piece.origin : piece.span;
    std::string_view text = std::string_view(value.text).substr(piece.begin, piece.size);
    while (splits && !text.empty()) {
      const std::size_t size = std::min(text.find_first_of(separators), text.size());
      Append(text.substr(0, size), part.span, origin, written);
      if (size == text.size()) break;
      if (!word_.text.empty()) {
        word_.is_list = word_.is_list || word_.text == std::string_view(&kUnknownByte, 1);
        EndWord();
      }
      text.remove_prefix(size + 1);
    }
    if (!splits) Append(text, part.span, origin, written);
  }
  if (splits && word_.text == std::string_view(&kUnknownByte, 1)) word_.is_list = true;
}

void ShellExpansion::AddElements(const std::vector<Argument>& elements, const WordPart& part) {
  // "$*", "${a[*]}"
  const bool is_joined = part.quoted && (part.text == "*" || part.subscript == "*");
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (i > 0 && splits_ && !is_joined && (part.quoted || !word_.text.empty())) EndWord();
    if (i > 0 && (!splits_ || is_joined)) Append(" ", part.span, part.span, {});
    AddValue(elements[i], part);
    // An element keeps the place where it was written as its own, so that a finding points there.
    if (splits_ && elements[i].is_list) {
      word_.is_list = !is_joined;
      word_.may_be_options = word_.may_be_options || (!is_joined && elements[i].may_be_options);
    }
    keeps_ = keeps_ || part.quoted;
  }
}

void ShellExpansion::AddOperand(const WordPart& part) {
  for (const WordPart& inner : part.operand) {
    WordPart adjusted = inner;
    adjusted.quoted = inner.quoted && (part.quoted || inner.kind != PartKind::kLiteral);
    if (!part.quoted && inner.kind == PartKind::kLiteral && splits_) {
      Argument literal = Argument::Literal(inner.text, inner.span);
      adjusted.quoted = false;
      AddValue(literal, adjusted);
    } else {
      Add(inner, false);
    }
  }
}

// The element that `part` names: null where there is none. False where it cannot be known.
bool ShellExpansion::FindElement(const ShellValue& value, const WordPart& part,
                                 const Argument*& element) {
  std::size_t index = 0;
  const std::string& digits = IsPositional(part.text) ? part.text : part.subscript;
  if (!digits.empty()) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (error != std::errc() || end != digits.data() + digits.size()) return false;
    if (IsPositional(part.text)) --index;
  }
  element = index < value.words.size() ? &value.words[index] : nullptr;
  const auto end =
      value.words.begin() + static_cast<std::ptrdiff_t>(std::min(index + 1, value.words.size()));
  const auto list =
      std::find_if(value.words.begin(), end, [](const Argument& word) { return word.is_list; });
  return list == end || (index == 0 && element != nullptr);
}

// Of a variable that the script does not set.
void ShellExpansion::AddForeign(const WordPart& part, bool is_list) {
  const std::string& operation = part.operation;
  const bool in_file = part.text == "0" || part.text == "BASH_SOURCE";
  const bool folder = operation == "%" || operation == ":";  // ${0%/*}, zsh's ${0:A:h}
  if (in_file && folder) return AddSymbol(kFileDirectoryByte, part);
  const char symbol = SymbolOfVariable(part.text);
  const bool plain = operation.empty() || operation == ":-" || operation == "-" ||
                     operation == ":?" || operation == "?" || operation == ":=";
  if (symbol != '\0' && plain) return AddSymbol(symbol, part);
  AddUnknown(part, is_list);
}

void ShellExpansion::AddVariable(const WordPart& part, bool alone) {
  const bool all =
      part.text == "@" || part.text == "*" || part.subscript == "@" || part.subscript == "*";
  const bool one_word = part.quoted && part.text != "@" && part.subscript != "@";
  const bool is_list = (all && !one_word) || (!part.quoted && alone);
  const bool is_parameter = IsPositional(part.text) || part.text == "*";
  const ShellValue* value = values_.Find(is_parameter ? "@" : part.text);
  const std::string& operation = part.operation;
  if (operation == "#v" && all) return AddCount(value, part);
  if (value == nullptr) return AddForeign(part, is_list);
  const Argument* element = nullptr;
  const bool known =
      value->state != ShellValue::State::kUnknown && (all || FindElement(*value, part, element));
  if (!known) {
    AddUnknown(part, is_list);
    word_.may_be_options = word_.may_be_options || MayBeOptions(*value);
    return;
  }
  const bool unset = all ? value->words.empty() : element == nullptr;
  const bool empty = unset || (!all && element->text.empty());
  // Whether such a value is empty is not known.
  const bool may_be_empty = !empty && !all && !IsKnowable(*element);
  if (operation == ":+" || operation == "+") {
    if (operation == ":+" && may_be_empty) return AddUnknown(part, is_list);
    if (operation == ":+" ? !empty : !unset) AddOperand(part);
    return;
  }
  const bool takes_default = operation == ":-" || operation == ":=";
  if ((empty && takes_default) || (unset && (operation == "-" || operation == "=")))
    return AddOperand(part);
  const bool plain = operation.empty() || takes_default || operation == "-" || operation == "?" ||
                     operation == ":?" || operation == "=";
  if (!plain && AddTransformed(*value, part)) return;
  if (!plain && all && AddSlice(*value, part)) return;
  if (!plain) return AddUnknown(part, is_list);
  if (all && value->IsArray()) return AddElements(value->words, part);
  if (all) element = value->words.empty() ? nullptr : &value->words.front();
  if (element != nullptr) AddValue(Argument(*element), part);
}

// "${a[@]:1:2}"; of the parameters, ":0" is the script itself.
bool ShellExpansion::AddSlice(const ShellValue& value, const WordPart& part) {
  const Word operand{part.operand, part.span, true};
  if (part.operation != ":" || !value.IsArray() || !operand.IsLiteral()) return false;
  const std::string text = operand.Text();
  std::size_t begin = 0;
  std::size_t count = value.words.size();
  const char* last = text.data() + text.size();
  std::from_chars_result read = std::from_chars(text.data(), last, begin);
  if (read.ec == std::errc() && read.ptr != last && *read.ptr == ':')
    read = std::from_chars(read.ptr + 1, last, count);
  const bool is_parameters = part.text == "@" || part.text == "*";
  if (read.ec != std::errc() || read.ptr != last || (is_parameters && begin == 0)) return false;
  if (is_parameters) --begin;
  begin = std::min(begin, value.words.size());
  const auto first = value.words.begin() + static_cast<std::ptrdiff_t>(begin);
  const auto end = first + static_cast<std::ptrdiff_t>(std::min(count, value.words.size() - begin));
  if (std::any_of(value.words.begin(), end, [](const Argument& word) { return word.is_list; }))
    return false;
  AddElements({first, end}, part);
  return true;
}

std::vector<Argument> ShellValues::Expand(const Word& word, const ShellTree& tree) {
  const bool has_braces = std::any_of(word.parts.begin(), word.parts.end(), [](const auto& part) {
    return part.kind == PartKind::kBraces;
  });
  if (!has_braces || IsExhausted()) return ExpandUnbraced(word, tree);
  std::vector<Argument> words;
  const std::vector<Word> singles = Unbrace(word);
  expanded_ += singles.size() * kCostOfBraced;
  for (const Word& single : singles)
    for (Argument& argument : ExpandUnbraced(single, tree)) words.push_back(std::move(argument));
  return words;
}

std::vector<Argument> ShellValues::ExpandUnbraced(const Word& word, const ShellTree& tree) {
  ShellExpansion expansion(*this, tree, word.span, true);
  expansion.AddParts(word.parts);
  const bool all_only = word.parts.size() == 1 &&
                        (word.parts.front().text == "@" || word.parts.front().subscript == "@");
  return expansion.Finish(word.has_quotes && !all_only);
}

Argument ShellValues::ExpandWhole(const Word& word, const ShellTree& tree) {
  ShellExpansion expansion(*this, tree, word.span, false);
  expansion.AddParts(word.parts);
  std::vector<Argument> words = expansion.Finish(true);
  words.front().is_list = false;
  return std::move(words.front());
}

}  // namespace cagelint::input
