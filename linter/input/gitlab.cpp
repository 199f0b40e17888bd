// Pipelines of GitLab CI as a carrier: the scripts of their jobs.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/embed_pieces.h"
#include "linter/input/embed_templates.h"
#include "linter/input/embed_yaml.h"
#include "linter/input/interest.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"
#include "linter/input/suppressions.h"
#include "linter/syntax/yaml.h"

namespace cagelint::input {
namespace {

using syntax::Entry;
using syntax::Node;
using syntax::NodeId;
using syntax::Tree;

// Inputs are filled in when a pipeline is made.
constexpr TemplateSyntax kInputs[] = {{"$[[", "]]"}};
constexpr std::array<std::string_view, 3> kScripts{"before_script", "script", "after_script"};
// Keys at the top that are no jobs (GitLab, "CI/CD YAML syntax reference", global keywords).
constexpr std::array<std::string_view, 12> kGlobals{
    "after_script", "before_script", "cache",  "default", "image",     "include",
    "services",     "spec",          "stages", "types",   "variables", "workflow"};

bool IsYamlName(std::string_view path) { return path.ends_with(".yml") || path.ends_with(".yaml"); }

bool IsPipelineName(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  return name.ends_with(".gitlab-ci.yml") || name.ends_with(".gitlab-ci.yaml");
}

bool HasPipelinePath(std::string_view path) {
  return IsPipelineName(path) || (IsYamlName(path) && (path.starts_with(".gitlab/") ||
                                                       path.find("/.gitlab/") != path.npos));
}

// Whether a line of a script names an engine.
bool NamesEngine(const Tree& tree, NodeId script, int depth = 0) {
  const Node& node = tree.At(script);
  if (node.IsScalar()) return NamesEngineAnywhere(node.text);
  constexpr int kDeepest = 10;  // GitLab's own limit
  return node.IsList() && depth < kDeepest &&
         std::any_of(node.items.begin(), node.items.end(),
                     [&](NodeId item) { return NamesEngine(tree, item, depth + 1); });
}

bool HasScript(const Tree& tree, NodeId job) {
  return std::any_of(kScripts.begin(), kScripts.end(), [&](std::string_view key) {
    const Entry* script = tree.Find(job, key);
    return script != nullptr &&
           (tree.At(script->value).IsList() || tree.At(script->value).IsScalar());
  });
}

bool ScriptsNameEngine(const Tree& tree, NodeId job) {
  return std::any_of(kScripts.begin(), kScripts.end(), [&](std::string_view key) {
    const Entry* script = tree.Find(job, key);
    return script != nullptr && NamesEngine(tree, script->value);
  });
}

// Whether the keys at the top are those of a pipeline, and a script in it names an engine.
bool IsPipeline(const Tree& tree, bool is_named) {
  bool has_job = is_named, is_used = false;
  for (const NodeId root : tree.documents) {
    if (!tree.At(root).IsMap()) return false;
    is_used = is_used || ScriptsNameEngine(tree, root);
    for (const Entry& entry : tree.At(root).entries) {
      const std::string& key = tree.At(entry.key).text;
      const bool is_global = std::find(kGlobals.begin(), kGlobals.end(), key) != kGlobals.end();
      const bool is_hidden = key.starts_with('.');
      const Node& value = tree.At(entry.value);
      const bool is_job = value.IsMap() && !is_global;
      if (!is_named && !is_global && !is_hidden && !is_job) return false;
      has_job = has_job || (is_job && HasScript(tree, entry.value));
      is_used = is_used || ScriptsNameEngine(tree, entry.value) ||
                (is_hidden && NamesEngine(tree, entry.value));
    }
  }
  return has_job && is_used;
}

// What nothing but its content says to be a pipeline: most of what stands at the top is a job with
// a script, of no other keys' shape.
bool AreMostlyJobs(const Tree& tree) {
  std::size_t jobs = 0, others = 0;
  for (const NodeId root : tree.documents) {
    for (const Entry& entry : tree.At(root).entries) {
      const std::string& key = tree.At(entry.key).text;
      const Node& value = tree.At(entry.value);
      // Of compose files and workflows.
      if (key == "services" && value.IsMap()) return false;
      if (key == "on" || key == "jobs" || key == "runs" || key == "steps") return false;
      if (std::find(kGlobals.begin(), kGlobals.end(), key) != kGlobals.end()) continue;
      if (key.starts_with('.') && !HasScript(tree, entry.value)) continue;
      ++(value.IsMap() && HasScript(tree, entry.value) ? jobs : others);
    }
  }
  return jobs > others;
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  // What a pipeline includes (`include: local:`) has any name.
  const bool has_script = bytes.find("script:") != std::string_view::npos;
  const bool may_be =
      (NamesEngineAnywhere(bytes) && (HasPipelinePath(path) || has_script)) || MayHideWords(bytes);
  if (!IsYamlName(path) || !may_be) return "";
  const bool is_named = IsPipelineName(path);
  const Tree tree = syntax::ParseYaml(bytes, 0);
  if (tree.errors.empty()
          ? IsPipeline(tree, is_named) && (HasPipelinePath(path) || AreMostlyJobs(tree))
          : is_named)
    return is_named ? "its name, and it names an engine" : "jobs of GitLab CI";
  return "";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  const bool fits = language.empty() || language == "yaml" || language == "yml" ||
                    language.find("gitlab") != std::string_view::npos;
  if (!fits || !NamesEngineAnywhere(bytes) || bytes.find("script:") == std::string_view::npos)
    return "";
  const Tree tree = syntax::ParseYaml(bytes, 0);
  return tree.errors.empty() && IsPipeline(tree, false) ? "jobs of GitLab CI" : "";
}

class Reading {
 public:
  Reading(const base::Source& source, const Context& context)
      : source_(source), context_(context), texts_(context, source.Path(), document_) {
    document_.file = source.Id();
    document_.carrier = model::Carrier::kGitlab;
  }

