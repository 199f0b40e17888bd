// Dev container configurations as a carrier.
#include "linter/input/devcontainer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "linter/base/byte_gate.h"
#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/dockerfile.h"
#include "linter/input/embed_words.h"
#include "linter/input/json_file.h"
#include "linter/input/shell_texts.h"
#include "linter/input/suppressions.h"
#include "linter/syntax/json.h"

namespace cagelint::input {

namespace devcontainer {

using syntax::Entry;
using syntax::Node;
using syntax::NodeId;

const Entry* Config::FindIn(NodeId map, std::string_view key) const {
  if (map == syntax::kNoNode || !tree.At(map).IsMap()) return nullptr;
  const auto& entries = tree.At(map).entries;
  const auto last = std::find_if(entries.rbegin(), entries.rend(), [&](const Entry& entry) {
    return tree.At(entry.key).text == key;
  });
  return last == entries.rend() || tree.At(last->value).IsNull() ? nullptr : &*last;
}

const Node* Config::Scalar(std::string_view key) const {
  const Entry* entry = Find(key);
  if (entry == nullptr || !ValueOf(*entry).IsScalar() || ValueOf(*entry).text.empty())
    return nullptr;
  return &ValueOf(*entry);
}

const Entry* Config::FindTrue(std::string_view key) const {
  const Entry* entry = Find(key);
  if (entry == nullptr) return nullptr;
  const Node& value = ValueOf(*entry);
  const bool is_string = value.style == syntax::ScalarStyle::kDoubleQuoted;
  const bool is_false =
      value.IsScalar() &&
      (value.text.empty() || (!is_string && (value.text == "false" || value.text == "0")));
  return is_false ? nullptr : entry;
}

base::Span Config::Whole(const Entry& entry) const {
  return base::Cover(tree.At(entry.key).span, tree.At(entry.value).span);
}

// As the CLI decides it: isDockerFileConfig in spec-configuration/configuration.ts.
const Entry* ImageEntry(const Config& config) {
  if (const Entry* file = config.Find("dockerFile")) return file;
  const Entry* build = config.Find("build");
  if (build != nullptr && config.FindIn(build->value, "dockerfile") != nullptr) return build;
  return config.Find("image");
}

void ReadInitialize(const Config& config, const Context& context, model::Document& document) {
  const Entry* entry = config.Find("initializeCommand");
  if (entry == nullptr) return;
  ShellTexts texts(context, base::JoinPath(config.workspace, "devcontainer.json"), document);
  const auto read = [&](NodeId id) {
    const Node& node = config.tree.At(id);
    if (node.IsScalar() && NamesEngineAnywhere(node.text)) {
      EmbeddedText text = TextOf(config, node, Purpose::kShell);
      texts.Read(text.AddTo(context.sources, StringWriter(EscapeJson)));
    } else if (node.IsList()) {
      WordList words(config.source);
      for (const NodeId item : node.items)
        if (const Node& word = config.tree.At(item); word.IsScalar())
          words.Add(TextOf(config, word, Purpose::kWord), word.span);
      if (!words.IsEmpty()) texts.Read(words.AddTo(context.sources, {}));
    }
  };
  // A command for each key, all at once.
  const Node& value = config.ValueOf(*entry);
  if (value.IsMap()) {
    for (const Entry& one : value.entries) read(one.value);
  } else {
    read(entry->value);
  }
  texts.Link();
}

namespace {

BuildArguments ArgumentsOf(const Config& config, const Entry* build) {
  BuildArguments arguments;
  const Entry* args = build == nullptr ? nullptr : config.FindIn(build->value, "args");
  if (args == nullptr) return arguments;
  for (const Entry& one : config.ValueOf(*args).entries) {
    const Node& value = config.ValueOf(one);
    auto& argument = arguments[config.tree.At(one.key).text];
    argument.reset();
    if (value.IsScalar() && value.text.find("${") == std::string::npos) argument = value.text;
  }
  return arguments;
}

}  // namespace

const base::Source* OpenFile(const std::string& path, const Context& context) {
  const std::string shown = base::ShownPath(path, context.files.working_directory);
  if (const base::Source* known = context.sources.FindPath(shown)) return known;
  if (context.files.kind(shown) != base::FileKind::kRegular) return nullptr;
  base::ReadResult file = context.files.read(shown);
  if (!file.Ok() || base::CheckBytes(file.bytes)) return nullptr;
  return &context.sources.Add(shown, std::move(file.bytes));
}

void ReadBuild(const Config& config, const Context& context, model::Container& container) {
  const Entry* entry = ImageEntry(config);
  if (entry == nullptr) return;
  const Entry* build = config.Find("build");
  const auto text = [&](const Entry* of, std::string_view key) -> std::string {
    const Entry* found = of == nullptr ? config.Find(key) : config.FindIn(of->value, key);
    return found != nullptr && config.ValueOf(*found).IsScalar() ? config.ValueOf(*found).text : "";
  };
  const bool is_old = config.Find("dockerFile") != nullptr;
  model::Build out;
  out.dockerfile = is_old ? text(nullptr, "dockerFile") : text(build, "dockerfile");
  out.context = is_old ? text(nullptr, "context") : text(build, "context");
  out.target = build == nullptr ? "" : text(build, "target");
  const std::string path = base::JoinPath(config.folder, out.dockerfile);
  const bool is_known = (out.dockerfile + out.target).find("${") == std::string::npos;
  if (const base::Source* file = is_known ? OpenFile(path, context) : nullptr) {
    DockerfileFacts facts = ReadDockerfile(syntax::ParseDockerfile(file->Bytes(), file->Id()),
                                           out.target, ArgumentsOf(config, build));
    out.is_read = !facts.base.IsAbsent();
    out.user = std::move(facts.user);
    out.base = std::move(facts.base);
    out.volumes = std::move(facts.volumes);
  }
  const base::Span place = config.ValueOf(*entry).span;
  container.image = {};
  container.build =
      model::Setting<model::Build>::Known(std::move(out), config.Whole(*entry), place);
}

}  // namespace devcontainer

namespace {

using devcontainer::Config;
using syntax::NodeId;
using syntax::Tree;

constexpr std::array<std::string_view, 4> kImages{"image", "build", "dockerFile",
                                                  "dockerComposeFile"};
// Keys that no other format with an `image` or a `build` at its top has.
constexpr std::array<std::string_view, 16> kOwn{"appPort",           "capAdd",
                                                "containerEnv",      "containerUser",
                                                "dockerFile",        "forwardPorts",
                                                "initializeCommand", "onCreateCommand",
                                                "postAttachCommand", "postCreateCommand",
                                                "postStartCommand",  "remoteUser",
                                                "runArgs",           "dockerComposeFile",
                                                "workspaceFolder",   "workspaceMount"};

bool Named(std::string_view path) { return path.ends_with("devcontainer.json"); }

bool HasName(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  return name == "devcontainer.json" || name == ".devcontainer.json";
}

// Of a text of that language, or a file that is not called after it.
bool FitsContent(std::string_view bytes, bool has_name, bool is_fence) {
  const auto names = [&](std::string_view key) {
    return bytes.find("\"" + std::string(key) + "\"") != std::string_view::npos;
  };
  // A document may show nothing but the arguments.
  const bool is_piece = is_fence && names("runArgs");
  if (!is_piece && std::none_of(kImages.begin(), kImages.end(), names)) return false;
  if (!has_name && std::none_of(kOwn.begin(), kOwn.end(), names) && !names("features"))
    return false;
  const JsonSample sample(bytes, is_fence);
  const Tree& tree = sample.File().tree;
  if (tree.documents.empty() || !tree.errors.empty()) return false;
  const NodeId root = tree.documents[0];
  const auto has = [&](std::string_view key) { return tree.Find(root, key) != nullptr; };
  if (is_piece && has("runArgs")) return true;
  if (std::none_of(kImages.begin(), kImages.end(), has)) return false;
  if (has_name || std::any_of(kOwn.begin(), kOwn.end(), has)) return true;
  // `features` alone is a word of many.
  const syntax::Entry* features = tree.Find(root, "features");
  if (features == nullptr) return false;
  const auto& entries = tree.At(features->value).entries;
  return std::any_of(entries.begin(), entries.end(), [&](const syntax::Entry& entry) {
    return tree.At(entry.key).text.find("/features/") != std::string::npos;
  });
}

bool IsObject(std::string_view bytes) {
  const std::size_t at = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return at != std::string_view::npos && (bytes[at] == '{' || bytes[at] == '/');
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  if (!IsObject(bytes)) return "";
  if (HasName(path)) return "its name";
  const bool is_named = path.ends_with(".json") || path.ends_with(".jsonc") ||
                        base::NameOf(path).find('.') == std::string_view::npos;
  return is_named && FitsContent(bytes, Named(path), false)
             ? "a JSON object with keys of a dev container"
             : "";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  const bool fits = language.empty() || language.starts_with("json");
  return fits && BeginsLikeJson(bytes, true) && FitsContent(bytes, false, true)
             ? "a JSON object with keys of a dev container"
             : "";
}

// The folder of the file, and that of the project: above `.devcontainer`, which may hold a folder
// for each of several configurations. A text in another file is taken to stand in the project.
std::pair<std::string, std::string> FoldersOf(const base::Source& source, const Context& context) {
  const std::string& here = context.files.working_directory;
  const std::string folder(base::DirectoryOf(base::JoinPath(here, source.Path())));
  std::string project = folder;
  if (source.Within() == nullptr) {
    const std::string above(base::DirectoryOf(folder));
    if (base::NameOf(folder) == ".devcontainer")
      project = above;
    else if (base::NameOf(above) == ".devcontainer")
      project = base::DirectoryOf(above);
  }
  return {base::ShownPath(folder, here), base::ShownPath(project, here)};
}

void AddError(const Tree& tree, model::Document& document) {
  if (tree.errors.empty()) return;
  const syntax::SyntaxError& error = tree.errors.front();
  document.gaps.push_back({error.limit ? "limit-reached" : "syntax-error",
                           "not valid JSON: " + error.message, error.span, "", false});
}

// What the CLI would trip over, or take for something else.
void AddWrongTypes(const Config& config, model::Document& document) {
  struct Expected {
    const char* key;
    syntax::NodeKind kind;
    const char* name;
  };
  constexpr Expected kExpected[] = {{"runArgs", syntax::NodeKind::kList, "list"},
                                    {"mounts", syntax::NodeKind::kList, "list"},
                                    {"capAdd", syntax::NodeKind::kList, "list"},
                                    {"securityOpt", syntax::NodeKind::kList, "list"},
                                    {"features", syntax::NodeKind::kMap, "object"},
                                    {"containerEnv", syntax::NodeKind::kMap, "object"}};
  for (const Expected& one : kExpected) {
    const syntax::Entry* entry = config.Find(one.key);
    if (entry == nullptr || config.ValueOf(*entry).kind == one.kind) continue;
    document.gaps.push_back({"unsupported-construct",
                             "`" + std::string(one.key) + "` is no " + one.name,
                             config.Whole(*entry), "", false});
  }
}

model::Document Read(const base::Source& source, const Context& context) {
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kDevcontainer;
  const JsonFile file = ParseJsonFile(source, context.sources);
  const Tree& tree = file.tree;
  AddError(tree, document);
  if (tree.documents.empty() || !tree.At(tree.documents[0]).IsMap()) return document;
  auto [folder, project] = FoldersOf(source, context);
  const Config config{*file.source, tree, tree.documents[0], std::move(folder), std::move(project)};
  AddWrongTypes(config, document);
  devcontainer::ReadInitialize(config, context, document);
  CollectSuppressions(tree, context.sources, document.suppressions);
  // Where both are there, the image counts.
  if (devcontainer::ImageEntry(config) != nullptr) {
    devcontainer::ReadContainer(config, context, document);
  } else if (config.Find("dockerComposeFile") != nullptr) {
    devcontainer::ReadProject(config, context, document);
  } else if (tree.errors.empty()) {
    const base::Span& whole = tree.At(config.root).span;
    document.gaps.push_back({"unsupported-construct",
                             "neither an image nor a Dockerfile nor a compose file is named",
                             {whole.file, whole.begin, whole.begin + 1},
                             "",
                             source.Within() == nullptr});
  }
  return document;
}

}  // namespace

const Reader kDevcontainerReader{"devcontainer", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
