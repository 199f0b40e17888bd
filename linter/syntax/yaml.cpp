#include "linter/syntax/yaml.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "linter/syntax/yaml_events.h"
#include "linter/syntax/yaml_positions.h"

namespace cagelint::syntax {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kDisagree = "is read in two ways by two YAML parsers";

bool IsBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

// Whether two texts are equal but for white space.
bool EqualButBlanks(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  for (;;) {
    while (i < a.size() && IsBlank(a[i])) ++i;
    while (j < b.size() && IsBlank(b[j])) ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (a[i++] != b[j++]) return false;
  }
}

std::string WithoutDoubledQuotes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\'' && i + 1 < text.size() && text[i + 1] == '\'') ++i;
  }
  return out;
}

// Whether `written`, the bytes at a scalar's place, can mean `value`.
bool CanMean(std::string_view written, ScalarStyle style, const std::string& value) {
  const bool quoted = style == ScalarStyle::kSingleQuoted || style == ScalarStyle::kDoubleQuoted;
  if (quoted) {
    const char quote = style == ScalarStyle::kSingleQuoted ? '\'' : '"';
    if (written.size() < 2 || written.front() != quote || written.back() != quote) return false;
    const std::string_view inner = written.substr(1, written.size() - 2);
    if (quote == '\'') return EqualButBlanks(WithoutDoubledQuotes(inner), value);
    return inner.find('\\') != std::string_view::npos || EqualButBlanks(inner, value);
  }
  if (style == ScalarStyle::kPlain) return EqualButBlanks(written, value);
  const std::size_t header = written.find('\n');
  return EqualButBlanks(header == std::string_view::npos ? "" : written.substr(header), value);
}

// Walks both layers side by side, and fills the one with the other.
class Join {
 public:
  Join(YamlPositions positions, std::vector<YamlEvent> events, std::string_view bytes,
       std::uint32_t shift)
      : tree_(std::move(positions.tree)),
        places_(std::move(positions.places)),
        events_(std::move(events)),
        bytes_(bytes),
        shift_(shift) {}

  Tree Do() {
    for (const NodeId document : tree_.documents) {
      const YamlEvent* event = Take();
      if (event == nullptr || event->kind != YamlEvent::Kind::kDocument || !Walk(document))
        return Fail(document);
    }
    if (next_ != events_.size()) return Fail(kNoNode);
    return std::move(tree_);
  }

 private:
  const YamlEvent* Take() { return next_ < events_.size() ? &events_[next_++] : nullptr; }

  // Depth is bounded by kDeepestYaml.
  bool Walk(NodeId id) {
    worst_ = id;
    const YamlEvent* event = Take();
    if (event == nullptr || !Settle(tree_.nodes[id], places_[id], *event)) return false;
    if (event->kind != YamlEvent::Kind::kAlias && event->anchor != 0) anchors_[event->anchor] = id;
    const Node& node = tree_.nodes[id];
    if (node.kind != NodeKind::kMap && node.kind != NodeKind::kList) return true;
    for (const Entry& entry : node.entries)
      if (!Walk(entry.key) || !Walk(entry.value)) return false;
    for (const NodeId item : node.items)
      if (!Walk(item)) return false;
    const YamlEvent* end = Take();
    return end != nullptr && end->kind == YamlEvent::Kind::kEnd;
  }

  bool Settle(Node& node, const YamlPlace& place, const YamlEvent& event) {
    if (place.written && event.offset + shift_ != place.mark) return false;
    if (event.tag.empty() != !node.tag_span.IsValid()) return false;
    node.tag = event.tag;
    if ((event.anchor != 0) != (node.anchor_span.IsValid() || node.kind == NodeKind::kAlias))
      return false;
    switch (event.kind) {
      case YamlEvent::Kind::kMap:
        return node.kind == NodeKind::kMap;
      case YamlEvent::Kind::kList:
        return node.kind == NodeKind::kList;
      case YamlEvent::Kind::kAlias:
        return SettleAlias(node, event.anchor);
      case YamlEvent::Kind::kNull:
        return SettleNull(node);
      case YamlEvent::Kind::kScalar:
        return SettleScalar(node, event.value);
      default:
        return false;
    }
  }

  bool SettleAlias(Node& node, std::size_t anchor) {
    const auto found = anchors_.find(anchor);
    if (node.kind != NodeKind::kAlias || found == anchors_.end()) return false;
    node.target = found->second;
    return true;
  }

