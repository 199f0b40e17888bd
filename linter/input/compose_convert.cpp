#include "linter/input/compose_convert.h"

#include <unordered_map>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::input::compose {
namespace {

using syntax::Entry;
using syntax::Node;
using syntax::NodeId;
using syntax::NodeKind;
using syntax::ScalarStyle;

constexpr int kMostNodes = 100'000;
constexpr int kDeepest = 400;
// Keys that stand twice in one document are said one by one; these are more than anybody reads.
constexpr int kMostTwins = 200;

class Converter {
 public:
  Converter(const syntax::Tree& tree, std::string_view bytes, const Variables& variables,
            int folder)
      : tree_(tree),
        bytes_(bytes),
        variables_(variables),
        folder_(folder),
        open_(tree.nodes.size(), false) {}

  Converted Do(NodeId root) {
    out_.value = Any(root, 0);
    if (stopped_) out_.value = nullptr;
    out_.visited = visited_;
    return std::move(out_);
  }

 private:
  void Refuse(std::string kind, std::string message, base::Span span) {
    out_.problems.push_back({std::move(kind), std::move(message), span});
  }

  void RefuseTwin(std::string_view key, base::Span place, base::Span first) {
    if (twins_ > kMostTwins) return;
    if (++twins_ > kMostTwins) return Refuse("duplicate-key", "more keys stand twice", place);
    Problem problem{"duplicate-key", "`" + std::string(key) + "` is already there in this mapping",
                    place, "leave one of the two"};
    problem.labels.push_back({first, "the first"});
    out_.problems.push_back(std::move(problem));
  }

  // Of a key that is left out: its anchor or tag, or else the character that stands there, or
  // before it at the end of the file.
  base::Span KeyPlace(const Node& key) const {
    if (!key.span.IsEmpty()) return key.span;
    if (key.anchor_span.IsValid()) return key.anchor_span;
    if (key.tag_span.IsValid()) return key.tag_span;
    base::Span place = key.span;
    const auto is_inside = [&](std::uint32_t at) {
      return at < bytes_.size() && base::IsContinuation(bytes_[at]);
    };
    if (place.begin < bytes_.size()) {
      do ++place.end;
      while (is_inside(place.end));
    } else {
      do --place.begin;
      while (is_inside(place.begin));
    }
    return place;
  }

  bool MayGoOn(const Node& node, int depth) {
    if (stopped_) return false;
    if (++visited_ <= kMostNodes && depth <= kDeepest) return true;
    stopped_ = true;
    Refuse("limit-reached",
           visited_ > kMostNodes ? "aliases make more than 100,000 values of this file"
                                 : "aliases make more than 400 levels of nesting",
           node.span);
    return false;
  }

  // Null for what is reset.
  ValuePtr Any(NodeId id, int depth) {
    const Node& node = tree_.At(id);
    if (!MayGoOn(node, depth)) return nullptr;
    if (node.kind == NodeKind::kAlias) return Alias(node, depth);
    if (node.tag == "!reset" || node.tag == "!override") out_.resets.push_back(path_);
    if (node.tag == "!reset") return nullptr;
    if (node.IsMap() || node.IsList()) {
      open_[id] = true;
      ValuePtr value = node.IsMap() ? Map(id, depth) : List(node, depth);
      open_[id] = false;
      return value;
    }
    return Scalar(node);
  }

  ValuePtr Alias(const Node& node, int depth) {
    if (!open_[node.target]) return Any(node.target, depth + 1);
    Refuse("invalid-compose", "an alias stands for something that holds it", node.span);
    auto value = std::make_shared<Value>();
    value->span = node.span;
    return value;
  }

  // How a value comes here from where it is written.
  static Steps AliasSteps(const Node& node) {
    if (node.kind != NodeKind::kAlias) return {};
    return {{node.span, "an alias brings it here"}};
  }

  ValuePtr List(const Node& node, int depth) {
    auto value = std::make_shared<Value>();
    value->kind = Kind::kList;
    value->span = node.span;
    value->folder = folder_;
    value->slots.reserve(node.items.size());
    for (std::size_t i = 0; i < node.items.size() && !stopped_; ++i) {
      path_.push_back(std::to_string(i));
      if (ValuePtr item = Any(node.items[i], depth + 1))
        value->slots.push_back({"", {}, std::move(item), AliasSteps(tree_.At(node.items[i]))});
      path_.pop_back();
    }
    return value;
  }

  ValuePtr Map(NodeId id, int depth) {
    const Node& node = tree_.At(id);
    auto value = std::make_shared<Value>();
    value->kind = Kind::kMap;
    value->span = node.span;
    value->folder = folder_;
    std::unordered_map<std::string_view, std::size_t> index;  // of a key in value->slots
    std::unordered_map<std::string_view, base::Span> seen;
    std::vector<NodeId> merges;
    for (const Entry& entry : node.entries) {
      if (stopped_) break;
      const std::string_view key = Key(entry.key);
      const base::Span place = KeyPlace(tree_.At(entry.key));
      if (const auto [first, added] = seen.emplace(key, place); !added)
        RefuseTwin(key, place, first->second);
      if (IsMerge(tree_.At(entry.key))) {
        merges.push_back(entry.value);
        continue;
      }
      path_.emplace_back(key);
      ValuePtr child = Any(entry.value, depth + 1);
      path_.pop_back();
      if (child == nullptr) continue;
      Slot slot{std::string(key), place, std::move(child), AliasSteps(tree_.At(entry.value))};
      const auto [at, fresh] = index.emplace(key, value->slots.size());
      if (fresh) {
        value->slots.push_back(std::move(slot));
      } else {
        value->slots[at->second] = std::move(slot);
      }
    }
    for (const NodeId merge : merges) MergeIn(merge, *value, index, depth);
    return value;
  }

