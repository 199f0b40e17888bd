// Which files are dev containers, which folder is theirs, and what stays valid when they are fixed.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "tests/support/fixture.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {
namespace {

std::string Why(std::string_view path, std::string_view bytes) {
  return kDevcontainerReader.accepts(path, bytes);
}

struct Result {
  std::unique_ptr<base::SourceSet> sources = std::make_unique<base::SourceSet>();
  model::Document document;

  // The texts of the places of all gaps: "a|b".
  std::string Gaps() const {
    std::string out;
    for (const auto& gap : document.gaps)
      out += (out.empty() ? "" : "|") + std::string(sources->Text(sources->ToFile(gap.span)));
    return out;
  }
  std::string Mounts() const {
    std::string out;
    for (const auto& container : document.containers)
      for (const auto& item : container.mounts.items)
        out += item.value.source.value + item.value.source.source + " ";
    return out;
  }
};

Result Read(const std::string& path, const std::map<std::string, std::string>& files) {
  test::MemoryFiles memory;
  for (const auto& [name, bytes] : files) memory.Add(name, bytes);
  const base::FileSystem system = memory.System();
  Result result;
  const auto& source = result.sources->Add(path, files.at(path));
  const Options options;
  result.document = kDevcontainerReader.read(source, {*result.sources, system, options});
  return result;
}

TEST(DevcontainerTest, TakesFilesByNameAndByContent) {
  EXPECT_NE(Why(".devcontainer/devcontainer.json", "{}"), "");
  EXPECT_NE(Why("a/.devcontainer.json", "// c\n{}"), "");
  EXPECT_NE(Why("a/my.devcontainer.json", R"({"image": "a"})"), "");
  EXPECT_NE(Why("x.json", R"({"image": "a", "runArgs": []})"), "");
  EXPECT_NE(Why("x.json", R"({"image": "a", "features": {"ghcr.io/a/features/b:1": {}}})"), "");
  EXPECT_EQ(Why("devcontainer.json", "image: a"), "");
  EXPECT_EQ(Why("a/my.devcontainer.json", R"({"name": "a"})"), "");
  EXPECT_EQ(Why("x.json", R"({"image": "a"})"), "");
  EXPECT_EQ(Why("x.json", R"({"image": "a", "features": {"b": 1}})"), "");
  EXPECT_EQ(Why("x.json", R"({"spec": {"image": "a", "runArgs": []}})"), "");
  EXPECT_EQ(Why("x.json", R"([{"image": "a", "runArgs": []}])"), "");
  EXPECT_EQ(Why("x.yaml", R"({"image": "a", "runArgs": []})"), "");
}

TEST(DevcontainerTest, PathsBeginInTheProject) {
  const std::string profile = R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": []})";
  const std::string text =
      R"({"image": "a", "workspaceMount": "", "runArgs": ["--security-opt", "seccomp=p.json"]})";
  for (const char* path : {"sub/.devcontainer/devcontainer.json", "sub/.devcontainer.json",
                           "sub/.devcontainer/one/devcontainer.json"}) {
    const Result result = Read(path, {{path, text}, {"sub/p.json", profile}});
    EXPECT_EQ(result.document.profiles.size(), 1U) << path;
    EXPECT_EQ(result.Gaps(), "") << path;
  }
}

TEST(DevcontainerTest, ThePathOfAComposeFileBeginsAtTheFile) {
  const std::string path = "sub/.devcontainer/one/devcontainer.json";
  const Result result =
      Read(path, {{path, R"({"dockerComposeFile": "../../c.yml", "service": "a"})"},
                  {"sub/c.yml", "services: {a: {image: b}}\n"}});
  ASSERT_EQ(result.document.embedded.size(), 1U);
  EXPECT_EQ(result.document.embedded[0].project.size(), 1U);
  EXPECT_EQ(result.document.embedded[0].containers.size(), 1U);
}

// What is laid over the files is no file of the project: it is the same as when they are read
// alone.
TEST(DevcontainerTest, AProjectIsKnownByItsFiles) {
  const std::string path = ".devcontainer.json";
  const Result result =
      Read(path, {{path, R"({"dockerComposeFile": ["c.yml"], "service": "a", "privileged": true})"},
                  {"c.yml", "services: {a: {image: b}}\n"}});
  ASSERT_EQ(result.document.embedded.size(), 1U);
  EXPECT_EQ(result.document.embedded[0].project.size(), 1U);
  EXPECT_TRUE(result.document.embedded[0].containers[0].privileged.Is(true));
}

TEST(DevcontainerTest, WhatIsNoComposeFileIsNotShown) {
  const std::string path = ".devcontainer.json";
  const Result result =
      Read(path, {{path, R"({"dockerComposeFile": "/etc/secret", "service": "a"})"},
                  {"/etc/secret", "root:x:0\n"}});
  EXPECT_TRUE(result.document.embedded.empty());
  EXPECT_EQ(result.Gaps(), R"("/etc/secret")");
}

TEST(DevcontainerTest, AServiceThatIsNotThere) {
  const std::string path = ".devcontainer.json";
  const Result result = Read(path, {{path, R"({"dockerComposeFile": "c.yml", "service": "other"})"},
                                    {"c.yml", "services: {a: {image: b}}\n"}});
  EXPECT_EQ(result.Gaps(), R"("other")");
  ASSERT_EQ(result.document.gaps.size(), 1U);
  EXPECT_TRUE(result.document.gaps[0].refused);
}

TEST(DevcontainerTest, TheLastOfSeveralMountsAtOnePlaceCounts) {
  const std::string path = "devcontainer.json";
  const Result result = Read(path, {{path, R"({"image": "a", "workspaceMount": "",
    "mounts": ["source=x,dst=/a", {"source": "y", "target": "/a"}, "source=z,target=/b"]})"}});
  EXPECT_EQ(result.Mounts(), "y z ");
}

TEST(DevcontainerTest, VariablesInWords) {
  const std::string path = "devcontainer.json";
  const Result result = Read(path, {{path, R"({"image": "a", "workspaceMount": "", "mounts": [
    "type=bind,source=${localWorkspaceFolder}/it's,target=/a",
    "type=bind,source=${localEnv:HOME}${localEnv:USERPROFILE}/.x,target=/b",
    "type=bind,source=${localEnv:9},target=/c",
    "type=volume,source=${nothing,target=/d"]})"}});
  EXPECT_EQ(result.Mounts(), "$PWD/it's $HOME/.x ${localEnv:9} ${nothing ");
}

TEST(DevcontainerTest, AsManyContainersAsCommandsOnTheHost) {
  const std::string path = "devcontainer.json";
  const auto count = [&](const std::string& command) {
    const std::string text = R"({"image": "a", "initializeCommand": )" + command +
                             R"(, "postCreateCommand": "docker run b"})";
    return Read(path, {{path, text}}).document.containers.size();
  };
  EXPECT_EQ(count(R"("docker run b; docker run c")"), 3U);
  EXPECT_EQ(count(R"(["docker", "run", "b;", "docker", "run", "c"])"), 2U);
  EXPECT_EQ(count(R"({"x": "docker run b", "y": ["docker", "run", "c"]})"), 3U);
  EXPECT_EQ(count(R"("echo hello")"), 1U);
  EXPECT_EQ(count("[]"), 1U);
  EXPECT_EQ(count("null"), 1U);
}

// Comments and the commas behind the last values taken out, as another reader would do it.
std::string Strict(std::string_view text) {
  std::string out;
  bool is_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_text && text.substr(i, 2) == "//") i = std::min(text.find('\n', i), text.size() - 1);
    if (is_text && text[i] == '\\') out += text[i++];
    if (text[i] == '"') is_text = !is_text;
    if (!is_text && (text[i] == '}' || text[i] == ']')) {
      const std::size_t last = out.find_last_not_of(" \t\r\n");
      if (last != std::string::npos && out[last] == ',') out.erase(last, 1);
    }
    out += text[i];
  }
  return out;
}

TEST(DevcontainerTest, FixedFilesAreStillJsonWithComments) {
  int seen = 0;
  for (const char* name :
       {"devcontainer_run.json", "devcontainer_arguments.json", "devcontainer_crlf.json"}) {
    const std::string bytes = test::ReadRepositoryFile("fixtures/fixed/" + std::string(name));
    const std::size_t at = bytes.find("// --- FIXED");
    ASSERT_NE(at, std::string::npos);
    const std::string fixed = Strict(std::string_view(bytes).substr(bytes.find('\n', at) + 1));
    const auto json = nlohmann::json::parse(fixed, nullptr, false);
    ASSERT_TRUE(json.is_object()) << name;
    ASSERT_TRUE(json["runArgs"].is_array()) << name;
    for (const auto& word : json["runArgs"]) EXPECT_TRUE(word.is_string()) << name;
    ++seen;
  }
  EXPECT_EQ(seen, 3);
}

}  // namespace
}  // namespace cagelint::input
