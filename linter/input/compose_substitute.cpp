#include <algorithm>
#include <cctype>

#include "linter/base/text.h"
#include "linter/input/compose_variables.h"

namespace cagelint::input::compose {
namespace {

// Words nested deeper than this do not occur.
constexpr int kDeepestWord = 32;
// More variables in one value do not occur either; each costs a look at all the others.
constexpr int kMostVariables = 1000;

using base::IsNameByte;
using base::IsNameStart;

// Appends bytes [begin, end) of `from` with the pieces that cover them.
void AppendPart(const Argument& from, std::size_t begin, std::size_t end, Argument& to) {
  if (begin >= end) return;
  const auto shift = static_cast<std::int64_t>(to.text.size()) - static_cast<std::int64_t>(begin);
  to.text.append(from.text, begin, end - begin);
  for (const Piece& piece : from.pieces) {
    const std::size_t first = std::max<std::size_t>(begin, piece.begin);
    const std::size_t last = std::min<std::size_t>(end, piece.begin + piece.size);
    if (first >= last) continue;
    Piece part = piece;
    part.span = from.SpanOf(first, last);
    part.begin = static_cast<std::uint32_t>(static_cast<std::int64_t>(first) + shift);
    part.size = static_cast<std::uint32_t>(last - first);
    to.pieces.push_back(std::move(part));
  }
}

class Substitution {
 public:
  Substitution(const Argument& in, const Variables& variables) : in_(in), variables_(variables) {}

  Substituted Do() {
    out_.text.span = in_.span;
    Expand(0, in_.text.size(), 0, out_.text);
    return std::move(out_);
  }

 private:
  void Refuse(std::string kind, std::string message, std::size_t begin, std::size_t end) {
    out_.problems.push_back({std::move(kind), std::move(message), in_.SpanOf(begin, end)});
  }

  void Expand(std::size_t begin, std::size_t end, int depth, Argument& out) {
    const std::string& text = in_.text;
    std::size_t done = begin;
    std::size_t at = begin;
    std::size_t last_brace = 0, line_end = 0;  // of the line that `at` is in
    while ((at = text.find('$', at)) < end) {
      if (at + 1 == end) break;
      const char next = text[at + 1];
      if (next != '$' && next != '{' && !IsNameStart(next)) {
        ++at;
        continue;
      }
      if (++variables_seen_ > kMostVariables) {
        if (variables_seen_ == kMostVariables + 1)
          Refuse("limit-reached", "more than 1,000 variables in one value", begin, end);
        break;
      }
      AppendPart(in_, done, at, out);
      if (next == '$') {
        AppendPart(in_, at, at + 1, out);
        at += 2;
      } else if (next != '{') {
        std::size_t stop = at + 1;
        while (stop < end && IsNameByte(text[stop])) ++stop;
        Use(text.substr(at + 1, stop - at - 1), at, stop, out);
        at = stop;
      } else {
        if (at >= line_end) {
          line_end = std::min(text.find('\n', at), end);
          last_brace = text.rfind('}', line_end - 1);
        }
        at = Braced(at, end, last_brace, depth, out);
      }
      done = at;
    }
    AppendPart(in_, done, end, out);
  }

  // At `${`. `last` is the last `}` of the line, the farthest that a word may reach (the pattern's
  // word is greedy and ends at a line end). Returns what comes behind.
  std::size_t Braced(std::size_t at, std::size_t end, std::size_t last, int depth, Argument& out) {
    const std::string& text = in_.text;
    std::size_t name_end = at + 2;
    if (name_end < end && IsNameStart(text[name_end]))
      while (name_end < end && IsNameByte(text[name_end])) ++name_end;
    const std::string name = text.substr(at + 2, name_end - at - 2);
    if (name.empty() || name_end >= end) return Invalid(at, end);
    if (text[name_end] == '}') {
      Use(name, at, name_end + 1, out);
      return name_end + 1;
    }
    std::size_t op = name_end;
    const bool colon = text[op] == ':';
    if (colon) ++op;
    if (op >= end || std::string_view("-?+").find(text[op]) == std::string_view::npos ||
        last == std::string::npos || last <= op) {
      return Invalid(at, end);
    }
    const std::size_t close = Closing(at, last);
    if (depth >= kDeepestWord) {
      Refuse("limit-reached", "variables are nested more than 32 deep", at, close + 1);
      return close + 1;
    }
    Operator(name, text[op], colon, op + 1, close, at, depth, out);
    return close + 1;
  }

  std::size_t Invalid(std::size_t at, std::size_t end) {
    std::size_t stop = in_.text.find_first_of("}\n", at);
    stop = std::min(stop == std::string::npos ? end : stop + 1, end);
    Refuse("invalid-compose", "`" + in_.Written(at, stop) + "` is not a variable", at, stop);
    return stop;
  }

  // compose-go counts every `{`, and never looks at the byte behind one.
  std::size_t Closing(std::size_t at, std::size_t last) const {
    int open = 0;
    for (std::size_t i = at; i <= last; ++i) {
      if (in_.text[i] == '}' && --open == 0) return i;
      if (in_.text[i] == '{') {
        ++open;
        ++i;
      }
    }
    return last;
  }

