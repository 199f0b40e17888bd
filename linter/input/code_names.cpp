#include "linter/input/code_names.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cagelint::input {
namespace {

using TokenKind = syntax::CodeToken::Kind;

bool Holds(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Words before the name that a statement declares.
constexpr std::array<std::string_view, 11> kModifiers = {
    "const",  "let",     "var",       "export", "static", "readonly",
    "public", "private", "protected", "global", "declare"};

}  // namespace

std::string_view CodeReader::Text(std::uint32_t index) const {
  const syntax::CodeToken& token = At(index);
  return source_.Bytes().substr(token.begin, token.end - token.begin);
}

base::Span CodeReader::Place(CodeRange range) const {
  if (range.IsEmpty()) return {source_.Id(), At(range.begin).begin, At(range.begin).end};
  return {source_.Id(), At(range.begin).begin, At(range.end - 1).end};
}

std::string_view CodeReader::Text(CodeRange range) const {
  return range.IsEmpty() ? std::string_view() : source_.Text(Place(range));
}

bool CodeReader::Is(std::uint32_t index, std::string_view text) const {
  const TokenKind kind = At(index).kind;
  return kind != TokenKind::kString && kind != TokenKind::kText && Text(index) == text;
}

bool CodeReader::IsOpen(std::uint32_t index, char bracket) const {
  return At(index).kind == TokenKind::kOpen && source_.Bytes()[At(index).begin] == bracket;
}

bool CodeReader::IsName(std::uint32_t index) const { return At(index).kind == TokenKind::kName; }

std::uint32_t CodeReader::Next(std::uint32_t index, std::uint32_t end) const {
  const syntax::CodeToken& token = At(index);
  const bool opens = token.kind == TokenKind::kOpen || token.kind == TokenKind::kTemplate;
  return std::min(end, std::max(index, opens ? token.match : index) + 1);
}

std::uint32_t CodeReader::Find(std::string_view text, CodeRange range) const {
  std::uint32_t at = range.begin;
  while (at < range.end && !Is(at, text)) at = Next(at, range.end);
  return std::min(at, range.end);
}

std::vector<CodeRange> CodeReader::Split(std::string_view separator, CodeRange range) const {
  std::vector<CodeRange> out;
  while (range.begin < range.end) {
    const std::uint32_t stop = Find(separator, range);
    if (stop > range.begin) out.push_back({range.begin, stop});
    range.begin = stop + 1;
  }
  return out;
}

std::string CodeReader::NameOf(CodeRange range) const {
  std::string name;
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    const bool is_dot = (at - range.begin) % 2 == 1;
    if (is_dot ? !Is(at, ".") && !Is(at, "?.") : !IsName(at)) return "";
    name += is_dot ? "." : Text(at);
  }
  return range.IsEmpty() || name.ends_with('.') ? "" : name;
}

std::string CodeReader::WordFor(CodeRange range) const {
  constexpr std::size_t kLongest = 40;
  std::string word;
  for (const char byte : Text(range)) {
    if (word.size() == kLongest) break;
    const bool is_plain =
        std::isalnum(static_cast<unsigned char>(byte)) != 0 || (byte == '.' && !word.empty());
    if (is_plain || (!word.empty() && word.back() != '_')) word += is_plain ? byte : '_';
  }
  while (word.ends_with('.')) word.pop_back();
  return word.empty() ? "value" : word;
}

