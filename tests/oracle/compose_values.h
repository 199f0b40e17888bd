// Values as docker-compose prints them and as the model has them, in one shape.
#pragma once

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace cagelint::test {

// "net_raw" → "CAP_NET_RAW".
std::string CapabilityName(const std::string& name);
// `key:value` is the old way to write `key=value`; of `systempaths` it means nothing.
std::string SecurityOption(std::string text);
// "HOST=ADDRESS" → "HOST:ADDRESS".
std::string HostEntry(std::string text);
// The number in a string; what is none stays.
nlohmann::json NumberOf(const nlohmann::json& value);
// Go's Duration.String, "1h2m3.5s", in seconds that are rounded up.
nlohmann::json SecondsOf(const nlohmann::json& value);

}  // namespace cagelint::test
