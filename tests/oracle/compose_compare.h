// What docker-compose loads beside the model of the same project.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace cagelint::test {

// What differs, a line each: "a.memory: compose 0, model 1". `project` is what
// `docker-compose config` prints, `model` what `cagelint model` prints.
std::vector<std::string> ProjectDifferences(const nlohmann::json& project,
                                            const nlohmann::json& model);

}  // namespace cagelint::test
