// The output of an engine's `inspect` as a carrier: what containers really have.
#include "linter/input/inspect.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/embed.h"
#include "linter/input/embed_json.h"
#include "linter/input/shell_texts.h"
#include "linter/syntax/json.h"

namespace cagelint::input {

namespace inspect {

using syntax::Entry;
using syntax::kNoNode;
using syntax::NodeId;

const Entry* Tree::Find(NodeId map, std::string_view key) const {
  const Entry* entry = map == kNoNode ? nullptr : tree_.Find(map, key);
  return entry == nullptr || tree_.At(entry->value).IsNull() ? nullptr : entry;
}

NodeId Tree::Value(NodeId map, std::string_view key) const {
  const Entry* entry = Find(map, key);
  return entry == nullptr ? kNoNode : entry->value;
}

std::string_view Tree::Text(NodeId map, std::string_view key) const {
  const NodeId value = Value(map, key);
  return value == kNoNode || !At(value).IsScalar() ? std::string_view() : At(value).text;
}

std::string_view NameOf(const Tree& tree, NodeId container) {
  std::string_view name = tree.Text(container, "Name");
  if (name.starts_with('/')) name.remove_prefix(1);
  return name;
}

bool IsContainer(const Tree& tree, NodeId node) {
  const auto is_map = [&](std::string_view key) {
    const NodeId value = tree.Value(node, key);
    return value != kNoNode && tree.At(value).IsMap();
  };
  const bool is_made = tree.Has(node, "State") || tree.Has(node, "Id") || tree.Has(node, "Mounts");
  return tree.At(node).IsMap() && is_map("HostConfig") && is_map("Config") && is_made;
}

bool IsIncomplete(const Tree& tree, NodeId container) {
  const bool is_podman = tree.Has(container, "EffectiveCaps") ||
                         tree.Has(container, "BoundingCaps") || tree.Has(container, "OCIRuntime");
  return !is_podman && !tree.Has(tree.Value(container, "HostConfig"), "Privileged");
}

}  // namespace inspect

namespace {

using syntax::kNoNode;
using syntax::NodeId;

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kMark = "\xEF\xBB\xBF";

// Where the objects of a text begin and end that holds one after the other.
std::vector<std::pair<std::uint32_t, std::uint32_t>> Objects(std::string_view bytes) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  std::size_t begin = 0;
  int depth = 0;
  bool is_text = false;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char byte = bytes[at];
    if (is_text) {
      if (byte == '\\') ++at;
      is_text = byte != '"';
    } else if (byte == '"') {
      is_text = true;
    } else if (byte == '{' || byte == '[') {
      if (depth++ == 0) begin = at;
    } else if ((byte == '}' || byte == ']') && depth > 0 && --depth == 0) {
      out.emplace_back(begin, at + 1);
    }
  }
  if (depth > 0) out.emplace_back(begin, bytes.size());
  return out;
}

// The containers of one value: the value, or what is in it.
std::vector<NodeId> ContainersOf(const inspect::Tree& tree, NodeId root) {
  std::vector<NodeId> out;
  if (inspect::IsContainer(tree, root)) out.push_back(root);
  for (const NodeId item : tree.At(root).items)
    if (inspect::IsContainer(tree, item)) out.push_back(item);
  return out;
}

bool Named(std::string_view path) {
  return path.ends_with(".json") || path.ends_with(".jsonl") ||
         base::NameOf(path).find('.') == std::string_view::npos;
}

std::string Accepts(std::string_view, std::string_view bytes) {
  const std::size_t first = bytes.find_first_not_of(kBlanks, bytes.starts_with(kMark) ? 3 : 0);
  if (first == std::string_view::npos || (bytes[first] != '[' && bytes[first] != '{')) return "";
  if (bytes.find("\"HostConfig\"") == std::string_view::npos ||
      bytes.find("\"Config\"") == std::string_view::npos)
    return "";
  for (const auto& [begin, end] : Objects(bytes)) {
    base::SourceSet scratch;
    const base::Source& source = scratch.Add("", std::string(bytes.substr(begin, end - begin)));
    const syntax::Tree tree = syntax::ParseJson(source);
    if (tree.documents.empty()) return "";
    if (!ContainersOf({source, tree}, tree.documents[0]).empty())
      return "what an engine's `inspect` says of a container";
  }
  return "";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  return language.empty() || language.starts_with("json") ? Accepts("", bytes) : "";
}