namespace {

// `name`, `name: type`, `name type`; "" for all else.
std::string TargetOf(const CodeReader& code, CodeRange range) {
  while (!range.IsEmpty() && Holds(kModifiers, code.Text(range.begin)) &&
         range.end - range.begin > 1)
    ++range.begin;
  range.end = code.Find(":", range);
  std::uint32_t end = range.begin;
  while (end < range.end && (code.IsName(end) || code.Is(end, ".")) &&
         (end == range.begin || code.Is(end, ".") || code.Is(end - 1, ".")))
    ++end;
  if (end == range.begin + 1 && code.Is(range.begin, "_")) return "";
  const bool is_whole = end == range.end || code.IsGo() || code.Is(end, "!");
  if (!is_whole || (end < range.end && code.IsOpen(end, '[') && !code.Is(end + 1, "]"))) return "";
  return code.NameOf({range.begin, end});
}

bool DeclaresList(const CodeReader& code, CodeRange range) {
  for (std::uint32_t at = range.begin; at + 2 < range.end; ++at)
    if (code.IsOpen(at, '[') && code.Is(at + 1, "]") && code.Is(at + 2, "string")) return true;
  return false;
}

void ReadOne(const CodeReader& code, CodeRange range, std::vector<CodeAssignment>& out) {
  static constexpr std::array<std::string_view, 12> kOperations = {"=",
                                                                   ":=",
                                                                   "+=",
                                                                   "?"
                                                                   "?=",
                                                                   "||=",
                                                                   "-=",
                                                                   "*=",
                                                                   "/=",
                                                                   "%=",
                                                                   "&&=",
                                                                   "|=",
                                                                   "&="};
  CodeAssignment one;
  for (;;) {
    std::uint32_t at = range.begin;
    while (at < range.end &&
           !(code.At(at).kind == TokenKind::kOperator && Holds(kOperations, code.Text(at))))
      at = code.Next(at, range.end);
    if (at >= range.end) break;
    if (!one.operation.empty() && !code.IsPython() && one.operation != "=") break;
    one.operation = code.Text(at);
    const std::vector<CodeRange> targets = code.Split(",", {range.begin, at});
    for (const CodeRange& target : targets) one.targets.push_back(TargetOf(code, target));
    one.is_list = DeclaresList(code, {range.begin, at});
    range.begin = at + 1;
  }
  if (one.operation.empty()) {
    // `var args []string`, `let x: string`
    if (range.end - range.begin < 2 ||
        (!code.Is(range.begin, "var") && !code.Is(range.begin, "let")))
      return;
    one.operation = "=";
    one.is_list = DeclaresList(code, range);
    one.targets.push_back(TargetOf(code, range));
    range.begin = range.end;
  }
  one.value = range;
  out.push_back(std::move(one));
}

}  // namespace

std::vector<CodeAssignment> AssignmentsOf(const CodeReader& code, CodeRange statement) {
  std::vector<CodeAssignment> out;
  if (statement.IsEmpty()) return out;
  std::uint32_t at = statement.begin;
  while (at + 1 < statement.end && code.Is(at, "export")) ++at;
  const bool declares = code.Is(at, "const") || code.Is(at, "let") || code.Is(at, "var");
  if (code.IsGo() && declares && code.IsOpen(at + 1, '(')) {
    const std::uint32_t end = std::min(code.At(at + 1).match, statement.end);
    for (std::uint32_t begin = at + 2; begin < end;) {
      std::uint32_t stop = code.Next(begin, end);
      while (stop < end && !code.At(stop).on_new_line) stop = code.Next(stop, end);
      ReadOne(code, {begin, stop}, out);
      begin = stop;
    }
  } else if (!code.IsPython() && !code.IsGo() && declares) {
    for (const CodeRange& one : code.Split(",", {at, statement.end})) {
      const std::size_t before = out.size();
      ReadOne(code, one, out);
      // A comma in a type, `Map<a, b>`: the name is unknown.
      if (out.size() == before && !out.empty()) out.back().value.end = one.end;
    }
  } else {
    ReadOne(code, {at, statement.end}, out);
  }
  return out;
}

CodeLoop LoopOf(const CodeReader& code, CodeRange head) {
  CodeLoop loop;
  const std::string_view between = code.IsPython() ? "in" : code.IsGo() ? "range" : "of";
  const std::uint32_t at = code.Find(between, head);
  if (at >= head.end) {
    for (const CodeAssignment& one : AssignmentsOf(code, head))
      loop.targets.insert(loop.targets.end(), one.targets.begin(), one.targets.end());
    return loop;
  }
  loop.values = {at + 1, head.end};
  CodeRange names{head.begin, at};
  if (code.IsGo()) names.end = std::min(code.Find(":=", names), code.Find("=", names));
  for (std::uint32_t i = names.begin; i < names.end; ++i)
    if (code.IsName(i) && !Holds(kModifiers, code.Text(i)) && !code.Is(i, "_"))
      loop.targets.emplace_back(code.Text(i));
  return loop;
}

std::vector<std::string> ParametersOf(const CodeReader& code, CodeRange head) {
  std::vector<std::string> out;
  for (CodeRange one : code.Split(",", head)) {
    while (!one.IsEmpty() && (code.Is(one.begin, "*") || code.Is(one.begin, "**") ||
                              code.Is(one.begin, "...") || Holds(kModifiers, code.Text(one.begin))))
      ++one.begin;
    if (!one.IsEmpty() && code.IsName(one.begin)) out.emplace_back(code.Text(one.begin));
  }
  return out;
}

