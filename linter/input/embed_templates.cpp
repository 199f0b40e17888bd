#include "linter/input/embed_templates.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "linter/base/text.h"
#include "linter/input/open_quotes.h"

namespace cagelint::input {
namespace {

constexpr std::size_t kLongestTemplate = 400;

struct Found {
  std::size_t begin = std::string_view::npos;
  std::size_t end = 0;
  std::string name;
};

// A word that the reader takes for a placeholder, made of what the template says.
std::string NameOf(std::string_view inside) {
  constexpr std::size_t kLongestName = 40;
  std::string name;
  for (const char byte : base::Trim(inside)) {
    if (name.size() == kLongestName) break;
    const bool is_plain = std::isalnum(static_cast<unsigned char>(byte)) != 0;
    if (is_plain || (!name.empty() && name.back() != '_')) name += is_plain ? byte : '_';
  }
  return name.empty() ? "value" : name;
}

Found Next(std::string_view text, std::size_t from, std::span<const TemplateSyntax> syntaxes) {
  Found found;
  for (const TemplateSyntax& syntax : syntaxes) {
    for (std::size_t at = text.find(syntax.open, from); at < found.begin;
         at = text.find(syntax.open, at + 1)) {
      const std::size_t inside = at + syntax.open.size();
      const std::size_t close = text.substr(0, at + kLongestTemplate).find(syntax.close, inside);
      if (close == std::string_view::npos) continue;
      const std::string_view content = text.substr(inside, close - inside);
      const bool is_go = syntax.open == "{{" && (base::Trim(content).starts_with('.') ||
                                                 content.find(" .") != std::string_view::npos);
      if (is_go || content.find('\n') != std::string_view::npos) continue;
      found = {at, close + syntax.close.size(), NameOf(content)};
      break;
    }
  }
  return found;
}

bool IsWordEnd(std::string_view text, std::size_t at) {
  return at >= text.size() || std::isspace(static_cast<unsigned char>(text[at])) != 0;
}

}  // namespace

EmbeddedText MarkTemplates(const EmbeddedText& text, std::span<const TemplateSyntax> syntaxes) {
  const std::string_view bytes = text.Text();
  EmbeddedText out(text.Outer());
  OpenQuotes quotes;
  std::size_t done = 0;
  const auto size = [](std::size_t n) { return static_cast<std::uint32_t>(n); };
  for (Found found = Next(bytes, 0, syntaxes); found.begin != std::string_view::npos;
       found = Next(bytes, done, syntaxes)) {
    quotes.Pass(bytes.substr(done, found.begin - done));
    out.Append(text, size(done), size(found.begin));
    const bool is_word = quotes.Open() == 0 && IsWordEnd(bytes, found.end) &&
                         (found.begin == 0 || IsWordEnd(bytes, found.begin - 1));
    const base::Span outer = text.Map().ToOuter(size(found.begin), size(found.end));
    out.Put("{{" + found.name + (is_word ? "...}}" : "}}"), outer.begin, outer.end);
    done = found.end;
  }
  out.Append(text, size(done), size(bytes.size()));
  return out;
}

}  // namespace cagelint::input
