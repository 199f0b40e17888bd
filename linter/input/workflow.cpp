// GitHub's workflows and actions as a carrier: what their steps run, and the containers of jobs.
#include <algorithm>
#include <string>
#include <utility>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/compose_files.h"
#include "linter/input/embed_templates.h"
#include "linter/input/embed_yaml.h"
#include "linter/input/interest.h"
#include "linter/input/reader.h"
#include "linter/input/recipes.h"
#include "linter/input/shell_texts.h"
#include "linter/input/suppressions.h"
#include "linter/input/workflow_container.h"
#include "linter/input/workflow_script.h"
#include "linter/syntax/yaml.h"

namespace cagelint::input {
namespace {

using syntax::Entry;
using syntax::Node;
using syntax::NodeId;
using syntax::Tree;

constexpr std::string_view kImage = "docker://";

bool IsYamlName(std::string_view path) { return path.ends_with(".yml") || path.ends_with(".yaml"); }

// Gitea and Forgejo run GitHub's workflows.
bool IsInFolder(std::string_view path) {
  constexpr std::string_view kFolders[] = {".github/workflows/", ".gitea/workflows/",
                                           ".forgejo/workflows/"};
  return std::any_of(std::begin(kFolders), std::end(kFolders), [&](std::string_view folder) {
    return path.starts_with(folder) || path.find("/" + std::string(folder)) != path.npos;
  });
}

// Cheap: whether anything can start a container.
bool IsOfInterest(std::string_view bytes) {
  return NamesEngineAnywhere(bytes) || bytes.find("container") != std::string_view::npos ||
         bytes.find("services") != std::string_view::npos;
}

bool UsesImage(const Node& uses) { return base::ToLower(uses.text).starts_with(kImage); }

bool StepStarts(const Tree& tree, NodeId step) {
  const Entry* run = tree.Find(step, "run");
  if (run != nullptr && NamesEngineAnywhere(tree.At(run->value).text)) return true;
  const Entry* uses = tree.Find(step, "uses");
  return uses != nullptr && UsesImage(tree.At(uses->value));
}

bool AnyStepStarts(const Tree& tree, const Entry* steps) {
  if (steps == nullptr) return false;
  const auto& items = tree.At(steps->value).items;
  return std::any_of(items.begin(), items.end(),
                     [&](NodeId step) { return StepStarts(tree, step); });
}

bool IsJob(const Tree& tree, NodeId job) {
  return tree.Find(job, "runs-on") != nullptr || tree.Find(job, "steps") != nullptr ||
         tree.Find(job, "uses") != nullptr;
}

// Whether all of `jobs` are jobs and one of them starts something.
bool AnyJobStarts(const Tree& tree, NodeId jobs) {
  const auto& entries = tree.At(jobs).entries;
  const bool are_jobs = std::all_of(entries.begin(), entries.end(), [&](const Entry& entry) {
    return IsJob(tree, entry.value) || tree.At(entry.key).text == "<<";
  });
  return are_jobs && std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
           return tree.Find(entry.value, "container") != nullptr ||
                  tree.Find(entry.value, "services") != nullptr ||
                  AnyStepStarts(tree, tree.Find(entry.value, "steps"));
         });
}

bool IsDockerAction(const Tree& tree, NodeId runs) {
  const Entry* image = tree.Find(runs, "image");
  return image != nullptr && UsesImage(tree.At(image->value));
}

// Whether it is a list of steps; documents show these alone.
bool AreSteps(const Tree& tree, NodeId list) {
  const auto& items = tree.At(list).items;
  return !items.empty() && std::all_of(items.begin(), items.end(), [&](NodeId item) {
    return tree.Find(item, "run") != nullptr || tree.Find(item, "uses") != nullptr;
  });
}

// What the tree is, "" where it is none of ours or starts nothing.
std::string KindOf(const Tree& tree, bool is_fence) {
  if (tree.documents.empty()) return "";
  const NodeId root = tree.documents[0];
  if (const Entry* jobs = tree.Find(root, "jobs")) {
    const bool has_trigger = is_fence || tree.Find(root, "on") != nullptr;
    return has_trigger && AnyJobStarts(tree, jobs->value) ? "jobs of GitHub Actions" : "";
  }
  if (const Entry* runs = tree.Find(root, "runs")) {
    const bool starts =
        AnyStepStarts(tree, tree.Find(runs->value, "steps")) || IsDockerAction(tree, runs->value);
    return tree.Find(runs->value, "using") != nullptr && starts ? "an action of GitHub" : "";
  }
  if (!is_fence) return "";
  const Entry* steps = tree.Find(root, "steps");
  const NodeId list = steps != nullptr ? steps->value : root;
  const auto& items = tree.At(list).items;
  const bool starts =
      AreSteps(tree, list) &&
      std::any_of(items.begin(), items.end(), [&](NodeId step) { return StepStarts(tree, step); });
  return starts ? "steps of GitHub Actions" : "";
}

