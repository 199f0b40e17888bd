// Expressions of source code as values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "linter/input/code_names.h"
#include "linter/input/code_value.h"

namespace cagelint::input {

// What a name means where an expression stands.
struct CodeFrame {
  const CodeNames* names = nullptr;  // of the function
  std::string suffix;                // of its variables: one function may be entered several times
};

class CodeEvaluator {
 public:
  // `module`: the names of the whole file. `functions`: those that are called by their names.
  CodeEvaluator(const CodeReader& code, const CodeNames& module,
                const std::map<std::string, const CodeStatement*, std::less<>>& functions)
      : code_(code), module_(module), functions_(functions) {}

  CodeValue Evaluate(CodeRange range, const CodeFrame& frame, int depth = 0);
  // The elements between the brackets of a list, or the arguments of a call.
  std::vector<CodeItem> Items(CodeRange range, const CodeFrame& frame, int depth = 0);
  // A list put in: its elements, or one item that stands for them.
  static void Spread(CodeValue value, const base::Span& place, std::vector<CodeItem>& out);
  // The variable that holds `name` in the text that is made of the function.
  static std::string VariableOf(std::string_view name, const CodeFrame& frame);
  CodeValue Unknown(CodeRange range) const;

 private:
  CodeValue Operators(CodeRange range, const CodeFrame& frame, int depth, bool& found);
  CodeValue Sum(const std::vector<CodeRange>& operands, const CodeFrame& frame, int depth);
  CodeValue Choice(CodeRange condition, CodeRange first, CodeRange second, const CodeFrame& frame,
                   int depth);
  CodeValue Primary(CodeRange range, const CodeFrame& frame, int depth);
  CodeValue Call(CodeRange range, std::uint32_t open, const CodeFrame& frame, int depth);
  CodeValue Method(CodeRange object, std::string_view method, CodeRange arguments,
                   const CodeFrame& frame, int depth, bool& found);
  CodeValue Name(CodeRange range, const CodeFrame& frame, int depth);
  CodeValue Named(CodeRange range) const;
  CodeValue Path(const std::vector<CodeRange>& parts, const CodeFrame& frame, int depth);
  CodeValue PathCall(std::string_view name, const std::vector<CodeRange>& arguments,
                     CodeRange range, const CodeFrame& frame, int depth);
  CodeValue Absolute(CodeValue path, const base::Span& place) const;
  CodeValue HomeOf(CodeValue path, const base::Span& place) const;
  CodePart MadeText(std::string_view text, const base::Span& place) const;
  void AppendTo(CodeValue& to, CodeValue from) const;
  void AppendJoined(CodeValue& to, CodeValue from) const;
  CodeValue Concatenated(std::vector<CodeValue> values, const base::Span& place) const;
  CodeValue String(std::uint32_t at) const;
  CodeValue Template(std::uint32_t at, const CodeFrame& frame, int depth);
  // How a text is split: as a shell does it, at blanks, or at each single blank.
  enum class Splits : std::uint8_t { kShell, kBlanks, kEachBlank };
  CodeValue Words(const CodeValue& text, CodeRange range, Splits splits) const;
  CodeValue Split(CodeRange object, const std::vector<CodeRange>& arguments, CodeRange range,
                  const CodeFrame& frame, int depth);
  CodeValue Filtered(CodeValue list) const;
  static CodeValue Flat(CodeValue list);
  CodeValue ListMethod(CodeRange object, std::string_view method,
                       const std::vector<CodeRange>& arguments, CodeRange range,
                       const CodeFrame& frame, int depth, bool& found);
  CodeValue Formatted(const CodeValue& format, const std::vector<CodeRange>& arguments,
                      bool has_braces, const CodeFrame& frame, int depth);
  CodeValue Joined(CodeValue list, CodeRange range, bool is_quoted) const;
  bool IsList(std::uint32_t at, std::uint32_t end, CodeRange& inside) const;

  const CodeReader& code_;
  const CodeNames& module_;
  const std::map<std::string, const CodeStatement*, std::less<>>& functions_;
  std::size_t evaluated_ = 0;
};

// "docker" where the bytes name an engine, alone or at the end of a path; "" otherwise.
std::string EngineNamedIn(std::string_view bytes);

}  // namespace cagelint::input
