#include "tests/support/model_subset.h"

#include <nlohmann/json.hpp>

namespace cagelint::test {
namespace {

using Json = nlohmann::json;

void Compare(const Json& expected, const Json& actual, const std::string& path,
             std::vector<std::string>& out) {
  if (expected.is_object() && actual.is_object()) {
    for (const auto& [key, value] : expected.items()) {
      const auto found = actual.find(key);
      if (found != actual.end()) {
        Compare(value, *found, path + "/" + key, out);
      } else if (!value.is_null()) {
        out.push_back(path + "/" + key + ": not there, expected " + value.dump());
      }
    }
  } else if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
    for (std::size_t i = 0; i < expected.size(); ++i)
      Compare(expected[i], actual[i], path + "/" + std::to_string(i), out);
  } else if (expected != actual) {
    out.push_back(path + ": is " + actual.dump() + ", expected " + expected.dump());
  }
}

}  // namespace

std::vector<std::string> ModelDifferences(std::string_view expected, std::string_view actual) {
  const Json want = Json::parse(expected, nullptr, false);
  const Json have = Json::parse(actual, nullptr, false);
  if (want.is_discarded()) return {"`--- MODEL` is not JSON"};
  if (have.is_discarded()) return {"the model that was printed is not JSON"};
  std::vector<std::string> out;
  Compare(want, have, "", out);
  return out;
}

}  // namespace cagelint::test
