// What a flag of a command line costs. `time_per_flag` is what counts: a microsecond or less.
#include <cstddef>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "linter/input/docker_cli.h"
#include "linter/input/docker_words.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {
namespace {

constexpr const char* kFlags[][2] = {
    {"--read-only", nullptr},
    {"-it", nullptr},
    {"--rm", nullptr},
    {"--cap-drop=ALL", nullptr},
    {"--hostname", "agent"},
    {"--memory", "512m"},
    {"--pids-limit=256", nullptr},
    {"--security-opt", "no-new-privileges"},
    {"-v", "/srv/data:/data:ro"},
    {"--tmpfs", "/tmp:rw,noexec,size=64m"},
    {"-e", "NAME=value"},
    {"-p", "127.0.0.1:8080:80"},
    {"--label", "org.example.a=b"},
    {"-u", "1000:1000"},
    {"--mount", "type=bind,src=/srv/a,dst=/a,ro"},
    {"--init", nullptr},
};

// `docker run` with `flags` flags and an image, each word at a place of its own.
std::vector<Argument> Command(std::size_t flags, std::string& text) {
  std::vector<std::string> words{"docker", "run"};
  for (std::size_t i = 0; i < flags; ++i)
    for (const char* word : kFlags[i % std::size(kFlags)])
      if (word != nullptr) words.emplace_back(word);
  words.emplace_back("alpine:3.22");
  std::vector<Argument> out;
  for (const std::string& word : words) {
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += word + " ";
    out.push_back(
        Argument::Literal(word, {0, begin, begin + static_cast<std::uint32_t>(word.size())}));
  }
  return out;
}

void CountFlags(benchmark::State& state) {
  state.counters["time_per_flag"] = benchmark::Counter(
      static_cast<double>(state.range(0)),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

// Words → flags and positional words.
void ParseFlags(benchmark::State& state) {
  std::string text;
  const std::vector<Argument> words = Command(static_cast<std::size_t>(state.range(0)), text);
  const std::span<const Argument> behind = std::span(words).subspan(2);
  for (auto _ : state)
    benchmark::DoNotOptimize(ParseWords(behind, {kRunCommand, model::Engine::kDocker, false}));
  CountFlags(state);
}
BENCHMARK(ParseFlags)->Arg(16)->Arg(1024)->Arg(65536);

// Words → container, with the grammar of every value.
void ReadCommandLine(benchmark::State& state) {
  std::string text;
  base::SourceSet sources;
  const std::vector<Argument> words = Command(static_cast<std::size_t>(state.range(0)), text);
  sources.Add("run.sh", text);
  const base::FileSystem files = test::MemoryFiles().System();
  const Options options;
  Invocation invocation;
  invocation.words = words;
  invocation.extent = {0, 0, static_cast<std::uint32_t>(text.size())};
  for (auto _ : state) {
    model::Document document;
    ReadInvocation(invocation, {sources, files, options}, document);
    if (document.containers.size() != 1 || !document.gaps.empty())
      state.SkipWithError("the command was not understood");
    benchmark::DoNotOptimize(document);
  }
  CountFlags(state);
}
BENCHMARK(ReadCommandLine)->Arg(16)->Arg(1024);

}  // namespace
}  // namespace cagelint::input
