// What may include what, as linter/CMakeLists.txt links it; and what every source file keeps to.
#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "tests/support/fixture.h"

namespace cagelint::test {
namespace {

constexpr std::size_t kMostLines = 400;

struct SourceFile {
  std::string path;  // from the repository root
  std::string text;
  std::vector<std::string> includes;  // as written, with their quotes or brackets
};

std::vector<SourceFile> SourceFiles(std::initializer_list<const char*> folders) {
  namespace fs = std::filesystem;
  const fs::path root = CAGELINT_SOURCE_DIR;
  std::vector<SourceFile> files;
  for (const char* folder : folders) {
    for (fs::recursive_directory_iterator at(root / folder), end; at != end; ++at) {
      const fs::directory_entry& entry = *at;
      if (entry.path().filename() == "node_modules") {
        at.disable_recursion_pending();
        continue;
      }
      const std::string extension = entry.path().extension().string();
      if (extension != ".cpp" && extension != ".h" && extension != ".def") continue;
      SourceFile file;
      file.path = entry.path().lexically_relative(root).string();
      file.text = ReadRepositoryFile(file.path);
      for (const std::string_view line : base::Split(file.text, '\n'))
        if (line.starts_with("#include "))
          file.includes.emplace_back(base::Trim(line.substr(line.find(' '))));
      files.push_back(std::move(file));
    }
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

// "linter/base/text.h" → "base", "rules/network/x.cpp" → "rules"; "" for anything else.
std::string ModuleOf(std::string_view path) {
  const auto parts = base::Split(path, '/');
  if (parts[0] == "rules") return "rules";
  return parts[0] == "linter" && parts.size() > 2 ? std::string(parts[1]) : "";
}

using Modules = std::map<std::string, std::set<std::string>>;

// Each module with all that it may include: the cagelint_module lines, lower layers coming along.
Modules AllowedEdges() {
  Modules direct{{"rules", {"engine"}}};
  const std::string text = ReadRepositoryFile("linter/CMakeLists.txt");
  const std::regex line(R"(cagelint_module\(([a-z_ ]+)\))");
  for (std::sregex_iterator at(text.begin(), text.end(), line), end; at != end; ++at) {
    const std::string words = (*at)[1];
    const auto names = base::Split(words, ' ');
    auto& edges = direct[std::string(names[0])];
    edges.insert(names.begin() + 1, names.end());
  }
  Modules all;
  for (const auto& [module, edges] : direct) {
    std::vector<std::string> todo(edges.begin(), edges.end());
    while (!todo.empty()) {
      const std::string next = todo.back();
      todo.pop_back();
      if (!all[module].insert(next).second) continue;
      todo.insert(todo.end(), direct[next].begin(), direct[next].end());
    }
    all[module].insert(module);
  }
  return all;
}

TEST(LayersTest, ModulesIncludeOnlyWhatTheyLink) {
  const Modules allowed = AllowedEdges();
  ASSERT_GE(allowed.size(), 10u) << "linter/CMakeLists.txt was not understood";
  for (const SourceFile& file : SourceFiles({"linter", "rules"})) {
    const std::string module = ModuleOf(file.path);
    ASSERT_TRUE(allowed.contains(module)) << file.path << " belongs to no module";
    for (const std::string& include : file.includes) {
      const std::string_view name = std::string_view(include).substr(1, include.size() - 2);
      const std::string target = ModuleOf(name);
      if (target.empty()) continue;
      EXPECT_TRUE(allowed.at(module).contains(target))
          << file.path << " includes " << include << ", and " << module << " does not link "
          << target;
      EXPECT_EQ(include.front(), '"') << file.path << ": " << include;
    }
  }
}

TEST(LayersTest, ThereAreNoCircles) {
  const Modules allowed = AllowedEdges();
  for (const auto& [module, edges] : allowed)
    for (const std::string& edge : edges) {
      const auto back = allowed.find(edge);
      if (edge == module || back == allowed.end()) continue;
      EXPECT_FALSE(back->second.contains(module)) << module << " and " << edge;
    }
}

TEST(LayersTest, RulesIncludeTheRuleHeaderAndTheStandardLibrary) {
  const std::regex standard("<[a-z_]+>");
  for (const SourceFile& file : SourceFiles({"rules"}))
    for (const std::string& include : file.includes)
      EXPECT_TRUE(include == "\"linter/engine/rule.h\"" || std::regex_match(include, standard))
          << file.path << " includes " << include;
}

TEST(LayersTest, OnlyTheCommandLinePrints) {
  const std::regex printing(
      R"(\bstd::c(out|err|log)\b|[(, ]std(out|err)[);,]|\b(f?printf|f?puts|fwrite|fmt::print)\()");
  for (const SourceFile& file : SourceFiles({"linter", "rules"})) {
    const std::string module = ModuleOf(file.path);
    if (module == "cli") continue;
    for (const std::string_view line : base::Split(file.text, '\n')) {
      const std::string code(line.substr(0, line.find("//")));
      EXPECT_FALSE(std::regex_search(code, printing)) << file.path << ": " << code;
    }
  }
}

TEST(LayersTest, FilesAreShort) {
  for (const SourceFile& file : SourceFiles({"linter", "rules", "tests"})) {
    const auto lines =
        static_cast<std::size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
    EXPECT_LE(lines, kMostLines) << file.path << ": this is two things";
  }
}

TEST(LayersTest, NothingIsLeftToDo) {
  const std::regex mark(std::string("\\b(TO") + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b");
  for (const SourceFile& file : SourceFiles({"linter", "rules", "tests"}))
    for (const std::string_view line : base::Split(file.text, '\n'))
      EXPECT_FALSE(std::regex_search(line.begin(), line.end(), mark)) << file.path << ": " << line;
}

TEST(LayersTest, HeadersAreIncludedOnce) {
  for (const SourceFile& file : SourceFiles({"linter", "tests"}))
    if (file.path.ends_with(".h")) {
      EXPECT_NE(file.text.find("#pragma once\n"), std::string::npos) << file.path;
    }
}

}  // namespace
}  // namespace cagelint::test
