// Parts of the JSON Schemas of what the program prints, which several documents have. A schema
// stands beside the writer of its document; here is what both writers say alike.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace cagelint::diagnostic::schema {

using Json = nlohmann::ordered_json;

// `shape` with what it means, in one line.
Json Meaning(std::string_view meaning, Json shape);

Json Text(std::string_view meaning);
Json Flag(std::string_view meaning);
Json Whole(std::string_view meaning, int least = 0);  // a whole number, from `least` on
Json Ref(std::string_view name);                      // what stands in `$defs`
Json ListOf(Json item, std::string_view meaning);
// A list that is left out where it would be empty.
Json SomeOf(Json item, std::string_view meaning);
// One of `names`, which is a list of texts.
Json OneOf(Json names, std::string_view meaning);
// An object with all of `always`, maybe some of `sometimes`, and nothing else.
Json Closed(Json always, Json sometimes = Json::object());
// An object with any keys.
Json MapOf(Json value, std::string_view meaning);

// What `name` calls the values of an enum that count from 0, from `first` on. Behind the last one
// such a function gives a name that was there, so that no second list has to be kept.
template <typename Enum>
Json Names(std::string_view (*name)(Enum), int first = 0) {
  std::vector<std::string_view> seen;
  for (int i = 0;; ++i) {
    const std::string_view next = name(static_cast<Enum>(i));
    if (std::find(seen.begin(), seen.end(), next) != seen.end()) break;
    seen.push_back(next);
  }
  return std::vector(seen.begin() + first, seen.end());
}

// To be called so in `$defs`: "id", "path", "position", "range", "range_or_nothing". Each refers to
// those in front of it alone.
Json CommonDefinitions();

// The keys of a gap that both documents have always.
Json GapKeys();

// A whole schema with a final newline, by draft 2020-12: `$ref` may have a meaning beside it there.
std::string Document(std::string_view title, std::string_view meaning, const Json& shape,
                     Json definitions);

}  // namespace cagelint::diagnostic::schema
