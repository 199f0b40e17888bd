#include "linter/input/workflow_container.h"

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linter/base/text.h"
#include "linter/input/embed_templates.h"
#include "linter/input/embed_words.h"
#include "linter/input/embed_yaml.h"
#include "linter/input/runner_words.h"
#include "linter/input/workflow_options.h"

namespace cagelint::input {
namespace {

using syntax::Entry;
using syntax::Node;

// The runner also mounts its engine's socket into every container of a job and of a step. Nobody
// can leave that out, and steps outside of containers have the socket as well: it is not said.
//
// Folders of the runner, of which only the place in the container is known
// (actions/runner, ContainerOperationProvider.cs and ContainerInfo.cs).
constexpr std::string_view kJobMounts[] = {"{{runner_work}}:/__w",
                                           "{{runner_externals}}:/__e:ro",
                                           "{{runner_temp}}:/__w/_temp",
                                           "{{runner_actions}}:/__w/_actions",
                                           "{{runner_tools}}:/__t",
                                           "{{runner_temp}}/_github_home:/github/home",
                                           "{{runner_temp}}/_github_workflow:/github/workflow"};
// The same for a step (ContainerActionHandler.cs).
constexpr std::string_view kStepMounts[] = {
    "{{runner_temp}}/_github_home:/github/home",
    "{{runner_temp}}/_github_workflow:/github/workflow",
    "{{runner_temp}}/_runner_file_commands:/github/file_commands",
    "{{github_workspace}}:/github/workspace"};

// Bytes [begin, end) of `text`.
EmbeddedText Slice(const EmbeddedText& text, std::size_t begin, std::size_t end) {
  EmbeddedText out(text.Outer());
  out.Append(text, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
  return out;
}

// A value that is one word whatever its expressions give.
EmbeddedText WholeValue(const EmbeddedText& text) {
  EmbeddedText marked = MarkTemplates(text, kExpressions);
  const std::string_view bytes = marked.Text();
  constexpr std::string_view kList = "...}}";
  if (!bytes.starts_with("{{") || bytes.find(kList) + kList.size() != bytes.size()) return marked;
  EmbeddedText out(text.Outer());
  const base::Span place = marked.Map().ToOuter(0, marked.Size());
  out.Put(std::string(bytes.substr(0, bytes.size() - kList.size())) + "}}", place.begin, place.end);
  return out;
}

// A name of an image may be written as an address.
EmbeddedText ImageOf(const EmbeddedText& text) {
  constexpr std::string_view kScheme = "docker://";
  const bool is_address = base::ToLower(text.Text()).starts_with(kScheme);
  return Slice(text, is_address ? kScheme.size() : 0, text.Size());
}

// `a:b:mode` keeps of its mode whether it is `ro`; all else goes through (ContainerInfo.cs,
// ParseVolumeString).
EmbeddedText VolumeOf(const EmbeddedText& text) {
  const std::vector<std::string_view> parts = base::Split(text.Text(), ':');
  if (parts.size() != 3 || base::ToLower(parts[2]) == "ro") return Slice(text, 0, text.Size());
  return Slice(text, 0, parts[0].size() + 1 + parts[1].size());
}

}  // namespace

// The words of one command, in the order in which the runner gives them.
struct WorkflowContainers::Parts {
  Parts(const WorkflowContainers& all, const base::Span& shown)
      : source(all.source_), tree(all.tree_), key(shown), words(all.source_) {}

  EmbeddedText TextOf(const Node& node) const { return ReadYamlText(source, node).text; }
  static base::Span PlaceOf(const EmbeddedText& text, const base::Span& otherwise) {
    const base::Span place = text.Map().ToOuter(0, text.Size());
    return place.IsEmpty() ? otherwise : place;
  }

  void Flag(std::string_view flag) { words.AddImplied(flag, key); }
  void Flag(std::string_view flag, std::string_view value) {
    Flag(flag);
    words.AddImplied(value, key);
  }
  void Value(std::string_view before, const EmbeddedText& value, const base::Span& otherwise) {
    words.AddImplied(before, value, PlaceOf(value, otherwise));
  }
  // `flag VALUE` for each scalar of a list.
  void List(std::string_view flag, const Entry* list, bool are_volumes) {
    if (list == nullptr || !tree.At(list->value).IsList()) return;
    for (const syntax::NodeId id : tree.At(list->value).items) {
      const Node& item = tree.At(id);
      if (!item.IsScalar() || item.text.empty()) continue;
      const EmbeddedText value = WholeValue(TextOf(item));
      words.AddImplied(flag, PlaceOf(value, item.span));
      Value("", are_volumes ? VolumeOf(value) : value, item.span);
    }
  }
  // `-e NAME=VALUE`, of an empty value `-e NAME` (DockerUtil.cs, CreateEscapedOption).
  void Environment(const Entry* map, bool with_values) {
    if (map == nullptr) return;
    for (const Entry& entry : tree.At(map->value).entries) {
      const Node& name = tree.At(entry.key);
      const EmbeddedText value = WholeValue(TextOf(tree.At(entry.value)));
      if (name.text.empty() || name.text == "<<") continue;
      words.AddImplied("-e", name.span);
      if (with_values && value.Size() > 0)
        Value(name.text + "=", value, name.span);
      else
        words.AddImplied(name.text, name.span);
    }
    Flag("-e", "GITHUB_ACTIONS=true");
    if (tree.Find(map->value, "CI") == nullptr) Flag("-e", "CI=true");
  }
  void Append(const std::vector<RunnerWord>& more) {
    for (std::size_t i = 0; i < more.size(); ++i) {
      // A word goes with the blanks behind it.
      base::Span removable = more[i].place;
      if (i + 1 < more.size()) removable.end = more[i + 1].place.begin;
      words.AddImplied("", more[i].content, more[i].place, removable);
    }
  }