bool Named(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  return name == "action.yml" || name == "action.yaml" || (IsYamlName(path) && IsInFolder(path));
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  const bool hides = MayHideWords(bytes);
  if (!IsYamlName(path) || (!hides && !IsOfInterest(bytes))) return "";
  if (!hides && !compose::HasTopKey(bytes, "jobs") && !compose::HasTopKey(bytes, "runs")) return "";
  const Tree tree = syntax::ParseYaml(bytes, 0);
  if (tree.errors.empty()) return KindOf(tree, false);
  const bool named = Named(path) && NamesEngineAnywhere(bytes);
  return named ? "its path, and it names an engine" : "";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  if (!language.empty() && language != "yaml" && language != "yml" && language != "github-actions")
    return "";
  if (!IsOfInterest(bytes)) return "";
  const bool may_be = bytes.find("jobs") != std::string_view::npos ||
                      bytes.find("runs") != std::string_view::npos ||
                      bytes.find("run:") != std::string_view::npos ||
                      bytes.find(kImage) != std::string_view::npos;
  if (!may_be) return "";
  const Tree tree = syntax::ParseYaml(bytes, 0);
  return tree.errors.empty() ? KindOf(tree, true) : "";
}

class Reading {
 public:
  Reading(const base::Source& source, const Context& context)
      : source_(source),
        context_(context),
        texts_(context, source.Path(), document_),
        containers_(source, tree_, context.sources, texts_, document_) {
    document_.file = source.Id();
    document_.carrier = model::Carrier::kWorkflow;
  }

  model::Document Do() {
    tree_ = ParseWhatStands(source_, document_.gaps);
    if (!tree_.documents.empty()) ReadRoot(tree_.documents[0]);
    texts_.Link();
    containers_.AddRemovals();
    CollectSuppressions(tree_, context_.sources, document_.suppressions);
    ShareSuppressions(document_, context_.sources);
    return std::move(document_);
  }

 private:
  void ReadRoot(NodeId root) {
    const std::string shell = Default(root, "shell", "");
    environment_.Enter(tree_, tree_.Find(root, "env"));
    directory_ = Default(root, "working-directory", "");
    if (const Entry* jobs = tree_.Find(root, "jobs")) {
      for (const Entry& job : tree_.At(jobs->value).entries) {
        environment_.Enter(tree_, tree_.Find(job.value, "env"));
        ReadJob(job.value, shell);
        environment_.Leave();
      }
    } else if (const Entry* runs = tree_.Find(root, "runs")) {
      ReadAction(*runs);
    } else {
      const Entry* steps = tree_.Find(root, "steps");
      ReadSteps(steps != nullptr ? steps->value : root, shell, directory_);
    }
  }

  // `defaults: {run: {key: …}}`, otherwise `outer`.
  std::string Default(NodeId of, std::string_view key, const std::string& outer) const {
    const Entry* defaults = tree_.Find(of, "defaults");
    const Entry* run = defaults == nullptr ? nullptr : tree_.Find(defaults->value, "run");
    const Entry* value = run == nullptr ? nullptr : tree_.Find(run->value, key);
    return value == nullptr ? outer : tree_.At(value->value).text;
  }

  void ReadJob(NodeId job, const std::string& outer_shell) {
    if (const Entry* container = tree_.Find(job, "container")) containers_.ReadJob(*container);
    if (const Entry* services = tree_.Find(job, "services"))
      for (const Entry& service : tree_.At(services->value).entries)
        if (tree_.At(service.key).text != "<<") containers_.ReadService(service);
    std::string shell = Default(job, "shell", outer_shell);
    const Entry* runner = tree_.Find(job, "runs-on");
    if (shell.empty() && runner != nullptr) {
      if (IsWindows(runner->value)) shell = "pwsh";
      is_runner_known_ = !IsExpression(runner->value);
    }
    const Entry* steps = tree_.Find(job, "steps");
    if (steps != nullptr)
      ReadSteps(steps->value, shell, Default(job, "working-directory", directory_));
    is_runner_known_ = true;
  }

