// What an engine says of a container → the command line that makes such a one.
#include <string>
#include <utility>
#include <vector>

#include "linter/base/text.h"
#include "linter/input/embed_json.h"
#include "linter/input/inspect_words.h"

namespace cagelint::input::inspect {

using syntax::Entry;
using syntax::kNoNode;
using syntax::Node;
using syntax::NodeId;

Words::Words(const Tree& from, NodeId which, const Names& all)
    : tree(from),
      names(all),
      container(which),
      host(from.Value(which, "HostConfig")),
      config(from.Value(which, "Config")),
      list(from.Source()) {
  const base::Span& whole = tree.At(container).span;
  anchor = {whole.file, whole.begin, whole.begin + 1};
  if (const NodeId name = tree.Value(container, "Name"); name != kNoNode)
    anchor = tree.At(name).span;
  is_podman = tree.Has(container, "EffectiveCaps") || tree.Has(container, "BoundingCaps") ||
              tree.Has(container, "OCIRuntime");
  is_nerdctl = IsIncomplete(tree, container);
}

base::Span Words::Whole(const Entry& entry) const {
  return base::Cover(tree.At(entry.key).span, tree.At(entry.value).span);
}

base::Span Words::PlaceOf(NodeId object, std::string_view key) const {
  const NodeId value = tree.Value(object, key);
  return value == kNoNode || tree.At(value).span.IsEmpty() ? tree.At(object).span
                                                           : tree.At(value).span;
}

EmbeddedText Words::Content(const Node& node) const {
  if (node.style == syntax::ScalarStyle::kDoubleQuoted) return JsonText(tree.Source(), node);
  EmbeddedText out(tree.Source());
  out.Put(node.text, node.span.begin, node.span.end);
  return out;
}

void Words::Flag(std::string_view flag, const Node& value) {
  if (!value.IsScalar()) return;
  list.AddImplied(flag, value.span);
  list.AddImplied("", Content(value), value.span);
}

void Words::Flag(std::string_view flag, std::string_view value, const base::Span& place) {
  list.AddImplied(flag, place);
  list.AddImplied(value, place);
}

void Words::Mode(std::string_view flag, const Node& value) {
  constexpr std::string_view kJoins = "container:";
  const bool joins = value.text.starts_with(kJoins);
  const auto found = joins ? names.find(value.text.substr(kJoins.size())) : names.end();
  if (found == names.end()) return Flag(flag, value);
  Flag(flag, std::string(kJoins) + found->second, value.span);
}

void Words::Pairs(NodeId map, std::string_view flag) {
  if (map == kNoNode) return;
  for (const Entry& entry : tree.At(map).entries) {
    const Node& value = tree.At(entry.value);
    if (!value.IsScalar()) continue;
    const base::Span place = Whole(entry);
    list.AddImplied(flag, place);
    list.AddImplied(tree.At(entry.key).text + "=", Content(value), place);
  }
}

namespace {

// The engine's own name is the begin of the id, or that of the host.
void AddHostname(Words& words) {
  const NodeId id = words.tree.Value(words.config, "Hostname");
  if (id == kNoNode || words.tree.At(id).text.empty()) return;
  const std::string& name = words.tree.At(id).text;
  if (words.tree.Text(words.container, "Id").starts_with(name)) return;
  const std::string_view network = words.tree.Text(words.host, "NetworkMode");
  if (network == "host" || network.starts_with("container:") ||
      words.tree.Text(words.host, "UTSMode") == "host")
    return;
  words.Flag("--hostname", words.tree.At(id));
}

void AddIdentity(Words& words) {
  const NodeId name = words.tree.Value(words.container, "Name");
  if (name != kNoNode) {
    std::string_view text = words.tree.At(name).text;
    if (text.starts_with('/')) text.remove_prefix(1);
    if (!text.empty()) words.Flag("--name", text, words.tree.At(name).span);
  }
  // The image's user is put in when a container is made: an empty one is root.
  if (const NodeId user = words.tree.Value(words.config, "User"); user != kNoNode) {
    if (words.tree.At(user).text.empty())
      words.Flag("--user", "root", words.tree.At(user).span);
    else
      words.Flag("--user", words.tree.At(user));
  } else if (!words.is_nerdctl) {
    words.Flag("--user", "root", words.anchor);
  }
  AddHostname(words);
  if (const NodeId folder = words.tree.Value(words.config, "WorkingDir");
      folder != kNoNode && !words.tree.At(folder).text.empty())
    words.Flag("--workdir", words.tree.At(folder));
  words.Items(words.tree.Value(words.config, "Env"),
              [&](NodeId item) { words.Flag("--env", words.tree.At(item)); });
  words.Pairs(words.tree.Value(words.config, "Labels"), "--label");
  if (const NodeId stop = words.tree.Value(words.config, "StopTimeout");
      stop != kNoNode && !words.is_podman)
    words.Flag("--stop-timeout", words.tree.At(stop));
  for (const auto& [key, flag] : {std::pair{"Tty", "--tty"}, {"OpenStdin", "--interactive"}})
    if (words.tree.IsTrue(words.config, key))
      words.list.AddImplied(flag, words.Whole(*words.tree.Find(words.config, key)));
  // A client that stays is attached to some stream.
  if (words.tree.Has(words.config, "AttachStdout") &&
      !words.tree.IsTrue(words.config, "AttachStdout") &&
      !words.tree.IsTrue(words.config, "AttachStderr") &&
      !words.tree.IsTrue(words.config, "AttachStdin"))
    words.list.AddImplied("--detach", words.Whole(*words.tree.Find(words.config, "AttachStdout")));
}

void AddProgram(Words& words) {
  std::vector<NodeId> rest;
  const NodeId entrypoint = words.tree.Value(words.config, "Entrypoint");
  if (entrypoint != kNoNode) {
    const Node& node = words.tree.At(entrypoint);
    if (node.IsScalar() && !node.text.empty()) words.Flag("--entrypoint", node);
    if (!node.items.empty()) words.Flag("--entrypoint", words.tree.At(node.items[0]));
    for (std::size_t i = 1; i < node.items.size(); ++i) rest.push_back(node.items[i]);
  }
  words.Items(words.tree.Value(words.config, "Cmd"), [&](NodeId item) { rest.push_back(item); });
  NodeId image = words.tree.Value(words.config, "Image");
  if (image == kNoNode) image = words.tree.Value(words.container, "Image");
  if (image == kNoNode || words.tree.At(image).text.empty())
    words.list.AddImplied("sha256:{{image}}", words.anchor);
  else
    words.list.AddImplied("", words.Content(words.tree.At(image)), words.tree.At(image).span);
  for (const NodeId item : rest)
    if (words.tree.At(item).IsScalar())
      words.list.AddImplied("", words.Content(words.tree.At(item)), words.tree.At(item).span);
}

}  // namespace

const base::Source& AddCommand(const Tree& tree, NodeId container, const Names& names,
                               const Context& context) {
  Words words(tree, container, names);
  words.list.AddImplied(words.is_podman    ? "podman"
                        : words.is_nerdctl ? "nerdctl"
                                           : "docker",
                        words.anchor);
  words.list.AddImplied("run", words.anchor);
  AddIdentity(words);
  AddHost(words);
  AddProgram(words);
  return words.list.AddTo(context.sources, {});
}

}  // namespace cagelint::input::inspect
