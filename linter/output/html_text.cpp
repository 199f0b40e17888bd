#include "linter/output/html_text.h"

#include <array>
#include <cstdint>

#include <sha2.h>

#include "linter/base/text.h"
#include "linter/diagnostic/excerpt.h"
#include "linter/output/snippet.h"
#include "linter/output/xml.h"

namespace cagelint::output {
namespace {

constexpr std::uint32_t kWidth = 160;  // cells of a line

// The offset in `text` behind its first `cells` cells, and behind what takes none there.
std::size_t OffsetOf(std::string_view text, std::uint32_t cells, std::size_t from) {
  std::size_t at = from;
  std::uint32_t seen = 0;
  while (at < text.size()) {
    const base::CodePoint point = base::DecodeUtf8(text.substr(at));
    seen += static_cast<std::uint32_t>(base::DisplayWidth(point.value));
    if (seen > cells) break;
    at += point.size;
  }
  return at;
}

std::string Line(const base::Source& source, std::uint32_t line, const base::Span& span,
                 std::string_view kind) {
  const diagnostic::Excerpt excerpt = diagnostic::ExcerptLine(source, line, {&span, 1}, kWidth);
  const std::string_view text = excerpt.text;
  std::string out = "<span class=\"n\">" + std::to_string(line) + "</span> ";
  if (const auto& mark = excerpt.marks[0]) {
    const std::size_t begin = OffsetOf(text, mark->column, 0);
    const std::size_t end = OffsetOf(text, mark->width, begin);
    // A mark at the line end stands beside the text.
    const std::string meant = begin == end ? " " : Xml(text.substr(begin, end - begin));
    out += Xml(text.substr(0, begin)) + "<mark class=\"" + std::string(kind) + "\">" + meant +
           "</mark>" + Xml(text.substr(end));
  } else {
    out += Xml(text);
  }
  return out + "\n";
}

std::string Base64(const std::array<std::uint8_t, SHA256_DIGEST_LENGTH>& bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = at; i < at + 3; ++i)
      group = group << 8U | (i < bytes.size() ? bytes[i] : 0U);
    for (std::size_t i = 0; i < 4; ++i)
      out += at + i > bytes.size() ? '=' : kDigits[group >> (18 - 6 * i) & 63U];
  }
  return out;
}

}  // namespace

std::string HtmlMessage(std::string_view message) {
  const std::string shown = Printable(message);
  const auto parts = base::Split(shown, '`');
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool is_code = i % 2 == 1 && i + 1 < parts.size();
    if (is_code) {
      out += "<code>" + Xml(parts[i]) + "</code>";
    } else {
      out += (i % 2 == 1 ? "`" : "") + Xml(parts[i]);
    }
  }
  return out;
}

std::string HtmlSource(const base::SourceSet& sources, const base::Span& span,
                       std::string_view kind) {
  const base::Source& source = sources.Get(span.file);
  const std::uint32_t first = source.PositionAt(span.begin).line;
  const std::uint32_t last = source.PositionAt(span.IsEmpty() ? span.begin : span.end - 1).line;
  std::string out = "<pre>" + Line(source, first, span, kind);
  if (last > first + 1) out += "<span class=\"n\"></span> ...\n";
  if (last > first) out += Line(source, last, span, kind);
  return out + "</pre>";
}

std::string ContentHash(std::string_view text) {
  SHA2_CTX context;
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA256Init(&context);
  SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  SHA256Final(digest.data(), &context);
  return "'sha256-" + Base64(digest) + "'";
}

}  // namespace cagelint::output