  // `windows-latest`, `[self-hosted, windows]`, `{labels: windows-2022}`.
  bool IsWindows(NodeId runner) const {
    const Node& node = tree_.At(runner);
    if (const Entry* labels = tree_.Find(runner, "labels"))
      return !tree_.At(labels->value).IsMap() && IsWindows(labels->value);
    return base::ToLower(node.text).starts_with("windows") ||
           std::any_of(node.items.begin(), node.items.end(), [&](NodeId item) {
             return base::ToLower(tree_.At(item).text).starts_with("windows");
           });
  }
  bool IsExpression(NodeId runner) const {
    return source_.Text(tree_.At(runner).span).find("${{") != std::string_view::npos;
  }

  void ReadAction(const Entry& runs) {
    if (const Entry* steps = tree_.Find(runs.value, "steps")) ReadSteps(steps->value, "", "");
    if (IsDockerAction(tree_, runs.value))
      containers_.ReadStep(tree_.At(tree_.Find(runs.value, "image")->value), &runs,
                           tree_.Find(runs.value, "env"));
  }

  void ReadSteps(NodeId steps, const std::string& shell, const std::string& directory) {
    for (const NodeId step : tree_.At(steps).items) {
      const Entry* uses = tree_.Find(step, "uses");
      const Entry* run = tree_.Find(step, "run");
      if (uses != nullptr && UsesImage(tree_.At(uses->value)))
        containers_.ReadStep(tree_.At(uses->value), tree_.Find(step, "with"),
                             tree_.Find(step, "env"));
      else if (run != nullptr)
        ReadRun(step, *run, shell, directory);
    }
  }

  // Without a name it is bash where there is one, and otherwise sh.
  void ReadRun(NodeId step, const Entry& run, std::string shell, std::string directory) {
    const Node& script = tree_.At(run.value);
    if (!NamesEngineAnywhere(script.text)) return;
    if (const Entry* own = tree_.Find(step, "shell")) shell = tree_.At(own->value).text;
    if (const Entry* own = tree_.Find(step, "working-directory"))
      directory = tree_.At(own->value).text;
    const ScriptShell kind = ShellOfScript(shell, script.text, is_runner_known_);
    const base::Span key = tree_.At(run.key).span;
    if (kind == ScriptShell::kOther)
      return SayUnread("what `" + base::Escape(shell) + "` makes of this script is not known", run);
    if (kind == ScriptShell::kMaybePowershell)
      SayUnread("whether PowerShell reads this script depends on the runner, which is not known",
                run);
    YamlText text = ReadYamlText(source_, script);
    environment_.Enter(tree_, tree_.Find(step, "env"));
    const EmbeddedText filled = environment_.Fill(text.text, kind == ScriptShell::kShell);
    environment_.Leave();
    const EmbeddedText marked = MarkTemplates(filled, kExpressions);
    EmbeddedText whole(source_);
    // Every step begins in the folder of the project, unless it says otherwise.
    if (kind == ScriptShell::kShell && marked.Text().find("GITHUB_WORKSPACE") != std::string::npos)
      whole.Put("export GITHUB_WORKSPACE=\"$PWD\"\n", key.begin, key.end);
    if (kind == ScriptShell::kShell && !directory.empty() &&
        directory.find("${{") == std::string::npos)
      whole.Put("cd " + base::ShellQuote(directory) + "\n", key.begin, key.end);
    const bool is_elsewhere = kind != ScriptShell::kShell && !directory.empty();
    whole.Append(is_elsewhere ? HideDirectory(marked) : marked);
    const base::Source& script_text =
        whole.AddTo(context_.sources, GuardExpansions(std::move(text.writer)));
    if (const Reader* reader = ReaderOf(kind))
      document_.embedded.push_back(reader->read(script_text, context_));
    else
      texts_.Read(script_text);
  }

  void SayUnread(std::string message, const Entry& run) {
    document_.gaps.push_back(
        {"unsupported-construct", std::move(message), tree_.At(run.key).span, "", false});
  }

  const base::Source& source_;
  const Context& context_;
  Tree tree_;
  model::Document document_;
  ShellTexts texts_;
  WorkflowContainers containers_;
  WorkflowEnvironment environment_;
  bool is_runner_known_ = true;
  std::string directory_;  // where the steps of all jobs run; "": the project
};

model::Document Read(const base::Source& source, const Context& context) {
  return Reading(source, context).Do();
}

}  // namespace

const Reader kWorkflowReader{"workflow", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
