// What a shell script costs: parsing it, all of the way to the model, and, to compare,
// tree-sitter-bash on the same bytes. A script that names no engine must cost a search only.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <tree_sitter/api.h>

#include "linter/input/reader.h"
#include "linter/syntax/shell.h"
#include "tests/support/memory_files.h"

extern "C" const TSLanguage* tree_sitter_bash();

namespace cagelint {
namespace {

// The scripts of this repository's fixtures, one behind the other, with `engine` in the place of
// the engines' names.
std::string Scripts() {
  std::vector<std::filesystem::path> paths;
  for (const char* folder : {"clean", "input", "rules"})
    for (const auto& entry : std::filesystem::directory_iterator(CAGELINT_SOURCE_DIR "/fixtures/" +
                                                                 std::string(folder)))
      if (entry.path().extension() == ".sh") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::string out;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    // A subshell each, so that none ends or changes the next.
    out += "(\n" + std::string(std::istreambuf_iterator<char>(file), {}) + "\n)\n";
  }
  return out;
}

std::string WithoutEngines(std::string text) {
  for (const std::string name : {"docker", "podman", "nerdctl", "DOCKER", "PODMAN", "CONTAINER_"})
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos;)
      text.replace(at, name.size(), std::string(name.size(), 'x'));
  return text;
}

void CountBytes(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
  state.counters["bytes"] = static_cast<double>(text.size());
}

void ReadShell(benchmark::State& state, const std::string& text) {
  const base::FileSystem files = test::MemoryFiles().System();
  const input::Options options;
  for (auto _ : state) {
    base::SourceSet sources;
    const base::Source& source = sources.Add("run.sh", text);
    benchmark::DoNotOptimize(input::kShellReader.read(source, {sources, files, options}));
  }
  CountBytes(state, text);
}

// Bytes → model.
void ShellToModel(benchmark::State& state) { ReadShell(state, Scripts()); }
BENCHMARK(ShellToModel)->Unit(benchmark::kMillisecond);

// The part of it that is the parser's.
void ShellParse(benchmark::State& state) {
  const std::string text = Scripts();
  for (auto _ : state)
    benchmark::DoNotOptimize(syntax::ParseShell(text, base::SourceMap::Identity(0)));
  CountBytes(state, text);
}
BENCHMARK(ShellParse)->Unit(benchmark::kMillisecond);

// The yardstick: tree-sitter alone, without looking at its tree.
void TreeSitterParse(benchmark::State& state) {
  const std::string text = Scripts();
  TSParser* parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_bash());
  for (auto _ : state) {
    TSTree* tree = ts_parser_parse_string(parser, nullptr, text.data(),
                                          static_cast<std::uint32_t>(text.size()));
    benchmark::DoNotOptimize(tree);
    ts_tree_delete(tree);
  }
  ts_parser_delete(parser);
  CountBytes(state, text);
}
BENCHMARK(TreeSitterParse)->Unit(benchmark::kMillisecond);

// No word of an engine: the parser is never called.
void ShellWithoutEngine(benchmark::State& state) { ReadShell(state, WithoutEngines(Scripts())); }
BENCHMARK(ShellWithoutEngine)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cagelint
