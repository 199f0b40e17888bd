#include "linter/input/seccomp_profile_decode.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linter/base/text.h"
#include "linter/syntax/json.h"

namespace cagelint::input {
namespace {

using model::SeccompProblem;
using model::Word;
using syntax::Node;
using syntax::NodeId;

// moby's profiles/seccomp, containers-common's pkg/seccomp and the runtime-spec together.
constexpr std::string_view kTopKeys[] = {
    "defaultAction", "defaultErrnoRet",  "defaultErrno", "flags",   "listenerPath",
    "architectures", "listenerMetadata", "archMap",      "syscalls"};
constexpr std::string_view kEntryKeys[] = {"names", "name",    "action",   "errnoRet", "errno",
                                           "args",  "comment", "includes", "excludes"};
constexpr std::string_view kArgumentKeys[] = {"index", "value", "valueTwo", "op"};
constexpr std::string_view kFilterKeys[] = {"caps", "arches", "minKernel"};
constexpr std::string_view kArchitectureKeys[] = {"architecture", "subArchitectures"};

std::string_view TypeOf(const Node& node) {
  if (node.IsMap()) return "an object";
  if (node.IsList()) return "an array";
  if (node.IsNull()) return "null";
  if (node.style == syntax::ScalarStyle::kNumber) return "a number";
  return node.style == syntax::ScalarStyle::kBool ? "a boolean" : "a string";
}

// The one of `keys` that Go takes `key` for; "" when there is none.
std::string_view KeyNamed(std::string_view key, std::span<const std::string_view> keys) {
  if (std::find(keys.begin(), keys.end(), key) != keys.end())
    return *std::find(keys.begin(), keys.end(), key);
  const std::string lower = base::ToLower(key);
  for (const std::string_view known : keys)
    if (base::ToLower(known) == lower) return known;
  return "";
}

class Decoder {
 public:
  Decoder(const syntax::Tree& tree, model::SeccompProfile& profile)
      : tree_(tree), profile_(profile) {}

  void Profile(NodeId id);

 private:
  // Calls `take(key, value)` for every known key of map `id`, and records what is odd.
  template <typename Take>
  void Fields(NodeId id, std::span<const std::string_view> keys, Take take);
  // Calls `take(element)` for every element of list `id`; null has none.
  template <typename Take>
  void Elements(NodeId id, Take take);

  void Entry(NodeId id);
  void Argument(NodeId id, std::vector<model::SeccompArgument>& out);
  void Filter(NodeId id, model::SeccompFilter& out);
  void Architecture(NodeId id);
  void Text(NodeId id, Word& out);
  void Texts(NodeId id, std::vector<Word>& out);
  void Number(NodeId id, std::optional<std::uint64_t>& out);
  void CheckText(NodeId id) {
    Word unused;
    Text(id, unused);
  }

  void Wrong(NodeId id, std::string_view wanted) {
    const Node& node = tree_.At(id);
    Problem(SeccompProblem::Kind::kInvalid,
            std::string(TypeOf(node)) + " stands where " + std::string(wanted) + " belongs",
            node.span);
  }
  void Problem(SeccompProblem::Kind kind, std::string message, base::Span span,
               bool matters = true) {
    profile_.problems.push_back({kind, std::move(message), span, matters});
  }
  void UnknownKey(const Node& key, const Node& value, std::span<const std::string_view> keys);

