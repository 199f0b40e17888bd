// The command line that the dev container CLI gives to docker's client. (github devcontainers/cli,
// src/spec-node/singleContainer.ts, spawnDevContainer: the words and their order.)
#include <set>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/devcontainer.h"
#include "linter/input/embed_words.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input::devcontainer {
namespace {

using syntax::Entry;
using syntax::Node;
using syntax::NodeId;

// A flag and its value, and where both are shown.
struct Ask {
  std::string flag;
  EmbeddedText value;
  base::Span place;
  base::Span removable;  // invalid: its author cannot take it away alone
  bool is_text = true;   // the value is one text of its author's
};

class Command {
 public:
  Command(const Config& config, const Context& context)
      : config_(config), image_(ImageEntry(config)), words_(config.source) {
    anchor_ = config.KeyOf(*image_);
    CollectFeatures(context);
  }

  const base::Source& AddTo(const Context& context) {
    for (const char* word : {"docker", "run", "--sig-proxy=false", "-a", "STDOUT", "-a", "STDERR"})
      words_.AddImplied(word, anchor_);
    AddPorts();
    AddWorkspace();
    AddMounts();
    AddEnvironment();
    if (const Node* user = config_.Scalar("containerUser"))
      AddOne("-u", TextOf(config_, *user, Purpose::kWord), *config_.Find("containerUser"));
    AddArguments();
    AddPrivileges();
    AddImage();
    return words_.AddTo(context.sources, Style());
  }

  // Of features that are none of the CLI's makers.
  const std::vector<base::Span>& Unknown() const { return unknown_; }

 private:
  EmbeddedText Literal(std::string_view text, const base::Span& place) const {
    EmbeddedText out(config_.source);
    out.Put(text, place.begin, place.end);
    return out;
  }
  EmbeddedText Text(const Node& scalar) const { return TextOf(config_, scalar, Purpose::kWord); }

  // What goes with an item of a list: all of a list that has no other.
  base::Span RemovalOf(const Entry& list, NodeId item) const {
    return config_.ValueOf(list).items.size() == 1 ? config_.Whole(list)
                                                   : config_.tree.At(item).span;
  }

  void AddOne(std::string_view flag, const EmbeddedText& value, const Entry& entry) {
    Add({std::string(flag), value, config_.ValueOf(entry).span, config_.Whole(entry)});
  }
  void Add(const Ask& ask) {
    words_.AddImplied(ask.flag, ask.place, ask.removable);
    if (ask.value.Size() > 0)
      words_.AddImplied("", ask.value, ask.place, ask.removable, {}, ask.is_text);
  }

  // A number is a port of the host's own address; what is written as text is given on.
  void AddPorts() {
    const Entry* entry = config_.Find("appPort");
    if (entry == nullptr) return;
    const Node& value = config_.ValueOf(*entry);
    if (!value.IsList()) return AddPort(value, config_.Whole(*entry));
    for (const NodeId item : value.items) AddPort(config_.tree.At(item), RemovalOf(*entry, item));
  }
  void AddPort(const Node& port, const base::Span& removable) {
    if (!port.IsScalar()) return;
    const bool is_number = port.style == syntax::ScalarStyle::kNumber;
    Add({"-p",
         is_number ? Literal("127.0.0.1:" + port.text + ":" + port.text, port.span) : Text(port),
         port.span, removable, !is_number});
  }

  // Without `workspaceMount` the project is mounted, writable; with an empty one nothing is.
  void AddWorkspace() {
    if (const Entry* entry = config_.Find("workspaceMount")) {
      if (const Node* mount = config_.Scalar("workspaceMount"))
        AddOne("--mount", Text(*mount), *entry);
      return;
    }
    const Entry* folder = config_.Find("workspaceFolder");
    const base::Span place = folder != nullptr ? config_.KeyOf(*folder) : anchor_;
    const std::string source = std::string(1, kVariableBegin) + "PWD" + kVariableEnd;
    Add({"--mount",
         Literal(
             "type=bind,source=" + source + ",target=/workspaces/{{localWorkspaceFolderBasename}}",
             place),
         place,
         {},
         false});
  }

