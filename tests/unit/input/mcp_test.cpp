#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "linter/driver/fix.h"
#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {
namespace {

using Strings = std::vector<std::string>;

class McpTest : public ::testing::Test {
 protected:
  const model::Document& Read(const Reader& reader, std::string text) {
    const base::FileSystem files = files_.System();
    document_ =
        reader.read(sources_.Add("dir/x.json", std::move(text)), {sources_, files, options_});
    return document_;
  }
  Strings Images(const Reader& reader, std::string text) {
    Strings images;
    for (const model::Container& container : Read(reader, std::move(text)).containers)
      images.push_back(container.image.IsDynamic() ? "?" : container.image.value);
    return images;
  }
  std::string Fixed(const std::string& path, const std::string& text) {
    files_.Add(path, text);
    driver::Request request;
    request.policy = driver::LoadPolicy("agent").Value();
    request.paths = {path};
    const driver::Fixing fixing = driver::Fix(request, files_.System(), {.unsafe = true});
    return fixing.files.empty() ? "" : fixing.files[0].after;
  }

  test::MemoryFiles files_;
  base::SourceSet sources_;
  Options options_;
  model::Document document_;
};

TEST_F(McpTest, TakesNothingThatNamesNoEngine) {
  const auto accepts = [](std::string_view path, std::string_view bytes) {
    return !kMcpReader.accepts(path, bytes).empty();
  };
  EXPECT_TRUE(accepts("x", R"({"mcpServers":{"a":{"command":"docker","args":["run","x"]}}})"));
  EXPECT_TRUE(accepts("x",
                      "\xEF\xBB\xBF// c\n"
                      R"({"mcpServers":[{"command":"podman"}]})"));
  EXPECT_FALSE(accepts("x", R"({"mcpServers":{"a":{"command":"npx"}},"x":"docker"})"));
  EXPECT_FALSE(accepts("x", R"({"docker":{"a":{"command":"docker","args":["run","x"]}}})"));
  EXPECT_FALSE(accepts("x", R"({"a":{"servers":{"a":{"command":"docker"}}}})"));
  EXPECT_FALSE(accepts("x", R"({"command":"docker","args":["run","x"],"mcp":1})"));
  EXPECT_FALSE(accepts("x.md", "mcpServers: docker, command"));
  EXPECT_FALSE(accepts("devcontainer.json",
                       R"({"mcpServers":{"a":{"command":"docker","args":["run","x"]}}})"));
  EXPECT_TRUE(accepts("config.toml", "mcp_servers.a = {command='docker', args=['run','x']}"));
  EXPECT_FALSE(accepts("config.toml", "[tools]\ncommand = 'docker' # mcp"));
  EXPECT_FALSE(accepts("x", ""));
}

TEST_F(McpTest, TomlAndYamlAreTakenByWhatTheyHold) {
  EXPECT_TRUE(kMcpReader.named("any/settings.toml"));
  EXPECT_FALSE(kMcpReader
                   .accepts("any/settings.toml",
                            "[mcp_servers.x]\ncommand = 'docker'\nargs = ['run', 'x']\n")
                   .empty());
  const auto accepts = [](std::string_view bytes) {
    return !kMcpReader.accepts("x.yaml", bytes).empty();
  };
  EXPECT_TRUE(accepts("mcpServers: [{command: docker, args: [run, x]}]"));
  EXPECT_TRUE(accepts("mcp_servers: {a: {command: docker, args: [run, x]}}"));
  EXPECT_TRUE(accepts("mcp: {servers: {a: {command: podman, args: [run, x]}}}"));
  EXPECT_TRUE(accepts("extensions: {a: {cmd: docker, args: [run, x]}}"));
  EXPECT_FALSE(accepts("extensions: {a: {command: docker, args: [run, x]}}"));
  EXPECT_FALSE(accepts("servers: {a: {command: docker, args: [run, x]}} # mcp"));
  EXPECT_FALSE(accepts("mcpServers: {a: {command: npx}}\nx: docker"));
  EXPECT_FALSE(accepts("mcpServers: {a: {command: docker}}\njobs: {}"));
  EXPECT_FALSE(kMcpReader.accepts("x.txt", "mcpServers: [{command: docker}]").size() > 0);
}

TEST(MarkdownNamesTest, EndingsInAnyCase) {
  for (const char* name : {"a/README.MD", "x.mdown", "x.mkd", "x.Rmd", "x.qmd", ".cursorrules",
                           "a/.windsurfrules", "AGENTS.md", "CLAUDE.md"})
    EXPECT_TRUE(kMarkdownReader.named(name)) << name;
  for (const char* name : {"cmd", "x.amd", "cursorrules", "x.cursorrules.txt"})
    EXPECT_FALSE(kMarkdownReader.named(name)) << name;
}

TEST_F(McpTest, FencesMayHoldPieces) {
  const auto accepts = [](std::string_view language, std::string_view bytes) {
    return !kMcpReader.accepts_fence(language, bytes).empty();
  };
  EXPECT_TRUE(accepts("json", R"("a": {"command": "docker", "args": ["run", "x"]})"));
  EXPECT_TRUE(accepts("", R"("a": {"command": "docker", "args": ["run", "x"]},)"));
  EXPECT_TRUE(accepts("json5", R"({"command": "docker", "args": ["run", "x"]})"));
  EXPECT_TRUE(accepts("", "[mcp_servers.x]\ncommand = 'docker'"));
  EXPECT_TRUE(accepts("toml", "command = 'docker'\nargs = ['run', 'x']"));
  EXPECT_FALSE(accepts("yaml", R"("a": {"command": "docker", "args": ["run", "x"]})"));
  EXPECT_FALSE(accepts("", "docker run x\ncommand docker"));
  EXPECT_FALSE(accepts("json", R"({"a": "docker", "command": 1})"));
  EXPECT_FALSE(accepts("json", R"(broken "command": "docker")"));
}

TEST_F(McpTest, WhatIsWholeIsReadOfABrokenFile) {
  const std::string whole = R"("a":{"command":"docker","args":["run","one"]})";
  EXPECT_EQ(Images(kMcpReader, "{\"mcpServers\":{" + whole +
                                   R"(,"b":{"command":"docker","args":["run" "two"]}}})"),
            Strings{"one"});
  ASSERT_EQ(document_.gaps.size(), 1u);
  EXPECT_EQ(document_.gaps[0].kind, "syntax-error");
  EXPECT_FALSE(document_.gaps[0].span.IsEmpty());
  EXPECT_EQ(Images(kMcpReader, "{\"mcpServers\":{" + whole), Strings{"one"});
  EXPECT_EQ(document_.gaps.size(), 1u);
  EXPECT_EQ(Images(kMcpReader,
                   "[mcp_servers.a]\ncommand = 'docker'\nargs = ['run', 'one']\n"
                   "[mcp_servers.b]\ncommand = 'docker'\nargs = ['run' 'two']\n"
                   "[mcp_servers.c]\ncommand = 'docker'\nargs = ['run', 'three']\n"),
            (Strings{"one", "three"}));
  EXPECT_EQ(document_.gaps.size(), 1u);
}

TEST_F(McpTest, WordsThatAreNoStrings) {
  EXPECT_EQ(Images(kMcpReader, R"({"mcpServers":{"a":{"command":"docker",)"
                               R"("args":["run","--cpus",2,"x",null,["y"],{}]}}})"),
            Strings{"x"});
  EXPECT_EQ(Images(kMcpReader, R"({"mcpServers":{"a":{"command":"docker","args":"run x"}}})"),
            Strings{});
  EXPECT_EQ(Images(kMcpReader, R"({"mcpServers":{"a":{"command":["docker"],"args":[]}}})"),
            Strings{});
}

TEST_F(McpTest, VariablesOfClients) {
  Read(kMcpReader, R"({"mcpServers":{"a":{"command":"docker","args":["run",)"
                   R"("-v","${workspaceFolder}/it's:/a","-v","$HOME:/b","-v","${env:HOME}/c:/c",)"
                   R"("-e","${A}","-v","${B}:/d","${input:image}"]}}})");
  ASSERT_EQ(document_.containers.size(), 1u);
  const model::Container& container = document_.containers[0];
  ASSERT_EQ(container.mounts.items.size(), 4u);
  EXPECT_EQ(container.mounts.items[0].value.host.base, model::PathBase::kWorkingDirectory);
  EXPECT_EQ(container.mounts.items[1].value.host.base, model::PathBase::kHome);
  EXPECT_EQ(container.mounts.items[2].value.host.base, model::PathBase::kHome);
  EXPECT_TRUE(container.image.IsDynamic());
  EXPECT_TRUE(document_.gaps.empty());
}

TEST_F(McpTest, FixesAreJson) {
  for (const char* args :
       {R"(["run","--privileged","x:1"])", R"(["run","x:1","--privileged"])",
        R"([ "run" , "--privileged" ,"-v","/:/host", "-p", "80:80",/* c */ "x:1" ])",
        "[\n\t\t\"run\",\n\t\t\"--privileged\",\n\t\t\"x:1\"\n\t]",
        "[\r\n  \"run\", \"-p\",\r\n  \"80:80\",\r\n  \"\\u0078:1\", // c\r\n]",
        R"(["run","-e","A=\"\\\u00e9😀","--network=host","x:1"])"}) {
    for (const bool first : {true, false}) {
      const std::string command = R"("command":"docker")";
      const std::string text = "{\"mcpServers\":{\"a\":{" + (first ? command + "," : "") +
                               "\"args\":" + args + (first ? "" : "," + command) + "}}}";
      const std::string fixed = Fixed("mcp.json", text);
      // A comma behind the last element is not JSON for this parser.
      std::string strict = fixed;
      if (const std::size_t last = strict.find(", // c"); last != std::string::npos)
        strict[last] = ' ';
      const auto json = nlohmann::json::parse(strict, nullptr, false, true);
      ASSERT_FALSE(json.is_discarded()) << fixed;
      const auto words = json["mcpServers"]["a"]["args"].get<Strings>();
      EXPECT_EQ(words.front(), "run") << fixed;
      EXPECT_NE(fixed.find("no-new-privileges"), std::string::npos) << fixed;
      EXPECT_EQ(Images(kMcpReader, fixed), Strings{"x:1"}) << fixed;
    }
  }
}

