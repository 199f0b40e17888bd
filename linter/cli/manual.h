// The man pages, as sources for scdoc.
#pragma once

#include <string>
#include <string_view>

namespace cagelint::cli {

std::string ProgramPage();  // cagelint(1)
std::string ConfigPage();   // cagelint-config(5)

// Plain text for scdoc: what it would take for markup is escaped, `code` becomes bold.
std::string PageText(std::string_view text);

}  // namespace cagelint::cli