  const base::Source& source;
  const syntax::Tree& tree;
  base::Span key;
  WordList words;
};

void WorkflowContainers::ReadJob(const Entry& entry) { ReadCreate(entry, true); }
void WorkflowContainers::ReadService(const Entry& entry) { ReadCreate(entry, false); }

// DockerCommandManager.cs, DockerCreate.
void WorkflowContainers::ReadCreate(const Entry& entry, bool is_job) {
  const Node& value = tree_.At(entry.value);
  const Entry* image_entry = tree_.Find(entry.value, "image");
  const Node* image = value.IsScalar()         ? &value
                      : image_entry == nullptr ? nullptr
                                               : &tree_.At(image_entry->value);
  if (image == nullptr || !image->IsScalar() || image->text.empty()) return;
  const auto find = [&](std::string_view key) { return tree_.Find(entry.value, key); };
  const base::Span key = tree_.At(entry.key).span;
  Parts parts(*this, key);
  parts.Flag("docker");
  parts.Flag("create");
  parts.Flag("--name", "{{container}}");
  parts.Flag("--label", "{{runner}}");
  if (is_job) parts.Flag("--workdir", "/__w/{{repository}}");
  parts.Flag("--network", "github_network_{{id}}");
  if (!is_job) parts.Flag("--network-alias", tree_.At(entry.key).text);
  parts.List("-p", find("ports"), false);
  WorkflowOptions options(source_, tree_, entry);
  parts.Append(options.Words());
  parts.Environment(find("env"), true);
  parts.List("-v", find("volumes"), true);
  if (is_job) {
    for (const std::string_view mount : kJobMounts) parts.Flag("-v", mount);
    parts.Flag("--entrypoint", "tail");
  }
  parts.Value("", ImageOf(WholeValue(parts.TextOf(*image))), image->span);
  if (is_job) parts.Flag("-f", "/dev/null");
  ListStyle style;
  style.add = [options](const std::vector<std::string>& words) { return options.Add(words); };
  style.finish = [options = std::move(options)](std::vector<base::Edit>& edits) {
    return options.RemoveEmptied(edits);
  };
  const std::size_t before = document_.containers.size();
  texts_.Read(parts.words.AddTo(sources_, std::move(style)));
  for (std::size_t i = before; i < document_.containers.size(); ++i) created_.push_back(i);
}

// ContainerOperationProvider.cs, StopContainerAsync.
void WorkflowContainers::AddRemovals() {
  for (const std::size_t index : created_) {
    const model::Container& container = document_.containers[index];
    model::Command& removal = document_.commands.emplace_back();
    removal.kind = model::CommandKind::kRemove;
    removal.anchor = container.anchor;
    removal.extent = container.extent;
    removal.order = std::numeric_limits<int>::max();
    removal.force = model::Setting<bool>::Known(true, container.anchor, container.anchor);
    removal.targets.emplace_back().container = static_cast<int>(index);
  }
}

// DockerCommandManager.cs, DockerRun.
void WorkflowContainers::ReadStep(const Node& uses, const Entry* with, const Entry* env) {
  const EmbeddedText image = ImageOf(WholeValue(ReadYamlText(source_, uses).text));
  if (image.Size() == 0) return;
  Parts parts(*this, uses.span);
  parts.Flag("docker");
  parts.Flag("run");
  parts.Flag("--name", "{{container}}");
  parts.Flag("--label", "{{runner}}");
  parts.Flag("--workdir", "/github/workspace");
  parts.Flag("--rm");
  parts.Environment(env, false);
  // Names of inputs are compared without case.
  const auto input = [&](std::string_view name) -> const Node* {
    if (with == nullptr) return nullptr;
    for (const Entry& entry : tree_.At(with->value).entries)
      if (base::ToLower(tree_.At(entry.key).text) == name) return &tree_.At(entry.value);
    return nullptr;
  };
  if (const Node* entrypoint = input("entrypoint")) {
    const EmbeddedText value = WholeValue(parts.TextOf(*entrypoint));
    if (value.Size() > 0) {
      parts.Flag("--entrypoint");
      parts.Value("", value, entrypoint->span);
    }
  }
  for (const std::string_view mount : kStepMounts) parts.Flag("-v", mount);
  parts.Value("", image, uses.span);
  const Node* arguments = input("args");
  if (arguments != nullptr && arguments->IsList()) {
    // Of an action's own file (GitHub Docs, "Metadata syntax", runs.args).
    for (const syntax::NodeId id : arguments->items)
      if (tree_.At(id).IsScalar())
        parts.Value("", WholeValue(parts.TextOf(tree_.At(id))), tree_.At(id).span);
  } else if (arguments != nullptr) {
    for (const RunnerWord& word :
         SplitRunnerWords(MarkTemplates(parts.TextOf(*arguments), kExpressions)))
      parts.words.AddImplied("", word.content, word.place);
  }
  texts_.Read(parts.words.AddTo(sources_, {}));
}

}  // namespace cagelint::input
