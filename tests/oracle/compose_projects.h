// Compose projects at random: files, `.env` and the environment.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cagelint::test {

struct ComposeProject {
  std::map<std::string, std::string> files;  // path in the project's folder → bytes
  std::vector<std::string> named;            // -f; empty: Compose looks for them
  std::vector<std::string> env_files;        // --env-file
  std::map<std::string, std::string> environment;

  // All of it as text, for a reader.
  std::string Shown() const;
};

class ProjectMaker {
 public:
  explicit ProjectMaker(std::uint64_t seed) : random_(seed) {}
  ComposeProject Make();

 private:
  std::size_t Below(std::size_t end) { return random_() % end; }
  bool Chance(std::size_t percent) { return Below(100) < percent; }
  template <typename List>
  const auto& Pick(const List& list) {
    return list[Below(list.size())];
  }
  // One of the alternatives of `text`, which two blanks separate.
  std::string One(std::string_view text);

  std::size_t Key();
  std::string Keys(const std::string& name, std::size_t count);
  std::string Value(std::size_t key);
  std::string Interpolated(const std::string& value);
  std::string Service(const std::string& name, bool over);
  std::string Extends(const std::string& name);
  std::string Resources();
  std::string File(bool over);
  std::string Fragments();

  std::mt19937_64 random_;
  std::size_t bad_ = 0;             // percent of values that are likely refused
  std::size_t odd_ = 2;             // percent of values that are whatever YAML has
  std::vector<std::size_t> often_;  // keys that the project prefers, so that they meet
};

}  // namespace cagelint::test
