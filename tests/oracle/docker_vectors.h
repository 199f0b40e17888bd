// Command lines at random, from the flag table and values for each grammar.
#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/oracle/docker_client.h"

namespace cagelint::test {

class VectorMaker {
 public:
  // Only flags that the client knows are used.
  VectorMaker(const Client& client, std::uint64_t seed);
  // The words behind `docker`.
  std::vector<std::string> Make();
  std::size_t FlagsLeftOut() const { return left_out_; }

 private:
  std::size_t Below(std::size_t end) { return random_() % end; }
  bool Chance(std::size_t percent) { return Below(100) < percent; }
  template <typename List>
  const auto& Pick(const List& list) {
    return list[Below(list.size())];
  }
  std::string Value(std::size_t flag);
  std::string MountValue();
  std::string Joined(const std::vector<std::string>& parts, char by);
  std::string Mutated(std::string text);
  std::string Image();
  void AddFlag(std::size_t flag, std::vector<std::string>& words);
  void AddFlags(std::uint32_t command, std::size_t most, std::vector<std::string>& words);

  std::mt19937_64 random_;
  std::vector<std::size_t> usable_;  // indexes in the table
  std::size_t left_out_ = 0;
};

}  // namespace cagelint::test