  // The key's text; what is no string is refused, as compose-go does.
  std::string_view Key(NodeId id) {
    const Node* node = &tree_.At(id);
    if (node->kind == NodeKind::kAlias) node = &tree_.At(node->target);
    std::string text = node->text;
    const bool plain = node->style == ScalarStyle::kPlain && node->tag.empty();
    if (!node->IsScalar() || (plain && ResolvePlain(text) != Kind::kString))
      Refuse("invalid-compose", "a key that is not a string", KeyPlace(tree_.At(id)));
    return node->text;
  }

  static bool IsMerge(const Node& key) {
    return key.IsScalar() && key.text == "<<" &&
           ((key.style == ScalarStyle::kPlain && key.tag.empty()) || key.tag == "!!merge");
  }

  // `<<: *a` or `<<: [*a, *b]`: what is there already wins.
  void MergeIn(NodeId id, Value& into, std::unordered_map<std::string_view, std::size_t>& index,
               int depth) {
    const Node& node = tree_.At(id);
    if (node.IsList()) {
      for (const NodeId item : node.items) MergeOne(item, into, index, depth + 1);
    } else {
      MergeOne(id, into, index, depth);
    }
  }

  void MergeOne(NodeId id, Value& into, std::unordered_map<std::string_view, std::size_t>& index,
                int depth) {
    if (stopped_) return;
    const Node& node = tree_.At(id);
    const ValuePtr merged = Any(id, depth + 1);
    if (merged == nullptr) return;
    if (!merged->IsMap())
      return Refuse("invalid-compose", "a merge key takes a mapping", node.span);
    keep_.push_back(merged);  // `index` refers to its keys
    for (const Slot& slot : merged->slots) {
      if (!index.emplace(slot.key, into.slots.size()).second) continue;
      Slot copy = slot;
      copy.steps = Joined(slot.steps, {{node.span, "merged in here"}});
      into.slots.push_back(std::move(copy));
    }
  }

  ValuePtr Scalar(const Node& node) {
    auto value = std::make_shared<Value>();
    value->span = node.span;
    value->folder = folder_;
    std::string text = node.text;
    value->kind = Resolve(node, text);
    if (!IsAsTagged(node, value->kind))
      Refuse("invalid-compose", "the value is not of the type that its tag says", node.span);
    value->text = TextOf(node, std::move(text));
    if (value->kind != Kind::kString) return value;
    Substituted result = Substitute(value->text, variables_);
    value->text = std::move(result.text);
    value->steps = std::move(result.steps);
    for (Problem& problem : result.problems) out_.problems.push_back(std::move(problem));
    return value;
  }

  static bool IsAsTagged(const Node& node, Kind kind) {
    if (node.tag == "!!bool") return kind == Kind::kBool;
    if (node.tag == "!!int") return kind == Kind::kInt;
    if (node.tag == "!!float") return kind == Kind::kInt || kind == Kind::kFloat;
    std::string text = node.text;
    return node.tag != "!!null" || ResolvePlain(text) == Kind::kNull;
  }

  static Kind Resolve(const Node& node, std::string& text) {
    if (node.IsNull()) return Kind::kNull;
    if (node.tag == "!!null") return Kind::kNull;
    if (node.tag == "!!bool" || node.tag == "!!int" || node.tag == "!!float")
      return ResolvePlain(text);
    if (!node.tag.empty() || node.style != ScalarStyle::kPlain) return Kind::kString;
    return ResolvePlain(text);
  }

  // The text with the place of each byte, where it is written byte for byte.
  Argument TextOf(const Node& node, std::string text) const {
    Argument argument;
    argument.span = node.span;
    base::Span place = node.span;
    const bool quoted =
        node.style == ScalarStyle::kSingleQuoted || node.style == ScalarStyle::kDoubleQuoted;
    if (quoted && place.Size() >= 2) {
      ++place.begin;
      --place.end;
    }
    if (bytes_.substr(place.begin, place.Size()) != text) place = node.span;
    if (!text.empty())
      argument.pieces.push_back({0, static_cast<std::uint32_t>(text.size()), place, {}, {}});
    argument.text = std::move(text);
    return argument;
  }

  const syntax::Tree& tree_;
  int twins_ = 0;
  std::string_view bytes_;
  const Variables& variables_;
  int folder_;
  std::vector<bool> open_;  // nodes that are being converted
  Path path_;
  int visited_ = 0;
  bool stopped_ = false;
  std::vector<ValuePtr> keep_;
  Converted out_;
};

}  // namespace

Converted Convert(const syntax::Tree& tree, syntax::NodeId root, std::string_view bytes,
                  const Variables& variables, int folder) {
  return Converter(tree, bytes, variables, folder).Do(root);
}

}  // namespace cagelint::input::compose