  bool SettleNull(Node& node) {
    if (node.kind == NodeKind::kNull) return true;
    if (node.kind != NodeKind::kScalar || node.style != ScalarStyle::kPlain) return false;
    node.kind = NodeKind::kNull;
    return true;
  }

  bool SettleScalar(Node& node, const std::string& value) {
    if (node.kind == NodeKind::kNull) {
      // Only a tag or an anchor is written: `!reset`, `""` never comes here.
      if (!value.empty()) return false;
      node.kind = NodeKind::kScalar;
      return true;
    }
    if (node.kind != NodeKind::kScalar) return false;
    const std::string_view written = bytes_.substr(node.span.begin - shift_, node.span.Size());
    if (!CanMean(written, node.style, value)) return false;
    node.text = value;
    return true;
  }

  Tree Fail(NodeId id) {
    if (worst_ != kNoNode) id = worst_;
    base::Span place{tree_.nodes.empty() ? base::kNoFile : tree_.nodes[0].span.file, shift_,
                     shift_};
    if (id != kNoNode) place = tree_.nodes[id].span;
    tree_.errors.push_back({std::string(kDisagree), place, false, false});
    return std::move(tree_);
  }

  Tree tree_;
  std::vector<YamlPlace> places_;
  std::vector<YamlEvent> events_;
  std::string_view bytes_;
  std::uint32_t shift_;
  std::size_t next_ = 0;
  NodeId worst_ = kNoNode;
  std::unordered_map<std::size_t, NodeId> anchors_;
};

// Whether the quoted scalar at `begin` ends.
bool Ends(std::string_view bytes, std::size_t begin) {
  const char quote = bytes[begin];
  for (std::size_t i = begin + 1; i < bytes.size(); ++i) {
    if (bytes[i] == '\\' && quote == '"')
      ++i;
    else if (bytes[i] == quote)
      return true;
  }
  return false;
}

// Whether the second parser refuses the file as well. tree-sitter-yaml refuses some that go-yaml
// reads (a closing bracket at the margin); yaml-cpp reads one that go-yaml refuses: an open quote.
bool IsCertain(std::string_view bytes, const YamlEvents& read) {
  if (read.failure) return true;
  for (auto event = read.events.rbegin(); event != read.events.rend(); ++event) {
    if (event->kind != YamlEvent::Kind::kScalar) continue;
    const std::size_t quote = bytes.find_first_of("\"'", event->offset);
    return quote != std::string_view::npos && !Ends(bytes, quote);
  }
  return false;
}

}  // namespace

Tree ParseYaml(std::string_view bytes, base::FileId file) {
  std::uint32_t shift = 0;
  if (bytes.starts_with(kByteOrderMark)) {
    shift = static_cast<std::uint32_t>(kByteOrderMark.size());
    bytes.remove_prefix(shift);
  }
  if (std::count(bytes.begin(), bytes.end(), '\n') >= kMostYamlLines) {
    Tree tree;
    tree.errors.push_back({"more than 32,768 lines", {file, shift, shift}, true});
    return tree;
  }
  YamlPositions positions = ReadYamlPositions(bytes, file, shift);
  if (!positions.tree.errors.empty()) {
    syntax::SyntaxError& error = positions.tree.errors[0];
    if (error.limit) return std::move(positions.tree);
    const YamlEvents read = ReadYamlEvents(bytes);
    error.certain = IsCertain(bytes, read);
    // tree-sitter calls all of the file wrong where it finds no way on; yaml-cpp knows the place.
    if (read.failure && error.span.begin == shift) {
      const auto at = static_cast<std::uint32_t>(std::min(read.failure->offset, bytes.size()));
      const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
      error.span = {file, at + shift, static_cast<std::uint32_t>(end) + shift};
    }
    return std::move(positions.tree);
  }
  YamlEvents events = ReadYamlEvents(bytes);
  if (events.failure) {
    const auto at = static_cast<std::uint32_t>(std::min(events.failure->offset, bytes.size()));
    positions.tree.errors.push_back({events.failure->message, {file, at + shift, at + shift}});
    return std::move(positions.tree);
  }
  return Join(std::move(positions), std::move(events.events), bytes, shift).Do();
}

}  // namespace cagelint::syntax