  const syntax::Tree& tree_;
  model::SeccompProfile& profile_;
};

template <typename Take>
void Decoder::Fields(NodeId id, std::span<const std::string_view> keys, Take take) {
  const Node& map = tree_.At(id);
  if (map.IsNull()) return;
  if (!map.IsMap()) return Wrong(id, "an object");
  std::vector<base::Span> first(keys.size());
  for (const syntax::Entry& entry : map.entries) {
    const Node& written = tree_.At(entry.key);
    const std::string_view key = KeyNamed(written.text, keys);
    const base::Span place = syntax::InsideQuotes(written);
    if (key.empty()) {
      UnknownKey(written, tree_.At(entry.value), keys);
      continue;
    }
    if (key != written.text)
      Problem(SeccompProblem::Kind::kIgnored,
              "`" + written.text + "` counts as `" + std::string(key) + "`", place, false);
    auto& seen =
        first[static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin())];
    if (seen.IsValid())
      Problem(SeccompProblem::Kind::kIgnored,
              "`" + std::string(key) + "` is given again below, and the last one counts", seen);
    seen = place;
    take(key, entry.value);
  }
}

// One that is near a known key is a slip, and what has parts below an entry was written to be
// looked at; what else people invent are remarks, like `$schema` or `description`.
void Decoder::UnknownKey(const Node& key, const Node& value,
                         std::span<const std::string_view> keys) {
  const std::string_view near = base::Suggest(key.text, keys);
  const bool at_top = keys.data() == std::data(kTopKeys);
  const bool has_parts = !value.entries.empty() || !value.items.empty();
  const base::Span place = syntax::InsideQuotes(key);
  Problem(SeccompProblem::Kind::kIgnored,
          "`" + key.text + "` is no key of a seccomp profile and is ignored" +
              (near.empty() ? "" : "; `" + std::string(near) + "` is"),
          place.IsEmpty() ? key.span : place,
          near.empty() ? has_parts && !at_top : near != "comment");
}

template <typename Take>
void Decoder::Elements(NodeId id, Take take) {
  const Node& list = tree_.At(id);
  if (list.IsNull()) return;
  if (!list.IsList()) return Wrong(id, "an array");
  for (const NodeId item : list.items) take(item);
}

void Decoder::Text(NodeId id, Word& out) {
  const Node& node = tree_.At(id);
  if (node.IsNull()) return;
  if (!node.IsScalar() || node.style != syntax::ScalarStyle::kDoubleQuoted)
    return Wrong(id, "a string");
  out = {node.text, node.text.empty() ? node.span : syntax::InsideQuotes(node)};
}

void Decoder::Texts(NodeId id, std::vector<Word>& out) {
  out.clear();
  Elements(id, [&](NodeId item) {
    Word word{"", tree_.At(item).span};
    Text(item, word);
    out.push_back(std::move(word));
  });
}

void Decoder::Number(NodeId id, std::optional<std::uint64_t>& out) {
  const Node& node = tree_.At(id);
  out.reset();
  if (node.IsNull()) return;
  if (!node.IsScalar() || node.style != syntax::ScalarStyle::kNumber) return Wrong(id, "a number");
  std::uint64_t value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto read = std::from_chars(node.text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) {
    Problem(SeccompProblem::Kind::kInvalid,
            "`" + node.text + "` does not fit into an unsigned 64-bit integer", node.span);
    return;
  }
  out = value;
}

void Decoder::Filter(NodeId id, model::SeccompFilter& out) {
  Fields(id, kFilterKeys, [&](std::string_view key, NodeId value) {
    if (key == "caps") Texts(value, out.caps);
    if (key == "arches") Texts(value, out.arches);
    if (key == "minKernel") Text(value, out.min_kernel);
  });
}

void Decoder::Argument(NodeId id, std::vector<model::SeccompArgument>& out) {
  model::SeccompArgument argument;
  argument.span = tree_.At(id).span;
  argument.op.span = argument.span;
  Fields(id, kArgumentKeys, [&](std::string_view key, NodeId value) {
    if (key == "op") return Text(value, argument.op);
    std::optional<std::uint64_t> number;
    Number(value, number);
    if (key == "index")
      argument.index =
          static_cast<std::uint32_t>(std::min<std::uint64_t>(number.value_or(0), UINT32_MAX));
    if (key == "value") argument.value = number.value_or(0);
    if (key == "valueTwo") argument.value_two = number.value_or(0);
  });
  out.push_back(std::move(argument));
}

void Decoder::Entry(NodeId id) {
  model::SeccompEntry entry;
  Word name;
  entry.span = tree_.At(id).span;
  entry.action.span = entry.span;
  Fields(id, kEntryKeys, [&](std::string_view key, NodeId value) {
    if (key == "names") Texts(value, entry.names);
    if (key == "name") Text(value, name);
    if (key == "action") Text(value, entry.action);
    if (key == "errnoRet") Number(value, entry.errno_ret);
    if (key == "comment") CheckText(value);
    if (key == "includes") Filter(value, entry.includes);
    if (key == "excludes") Filter(value, entry.excludes);
    if (key == "errno") Text(value, entry.errno_name.emplace());
    if (key == "args") {
      entry.args.clear();
      Elements(value, [&](NodeId item) { Argument(item, entry.args); });
    }
  });
  if (!name.text.empty()) {
    entry.old_name = true;
    if (entry.names.empty()) {
      entry.names.push_back(std::move(name));
    } else {
      entry.single = std::move(name);
    }
  }
  profile_.entries.push_back(std::move(entry));
}

void Decoder::Architecture(NodeId id) {
  model::SeccompArchitecture architecture;
  architecture.name.span = tree_.At(id).span;
  Fields(id, kArchitectureKeys, [&](std::string_view key, NodeId value) {
    if (key == "architecture") Text(value, architecture.name);
    if (key == "subArchitectures") Texts(value, architecture.sub_architectures);
  });
  profile_.arch_map.push_back(std::move(architecture));
}

void Decoder::Profile(NodeId id) {
  Fields(id, kTopKeys, [&](std::string_view key, NodeId value) {
    if (key == "defaultAction") Text(value, profile_.default_action);
    if (key == "defaultErrnoRet") Number(value, profile_.default_errno_ret);
    if (key == "defaultErrno") Text(value, profile_.default_errno_name.emplace());
    if (key == "architectures") Texts(value, profile_.architectures);
    if (key == "flags") Texts(value, profile_.flags);
    if (key == "listenerPath" || key == "listenerMetadata") CheckText(value);
    if (key == "archMap") {
      profile_.arch_map.clear();
      Elements(value, [&](NodeId item) { Architecture(item); });
    }
    if (key == "syscalls") {
      profile_.entries.clear();
      Elements(value, [&](NodeId item) { Entry(item); });
    }
  });
}

// The first byte that says it is a profile.
base::Span AnchorOf(const syntax::Tree& tree) {
  const Node& top = tree.At(tree.documents.front());
  for (const syntax::Entry& entry : top.entries)
    if (KeyNamed(tree.At(entry.key).text, kTopKeys) == "defaultAction")
      return syntax::InsideQuotes(tree.At(entry.key));
  return {top.span.file, top.span.begin, top.span.begin + 1};
}

}  // namespace

bool IsSeccompKey(std::string_view key) { return !KeyNamed(key, kTopKeys).empty(); }

model::SeccompProfile DecodeSeccompProfile(const syntax::Tree& tree, const base::Source& source) {
  model::SeccompProfile profile;
  profile.file = source.Id();
  profile.anchor = AnchorOf(tree);
  Decoder(tree, profile).Profile(tree.documents.front());
  // encoding/json knows no byte order mark.
  if (source.Bytes().starts_with("\xEF\xBB\xBF"))
    profile.problems.push_back({SeccompProblem::Kind::kInvalid,
                                "the file begins with a byte order mark",
                                {source.Id(), 0, 3},
                                true});
  return profile;
}

}  // namespace cagelint::input
