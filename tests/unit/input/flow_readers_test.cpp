// Which files are workflows, pipelines, Makefiles and justfiles.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "linter/input/reader.h"

namespace cagelint::input {
namespace {

std::string ReaderOf(std::string_view path, std::string_view bytes) {
  for (const Reader& reader : Readers())
    if (!reader.accepts(path, bytes).empty()) return std::string(reader.name);
  return "";
}

std::string FenceReaderOf(std::string_view language, std::string_view bytes) {
  for (const Reader& reader : Readers())
    if (reader.accepts_fence != nullptr && !reader.accepts_fence(language, bytes).empty())
      return std::string(reader.name);
  return "";
}

constexpr std::string_view kWorkflow =
    "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker run x\n";
constexpr std::string_view kPipeline = "a:\n  script: [docker run x]\n";

TEST(FlowReadersTest, Workflows) {
  EXPECT_EQ(ReaderOf(".github/workflows/a.yml", kWorkflow), "workflow");
  EXPECT_EQ(ReaderOf("docs/a.yaml", kWorkflow), "workflow");
  EXPECT_EQ(ReaderOf("a.json", kWorkflow), "");
  // Nothing is started.
  for (const char* bytes :
       {"on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: make # docker\n",
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: docker/login-action@v3\n",
        "on: push\njobs:\n  a: {command: docker, container: x}\n", "jobs: [docker]\n",
        "jobs:\n  a: {runs-on: x, container: y}\n", "on: push\njobs:\n"})
    EXPECT_EQ(ReaderOf(".github/workflows/a.yml", bytes), "") << bytes;
  EXPECT_EQ(ReaderOf("a.yml", "on:\njobs:\n  a: {runs-on: x, container: y}\n"), "workflow");
  EXPECT_EQ(ReaderOf("action.yml", "runs: {using: docker, image: 'docker://x'}\n"), "workflow");
  EXPECT_EQ(ReaderOf("action.yml", "runs: {using: docker, image: Dockerfile}\n"), "");
  EXPECT_EQ(ReaderOf("action.yml", "runs: {using: node20, main: docker.js}\n"), "");
}

TEST(FlowReadersTest, Pipelines) {
  EXPECT_EQ(ReaderOf(".gitlab-ci.yml", kPipeline), "gitlab-ci");
  EXPECT_EQ(ReaderOf("ci/build.gitlab-ci.yml", kPipeline), "gitlab-ci");
  EXPECT_EQ(ReaderOf(".gitlab/ci/build.yml", kPipeline), "gitlab-ci");
  EXPECT_EQ(ReaderOf("ci/build.yml", kPipeline), "gitlab-ci");
  EXPECT_EQ(ReaderOf("a.yml", "a: {script: docker run x}\nb: {c: d}\n"), "");
  EXPECT_EQ(ReaderOf("a.yml", "services: {a: {script: docker run x}}\nb: {script: docker}\n"), "");
  EXPECT_EQ(ReaderOf(".gitlab-ci.yml", "a:\n  script: [make]\n  image: docker\n"), "");
  EXPECT_EQ(ReaderOf(".gitlab/issue.yml", "body: docker run\n"), "");
}

TEST(FlowReadersTest, Recipes) {
  EXPECT_EQ(ReaderOf("Makefile", "a:\n\tdocker run x\n"), "makefile");
  EXPECT_EQ(ReaderOf("x/rules.mk", "a:\n\tpodman run x\n"), "makefile");
  EXPECT_EQ(ReaderOf("Makefile", "a:\n\tcc x\n"), "");
  EXPECT_EQ(ReaderOf("Makefile.am", "a:\n\tdocker run x\n"), "");
  EXPECT_EQ(ReaderOf("Justfile", "a:\n  docker run x\n"), "justfile");
  EXPECT_EQ(ReaderOf(".justfile", "a:\n  docker run x\n"), "justfile");
  EXPECT_EQ(ReaderOf("x/ci.just", "a:\n  docker run x\n"), "justfile");
  EXPECT_EQ(ReaderOf("adjust", "a:\n  docker run x\n"), "");
}

TEST(FlowReadersTest, Fences) {
  EXPECT_EQ(FenceReaderOf("yaml", kWorkflow), "workflow");
  EXPECT_EQ(FenceReaderOf("", kWorkflow.substr(9)), "workflow");
  EXPECT_EQ(FenceReaderOf("yml", "- uses: a@b\n- run: docker run x\n"), "workflow");
  EXPECT_EQ(FenceReaderOf("yaml", "steps:\n- run: docker run x\n"), "workflow");
  EXPECT_EQ(FenceReaderOf("yaml", kPipeline), "gitlab-ci");
  EXPECT_EQ(FenceReaderOf("yaml", "script: docker run x\n"), "");
  EXPECT_EQ(FenceReaderOf("yaml", "- hosts: all\n  tasks: docker run\n"), "");
  EXPECT_EQ(FenceReaderOf("json", kWorkflow), "");
  EXPECT_EQ(FenceReaderOf("makefile", "a:\n\tdocker run x\n"), "makefile");
  EXPECT_EQ(FenceReaderOf("just", "a:\n  docker run x\n"), "justfile");
  EXPECT_EQ(FenceReaderOf("text", "a:\n  docker run x\n"), "");
}

}  // namespace
}  // namespace cagelint::input
