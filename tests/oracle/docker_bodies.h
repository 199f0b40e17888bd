// What the client sends, in the shape in which it is compared with the model. Part of
// docker_oracle_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace cagelint::test {

using Json = nlohmann::json;

// The value of `name` in a request's query, decoded; "" where there is none.
std::string QueryValue(const std::string& query, const std::string& name);

// A list in an order that does not depend on who made it.
Json Sorted(Json list);

// null, "", 0, false and what is empty are all a default.
bool IsDefault(const Json& value);

// The value at `path` of `object`; `otherwise` where it is absent or null.
template <typename T>
T Get(const Json& object, const char* path, T otherwise) {
  const Json::json_pointer pointer(path);
  if (!object.contains(pointer) || object[pointer].is_null()) return otherwise;
  return object[pointer].get<T>();
}

// Mounts as {type, source, target, ro, p (propagation), …}: of an element of HostConfig.Binds, of
// one of HostConfig.Mounts, and of the model.
Json Mount(const std::string& type, const std::string& source, const std::string& target, bool ro,
           const std::string& propagation);
Json BindOf(const std::string& text);
Json LongMountOf(const Json& mount);
Json ModelMount(const Json& mount);

// "80-82" → 80, 82.
std::pair<int, int> RangeOf(const std::string& text);

}  // namespace cagelint::test
