// Which files make a project when one of them is read.
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {
namespace {

using Words = std::vector<std::string>;

const std::string kWeb = "services: {web: {image: a}}\n";
const std::string kPrivileged = "services: {web: {privileged: true}}\n";

struct Result {
  Words project;
  model::Document document;

  bool IsPrivileged() const {
    return document.containers.size() == 1 && document.containers[0].privileged.Is(true);
  }
};

Result Read(const std::string& path, const std::map<std::string, std::string>& files,
            bool named = true, const Options& options = {}) {
  test::MemoryFiles memory;
  for (const auto& [name, bytes] : files) memory.Add(name, bytes);
  const base::FileSystem system = memory.System();
  base::SourceSet sources;
  const auto& source = sources.Add(path, files.at(path));
  Result result{{}, kComposeReader.read(source, {sources, system, options, named})};
  for (const base::FileId id : result.document.project)
    result.project.push_back(sources.Get(id).Path());
  return result;
}

TEST(ComposeFiles, AnOverrideIsReadOnItsBase) {
  const auto result = Read("compose.override.yaml",
                           {{"compose.yaml", kWeb}, {"compose.override.yaml", kPrivileged}});
  EXPECT_EQ(result.project, (Words{"compose.yaml", "compose.override.yaml"}));
  EXPECT_TRUE(result.IsPrivileged());
  EXPECT_TRUE(result.document.gaps.empty());
}

TEST(ComposeFiles, AFragmentIsLaidOverTheProjectBesideIt) {
  const auto result = Read("docker-compose.prod.yml", {{"docker-compose.yml", kWeb},
                                                       {"docker-compose.prod.yml", kPrivileged}});
  EXPECT_EQ(result.project, (Words{"docker-compose.yml", "docker-compose.prod.yml"}));
  EXPECT_TRUE(result.IsPrivileged());
  EXPECT_TRUE(result.document.gaps.empty());
}

TEST(ComposeFiles, ALowerNameIsReadWhenItIsNamedAlone) {
  const std::map<std::string, std::string> files{{"compose.yaml", kWeb},
                                                 {"compose.override.yaml", kPrivileged},
                                                 {"docker-compose.yml", kWeb},
                                                 {"docker-compose.override.yml", kPrivileged}};
  EXPECT_EQ(Read("docker-compose.yml", files).project, Words{"docker-compose.yml"});
  EXPECT_EQ(Read("docker-compose.override.yml", files).project,
            (Words{"compose.yaml", "docker-compose.override.yml"}));
  EXPECT_EQ(Read("docker-compose.yml", files, false).project, Words{});
  EXPECT_EQ(Read("docker-compose.override.yml", files, false).project, Words{});
  EXPECT_EQ(Read("compose.yaml", files, false).project,
            (Words{"compose.yaml", "compose.override.yaml"}));
}

TEST(ComposeFiles, ComposeFileOfADotEnvListsThem) {
  std::map<std::string, std::string> files{{".env", "COMPOSE_FILE=sub/a.yml:b.yml\n"},
                                           {"sub/a.yml", kWeb},
                                           {"b.yml", kPrivileged},
                                           {"compose.yaml", kWeb}};
  for (const char* path : {"sub/a.yml", "b.yml"}) {
    const auto result = Read(path, files);
    EXPECT_EQ(result.project, (Words{"sub/a.yml", "b.yml"})) << path;
    EXPECT_TRUE(result.IsPrivileged()) << path;
  }
  const auto other = Read("compose.yaml", files);
  EXPECT_EQ(other.project, Words{"compose.yaml"});
  ASSERT_EQ(other.document.gaps.size(), 1u);
  EXPECT_EQ(other.document.gaps[0].kind, "unsupported-construct");
  files[".env"] = "COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=./sub/../sub/a.yml,b.yml\n";
  EXPECT_EQ(Read("b.yml", files).project, (Words{"sub/a.yml", "b.yml"}));
}

TEST(ComposeFiles, ComposeFileMayBeGivenOrUnknown) {
  Options options;
  options.environment["COMPOSE_FILE"] = "compose.yaml:b.yml";
  const std::map<std::string, std::string> files{{"compose.yaml", kWeb}, {"b.yml", kPrivileged}};
  EXPECT_EQ(Read("compose.yaml", files, true, options).project, (Words{"compose.yaml", "b.yml"}));
  const auto unknown =
      Read("compose.yaml", {{".env", "COMPOSE_FILE=$WHO:b.yml\n"}, {"compose.yaml", kWeb}});
  EXPECT_EQ(unknown.project, Words{"compose.yaml"});
  EXPECT_EQ(unknown.document.gaps.size(), 1u);
}

TEST(ComposeFiles, AListedFileThatIsNotThereIsAGap) {
  const auto result = Read(
      "compose.yaml", {{".env", "COMPOSE_FILE=compose.yaml:no.yml\n"}, {"compose.yaml", kWeb}});
  EXPECT_EQ(result.project, Words{"compose.yaml"});
  ASSERT_EQ(result.document.gaps.size(), 1u);
  EXPECT_EQ(result.document.gaps[0].kind, "missing-file");
  EXPECT_TRUE(result.document.gaps[0].refused);
}

TEST(ComposeFiles, APartOfAProjectIsNotBlamedForTheOtherParts) {
  const std::string part = "services: {web: {privileged: true, networks: [elsewhere]}}\n";
  const auto alone = Read("parts/docker-compose.dev.yml", {{"parts/docker-compose.dev.yml", part}});
  EXPECT_TRUE(alone.document.remarks.empty());
  EXPECT_FALSE(alone.document.gaps.empty());
  EXPECT_FALSE(Read("compose.yaml", {{"compose.yaml", part}}).document.remarks.empty());
}

// A reader of somebody else's project must not be made to show files of the reader.
TEST(ComposeFiles, OfAFileThatIsNoComposeFileNothingIsShown) {
  for (const std::string& secret :
       {std::string("token: [a\n"), std::string("just words\n"), std::string("{\"a\": \"word\"}\n"),
        std::string("- a\n"), std::string("user: a\npassword: b\n")}) {
    const auto result = Read("compose.yaml", {{"compose.yaml",
                                               "include: [s.txt]\nservices: {web: {image: a, "
                                               "extends: {file: s.txt, service: b}}}\n"},
                                              {"s.txt", secret}});
    EXPECT_EQ(result.document.containers.size(), 1u);
    EXPECT_EQ(result.document.gaps.size(), 2u) << secret;
    for (const diagnostic::Gap& gap : result.document.gaps) {
      EXPECT_EQ(gap.span.file, result.document.file) << secret;
      EXPECT_EQ(gap.message, "`s.txt` is no compose file");
    }
    for (const model::Remark& remark : result.document.remarks)
      EXPECT_EQ(remark.span.file, result.document.file);
  }
}

TEST(ComposeFiles, AnIncludedFileThatIsOneShowsItsErrors) {
  const auto result = Read("compose.yaml", {{"compose.yaml", "include: [more.yaml]\n" + kWeb},
                                            {"more.yaml", "services: {a: {image: [b}}\n"}});
  ASSERT_EQ(result.document.gaps.size(), 1u);
  EXPECT_EQ(result.document.gaps[0].kind, "syntax-error");
  EXPECT_NE(result.document.gaps[0].span.file, result.document.file);
}

// The .env of the folder where Compose is started is read first, and wins.
TEST(ComposeFiles, TheDotEnvOfTheFirstFilesFolderIsReadToo) {
  const auto result =
      Read("sub/a.yml",
           {{".env", "COMPOSE_FILE=sub/a.yml\nX=outer\n"},
            {"sub/.env", "X=inner\nY=inner\n"},
            {"sub/a.yml", "services: {web: {image: a, user: \"${X}\", hostname: \"${Y}\"}}"}});
  ASSERT_EQ(result.document.containers.size(), 1u);
  EXPECT_TRUE(result.document.containers[0].user.Is("outer"));
  EXPECT_TRUE(result.document.containers[0].hostname.Is("inner"));
}

}  // namespace
}  // namespace cagelint::input
