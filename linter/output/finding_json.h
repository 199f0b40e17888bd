// Findings and gaps as JSON, one tree each: `json` and `jsonl` say the same of them.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "linter/engine/report.h"

namespace cagelint::output {

using Json = nlohmann::ordered_json;

// `value` in ASCII: on one line, or indented by two blanks a level. Bytes that are not UTF-8 become
// U+FFFD, so that it is JSON whatever an input held.
std::string Compact(const Json& value);
// JSON that somebody wrote already, as a value for Compact (of the type that JSON does not have).
Json Written(std::string_view json);
// `text` as a string, as Compact writes it; at the end of `out`.
void AppendString(std::string_view text, std::string& out);
std::string Indented(const Json& value);

// Texts are as the input had them, not escaped: a program reads them. `range` is an empty object
// where there is no place. `finding` and `gap` are of `report`.
Json FindingJson(const engine::Report& report, const diagnostic::Diagnostic& finding);
Json GapJson(const engine::Report& report, const diagnostic::Gap& gap);
// A finding of the baseline that is there no longer.
Json FixedJson(const engine::BaselineEntry& entry);
Json SummaryJson(const engine::Report& report);

// Where a finding is, or a gap whose place may be that of a whole file.
const std::string& PathOf(const engine::Report& report, const base::Span& span);
const std::string& PathOf(const engine::Report& report, const diagnostic::Gap& gap);

}  // namespace cagelint::output
