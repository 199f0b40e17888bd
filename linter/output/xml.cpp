#include "linter/output/xml.h"

#include "linter/base/text.h"

namespace cagelint::output {

std::string Xml(std::string_view text) {
  std::string out;
  const std::string shown = base::Escape(text);
  for (std::size_t at = 0; at < shown.size(); ++at) {
    const char c = shown[at];
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\'') {
      out += "&#39;";
    } else if (shown.compare(at, 2, "\xEF\xBF") == 0 && (shown[at + 2] & 0x3E) == 0x3E) {
      // U+FFFE and U+FFFF (XML 1.0, production 2).
      out += (shown[at + 2] & 1) == 0 ? "\\u{fffe}" : "\\u{ffff}";
      at += 2;
    } else {
      out += c;
    }
  }
  return out;
}

std::string XmlLines(std::string_view text) {
  std::string out;
  for (const std::string_view line : base::Split(text, '\n'))
    out += (out.empty() && line.data() == text.data() ? "" : "\n") + Xml(line);
  return out;
}

std::string XmlAttribute(std::string_view name, std::string_view text) {
  return " " + std::string(name) + "=\"" + Xml(text) + "\"";
}

}  // namespace cagelint::output