class Reading {
 public:
  Reading(const base::Source& source, const Context& context)
      : source_(source), context_(context), texts_(context, source.Path(), document_) {
    document_.file = source.Id();
    document_.carrier = model::Carrier::kInspect;
  }

  model::Document Do() {
    const auto objects = Objects(source_.Bytes());
    for (const auto& [begin, end] : objects) {
      if (objects.size() == 1) {
        values_.emplace_back(&source_, Parse(source_));
        break;
      }
      EmbeddedText text(source_);
      text.Copy(begin, end);
      const base::Source& value = text.AddTo(context_.sources, nullptr);
      values_.emplace_back(&value, Parse(value));
    }
    ForEach([&](const inspect::Tree& tree, NodeId container) {
      const std::string_view name = inspect::NameOf(tree, container);
      if (!name.empty()) names_.emplace(tree.Text(container, "Id"), name);
    });
    ForEach([&](const inspect::Tree& tree, NodeId container) { Read(tree, container); });
    texts_.Link();
    return std::move(document_);
  }

 private:
  void Say(std::string kind, std::string message, const base::Span& place) {
    document_.gaps.push_back({std::move(kind), std::move(message), place, "", false});
  }

  syntax::Tree Parse(const base::Source& value) {
    syntax::Tree parsed = syntax::ParseJson(value);
    if (!parsed.errors.empty()) {
      const syntax::SyntaxError& error = parsed.errors.front();
      Say(error.limit ? "limit-reached" : "syntax-error", "not valid JSON: " + error.message,
          error.span);
    }
    return parsed;
  }

  template <typename Take>
  void ForEach(Take take) const {
    for (const auto& [source, parsed] : values_) {
      if (parsed.documents.empty()) continue;
      const inspect::Tree tree(*source, parsed);
      for (const NodeId container : ContainersOf(tree, parsed.documents[0])) take(tree, container);
    }
  }

  void Read(const inspect::Tree& tree, NodeId container) {
    const std::size_t before = document_.containers.size();
    texts_.Read(inspect::AddCommand(tree, container, names_, context_));
    if (document_.containers.size() != before + 1) return;
    model::Container& made = document_.containers.back();
    ReadProfile(tree, container, made);
    if (!inspect::IsIncomplete(tree, container)) return;
    model::MakeAbsentDynamic(made, "", made.anchor);
    Say("unsupported-construct",
        "nerdctl does not say which privileges, limits and networks this container has",
        made.anchor);
  }

  // The option holds the profile itself.
  void ReadProfile(const inspect::Tree& tree, NodeId container, model::Container& made) {
    constexpr std::string_view kOption = "seccomp=";
    const NodeId options = tree.Value(tree.Value(container, "HostConfig"), "SecurityOpt");
    if (options == kNoNode) return;
    for (const NodeId item : tree.At(options).items) {
      const std::string& text = tree.At(item).text;
      if (!text.starts_with(kOption) || text.find('{') != kOption.size()) continue;
      const EmbeddedText option = JsonText(tree.Source(), tree.At(item));
      EmbeddedText profile(tree.Source());
      profile.Append(option, kOption.size(), option.Size());
      const base::Source& source = profile.AddTo(context_.sources, nullptr);
      model::Document read = kSeccompReader.read(source, context_);
      std::move(read.gaps.begin(), read.gaps.end(), std::back_inserter(document_.gaps));
      model::SeccompReference reference;
      reference.path = "profile";
      reference.span = tree.At(item).span;
      if (!read.profiles.empty()) {
        document_.profiles.push_back(std::move(read.profiles.front()));
        reference.profile = static_cast<int>(document_.profiles.size()) - 1;
      }
      made.seccomp = std::move(reference);
    }
  }

  const base::Source& source_;
  const Context& context_;
  model::Document document_;
  ShellTexts texts_;
  std::vector<std::pair<const base::Source*, syntax::Tree>> values_;
  inspect::Names names_;
};

model::Document Read(const base::Source& source, const Context& context) {
  return Reading(source, context).Do();
}

}  // namespace

const Reader kInspectReader{"inspect", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
