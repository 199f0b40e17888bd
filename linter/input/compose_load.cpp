#include "linter/input/compose_load.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "linter/base/byte_gate.h"
#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/compose_before.h"
#include "linter/input/compose_extends.h"
#include "linter/input/compose_merge.h"
#include "linter/input/compose_schema.h"
#include "linter/input/suppressions.h"
#include "linter/syntax/yaml.h"

namespace cagelint::input::compose {
namespace {

constexpr std::size_t kLongestShown = 200;

std::string NormalName(std::string_view name) {
  std::string out;
  for (const char byte : base::ToLower(name))
    if (std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '-' || byte == '_')
      out += byte;
  out.erase(0, std::min(out.find_first_not_of("-_"), out.size()));
  return out;
}

struct Named {
  std::string_view kind;
  model::RemarkKind remark;
};
// What rules report, by the kind of its gap.
constexpr Named kReported[] = {{"duplicate-key", model::RemarkKind::kDuplicateKey},
                               {"invalid-compose", model::RemarkKind::kInvalidOption},
                               {"remote-file", model::RemarkKind::kRemoteInclude},
                               {"unknown-key", model::RemarkKind::kUnknownKey},
                               {"v1-layout", model::RemarkKind::kFirstLayout}};

}  // namespace

void Project::Add(const Problem& problem) {
  diagnostic::Gap gap;
  gap.kind = problem.kind;
  gap.message = problem.message;
  gap.span = problem.span;
  gap.refused = problem.kind != "limit-reached" && problem.kind != "unresolved-variable" &&
                problem.kind != "remote-file" && problem.kind != "unsupported-construct" &&
                problem.kind != "unreadable-file";
  gaps.push_back(std::move(gap));
  if (!problem.span.IsValid() || problem.span.IsEmpty()) return;
  for (const Named& named : kReported)
    if (named.kind == problem.kind)
      remarks.push_back(
          {named.remark, problem.span, problem.message, problem.help, problem.labels});
}

const base::Source* ReadNamed(const std::string& path, base::Span place, bool required,
                              const Context& context, std::vector<diagnostic::Gap>& gaps) {
  if (const base::Source* known = context.sources.FindPath(path)) return known;
  base::ReadResult read = context.files.read(path);
  std::string wrong = read.message;
  if (read.Ok()) {
    const auto refusal = base::CheckBytes(read.bytes);
    if (!refusal) return &context.sources.Add(path, std::move(read.bytes));
    wrong = refusal->message;
  }
  const bool missing = read.failure == base::ReadFailure::kMissing;
  if (missing && !required) return nullptr;
  diagnostic::Gap gap;
  gap.kind = missing ? "missing-file" : "unreadable-file";
  // As it was written: where it lies on this machine is nobody's business.
  const bool written = place.IsValid() && !place.IsEmpty() && place.Size() <= kLongestShown;
  gap.message = "`" + (written ? std::string(context.sources.Text(place)) : path) + "`: " + wrong;
  gap.span = place;
  if (!place.IsValid()) gap.path = path;
  // What is no regular file at all (a folder) cannot be read by Compose either.
  gap.refused = missing || read.failure == base::ReadFailure::kNotRegular;
  gaps.push_back(std::move(gap));
  return nullptr;
}

Loader::Loader(Project& project, const Context& context) : project_(project), context_(context) {}

int Loader::Folder(const std::string& path) {
  const std::string full = base::JoinPath(context_.files.working_directory, path);
  auto& folders = project_.folders;
  const auto found = std::find(folders.begin(), folders.end(), full);
  if (found != folders.end()) return static_cast<int>(found - folders.begin());
  folders.push_back(full);
  return static_cast<int>(folders.size() - 1);
}

std::string Loader::Resolve(const std::string& path, int folder) const {
  const std::string full = base::JoinPath(project_.folders[static_cast<std::size_t>(folder)], path);
  return project_.absolute ? full : base::RelativePath(context_.files.working_directory, full);
}

void Loader::Add(const Problem& problem) { project_.Add(problem); }

void Loader::Say(std::string kind, std::string message, base::Span span) {
  Add({std::move(kind), std::move(message), span});
}

const syntax::Tree& Loader::TreeOf(const base::Source& source) {
  const auto found = trees_.find(source.Id());
  if (found != trees_.end()) return found->second;
  const auto added =
      trees_.emplace(source.Id(), syntax::ParseYaml(source.Bytes(), source.Id())).first;
  CollectSuppressions(added->second, context_.sources, project_.suppressions);
  return added->second;
}

void Loader::SayErrors(const syntax::Tree& tree) {
  for (const syntax::SyntaxError& error : tree.errors) {
    Say(error.limit ? "limit-reached" : "syntax-error", error.message, error.span);
    if (!error.certain) project_.gaps.back().refused = false;
  }
}

bool Loader::MayRead(base::Span place) {
  constexpr int kMostNodes = 1'000'000;
  if (visited_ <= kMostNodes) return true;
  if (!stopped_)
    Say("limit-reached", "the files of this project have more than 1,000,000 values", place);
  stopped_ = true;
  return false;
}

// One file, document by document.
void Loader::LoadFile(const base::Source& source, const Scope& scope, ValuePtr& model) {
  const syntax::Tree& whole = TreeOf(source);
  const bool broken = !whole.errors.empty();
  if (broken) SayErrors(whole);
  if (broken && whole.errors[0].limit) return;
  // What stands before a syntax error is judged all the same.
  project_.partial = project_.partial || broken;
  const syntax::Tree& tree = broken ? before_.emplace_back(TreeBefore(source)) : whole;
  for (const syntax::NodeId root : tree.documents) {
    if (!MayRead(tree.At(root).span)) return;
    Converted document = Convert(tree, root, source.Bytes(), scope.variables, scope.folder);
    visited_ += document.visited;
    for (const Problem& problem : document.problems) Add(problem);
    if (document.value == nullptr) continue;
    if (!document.value->IsMap()) {
      Say("invalid-compose",
          "the top of a compose file is a mapping, and this is " +
              std::string(Name(document.value->kind)),
          document.value->span);
      continue;
    }
    if (const Slot* version = document.value->Find("version"))
      project_.remarks.push_back({model::RemarkKind::kObsoleteVersion, version->key_span,
                                  "`version` has no effect", "leave it out"});
    ValuePtr config = ApplyExtends(document, scope);
    if (model != nullptr) model = WithoutPaths(model, document.resets);
    config = ApplyInclude(config, scope);
    std::vector<Problem> problems;
    model = model == nullptr ? config : Merge(model, config, {}, budget_, problems);
    for (const Problem& problem : problems) Add(problem);
    Check(*model, false);
    model = WithNewExternals(model);
  }
}

// Compose looks at the model after each document: what a later one mends was refused already.
void Loader::Check(const Value& model, bool last) {
  constexpr int kMostChecks = 20;
  if (!last && ++checks_ > kMostChecks) return;
  for (const Problem& problem : Validate(model, last))
    if (said_.emplace(problem.message, problem.span.file, problem.span.begin).second) Add(problem);
}

ValuePtr Loader::LoadModel(const std::vector<const base::Source*>& sources, const Scope& scope) {
  ValuePtr model;
  for (const base::Source* source : sources) {
    Scope own = scope;
    own.included.push_back(source->Path());
    LoadFile(*source, own, model);
  }
  if (model == nullptr) return model;
  Check(*model, true);
  return model;
}

void Loader::ReadEnvironment(const std::vector<std::string>& files, bool named, int folder,
                             bool keep, Variables& variables) {
  const Variables before = variables;
  for (const std::string& file : files) {
    const std::string path = Resolve(file, folder);
    const base::Source* source = ReadNamed(path, {}, named, context_, project_.gaps);
    if (source == nullptr) continue;
    std::map<std::string, Argument> values;
    for (const Problem& problem :
         ReadDotEnv(source->Bytes(), source->Id(), false, variables, values)) {
      // The place is not shown: secrets stand there.
      Add({problem.kind, problem.message, {}});
      project_.gaps.back().path = path;
    }
    for (auto& [name, value] : values) {
      const Variable* found = nullptr;
      // A name that only passes on what nobody knows adds nothing.
      const bool there = keep && before.Look(name, found) == Variables::State::kKnown;
      variables.Set(name, std::move(value), there);
    }
  }
}

namespace {

// The last `name:` of the files, before variables are put in.
const syntax::Node* NameNode(Loader& loader, const std::vector<const base::Source*>& sources) {
  const syntax::Node* found = nullptr;
  for (const base::Source* source : sources) {
    const syntax::Tree& tree = loader.TreeOf(*source);
    if (!tree.errors.empty()) continue;
    for (const syntax::NodeId root : tree.documents) {
      const syntax::Entry* entry = tree.Find(root, "name");
      if (entry == nullptr) continue;
      const syntax::Node& node = tree.At(entry->value);
      if (node.IsScalar() && !node.text.empty()) found = &node;
    }
  }
  return found;
}

std::string ProjectName(Loader& loader, const std::vector<const base::Source*>& sources,
                        const Project& project) {
  const Variable* given = nullptr;
  if (project.variables.Look("COMPOSE_PROJECT_NAME", given) == Variables::State::kKnown &&
      !given->value.text.empty()) {
    return NormalName(given->value.text);
  }
  if (const syntax::Node* node = NameNode(loader, sources)) {
    const Argument text = Argument::Literal(node->text, node->span);
    const std::string name = Substitute(text, project.variables).text.text;
    if (IsLiteralText(name) && !NormalName(name).empty()) return NormalName(name);
  }
  return NormalName(base::NameOf(project.directory));
}

}  // namespace

Project Load(const std::vector<const base::Source*>& sources, const std::string& started,
             const Context& context) {
  Project project(context.options);
  Loader loader(project, context);
  project.absolute = sources[0]->Path().starts_with('/');
  const int folder = loader.Folder(std::string(base::DirectoryOf(sources[0]->Path())));
  project.directory = project.folders[static_cast<std::size_t>(folder)];
  // docker-compose sets it where the shell did not.
  const Variable* shell = nullptr;
  if (project.variables.Look("PWD", shell) == Variables::State::kUnset)
    project.variables.Shadow("PWD", Argument::Literal(context.files.working_directory, {}));
  const auto& named = context.options.env_files;
  if (named.empty()) {
    const int before = loader.Folder(started);
    loader.ReadEnvironment({".env"}, false, before, false, project.variables);
    if (before != folder) loader.ReadEnvironment({".env"}, false, folder, true, project.variables);
  } else {
    loader.ReadEnvironment(named, true, loader.Folder("."), false, project.variables);
  }
  project.name = ProjectName(loader, sources, project);
  project.variables.SetProject(project.name);
  project.root = loader.LoadModel(sources, {project.variables, folder, {}});
  const bool empty = project.root == nullptr || project.root->slots.empty();
  if (empty && project.gaps.empty()) {
    project.Add({"invalid-compose", "an empty compose file", sources[0]->Whole()});
    project.gaps.back().path = sources[0]->Path();
  }
  return project;
}

}  // namespace cagelint::input::compose