TEST_F(McpTest, ScriptsOfAPackage) {
  EXPECT_EQ(
      Images(kPackageReader, R"({"scripts":{"a":"docker run x","b":1,"c":["docker run y"]}})"),
      Strings{"x"});
  EXPECT_TRUE(
      kPackageReader.accepts("composer.json", R"({"scripts":{"a":"docker run x"}})").empty());
  EXPECT_TRUE(
      kPackageReader.accepts("package.json", R"({"scripts":{"a":"x"},"b":"docker"})").empty());
  EXPECT_FALSE(kPackageReader.accepts_fence("json", R"("scripts":{"a":"docker run x"})").empty());
}

TEST_F(McpTest, TasksOfAnEditor) {
  // The editor puts in single quotes what has a blank outside of quotes.
  EXPECT_EQ(
      Images(kTasksReader, R"({"tasks":[{"type":"shell","command":"docker",)"
                           R"("args":["run","x","a b","'c d'",{"value":"e","quoting":"weak"}]}]})"),
      Strings{"x"});
  ASSERT_EQ(document_.containers.size(), 1u);
  const auto& words = document_.containers[0].command.items;
  ASSERT_EQ(words.size(), 3u);
  EXPECT_EQ(words[0].value, "a b");
  EXPECT_EQ(words[1].value, "c d");
  EXPECT_EQ(words[2].value, "e");
  EXPECT_EQ(Images(kTasksReader, R"({"tasks":{"version":"2.0.0","tasks":[)"
                                 R"({"command":"docker","args":["run","x"],)"
                                 R"("linux":{"args":["run","y"]},"osx":{"options":{}}}]}})"),
            (Strings{"x", "y"}));
  EXPECT_EQ(Images(kTasksReader, R"({"tasks":[{"type":"docker-run","dockerRun":{}}]})"),
            Strings{"?"});
  EXPECT_TRUE(
      kTasksReader.accepts("tasks.json", R"({"tasks":[{"command":"npm"}],"a":"docker"})").empty());
}

}  // namespace
}  // namespace cagelint::input
