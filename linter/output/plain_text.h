// What formats for other programs show to people: messages, how much they weigh, and URIs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "linter/diagnostic/diagnostic.h"
#include "linter/output/writers.h"

namespace cagelint::output {

// The message and what to do about it, on one line: escaped as base::Escape does it, and cut. It
// ends up on a web page or in an editor, where a bidirectional control of an input would deceive.
std::string FindingText(const diagnostic::Diagnostic& finding);
std::string GapText(const diagnostic::Gap& gap);

// A gap weighs as much as a warning; as an error where the input would be refused.
diagnostic::Severity Weight(const diagnostic::Gap& gap);

// False for what stands in no file: standard input, and the command behind `--`.
bool IsFile(std::string_view path);

// Every byte that `is_plain` does not take as `%XX`.
std::string PercentEncoded(std::string_view text, bool (*is_plain)(char));

// `path` as a URI reference (RFC 3986): every byte but letters, digits, `-._~/` percent-encoded, so
// that any name survives. "file:///…" where it is absolute, otherwise relative.
std::string UriReference(std::string_view path);

// The same as an absolute URI; relative where `root`, an absolute path, is empty. What stands in no
// file is "untitled:NAME", as editors call what is not saved.
std::string FileUri(std::string_view path, std::string_view root);

// Where a rule is explained, as an absolute URI. Nothing where the build was not told at which
// address its sources are shown.
std::optional<std::string> RuleUri(std::string_view rule, const WriterOptions& options);

}  // namespace cagelint::output
