#include "linter/output/plain_text.h"

#include "linter/output/snippet.h"

namespace cagelint::output {
namespace {

bool IsPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~' || c == '/';
}

}  // namespace

std::string PercentEncoded(std::string_view text, bool (*is_plain)(char)) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_plain(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

std::string FindingText(const diagnostic::Diagnostic& finding) {
  std::string out = Printable(finding.message);
  if (!finding.help.empty()) out += "; fix: " + Printable(finding.help);
  return out;
}

std::string GapText(const diagnostic::Gap& gap) {
  return "could not be judged: " + Printable(gap.message) +
         (gap.refused ? " (refused by the program that reads it)" : "");
}

diagnostic::Severity Weight(const diagnostic::Gap& gap) {
  return gap.refused ? diagnostic::Severity::kError : diagnostic::Severity::kWarning;
}

bool IsFile(std::string_view path) { return path != "<stdin>" && path != "<command line>"; }

std::string UriReference(std::string_view path) {
  return (path.starts_with('/') ? "file://" : "") + PercentEncoded(path, IsPlain);
}

std::string FileUri(std::string_view path, std::string_view root) {
  if (!IsFile(path)) return "untitled:" + PercentEncoded(path, IsPlain);
  if (path.starts_with('/') || root.empty()) return UriReference(path);
  return UriReference(std::string(root) + (root.ends_with('/') ? "" : "/") + std::string(path));
}

std::optional<std::string> RuleUri(std::string_view rule, const WriterOptions& options) {
  if (options.source_url.empty()) return std::nullopt;
  return std::string(options.source_url) + RuleUrl(rule);
}

}  // namespace cagelint::output
