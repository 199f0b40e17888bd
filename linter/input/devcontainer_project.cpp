// `dockerComposeFile`: the files that it names, and what the CLI lays over them. (github
// devcontainers/cli, src/spec-node/dockerCompose.ts, generateFeaturesComposeOverrideContent; the
// paths: src/spec-configuration/configuration.ts, getDockerComposeFilePaths.)
#include <algorithm>
#include <utility>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/compose_files.h"
#include "linter/input/compose_load.h"
#include "linter/input/devcontainer.h"
#include "linter/syntax/yaml.h"

namespace cagelint::input::devcontainer {
namespace {

using syntax::Entry;
using syntax::Node;
using syntax::NodeId;

// A compose file that is made up of keys of the configuration: each text shown at its key.
class Override {
 public:
  Override(const Config& config, const Node& service) : config_(config), out_(config.source) {
    Put("services:\n  ", service.span);
    Quoted(service.text, service.span);
    Put(":\n", service.span);
  }

  bool IsEmpty() const { return is_empty_; }
  EmbeddedText& Text() { return out_; }

  void Fill(const Context& context) {
    CollectFeatures(context);
    Switch("init", "--init", "init");
    Scalar("containerUser", "user");
    Environment();
    Switch("privileged", "--privileged", "privileged");
    List("capAdd", "--cap-add", "cap_add");
    List("securityOpt", "--security-opt", "security_opt");
    Mounts();
  }
  const std::vector<base::Span>& Unknown() const { return unknown_; }

 private:
  struct Ask {
    Wish wish;
    base::Span place;
  };
  void Put(std::string_view text, const base::Span& place) {
    out_.Put(text, place.begin, place.end);
  }
  // Compose puts variables in, as the CLI's own text has them.
  void Quoted(std::string_view text, const base::Span& place) {
    Put("\"" + *EscapeJson(text) + "\"", place);
  }
  void Key(std::string_view key, const base::Span& place) {
    is_empty_ = false;
    Put("    " + std::string(key) + ":", place);
  }

  // A value with its variables as Compose writes them. Known folders are named from that of the
  // first compose file, where Compose takes relative paths to begin.
  std::string ValueOf(const Node& scalar) const {
    std::string out = scalar.text;
    const auto replace = [&](std::string_view from, std::string_view to) {
      for (std::size_t at = 0; (at = out.find(from, at)) != std::string::npos; at += to.size())
        out.replace(at, from.size(), to);
    };
    replace("${localWorkspaceFolder}", workspace);
    replace("${localEnv:HOME}${localEnv:USERPROFILE}", "${HOME}");
    replace("${localEnv:", "${");
    replace("${env:", "${");
    return out;
  }

  void Switch(std::string_view key, std::string_view flag, std::string_view name) {
    base::Span place;
    for (const Ask& ask : features_)
      if (ask.wish.flag == flag) place = ask.place;
    if (const Entry* entry = config_.FindTrue(key)) place = config_.Whole(*entry);
    if (!place.IsValid()) return;
    Key(name, place);
    Put(" true\n", place);
  }
  void Scalar(std::string_view key, std::string_view name) {
    const Node* value = config_.Scalar(key);
    if (value == nullptr) return;
    Key(name, value->span);
    Put(" ", value->span);
    Quoted(ValueOf(*value), value->span);
    Put("\n", value->span);
  }
  void Item(std::string_view text, const base::Span& place) {
    Put("      - ", place);
    Quoted(text, place);
    Put("\n", place);
  }

  void List(std::string_view key, std::string_view flag, std::string_view name) {
    bool is_first = true;
    const auto add = [&](std::string_view text, const base::Span& place) {
      if (std::exchange(is_first, false)) {
        Key(name, place);
        Put("\n", place);
      }
      Item(text, place);
    };
    for (const Ask& ask : features_)
      if (ask.wish.flag == flag) add(ask.wish.value, ask.place);
    if (const Entry* entry = config_.Find(key))
      for (const NodeId item : config_.ValueOf(*entry).items)
        if (const Node& node = config_.tree.At(item); node.IsScalar())
          add(ValueOf(node), node.span);
  }