  model::Document Do() {
    tree_ = ParseWhatStands(source_, document_.gaps);
    for (const NodeId root : tree_.documents) ReadRoot(root);
    texts_.Link();
    CollectSuppressions(tree_, context_.sources, document_.suppressions);
    return std::move(document_);
  }

 private:
  void ReadRoot(NodeId root) {
    ReadJob(root);
    for (const Entry& entry : tree_.At(root).entries) {
      const std::string& key = tree_.At(entry.key).text;
      if (std::find(kScripts.begin(), kScripts.end(), key) != kScripts.end()) continue;
      const Node& value = tree_.At(entry.value);
      // `.lines: &lines [a, b]`: other scripts take them in.
      if (key.starts_with('.') && (value.IsList() || value.IsScalar()))
        ReadScripts({&entry});
      else
        ReadJob(entry.value);
    }
  }

  // What runs before a script runs in the same shell; what runs after it does not.
  void ReadJob(NodeId job) {
    ReadScripts({tree_.Find(job, "before_script"), tree_.Find(job, "script")});
    ReadScripts({tree_.Find(job, "after_script")});
  }

  void ReadScripts(std::initializer_list<const Entry*> scripts) {
    PiecedText text(source_);
    for (const Entry* script : scripts)
      if (script != nullptr) AddLines(script->value, text, 0);
    if (NamesEngineAnywhere(text.Text().Text())) texts_.Read(text.AddTo(context_.sources));
  }

  // Each scalar is a line, or several; of lists in lists too. Where an alias or a `!reference`
  // stands, the lines are read where they are written.
  void AddLines(NodeId id, PiecedText& text, int depth) {
    const Node& node = tree_.At(id);
    constexpr int kDeepest = 10;
    if (node.tag == "!reference") return;
    if (node.IsList() && depth < kDeepest) {
      for (const NodeId item : node.items) AddLines(item, text, depth + 1);
    } else if (node.IsScalar()) {
      YamlText line = ReadYamlText(source_, node);
      if (line.text.Size() == 0) return;
      const std::uint32_t end = line.text.Map().EndBefore(line.text.Size());
      const bool is_ended = line.text.Text().ends_with('\n');
      text.Append(MarkTemplates(line.text, kInputs), std::move(line.writer));
      if (!is_ended) text.Put("\n", end, end);
    }
  }

  const base::Source& source_;
  const Context& context_;
  Tree tree_;
  model::Document document_;
  ShellTexts texts_;
};

model::Document Read(const base::Source& source, const Context& context) {
  return Reading(source, context).Do();
}

}  // namespace

const Reader kGitlabReader{"gitlab-ci", IsYamlName, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
