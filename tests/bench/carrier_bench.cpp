// Texts in other texts, and passing by files in which there are none.
#include <cstdint>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "linter/driver/lint.h"
#include "linter/input/interest.h"
#include "tests/support/memory_files.h"

namespace cagelint::driver {
namespace {

constexpr std::size_t kMegabyte = 1'000'000;

// Prose with lists, links and code of other languages; no engine is named.
std::string Prose(std::size_t size) {
  std::string out;
  for (int i = 0; out.size() < size; ++i) {
    out += "## Section " + std::to_string(i) + "\n\n";
    out += "The *quick* brown fox jumps over the [lazy dog](https://example.org/" +
           std::to_string(i) +
           ") and reads `config.value` from the file. It goes on for a while, "
           "as prose does, with commas, and with **bold** words.\n\n";
    out += "- an item\n- another one with `inline code`\n  and a second line\n\n";
    if (i % 5 == 0) out += "```python\ndef f(x):\n    return [x, \"y\", {'a': 1}]\n```\n\n";
  }
  return out;
}

// A document of `size` bytes of which one in twenty is in shell blocks.
std::string Document(std::size_t size) {
  const std::string block =
      "```bash\ndocker run -it --rm \\\n  -v \"$PWD\":/work:ro \\\n  --network none \\\n"
      "  example/tool:1.2 --flag value\n```\n\n";
  std::string out;
  while (out.size() < size) out += Prose(block.size() * 19) + block;
  return out;
}

void LintMarkdown(benchmark::State& state) {
  test::MemoryFiles files;
  files.Add("README.md", Document(kMegabyte));
  Request request;
  request.policy = LoadPolicy("agent").Value();
  request.paths = {"README.md"};
  std::size_t containers = 0;
  for (auto _ : state) containers = Lint(request, files.System()).report.containers;
  if (containers < 100) state.SkipWithError("the blocks were not read");
  state.counters["containers"] = static_cast<double>(containers);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(kMegabyte));
}
BENCHMARK(LintMarkdown)->Unit(benchmark::kMillisecond);

void PassByFiles(benchmark::State& state) {
  const std::string bytes = Prose(4 * kMegabyte);
  for (auto _ : state)
    if (input::MaySpeakOfContainers(bytes)) state.SkipWithError("it holds no such word");
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}
BENCHMARK(PassByFiles);

}  // namespace
}  // namespace cagelint::driver