  void Environment() {
    const Entry* entry = config_.Find("containerEnv");
    if (entry == nullptr) return;
    bool is_first = true;
    for (const Entry& variable : config_.ValueOf(*entry).entries) {
      const Node& value = config_.ValueOf(variable);
      if (!value.IsScalar()) continue;
      const base::Span place = config_.Whole(variable);
      if (std::exchange(is_first, false)) {
        Key("environment", place);
        Put("\n", place);
      }
      Item(config_.tree.At(variable.key).text + "=" + ValueOf(value), place);
    }
  }

  // What is neither source nor target is lost.
  void Mounts() {
    bool is_first = true;
    const auto add = [&](std::string_view source, std::string_view target,
                         const base::Span& place) {
      if (target.empty()) return;
      if (std::exchange(is_first, false)) {
        Key("volumes", place);
        Put("\n", place);
      }
      Item((source.empty() ? "" : std::string(source) + ":") + std::string(target), place);
      if (!source.empty() && source.find('/') == std::string_view::npos &&
          source.find('$') == std::string_view::npos && source[0] != '.' && source[0] != '~')
        volumes_.emplace_back(source, place);
    };
    for (const Ask& ask : features_)
      if (ask.wish.flag == "--mount")
        add(Member(ask.wish.value, "source", "src"), TargetOf(ask.wish.value), ask.place);
    const Entry* entry = config_.Find("mounts");
    if (entry != nullptr) {
      for (const NodeId id : config_.ValueOf(*entry).items) {
        const Node& node = config_.tree.At(id);
        const auto member = [&](std::string_view key) {
          const Entry* found = config_.FindIn(id, key);
          return found == nullptr ? "" : ValueOf(config_.ValueOf(*found));
        };
        if (node.IsScalar())
          add(Member(ValueOf(node), "source", "src"), TargetOf(ValueOf(node)), node.span);
        else if (node.IsMap())
          add(member("source"), member("target"), node.span);
      }
    }
    if (volumes_.empty()) return;
    Put("volumes:\n", volumes_.front().second);
    std::sort(volumes_.begin(), volumes_.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < volumes_.size(); ++i) {
      if (i > 0 && volumes_[i].first == volumes_[i - 1].first) continue;
      Put("  ", volumes_[i].second);
      Quoted(volumes_[i].first, volumes_[i].second);
      Put(":\n", volumes_[i].second);
    }
  }

  static std::string Member(std::string_view mount, std::string_view key, std::string_view other) {
    std::string out;
    for (const std::string_view part : base::Split(mount, ',')) {
      const std::size_t equals = part.find('=');
      if (equals == std::string_view::npos) continue;
      if (part.substr(0, equals) == key || part.substr(0, equals) == other)
        out = part.substr(equals + 1);
    }
    return out;
  }

  void CollectFeatures(const Context& context) {
    for (const Feature& feature : FeaturesOf(config_, context)) {
      if (!feature.wishes) unknown_.push_back(feature.place);
      for (const Wish& wish : feature.wishes.value_or(std::vector<Wish>{})) {
        Ask ask{wish, feature.place};
        // What is not known of a volume's name is nothing that Compose could read.
        std::erase_if(ask.wish.value, [](char byte) { return byte == '{' || byte == '}'; });
        features_.push_back(std::move(ask));
      }
    }
  }

  const Config& config_;
  EmbeddedText out_;
  std::vector<Ask> features_;
  std::vector<base::Span> unknown_;
  std::vector<std::pair<std::string, base::Span>> volumes_;
  bool is_empty_ = true;

