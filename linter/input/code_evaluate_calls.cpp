// Strings, and calls that make texts and lists of others.
#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "linter/input/code_evaluate.h"

namespace cagelint::input {
namespace {

using TokenKind = syntax::CodeToken::Kind;
using Kind = CodeValue::Kind;

bool Holds(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// How long the directive at the begin of `text` is; 0 where none begins.
std::size_t DirectiveSize(std::string_view text, bool has_braces) {
  if (has_braces) {
    const std::size_t end = text.find('}');
    return text.starts_with('{') && !text.starts_with("{{") && end != std::string_view::npos
               ? end + 1
               : 0;
  }
  if (!text.starts_with('%') || text.size() < 2) return 0;
  if (text[1] == '(') {
    const std::size_t end = text.find(')');
    return end != std::string_view::npos && end + 1 < text.size() ? end + 2 : 0;
  }
  const std::size_t end = text.find_first_not_of("#+-0 123456789.*[]", 1);
  return end == std::string_view::npos ||
                 (std::isalpha(static_cast<unsigned char>(text[end])) == 0 && text[end] != '%')
             ? 0
             : end + 1;
}

}  // namespace

CodeValue CodeEvaluator::String(std::uint32_t at) const {
  const syntax::CodeToken& token = code_.At(at);
  CodeValue value;
  value.kind = Kind::kText;
  value.place = code_.Place({at, at + 1});
  auto text = std::make_unique<EmbeddedText>(code_.Source());
  const auto end_literal = [&] {
    value.parts.push_back(LiteralPart(std::move(*text), value.place));
    text = std::make_unique<EmbeddedText>(code_.Source());
  };
  for (const syntax::DecodedPiece& piece :
       syntax::DecodeCodeText(code_.Source().Bytes(), token, code_.Language())) {
    if (piece.is_unknown) {
      if (text->Size() > 0) end_literal();
      CodePart part;
      part.name = "character";
      part.place = {value.place.file, piece.begin, piece.end};
      value.parts.push_back(std::move(part));
    } else if (piece.is_literal) {
      text->Copy(piece.begin, piece.end);
    } else {
      text->Put(piece.text, piece.begin, piece.end);
    }
  }
  if (text->Size() > 0 || value.parts.empty()) end_literal();
  return value;
}

CodeValue CodeEvaluator::Template(std::uint32_t at, const CodeFrame& frame, int depth) {
  std::vector<CodeValue> values;
  const std::uint32_t end = code_.At(at).match;
  for (std::uint32_t i = at + 1; i < end; i = code_.Next(i, end)) {
    if (code_.At(i).kind == TokenKind::kText) {
      values.push_back(String(i));
      for (CodePart& part : values.back().parts) part.is_template = true;
      continue;
    }
    if (code_.At(i).kind != TokenKind::kOpen) continue;
    CodeRange hole{i + 1, std::min(code_.At(i).match, end)};
    const base::Span place = code_.Place({i, std::min(code_.At(i).match + 1, end)});
    // A conversion or a format changes what is put in.
    const bool is_plain = code_.Find("!", hole) == hole.end && !hole.IsEmpty() &&
                          !code_.Text(hole.end - 1).starts_with(':') &&
                          !code_.Is(hole.end - 1, "=");
    CodeValue inner = is_plain ? Evaluate(hole, frame, depth + 1) : Unknown(hole);
    if (inner.kind != Kind::kVariable) inner.name = code_.WordFor(hole);
    if (inner.kind != Kind::kText) inner.place = place;
    values.push_back(std::move(inner));
  }
  return Concatenated(std::move(values), code_.Place({at, end + 1}));
}

// `"%s:/x" % path`, `fmt.Sprintf("%s:/x", path)`, `"{}:/x".format(path)`.
CodeValue CodeEvaluator::Formatted(const CodeValue& format, const std::vector<CodeRange>& arguments,
                                   bool has_braces, const CodeFrame& frame, int depth) {
  CodeValue out;
  out.kind = Kind::kText;
  out.place = format.place;
  if (format.kind != Kind::kText) {
    out.kind = Kind::kUnknown;
    out.name = "formatted_text";
    return out;
  }
  std::size_t next = 0;
  for (const CodePart& part : format.parts) {
    if (part.kind != CodePart::Kind::kLiteral) {
      out.parts.push_back(part);
      continue;
    }
    const std::string_view text = part.text->Text();
    std::size_t done = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t size = DirectiveSize(text.substr(at), has_braces);
      if (size == 0) {
        ++at;
        continue;
      }
      const std::string_view directive = text.substr(at, size);
      if (at > done) out.parts.push_back(Slice(part, done, at));
      if (directive == "%%") {
        out.parts.push_back(Slice(part, at + 1, at + 2));
      } else {
        CodePart hole;
        hole.name = "value";
        hole.place = part.text->Map().ToOuter(static_cast<std::uint32_t>(at),
                                              static_cast<std::uint32_t>(at + size));
        const bool is_plain =
            directive == "%s" || directive == "%v" || directive == "{}" || directive == "%d";
        const bool has_value = next < arguments.size();
        if (has_value) hole.name = code_.WordFor(arguments[next]);
        CodeValue value;
        if (has_value && is_plain) value = Evaluate(arguments[next], frame, depth + 1);
        ++next;
        if (value.kind != Kind::kVariable) value.name = hole.name;
        if (value.kind != Kind::kText) value.place = hole.place;
        AppendTo(out, std::move(value));
      }
      done = at = at + size;
    }
    if (done < text.size() || text.empty()) out.parts.push_back(Slice(part, done, text.size()));
  }
  return out;
}

CodeValue CodeEvaluator::Joined(CodeValue list, CodeRange range, bool is_quoted) const {
  CodeValue out = Unknown(range);
  if (list.kind != Kind::kList && list.kind != Kind::kVariable) return out;
  out.kind = Kind::kJoined;
  out.is_quoted = is_quoted;
  Spread(std::move(list), code_.Place(range), out.items);
  return out;
}

CodeValue CodeEvaluator::Call(CodeRange range, std::uint32_t open, const CodeFrame& frame,
                              int depth) {
  const CodeRange callee{range.begin, open};
  const CodeRange arguments{open + 1, range.end - 1};
  const std::vector<CodeRange> each = code_.Split(",", arguments);
  const std::string name = code_.NameOf(callee);
  const auto first = [&] { return Evaluate(each.front(), frame, depth + 1); };
  if (!each.empty()) {
    static constexpr std::array<std::string_view, 8> kCopies = {
        "list", "tuple", "str", "String", "string", "slices.Clone", "Array.from", "copy.copy"};
    if (Holds(kCopies, name) && each.size() == 1) return first();
    if (name == "fmt.Sprintf") {
      const std::vector<CodeRange> rest(each.begin() + 1, each.end());
      return Formatted(first(), rest, false, frame, depth);
    }
    if (name == "append" && code_.IsGo()) {
      CodeValue list;
      list.kind = Kind::kList;
      list.place = code_.Place(range);
      Spread(first(), code_.Place(each.front()), list.items);
      if (each.size() > 1)
        for (CodeItem& item : Items({each[1].begin, arguments.end}, frame, depth))
          list.items.push_back(std::move(item));
      return list;
    }
    if (name == "shlex.split" || name == "shlex.Split" || name == "shellwords.Parse")
      return Words(first(), range, Splits::kShell);
    if (name == "strings.Fields") return Words(first(), range, Splits::kBlanks);
    if (name == "strings.Split")
      return Split(each[0], {each.begin() + 1, each.end()}, range, frame, depth);
    static constexpr std::array<std::string_view, 4> kFinds = {"shutil.which", "which",
                                                               "exec.LookPath", "which.sync"};
    if (Holds(kFinds, name) && !EngineNamedIn(first().Known()).empty()) return first();
    if (name == "shlex.join") return Joined(first(), range, true);
    if (name == "strings.Join" && each.size() == 2 &&
        Evaluate(each[1], frame, depth + 1).Known() == " ")
      return Joined(first(), range, false);
  }
  CodeValue path = PathCall(name, each, range, frame, depth);
  if (path.kind != Kind::kUnknown || path.place.IsValid()) return path;
  if (callee.end - callee.begin >= 3 && code_.IsName(callee.end - 1) &&
      code_.Is(callee.end - 2, ".")) {
    bool found = false;
    CodeValue value = Method({callee.begin, callee.end - 2}, code_.Text(callee.end - 1), arguments,
                             frame, depth, found);
    if (found) return value;
  }
  CodeValue value = Unknown(range);
  const std::string_view last = std::string_view(name).substr(name.rfind('.') + 1);
  if (const auto function = functions_.find(last);
      !name.empty() && function != functions_.end() && function->second != nullptr) {
    value.kind = Kind::kCall;
    value.callee = function->second;
    value.arguments = arguments;
  }
  return value;
}

CodeValue CodeEvaluator::Method(CodeRange object, std::string_view method, CodeRange arguments,
                                const CodeFrame& frame, int depth, bool& found) {
  found = true;
  const CodeRange range{object.begin, std::max(arguments.end, object.end)};
  const std::vector<CodeRange> each = code_.Split(",", arguments);
  if (method == "split" && each.size() <= 1) return Split(object, each, range, frame, depth);
  if (CodeValue list = ListMethod(object, method, each, range, frame, depth, found); found)
    return list;
  found = true;
  if (method == "format" && code_.IsPython())
    return Formatted(Evaluate(object, frame, depth + 1), each, true, frame, depth);
  if (method == "join" && each.size() == 1) {
    const bool is_python = code_.IsPython();
    if (Evaluate(is_python ? object : each[0], frame, depth + 1).Known() == " ")
      return Joined(Evaluate(is_python ? each[0] : object, frame, depth + 1), range, false);
    return Unknown(range);
  }
  static constexpr std::array<std::string_view, 9> kSame = {
      "copy", "slice", "toString", "trim", "strip", "resolve", "absolute", "as_posix", "__str__"};
  if (Holds(kSame, method) && each.empty()) {
    CodeValue same = Evaluate(object, frame, depth + 1);
    return method == "resolve" || method == "absolute"
               ? Absolute(std::move(same), code_.Place(object))
               : same;
  }
  if (method == "expanduser" && each.empty())
    return HomeOf(Evaluate(object, frame, depth + 1), code_.Place(object));
  if (method == "concat" && !code_.IsPython()) {
    CodeValue list;
    list.kind = Kind::kList;
    list.place = code_.Place(range);
    Spread(Evaluate(object, frame, depth + 1), code_.Place(object), list.items);
    for (const CodeRange& one : each) {
      CodeValue value = Evaluate(one, frame, depth + 1);
      CodeItem item;
      item.place = code_.Place(one);
      if (value.kind == Kind::kText) {
        item.value = std::move(value);
        list.items.push_back(std::move(item));
      } else {
        Spread(std::move(value), item.place, list.items);
      }
    }
    return list;
  }
  found = false;
  return {};
}

}  // namespace cagelint::input
