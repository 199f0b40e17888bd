// URIs of documents ↔ paths (RFC 3986, RFC 8089).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cagelint::lsp {

// "file", in lower case; "" where `uri` has no scheme.
std::string SchemeOf(std::string_view uri);

// The absolute, clean path of a file URI. Nothing for another scheme, another host, a path that is
// not absolute, an escape that is none, or one of NUL.
std::optional<std::string> PathOf(std::string_view uri);

// What stands behind the scheme, decoded as far as it can be: a name for what is in no file.
std::string NameOf(std::string_view uri);

}  // namespace cagelint::lsp
