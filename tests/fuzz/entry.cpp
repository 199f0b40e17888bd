#include "tests/fuzz/entry.h"

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "linter/base/byte_gate.h"
#include "linter/base/git_index.h"
#include "linter/base/ignore_rules.h"
#include "linter/base/text.h"
#include "linter/driver/git_config.h"
#include "linter/driver/lint.h"
#include "linter/driver/model_json.h"
#include "linter/syntax/yaml.h"
#include "tests/support/fixture_run.h"
#include "tests/support/memory_files.h"

namespace cagelint::test {
namespace {

void Judge(const driver::Request& request, const MemoryFiles& files) {
  const driver::Outcome outcome = driver::Lint(request, files.System());
  std::vector<std::string> broken = BrokenPromises(outcome.report);
  const std::vector<std::string> writers = BrokenWriters(outcome.report);
  broken.insert(broken.end(), writers.begin(), writers.end());
  for (const std::string& line : broken) std::fprintf(stderr, "%s\n", line.c_str());
  if (!broken.empty()) std::abort();
  if (driver::ModelJson(outcome).empty()) std::abort();
}

driver::Request NewRequest() {
  static const engine::Policy policy = driver::LoadPolicy("agent").Value();
  driver::Request request;
  request.policy = policy;
  return request;
}

void Promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

bool IsWithin(const base::Span& inner, const base::Span& outer) {
  return inner.file == outer.file && inner.begin <= inner.end && inner.begin >= outer.begin &&
         inner.end <= outer.end;
}

// Every node stands where its parent does, and is the child of one.
void CheckTree(const syntax::Tree& tree, std::string_view bytes) {
  const base::Span whole{0, 0, static_cast<std::uint32_t>(bytes.size())};
  std::vector<int> parents(tree.nodes.size());
  const auto adopt = [&](syntax::NodeId id, const base::Span& outer) {
    Promise(id < tree.nodes.size(), "a node that is not there is referred to");
    Promise(++parents[id] == 1, "a node has two parents");
    Promise(IsWithin(tree.At(id).span, outer), "a node stands outside of its parent");
  };
  for (const syntax::NodeId id : tree.documents) adopt(id, whole);
  for (const syntax::Node& node : tree.nodes) {
    for (const syntax::Entry& entry : node.entries) {
      adopt(entry.key, node.span);
      adopt(entry.value, node.span);
    }
    for (const syntax::NodeId id : node.items) adopt(id, node.span);
    const bool is_alias = node.kind == syntax::NodeKind::kAlias;
    Promise(!is_alias || node.target < tree.nodes.size(), "an alias leads nowhere");
    if (node.tag_span.IsValid()) Promise(IsWithin(node.tag_span, whole), "a tag stands outside");
  }
  for (const syntax::SyntaxError& error : tree.errors)
    Promise(IsWithin(error.span, whole), "an error stands outside");
}

}  // namespace

void FuzzFile(std::string_view name, std::string_view bytes) {
  MemoryFiles files;
  files.Add(name, std::string(bytes));
  driver::Request request = NewRequest();
  request.paths = {std::string(name)};
  Judge(request, files);
}

void FuzzArguments(std::string_view bytes) {
  if (bytes.empty()) return;
  driver::Request request = NewRequest();
  for (const std::string_view word : base::Split(bytes, '\0')) request.arguments.emplace_back(word);
  Judge(request, MemoryFiles());
}

void FuzzYaml(std::string_view bytes) {
  if (base::CheckBytes(bytes)) return;
  const syntax::Tree tree = syntax::ParseYaml(bytes, 0);
  if (tree.errors.empty()) CheckTree(tree, bytes);
}

void FuzzConfig(std::string_view bytes) {
  driver::Request request = NewRequest();
  MemoryFiles files;
  files.Add(".cagelint.yaml", std::string(bytes));
  files.Add("run.sh", "docker run --name x --privileged -v .:/work alpine\n");
  files.Add("compose.yaml", "services: {web: {image: alpine, ports: ['80:80']}}\n");
  request.paths = {"."};
  Judge(request, files);
}

void FuzzIgnore(std::string_view bytes) {
  // A configuration that includes itself.
  std::size_t read = 0;
  driver::ExcludesFileIn(bytes, [&](const std::string&) {
    Promise(++read <= 100, "more files than are included");
    return std::optional(std::string(bytes));
  });
  const std::size_t end = bytes.find('\0');
  if (end != std::string_view::npos) {
    base::MatchBudget budget{100'000};
    const base::IgnoreRules rules(bytes.substr(end + 1));
    const base::Ignored said = rules.Ask(bytes.substr(0, end), bytes.size() % 2 == 0, budget);
    Promise(budget.steps > 0 || said == base::Ignored::kUnsaid, "said more than it could know");
  }
  const auto index = base::GitIndex::Read(bytes);
  if (!index.Ok()) return;
  Promise(index.Value().Size() <= bytes.size(), "more paths than bytes");
  Promise(!index.Value().TracksBelow("a/b") || index.Value().TracksBelow("a"), "no folder above");
}

}  // namespace cagelint::test