  void Operator(const std::string& name, char op, bool colon, std::size_t word, std::size_t close,
                std::size_t at, int depth, Argument& out) {
    Argument expanded;
    const std::size_t steps = out_.steps.size();
    Expand(word, close, depth + 1, expanded);  // also where it is not used: it may be refused
    const Variable* found = nullptr;
    const auto state = variables_.Look(name, found);
    const bool known = state == Variables::State::kKnown;
    const bool empty = known && found->value.text.empty();
    if (state == Variables::State::kUnknown && (op != '-' || SymbolOf(name) != kUnknownByte)) {
      out_.steps.resize(steps);
      return UseUnknown(name, at, close + 1, out);
    }
    const bool set = known && !(colon && empty);
    if (op == '?' && !set) {
      Refuse("missing-variable", "`" + name + "` must be set, and is not", at, close + 1);
      return UseUnknown(name, at, close + 1, out);
    }
    const bool takes_word = op == '+' ? set : op == '-' && !set;
    if (!takes_word) {
      out_.steps.resize(steps);
      return Use(name, at, close + 1, out);
    }
    if (op == '-') out_.steps.push_back({in_.SpanOf(at, close + 1), "default of `" + name + "`"});
    for (Piece& piece : expanded.pieces) piece.around = in_.SpanOf(at, close + 1);
    AppendPart(expanded, 0, expanded.text.size(), out);
  }

  static char SymbolOf(const std::string& name) {
    if (name == "PWD") return kWorkingDirectoryByte;
    return name == "HOME" ? kHomeByte : kUnknownByte;
  }

  void UseUnknown(const std::string& name, std::size_t at, std::size_t end, Argument& out) {
    Piece piece;
    piece.begin = static_cast<std::uint32_t>(out.text.size());
    piece.size = 1;
    piece.span = in_.SpanOf(at, end);
    piece.written = in_.Written(at, end);
    out.text += SymbolOf(name);
    out.pieces.push_back(std::move(piece));
  }

  // Puts the value of `name`, written at [at, end), behind `out`.
  void Use(const std::string& name, std::size_t at, std::size_t end, Argument& out) {
    const Variable* found = nullptr;
    const auto state = variables_.Look(name, found);
    if (state == Variables::State::kUnknown) return UseUnknown(name, at, end, out);
    if (state == Variables::State::kUnset) return;
    const Argument& value = found->value;
    if (value.span.IsValid()) out_.steps.push_back({value.span, "`" + name + "` is set here"});
    // A symbol stands in a piece of its own, so that it can be shown as it was written here.
    for (std::size_t i = 0; i < value.text.size();) {
      std::size_t stop = i + 1;
      const bool symbol = IsSymbol(value.text[i]);
      while (!symbol && stop < value.text.size() && !IsSymbol(value.text[stop])) ++stop;
      Piece piece;
      piece.begin = static_cast<std::uint32_t>(out.text.size());
      piece.size = static_cast<std::uint32_t>(stop - i);
      piece.span = in_.SpanOf(at, end);
      piece.origin = value.span.IsValid() ? value.SpanOf(i, stop) : base::Span{};
      if (symbol) piece.written = in_.Written(at, end);
      out.text.append(value.text, i, stop - i);
      out.pieces.push_back(std::move(piece));
      i = stop;
    }
  }

  const Argument& in_;
  const Variables& variables_;
  int variables_seen_ = 0;
  Substituted out_;
};

// Bytes that no text of a file holds must not be taken for symbols.
Argument FromOutside(const std::string& value) {
  if (IsLiteralText(value)) return Argument::Literal(value, {});
  Argument unknown = Argument::Literal(std::string(1, kUnknownByte), {});
  unknown.pieces[0].written = "?";
  return unknown;
}

}  // namespace

Variables::Variables(const Options& options) : complete_(options.use_environment) {
  if (options.use_environment) {
    for (const auto& [name, value] : options.process_environment)
      given_[name] = {FromOutside(value)};
  }
  for (const auto& [name, value] : options.environment) given_[name] = {FromOutside(value)};
}

Variables::State Variables::Look(const std::string& name, const Variable*& found) const {
  auto at = given_.find(name);
  if (at == given_.end() && (at = files_.find(name)) == files_.end())
    return complete_ ? State::kUnset : State::kUnknown;
  found = &at->second;
  return State::kKnown;
}

void Variables::Set(const std::string& name, Argument value, bool keep) {
  if (keep) {
    files_.try_emplace(name, Variable{std::move(value)});
  } else {
    files_[name] = {std::move(value)};
  }
}

void Variables::Shadow(const std::string& name, Argument value) {
  given_[name] = {std::move(value)};
}

void Variables::SetProject(const std::string& name) {
  Set("COMPOSE_PROJECT_NAME", Argument::Literal(name, {}), true);
}

Substituted Substitute(const Argument& text, const Variables& variables) {
  if (text.text.find('$') == std::string::npos) return {text, {}, {}};
  return Substitution(text, variables).Do();
}

}  // namespace cagelint::input::compose