  // Of several mounts at one place the last counts; those of the features come first.
  void AddMounts() {
    std::vector<Ask> asks;
    for (const Ask& ask : features_)
      if (ask.flag == "--mount") asks.push_back(ask);
    if (const Entry* entry = config_.Find("mounts"))
      for (const NodeId item : config_.ValueOf(*entry).items)
        if (auto ask = MountOf(item, RemovalOf(*entry, item))) asks.push_back(std::move(*ask));
    std::set<std::string> seen;
    std::vector<const Ask*> kept;
    for (auto it = asks.rbegin(); it != asks.rend(); ++it)
      if (seen.insert(TargetOf(it->value.Text())).second) kept.push_back(&*it);
    for (auto it = kept.rbegin(); it != kept.rend(); ++it) Add(**it);
  }

  // Of an object only these three keys count.
  std::optional<Ask> MountOf(NodeId id, const base::Span& removable) const {
    const Node& node = config_.tree.At(id);
    if (node.IsScalar()) return Ask{"--mount", Text(node), node.span, removable};
    if (!node.IsMap()) return std::nullopt;
    EmbeddedText value(config_.source);
    for (const auto& [key, written] :
         {std::pair{"type", "type="}, {"source", ",src="}, {"target", ",dst="}}) {
      const Entry* entry = config_.FindIn(id, key);
      const bool is_there = entry != nullptr && config_.ValueOf(*entry).IsScalar();
      if (!is_there && key == std::string_view("source")) continue;
      const base::Span place = is_there ? config_.ValueOf(*entry).span : node.span;
      value.Put(written, place.begin, place.end);
      if (is_there) value.Append(Text(config_.ValueOf(*entry)));
    }
    return Ask{"--mount", std::move(value), node.span, removable, false};
  }

  void AddEnvironment() {
    const Entry* entry = config_.Find("containerEnv");
    if (entry == nullptr) return;
    for (const Entry& variable : config_.ValueOf(*entry).entries) {
      const Node& value = config_.ValueOf(variable);
      if (!value.IsScalar()) continue;
      const base::Span whole = config_.Whole(variable);
      words_.AddImplied("-e", whole, whole);
      words_.AddImplied(config_.tree.At(variable.key).text + "=", Text(value), whole, whole, {},
                        true);
    }
  }

  void AddArguments() {
    const Entry* entry = config_.Find("runArgs");
    if (entry == nullptr) return;
    for (const NodeId item : config_.ValueOf(*entry).items)
      if (const Node& node = config_.tree.At(item); node.IsScalar())
        words_.Add(Text(node), node.span);
  }

  // What features ask for comes first, and is said once.
  void AddPrivileges() {
    for (const auto& [key, flag] : {std::pair{"init", "--init"}, {"privileged", "--privileged"}})
      AddSwitch(key, flag);
    for (const auto& [key, flag] :
         {std::pair{"capAdd", "--cap-add"}, {"securityOpt", "--security-opt"}}) {
      std::set<std::string> seen;
      for (const Ask& ask : features_)
        if (ask.flag == flag && seen.insert(ask.value.Text()).second) Add(ask);
      const Entry* entry = config_.Find(key);
      if (entry == nullptr) continue;
      for (const NodeId item : config_.ValueOf(*entry).items) {
        const Node& node = config_.tree.At(item);
        if (!node.IsScalar()) continue;
        Ask ask{flag, Text(node), node.span, RemovalOf(*entry, item)};
        if (seen.insert(ask.value.Text()).second) Add(ask);
      }
    }
  }
  void AddSwitch(std::string_view key, std::string_view flag) {
    if (const Entry* entry = config_.FindTrue(key)) {
      const base::Span whole = config_.Whole(*entry);
      return words_.AddImplied(flag, whole, whole);
    }
    for (const Ask& ask : features_)
      if (ask.flag == flag) return Add(ask);
  }

