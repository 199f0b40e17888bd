// Text in XML 1.0.
#pragma once

#include <string>
#include <string_view>

namespace cagelint::output {

// `text` for content and for attribute values in either kind of quotes. What XML 1.0 cannot hold,
// and what could deceive a reader, is shown as base::Escape shows it; line feeds and tabs too.
std::string Xml(std::string_view text);

// The same, but for line feeds, which stay: for content of several lines.
std::string XmlLines(std::string_view text);

// ` name="text"`.
std::string XmlAttribute(std::string_view name, std::string_view text);

}  // namespace cagelint::output
