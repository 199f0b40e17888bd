#include "linter/input/embed_json.h"

#include <cstddef>

#include "linter/syntax/json.h"

namespace cagelint::input {
namespace {

// How many bytes of `text`, which begins with a backslash, one escape is; a pair of surrogates is
// one.
std::size_t EscapeSize(std::string_view text) {
  if (!text.starts_with("\\u")) return 2;
  const bool is_high = text.size() >= 12 && (text[2] == 'd' || text[2] == 'D') &&
                       std::string_view("89abAB").find(text[3]) != std::string_view::npos;
  return is_high && text[6] == '\\' && text[7] == 'u' ? 12 : 6;
}

// How many bytes of UTF-8 the character at the begin of `text` takes.
std::size_t CharacterSize(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return size;
}

}  // namespace

EmbeddedText JsonText(const base::Source& source, const syntax::Node& string) {
  const base::Span inside = syntax::InsideQuotes(string);
  EmbeddedText out(source, inside.begin);
  const std::string_view bytes = source.Text(inside);
  const std::string_view decoded = string.text;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto begin = static_cast<std::uint32_t>(inside.begin + at);
    if (bytes[at] != '\\') {
      const std::size_t end = std::min(bytes.find('\\', at), bytes.size());
      out.Copy(begin, static_cast<std::uint32_t>(inside.begin + end));
      at = end;
      continue;
    }
    const std::size_t size = std::min(EscapeSize(bytes.substr(at)), bytes.size() - at);
    if (out.Size() >= decoded.size()) break;
    out.Put(decoded.substr(out.Size(), CharacterSize(decoded.substr(out.Size()))), begin,
            begin + static_cast<std::uint32_t>(size));
    at += size;
  }
  if (out.Text() == decoded) return out;
  // Something that is decoded otherwise: then it is known as a whole only.
  EmbeddedText whole(source);
  whole.Put(decoded, inside.begin, inside.end);
  return whole;
}

}  // namespace cagelint::input