CodeMutation MutationAt(const CodeReader& code, std::uint32_t open, std::uint32_t begin) {
  CodeMutation out;
  if (!code.IsOpen(open, '(') || open < begin + 3 || !code.IsName(open - 1) ||
      !code.Is(open - 2, "."))
    return out;
  const std::string_view method = code.Text(open - 1);
  using Kind = CodeMutation::Kind;
  if (code.IsPython()) {
    static constexpr std::array<std::string_view, 4> kOther = {"remove", "pop", "clear", "reverse"};
    if (method == "append")
      out.kind = Kind::kAppend;
    else if (method == "extend")
      out.kind = Kind::kExtend;
    else if (method != "insert" && !Holds(kOther, method))
      return out;
  } else if (!code.IsGo()) {
    static constexpr std::array<std::string_view, 5> kOther = {"splice", "pop", "shift", "reverse",
                                                               "fill"};
    if (method == "push")
      out.kind = Kind::kAppend;
    else if (method == "unshift")
      out.kind = Kind::kPrepend;
    else if (!Holds(kOther, method))
      return out;
  } else {
    return out;
  }
  std::uint32_t first = open - 3;
  while (first > begin && first > 1 && code.IsName(first) && code.Is(first - 1, ".") &&
         code.IsName(first - 2) && first - 2 >= begin)
    first -= 2;
  out.name = code.NameOf({first, open - 2});
  out.arguments = {open + 1, code.At(open).match};
  const std::uint32_t comma = code.Find(",", out.arguments);
  if (method == "insert" && comma == open + 2 && code.Is(open + 1, "0")) {
    out.kind = Kind::kPrepend;
    out.arguments.begin = comma + 1;
  }
  return out;
}

namespace {

void NoteAssignment(const CodeAssignment& one, std::uint32_t at, CodeNames& names) {
  for (const std::string& target : one.targets) {
    if (target.empty()) continue;
    CodeName& name = names[target];
    ++name.assigned;
    name.at = at;
    name.value = one.targets.size() == 1 ? one.value : CodeRange{};
    const bool sets = one.operation == "=" || one.operation == ":=";
    name.is_set = name.is_set || sets;
    name.is_changed = name.is_changed || !sets;
  }
}

void NoteChanges(const CodeReader& code, CodeRange range, CodeNames& names) {
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    if (!code.IsOpen(at, '(') && !code.IsOpen(at, '[')) continue;
    if (const CodeMutation one = MutationAt(code, at, range.begin); !one.name.empty())
      names[one.name].is_changed = true;
  }
  // `args[0] = x`, `del args[0]`
  const std::uint32_t assigns = code.Find("=", range);
  const bool is_deleted = !range.IsEmpty() && code.Is(range.begin, "del");
  if (range.IsEmpty() || (assigns == range.end && !is_deleted)) return;
  const std::uint32_t first = range.begin + (is_deleted ? 1 : 0);
  if (first + 1 < range.end && code.IsName(first) && code.IsOpen(first + 1, '['))
    names[std::string(code.Text(first))].is_changed = true;
}

}  // namespace

void CollectNames(const CodeReader& code, const std::vector<CodeStatement>& statements,
                  bool is_deep, CodeNames& names) {
  using Kind = CodeStatement::Kind;
  for (const CodeStatement& one : statements) {
    if (one.kind == Kind::kSimple || one.kind == Kind::kReturn || one.kind == Kind::kExit) {
      for (const CodeAssignment& assignment : AssignmentsOf(code, one.head))
        NoteAssignment(assignment, one.head.begin, names);
      NoteChanges(code, one.head, names);
    } else if (one.kind == Kind::kLoop) {
      for (const std::string& target : LoopOf(code, one.head).targets)
        if (!target.empty()) ++names[target].assigned;
    } else if (one.kind == Kind::kFunction && is_deep) {
      for (const std::string& name : ParametersOf(code, one.head)) ++names[name].assigned;
    }
    const bool is_inner = one.kind == Kind::kFunction || one.kind == Kind::kClass;
    if (is_inner && !is_deep) continue;
    // Functions that stand in an expression run where it stands.
    CollectNames(code, one.body, is_deep, names);
    CollectNames(code, one.otherwise, is_deep, names);
  }
}

}  // namespace cagelint::input
