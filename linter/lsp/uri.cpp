#include "linter/lsp/uri.h"

#include "linter/base/files.h"
#include "linter/base/text.h"

namespace cagelint::lsp {
namespace {

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Nothing for a `%` that begins no escape.
std::optional<std::string> Decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      out += text[at];
      continue;
    }
    if (at + 2 >= text.size()) return std::nullopt;
    const int high = DigitOf(text[at + 1]);
    const int low = DigitOf(text[at + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return out;
}

}  // namespace

std::string SchemeOf(std::string_view uri) {
  const std::size_t colon = uri.find(':');
  if (colon == std::string_view::npos || colon == 0) return "";
  for (const char c : uri.substr(0, colon))
    if (!base::IsNameByte(c) && c != '+' && c != '-' && c != '.') return "";
  return base::ToLower(uri.substr(0, colon));
}

std::optional<std::string> PathOf(std::string_view uri) {
  constexpr std::string_view kLocal = "localhost";
  if (SchemeOf(uri) != "file") return std::nullopt;
  uri.remove_prefix(uri.find(':') + 1);
  uri = uri.substr(0, uri.find_first_of("?#"));
  if (uri.starts_with("//")) {
    uri.remove_prefix(2);
    if (base::ToLower(uri.substr(0, uri.find('/'))) == kLocal) uri.remove_prefix(kLocal.size());
  }
  if (!uri.starts_with('/')) return std::nullopt;
  const auto path = Decoded(uri);
  if (!path || path->find('\0') != std::string::npos || base::FindInvalidUtf8(*path))
    return std::nullopt;
  return base::CleanPath(*path);
}

std::string NameOf(std::string_view uri) {
  const std::size_t colon = uri.find(':');
  const std::string_view rest = uri.substr(colon == std::string_view::npos ? 0 : colon + 1);
  return Decoded(rest).value_or(std::string(rest));
}

}  // namespace cagelint::lsp
