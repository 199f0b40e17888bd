// Passing by files in which no reader finds anything, before any of them looks.
#pragma once

#include <cstdint>
#include <string_view>

namespace cagelint::input {

// Whether `bytes` hold a word without which no carrier that is told by its content starts a
// container, or says what one may do. Several GB/s where they hold none. Says nothing of files that
// are told by their name alone, nor of scripts, which can put names together.
bool MaySpeakOfContainers(std::string_view bytes);

// Whether a file that a walk meets may be one of ours: MaySpeakOfContainers, or its name tells, or
// it is in an encoding in which no word would be found.
bool MayBeOfInterest(std::string_view path, std::string_view bytes);

// Whether words may be hidden behind escapes (`\u0064ocker`) in the strings of JSON, YAML or TOML:
// what is not found in the bytes may be there all the same.
bool MayHideWords(std::string_view bytes);

// Another number when the words that MayBeOfInterest looks for are others.
std::uint64_t InterestVersion();

}  // namespace cagelint::input
