// What a compose file costs from bytes to the model: the fixtures of this repository, or the files
// of the folder $CAGELINT_COMPOSE_CORPUS; one file of 2 KB; and 1 to 1,000 services.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "linter/input/reader.h"
#include "linter/syntax/yaml.h"
#include "tests/support/memory_files.h"

namespace cagelint {
namespace {

std::vector<std::string> Projects() {
  const char* corpus = std::getenv("CAGELINT_COMPOSE_CORPUS");
  std::vector<std::string> folders = {CAGELINT_SOURCE_DIR "/fixtures/clean",
                                      CAGELINT_SOURCE_DIR "/fixtures/rules"};
  if (corpus != nullptr) folders = {corpus};
  std::vector<std::string> projects;
  for (const std::string& folder : folders) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".yaml" && extension != ".yml") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      projects.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  std::sort(projects.begin(), projects.end());
  return projects;
}

// One service of about 300 bytes.
std::string Service(int number) {
  const std::string text = std::to_string(number);
  return "  service" + text + ":\n    image: registry.example.org/team/image:1." + text +
         "\n    user: \"1000:1000\"\n    read_only: true\n    cap_drop: [ALL]\n"
         "    volumes:\n      - ./data" +
         text +
         ":/data:ro\n      - type: tmpfs\n        target: /tmp\n"
         "    environment:\n      LEVEL: ${LEVEL:-info}\n      NAME: value" +
         text + "\n    deploy: {resources: {limits: {memory: 512m, cpus: '1.5'}}}\n";
}

std::string Services(int count) {
  std::string text = "services:\n";
  for (int i = 0; i < count; ++i) text += Service(i);
  return text;
}

void Read(benchmark::State& state, const std::vector<std::string>& projects) {
  const base::FileSystem files = test::MemoryFiles().System();
  const input::Options options;
  std::size_t bytes = 0;
  for (const std::string& project : projects) bytes += project.size();
  for (auto _ : state) {
    for (const std::string& project : projects) {
      base::SourceSet sources;
      const base::Source& source = sources.Add("compose.yaml", project);
      benchmark::DoNotOptimize(input::kComposeReader.read(source, {sources, files, options}));
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
  state.counters["bytes"] = static_cast<double>(bytes);
}

void ComposeToModel(benchmark::State& state) { Read(state, Projects()); }
BENCHMARK(ComposeToModel)->Unit(benchmark::kMillisecond);

// The part of it that is both parsers'.
void ComposeParse(benchmark::State& state) {
  const std::vector<std::string> projects = Projects();
  std::size_t bytes = 0;
  for (const std::string& project : projects) bytes += project.size();
  for (auto _ : state)
    for (const std::string& project : projects)
      benchmark::DoNotOptimize(syntax::ParseYaml(project, 0));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
}
BENCHMARK(ComposeParse)->Unit(benchmark::kMillisecond);

void ComposeTwoKilobytes(benchmark::State& state) { Read(state, {Services(5)}); }
BENCHMARK(ComposeTwoKilobytes)->Unit(benchmark::kMicrosecond);

void ComposeServices(benchmark::State& state) {
  Read(state, {Services(static_cast<int>(state.range(0)))});
  state.counters["time_per_service"] = benchmark::Counter(
      static_cast<double>(state.range(0)),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(ComposeServices)->Arg(1)->Arg(10)->Arg(100)->Arg(1000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace cagelint