  // An image that is built is called after the folder. The program of the image runs only where
  // `overrideCommand` is false.
  void AddImage() {
    words_.AddImplied("--entrypoint", anchor_);
    words_.AddImplied("/bin/sh", anchor_);
    const Node* name = config_.Scalar("image");
    if (name != nullptr && image_ == config_.Find("image"))
      words_.AddImplied("", Text(*name), name->span, {}, {}, true);
    else
      words_.AddImplied("vsc-{{folder}}", anchor_);
    words_.AddImplied("-c", anchor_);
    words_.AddImplied("echo Container started; exec \"$@\"; while sleep 1 & wait $!; do :; done",
                      anchor_);
    words_.AddImplied("-", anchor_);
    const Entry* keeps = config_.Find("overrideCommand");
    if (keeps != nullptr && config_.ValueOf(*keeps).text == "false")
      words_.AddImplied("{{command...}}", config_.Whole(*keeps));
  }

  void CollectFeatures(const Context& context) {
    for (const Feature& feature : FeaturesOf(config_, context)) {
      if (!feature.wishes) unknown_.push_back(feature.place);
      for (const Wish& wish : feature.wishes.value_or(std::vector<Wish>{}))
        features_.push_back(
            {wish.flag,
             wish.value.empty() ? EmbeddedText(config_.source) : Literal(wish.value, feature.place),
             feature.place,
             {},
             false});
    }
  }

  // New flags go into `runArgs`, which is made where it is missing.
  ListStyle Style() const {
    ListStyle style;
    const base::Source& source = config_.source;
    const Entry* arguments = config_.Find("runArgs");
    if (arguments != nullptr) {
      const Node& list = config_.ValueOf(*arguments);
      if (!list.IsList()) return style;
      const base::Span last = list.items.empty()
                                  ? base::Span{source.Id(), list.span.begin, list.span.begin + 1}
                                  : config_.tree.At(list.items.back()).span;
      const bool is_empty = list.items.empty();
      style.add = [&source, last, is_empty](const std::vector<std::string>& words) {
        return std::optional(
            base::Edit{{source.Id(), last.end, last.end}, (is_empty ? "" : ", ") + Listed(words)});
      };
    } else {
      const base::Span whole = config_.Whole(*image_);
      style.add = [&source, whole](const std::vector<std::string>& words) {
        return std::optional(base::Edit{
            {source.Id(), whole.end, whole.end},
            "," + LineLike(source, whole.begin) + "\"runArgs\": [" + Listed(words) + "]"});
      };
    }
    return style;
  }

  static std::string Listed(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words)
      out += (out.empty() ? "\"" : ", \"") + *EscapeJson(word) + "\"";
    return out;
  }

  // A new line with the indentation of the one at `at`; a blank where that does not begin its line.
  static std::string LineLike(const base::Source& source, std::uint32_t at) {
    const std::string_view bytes = source.Bytes();
    std::uint32_t begin = at;
    while (begin > 0 && (bytes[begin - 1] == ' ' || bytes[begin - 1] == '\t')) --begin;
    if (begin == 0 || bytes[begin - 1] != '\n') return " ";
    const bool has_return = begin > 1 && bytes[begin - 2] == '\r';
    return (has_return ? "\r\n" : "\n") + std::string(bytes.substr(begin, at - begin));
  }

  const Config& config_;
  const Entry* image_;
  WordList words_;
  base::Span anchor_;
  std::vector<Ask> features_;
  std::vector<base::Span> unknown_;
};

}  // namespace

void ReadContainer(const Config& config, const Context& context, model::Document& document) {
  Command command(config, context);
  const base::Source& words = command.AddTo(context);
  for (const base::Span& place : command.Unknown())
    document.gaps.push_back({"remote-file", std::string(kUnknownFeature), place, "", false});
  const std::size_t before = document.containers.size();
  // Commands are started in the project's folder, and paths are meant from there.
  ShellTexts texts(context, base::JoinPath(config.workspace, "devcontainer.json"), document);
  texts.Read(words);
  texts.Link();
  if (document.containers.size() == before + 1 && ImageEntry(config) != config.Find("image"))
    ReadBuild(config, context, document.containers.back());
}

}  // namespace cagelint::input::devcontainer
