#include "linter/input/embed_yaml.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "linter/base/text.h"
#include "linter/input/recipes.h"
#include "linter/input/yaml_before.h"
#include "linter/input/yaml_scalar.h"
#include "linter/syntax/yaml.h"

namespace cagelint::input {
namespace {

using base::Edit;
using base::Source;
using syntax::ScalarStyle;

bool IsBlock(ScalarStyle style) {
  return style == ScalarStyle::kLiteral || style == ScalarStyle::kFolded;
}

std::optional<std::string> EscapeFolded(std::string_view text) {
  if (text.find_first_of("\n\r") != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

Escape EscapeOf(ScalarStyle style) {
  switch (style) {
    case ScalarStyle::kSingleQuoted:
      return EscapeYamlSingle;
    case ScalarStyle::kDoubleQuoted:
      return EscapeJson;
    case ScalarStyle::kFolded:
      return EscapeFolded;
    default:
      return EscapeYamlPlain;
  }
}

std::string TextOf(const std::vector<ScalarPiece>& pieces) {
  std::string text;
  for (const ScalarPiece& piece : pieces) text += piece.text;
  return text;
}

// Of a block: what no chomping is about.
std::string WithoutEnd(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

// Any other scalar: changes are made where the result reads as what it was meant to be.
class ScalarWriter : public base::EditWriter {
 public:
  ScalarWriter(ScalarForm form, base::Span span) : form_(form), span_(span) {}

  std::optional<std::vector<Edit>> Write(const Source& inner, const base::SourceMap& map,
                                         const Source& outer,
                                         const std::vector<Edit>& edits) const override {
    auto written = StringWriter(EscapeOf(form_.style))->Write(inner, map, outer, edits);
    const bool is_doubtful = !written && form_.style == ScalarStyle::kPlain;
    if (is_doubtful) written = StringWriter(EscapeFolded)->Write(inner, map, outer, edits);
    if (!written) return std::nullopt;
    const std::string_view bytes = outer.Text(span_);
    std::string changed(bytes);
    for (std::size_t i = written->size(); i-- > 0;) {
      const base::Span& span = (*written)[i].span;
      if (span.begin < span_.begin || span.end > span_.end) return std::nullopt;
      if (i + 1 < written->size() && span.end > (*written)[i + 1].span.begin) return std::nullopt;
      changed.replace(span.begin - span_.begin, span.Size(), (*written)[i].text);
    }
    const std::string meant = Meant(bytes, *written, edits);
    const std::string read = TextOf(DecodeScalar(changed, form_, SIZE_MAX));
    const bool is_same =
        IsBlock(form_.style) ? WithoutEnd(meant) == WithoutEnd(read) : meant == read;
    if (!is_same || meant.empty() || (is_doubtful && !IsInFile(outer, changed, meant)))
      return std::nullopt;
    return written;
  }

 private:
  // Whether the file is what it was but for the scalar, when that is written as `changed`: a comma
  // may be one of a list in brackets. Of large files nobody waits for an answer.
  bool IsInFile(const Source& outer, const std::string& changed, const std::string& meant) const {
    constexpr std::size_t kLargest = std::size_t{64} << 10;
    if (outer.Bytes().size() > kLargest) return false;
    std::string bytes(outer.Bytes());
    bytes.replace(span_.begin, span_.Size(), changed);
    const syntax::Tree before = syntax::ParseYaml(outer.Bytes(), outer.Id());
    const syntax::Tree after = syntax::ParseYaml(bytes, outer.Id());
    return after.errors.empty() && before.nodes.size() == after.nodes.size() &&
           std::any_of(after.nodes.begin(), after.nodes.end(), [&](const syntax::Node& node) {
             return node.IsScalar() && node.span.begin == span_.begin && node.text == meant;
           });
  }

  // The content with the changes made in it: `outer` are their places, `inner` what they say.
  std::string Meant(std::string_view bytes, const std::vector<Edit>& outer,
                    const std::vector<Edit>& inner) const {
    std::string text;
    std::size_t next = 0;
    const auto pass = [&](std::uint32_t at) {
      for (; next < outer.size() && outer[next].span.begin <= at; ++next) text += inner[next].text;
    };
    const auto is_gone = [&](std::uint32_t at) {
      return next > 0 && at < outer[next - 1].span.end;
    };
    for (const ScalarPiece& piece : DecodeScalar(bytes, form_, SIZE_MAX)) {
      const std::size_t steps = piece.is_copy ? piece.text.size() : 1;
      for (std::size_t i = 0; i < steps; ++i) {
        const auto at = static_cast<std::uint32_t>(span_.begin + piece.begin + i);
        pass(at);
        if (is_gone(at)) continue;
        text += piece.is_copy ? piece.text.substr(i, 1) : piece.text;
      }
    }
    pass(UINT32_MAX);
    return text;
  }

  ScalarForm form_;
  base::Span span_;
};

}  // namespace

YamlText ReadYamlText(const Source& source, const syntax::Node& scalar) {
  YamlText out{EmbeddedText(source), nullptr};
  if (!scalar.IsScalar()) return out;
  const bool is_block = IsBlock(scalar.style);
  // The empty lines behind a block may be content.
  const std::string_view bytes =
      is_block ? source.Bytes().substr(scalar.span.begin) : source.Text(scalar.span);
  const ScalarForm form{scalar.style, is_block ? BlockIndent(bytes, scalar.text) : 0};
  const std::vector<ScalarPiece> pieces = DecodeScalar(bytes, form, scalar.text.size());
  if (TextOf(pieces) != scalar.text) {
    out.text.Put(scalar.text, scalar.span.begin, scalar.span.end);
    return out;
  }
  for (const ScalarPiece& piece : pieces) {
    const std::uint32_t begin = scalar.span.begin + piece.begin;
    const std::uint32_t end = scalar.span.begin + piece.end;
    if (piece.is_copy)
      out.text.Copy(begin, end);
    else
      out.text.Put(piece.text, begin, end);
  }
  if (scalar.style == ScalarStyle::kLiteral)
    out.writer = FileLinesWriter(EscapeNothing);
  else
    out.writer = std::make_shared<const ScalarWriter>(form, scalar.span);
  return out;
}

namespace {

// Where a file may be cut by the look of its lines: what lies in a text does no harm, for at worst
// less of that is read.
std::vector<std::size_t> CutsOf(std::string_view bytes) {
  std::vector<std::size_t> cuts;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = bytes.substr(begin, end - begin);
    const std::size_t depth = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view text = base::Trim(line);
    const bool is_key = depth <= 4 && text.find(':') != std::string_view::npos;
    if (!text.empty() && text[0] != '#' && (is_key || text.starts_with("- ")))
      cuts.push_back(begin);
    begin = end + 1;
  }
  return cuts;
}

}  // namespace

syntax::Tree YamlBefore(const Source& source) {
  return ParseBefore(source, CutsOf(source.Bytes()));
}

syntax::Tree ParseWhatStands(const Source& source, std::vector<diagnostic::Gap>& gaps) {
  syntax::Tree tree = syntax::ParseYaml(source.Bytes(), source.Id());
  for (const syntax::SyntaxError& error : tree.errors)
    gaps.push_back({error.limit ? "limit-reached" : "syntax-error", error.message, error.span, "",
                    error.certain && !error.limit});
  return tree.errors.empty() ? tree : YamlBefore(source);
}

}  // namespace cagelint::input
