// The client's request beside the model of the same command line.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/oracle/docker_client.h"

namespace cagelint::test {

// What differs, a line each: "memory: client 0, model 1". `model` is what `cagelint model` prints;
// `folder` is where the client ran.
std::vector<std::string> Differences(const Verdict& verdict, const nlohmann::json& model,
                                     const std::vector<std::string>& words,
                                     const std::string& folder);

}  // namespace cagelint::test
