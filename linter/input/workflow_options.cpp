#include "linter/input/workflow_options.h"

#include <algorithm>
#include <string_view>

#include "linter/input/embed_templates.h"
#include "linter/input/embed_yaml.h"

namespace cagelint::input {
namespace {

using base::Edit;
using syntax::ScalarStyle;

// `words` as a scalar: plain where that is one in braces as well.
std::string Scalar(const std::string& words) {
  if (EscapeYamlPlain(words) && words.find_first_of("\"'&*!|>%@`") == std::string::npos)
    return words;
  return "\"" + EscapeJson(words).value_or("") + "\"";
}

}  // namespace

WorkflowOptions::WorkflowOptions(const base::Source& source, const syntax::Tree& tree,
                                 const syntax::Entry& entry)
    : source_(source) {
  const syntax::Node& value = tree.At(entry.value);
  is_flow_ = source.Text(value.span).starts_with('{');
  if (const syntax::Entry* options = tree.Find(entry.value, "options")) {
    options_ = tree.At(options->value);
    options_key_ = tree.At(options->key).span;
    is_other_ = !options_.IsScalar();
  }
  if (const syntax::Entry* image = tree.Find(entry.value, "image")) {
    image_ = tree.At(image->value);
    image_key_ = tree.At(image->key).span;
  } else if (value.IsScalar()) {
    image_ = value;
  }
}

std::vector<RunnerWord> WorkflowOptions::Words() const {
  return SplitRunnerWords(MarkTemplates(ReadYamlText(source_, options_).text, kExpressions));
}

std::optional<Edit> WorkflowOptions::Add(const std::vector<std::string>& words) const {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + QuoteRunnerWord(word);
  if (is_other_ || text.find('\n') != std::string::npos) return std::nullopt;
  if (options_.IsScalar()) return Append(text);
  return image_key_.IsValid() ? AddKey(text) : MakeMap(text);
}

std::optional<Edit> WorkflowOptions::Append(const std::string& words) const {
  const EmbeddedText text = ReadYamlText(source_, options_).text;
  const std::size_t last = text.Text().find_last_not_of(" \t\n");
  const auto behind = static_cast<std::uint32_t>(last == std::string::npos ? 0 : last + 1);
  if (behind == 0 || !text.Map().IsBoundary(behind)) return std::nullopt;
  std::optional<std::string> written = " " + words;
  if (options_.style == ScalarStyle::kPlain) written = EscapeYamlPlain(*written);
  if (options_.style == ScalarStyle::kSingleQuoted) written = EscapeYamlSingle(*written);
  if (options_.style == ScalarStyle::kDoubleQuoted) written = EscapeJson(*written);
  if (!written) return std::nullopt;
  const std::uint32_t at = text.Map().EndBefore(behind);
  return Edit{{source_.Id(), at, at}, *written};
}

// Below the image, or behind it in braces.
std::optional<Edit> WorkflowOptions::AddKey(const std::string& words) const {
  const std::string_view bytes = source_.Bytes();
  if (is_flow_) {
    const std::uint32_t at = image_.span.end;
    return Edit{{source_.Id(), at, at}, ", options: " + Scalar(words)};
  }
  if (source_.Text(image_.span).find('\n') != std::string_view::npos) return std::nullopt;
  std::uint32_t line = image_key_.begin;
  while (line > 0 && bytes[line - 1] != '\n') --line;
  const std::string indent(bytes.substr(line, image_key_.begin - line));
  if (indent.find_first_not_of(' ') != std::string::npos) return std::nullopt;
  auto at = static_cast<std::uint32_t>(std::min(bytes.find('\n', image_.span.end), bytes.size()));
  const bool has_return = at > 0 && at < bytes.size() && bytes[at - 1] == '\r';
  if (has_return) --at;
  return Edit{{source_.Id(), at, at},
              (has_return ? "\r\n" : "\n") + indent + "options: " + Scalar(words)};
}

bool WorkflowOptions::RemoveEmptied(std::vector<Edit>& edits) const {
  if (!options_.IsScalar() || !options_key_.IsValid()) return true;
  std::string left(source_.Text(options_.span));
  bool are_changed = false;
  for (const Edit& edit : edits) {
    const base::Span& span = edit.span;
    if (span.begin < options_.span.begin || span.end > options_.span.end) continue;
    if (!edit.text.empty()) return true;
    are_changed = true;
    std::fill_n(left.begin() + (span.begin - options_.span.begin), span.Size(), ' ');
  }
  // Quotes and the sign of a block are no words.
  if (left.find_first_not_of(" \t\r\n'\">|+-") != std::string::npos) return true;
  if (!are_changed) return true;
  const std::string_view bytes = source_.Bytes();
  std::uint32_t begin = options_key_.begin;
  std::uint32_t end = options_.span.end;
  while (begin > 0 && bytes[begin - 1] == ' ') --begin;
  if (is_flow_) {
    if (begin == 0 || bytes[begin - 1] != ',') return false;
    --begin;
  } else {
    if (begin > 0 && bytes[begin - 1] != '\n') return false;
    const bool has_end = end > 0 && bytes[end - 1] == '\n';
    const std::size_t line_end = has_end ? end : bytes.find('\n', end);
    end = static_cast<std::uint32_t>(
        has_end ? end
                : std::min(line_end == bytes.npos ? bytes.size() : line_end + 1, bytes.size()));
  }
  std::erase_if(edits, [&](const Edit& edit) {
    return edit.span.begin >= options_.span.begin && edit.span.end <= options_.span.end;
  });
  edits.push_back({{source_.Id(), begin, end}, ""});
  return true;
}

std::optional<Edit> WorkflowOptions::MakeMap(const std::string& words) const {
  const std::string image(source_.Text(image_.span));
  const bool is_plain =
      image_.style == ScalarStyle::kPlain && image.find_first_of("[]{},\n") == std::string::npos;
  if (!is_plain || image_.anchor_span.IsValid()) return std::nullopt;
  return Edit{image_.span, "{image: " + image + ", options: " + Scalar(words) + "}"};
}

}  // namespace cagelint::input
