// The values of flags as Go's strconv and docker's units read them. Texts are literal: a caller
// looks for symbol bytes first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/result.h"

namespace cagelint::input {

// strconv.ParseBool: 1 t T TRUE true True 0 f F FALSE false False; nothing for other words.
std::optional<bool> ParseBool(std::string_view text);

// strconv.ParseInt with base 10, or 0 (prefixes 0x 0o 0b, a leading 0 is octal, single underscores
// between digits), in 64 bits.
base::Result<std::int64_t> ParseInteger(std::string_view text, int base);
// strconv.ParseUint, the same, at most `largest`.
base::Result<std::uint64_t> ParseUnsigned(std::string_view text, int base, std::uint64_t largest);

// units.RAMInBytes of go-units 0.5: "512m", "1.5 GiB", "0x1p4k". Binary units; negative sizes are
// refused. What does not fit gives the lowest value, as the client sends it.
base::Result<std::int64_t> ParseBytes(std::string_view text);

// opts.ParseCPUs: a Go big.Rat with at most nine decimals, in billionths of a CPU.
base::Result<std::int64_t> ParseNanoCpus(std::string_view text);

// time.ParseDuration. The sign is all that is used of it: -1, 0 or 1.
std::optional<int> ParseDurationSign(std::string_view text);

// net.ParseIP: the address without zone; IPv6 in its canonical form. Nothing when it is none.
std::optional<std::string> ParseAddress(std::string_view text);

// net.ParseMAC: 6, 8 or 20 bytes, with colons, dashes or dots.
bool IsMac(std::string_view text);

// One field of a CSV record, and where it stands in the text it was read from (with its quotes).
struct CsvField {
  std::string text;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t offset = 0;  // of the first byte of `text`: behind the opening quote
};

// The first record of `text` as encoding/csv reads it: empty lines before it are passed over, what
// follows it is not read. False for bare quotes and unclosed ones, or where there is no record.
bool ReadCsvFields(std::string_view text, std::vector<CsvField>& fields);

}  // namespace cagelint::input
