// What all rules of policy agent cost, beside what it costs to read the same inputs: the effective
// state, the rules, suppressions and folding.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "linter/driver/lint.h"
#include "linter/engine/analyse.h"
#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint {
namespace {

// The fixtures' files with this extension, in one document each.
class Inputs {
 public:
  Inputs(std::string_view extension, const input::Reader& reader, const std::string& name) {
    const base::FileSystem files = test::MemoryFiles().System();
    const input::Options options;
    std::vector<std::filesystem::path> paths;
    for (const char* folder : {"clean", "rules"})
      for (const auto& entry : std::filesystem::directory_iterator(
               CAGELINT_SOURCE_DIR "/fixtures/" + std::string(folder)))
        if (entry.path().extension() == extension) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
      std::ifstream file(path, std::ios::binary);
      const base::Source& source =
          sources_.Add(name, std::string(std::istreambuf_iterator<char>(file), {}));
      bytes_ += source.Bytes().size();
      documents_.push_back(reader.read(source, {sources_, files, options}));
    }
  }

  void Judge(benchmark::State& state) {
    const engine::Policy policy = driver::LoadPolicy("agent").Value();
    engine::AnalyseOptions options;
    options.policy = &policy;
    std::size_t findings = 0;
    for (auto _ : state) {
      findings = 0;
      for (model::Document& document : documents_)
        findings += engine::Analyse(document, driver::Rules(), options, sources_).size();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes_));
    state.counters["bytes"] = static_cast<double>(bytes_);
    state.counters["findings"] = static_cast<double>(findings);
  }

 private:
  base::SourceSet sources_;
  std::vector<model::Document> documents_;
  std::size_t bytes_ = 0;
};

void RulesOnCompose(benchmark::State& state) {
  Inputs(".yaml", input::kComposeReader, "compose.yaml").Judge(state);
}
BENCHMARK(RulesOnCompose)->Unit(benchmark::kMillisecond);

void RulesOnShell(benchmark::State& state) {
  Inputs(".sh", input::kShellReader, "run.sh").Judge(state);
}
BENCHMARK(RulesOnShell)->Unit(benchmark::kMillisecond);

// Opening and reading the very same inputs.
void ReadingCompose(benchmark::State& state) {
  for (auto _ : state) Inputs(".yaml", input::kComposeReader, "compose.yaml");
}
BENCHMARK(ReadingCompose)->Unit(benchmark::kMillisecond);

void ReadingShell(benchmark::State& state) {
  for (auto _ : state) Inputs(".sh", input::kShellReader, "run.sh");
}
BENCHMARK(ReadingShell)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cagelint