 public:
  std::string workspace;  // as it is named from the first compose file
};

struct Named {
  std::string path;
  base::Span place;
};

std::vector<Named> FilesOf(const Config& config, const Context& context) {
  const Entry& entry = *config.Find("dockerComposeFile");
  const Node& value = config.ValueOf(entry);
  std::vector<Named> out;
  const auto add = [&](const Node& node) {
    std::string text = node.text;
    constexpr std::string_view kFolder = "${localWorkspaceFolder}";
    const std::string& here = context.files.working_directory;
    if (const std::size_t at = text.find(kFolder); at == 0)
      text.replace(at, kFolder.size(), base::JoinPath(here, config.workspace));
    out.push_back({base::ShownPath(base::JoinPath(base::JoinPath(here, config.folder), text), here),
                   node.span});
  };
  if (value.IsScalar()) add(value);
  for (const NodeId item : value.items)
    if (config.tree.At(item).IsScalar()) add(config.tree.At(item));
  if (!out.empty()) return out;
  const base::Span place = config.Whole(entry);
  for (const char* name : {"docker-compose.yml", "docker-compose.override.yml"}) {
    const std::string path = base::JoinPath(config.workspace, name);
    if (out.empty() || context.files.kind(path) == base::FileKind::kRegular)
      out.push_back({path, place});
  }
  return out;
}

void AddGap(model::Document& document, std::string kind, std::string message, base::Span span,
            bool refused) {
  document.gaps.push_back({std::move(kind), std::move(message), span, "", refused});
}

// The files; none where one cannot be read, or is none of Compose's: nothing of it is shown then.
std::vector<const base::Source*> Open(const std::vector<Named>& files, const Context& context,
                                      model::Document& document) {
  std::vector<const base::Source*> sources;
  for (const Named& file : files) {
    const base::Source* source =
        compose::ReadNamed(file.path, file.place, true, context, document.gaps);
    if (source == nullptr) return {};
    if (!compose::LooksLikeCompose(syntax::ParseYaml(source->Bytes(), source->Id()),
                                   source->Bytes())) {
      AddGap(document, "unsupported-construct", "the file that is named here is no compose file",
             file.place, false);
      return {};
    }
    sources.push_back(source);
  }
  return sources;
}

std::string FromFolderOf(const base::Source& first, const Config& config, const Context& context) {
  const std::string& here = context.files.working_directory;
  const std::string folder(base::DirectoryOf(base::JoinPath(here, first.Path())));
  const std::string path = base::RelativePath(folder, base::JoinPath(here, config.workspace));
  return path.starts_with('.') ? path : "./" + path;
}

// The service as the last of the files has it: where it is shown and edited, rather than in what is
// laid over them.
void ShowInFiles(const std::vector<const base::Source*>& files, base::FileId over,
                 model::Container& container) {
  if (container.anchor.file != over) return;
  for (const base::Source* file : files) {
    const syntax::Tree tree = syntax::ParseYaml(file->Bytes(), file->Id());
    const NodeId root = tree.documents.empty() ? syntax::kNoNode : tree.documents[0];
    const Entry* services = tree.Find(root, "services");
    const Entry* service =
        services == nullptr ? nullptr : tree.Find(services->value, container.service);
    if (service == nullptr) continue;
    container.anchor = tree.At(service->key).span;
    container.extent = base::Cover(container.anchor, tree.At(service->value).span);
  }
}

}  // namespace

void ReadProject(const Config& config, const Context& context, model::Document& document) {
  if (config.source.Within() != nullptr)
    return AddGap(document, "unsupported-construct",
                  "the compose files of a dev container in a document are not looked for",
                  config.Whole(*config.Find("dockerComposeFile")), false);
  std::vector<const base::Source*> sources = Open(FilesOf(config, context), context, document);
  if (sources.empty()) return;
  const std::vector<const base::Source*> files = sources;
  const Node* service = config.Scalar("service");
  if (service != nullptr) {
    Override over(config, *service);
    over.workspace = FromFolderOf(*sources[0], config, context);
    over.Fill(context);
    for (const base::Span& place : over.Unknown())
      AddGap(document, "remote-file", std::string(kUnknownFeature), place, false);
    if (!over.IsEmpty()) sources.push_back(&over.Text().AddTo(context.sources, nullptr));
  }
  model::Document project = ReadComposeFiles(sources, context);
  // The same project is known by its files, wherever it is met.
  project.project.resize(std::min(project.project.size(), files.size()));
  auto& all = project.containers;
  // A user of its own would stand above what an edit of the files could say.
  if (sources.size() > files.size() && config.Scalar("containerUser") == nullptr)
    for (model::Container& container : all) ShowInFiles(files, sources.back()->Id(), container);
  if (service != nullptr && std::none_of(all.begin(), all.end(), [&](const auto& container) {
        return container.service == service->text;
      }))
    AddGap(document, "invalid-compose", "no such service in these compose files", service->span,
           true);
  // What comments of this file say holds for what the project has from it.
  if (document.containers.empty())
    std::move(document.suppressions.begin(), document.suppressions.end(),
              std::back_inserter(project.suppressions));
  if (document.containers.empty()) document.suppressions.clear();
  document.embedded.push_back(std::move(project));
}

}  // namespace cagelint::input::devcontainer
