#include "linter/syntax/yaml_positions.h"

#include <algorithm>
#include <chrono>
#include <memory>

#include <tree_sitter/api.h>

#include "linter/syntax/yaml.h"

extern "C" const TSLanguage* tree_sitter_yaml();

namespace cagelint::syntax {
namespace {

constexpr auto kPatience = std::chrono::seconds(2);

struct Deleter {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};

struct Input {
  std::string_view bytes;
  std::chrono::steady_clock::time_point deadline;
};

const char* ReadInput(void* payload, std::uint32_t offset, TSPoint, std::uint32_t* size) {
  const std::string_view bytes = static_cast<Input*>(payload)->bytes;
  *size = offset < bytes.size() ? static_cast<std::uint32_t>(bytes.size() - offset) : 0;
  return *size == 0 ? "" : bytes.data() + offset;
}

bool IsOverdue(TSParseState* state) {
  return std::chrono::steady_clock::now() > static_cast<Input*>(state->payload)->deadline;
}

std::unique_ptr<TSTree, Deleter> Parse(std::string_view bytes) {
  const std::unique_ptr<TSParser, Deleter> parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), tree_sitter_yaml())) return nullptr;
  Input input{bytes, std::chrono::steady_clock::now() + kPatience};
  return std::unique_ptr<TSTree, Deleter>(ts_parser_parse_with_options(
      parser.get(), nullptr, {&input, ReadInput, TSInputEncodingUTF8, nullptr},
      {&input, IsOverdue}));
}

class Cursor {
 public:
  explicit Cursor(TSNode node) : cursor_(ts_tree_cursor_new(node)) {}
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  ~Cursor() { ts_tree_cursor_delete(&cursor_); }

  TSNode Node() const { return ts_tree_cursor_current_node(&cursor_); }
  std::string_view Type() const { return ts_node_type(Node()); }
  std::string_view Field() const {
    const char* name = ts_tree_cursor_current_field_name(&cursor_);
    return name == nullptr ? "" : name;
  }
  std::uint32_t Begin() const { return ts_node_start_byte(Node()); }
  std::uint32_t End() const { return ts_node_end_byte(Node()); }
  bool Down() { return ts_tree_cursor_goto_first_child(&cursor_); }
  bool Next() { return ts_tree_cursor_goto_next_sibling(&cursor_); }
  void Up() { ts_tree_cursor_goto_parent(&cursor_); }

 private:
  TSTreeCursor cursor_;
};

// Goes to the first ERROR or MISSING node below a root that has one.
TSNode FirstError(TSNode root) {
  Cursor cursor(root);
  for (;;) {
    const TSNode node = cursor.Node();
    if (ts_node_is_missing(node)) return node;
    if (!ts_node_has_error(node)) {
      if (!cursor.Next()) return root;
      continue;
    }
    if (!cursor.Down()) return node;
    // An ERROR that holds no smaller one is the place.
    if (ts_node_is_error(node)) {
      bool deeper = false;
      do deeper = ts_node_has_error(cursor.Node());
      while (!deeper && cursor.Next());
      if (!deeper) return node;
    }
  }
}

class Builder {
 public:
  Builder(TSNode root, std::string_view bytes, base::FileId file, std::uint32_t shift)
      : cursor_(root), bytes_(bytes), file_(file), shift_(shift) {}

  YamlPositions Build() {
    if (cursor_.Down()) {
      do Document();
      while (!failed_ && cursor_.Next());
    }
    return std::move(out_);
  }

 private:
  base::Span Place(std::uint32_t begin, std::uint32_t end) const {
    return {file_, begin + shift_, end + shift_};
  }

  NodeId Add(NodeKind kind, std::uint32_t begin, std::uint32_t end) {
    Node node;
    node.kind = kind;
    node.span = Place(begin, end);
    out_.tree.nodes.push_back(std::move(node));
    out_.places.push_back({begin + shift_, true});
    return static_cast<NodeId>(out_.tree.nodes.size() - 1);
  }
  NodeId AddAbsent(std::uint32_t at) {
    const NodeId id = Add(NodeKind::kNull, at, at);
    out_.places[id].written = false;
    return id;
  }
  Node& At(NodeId id) { return out_.tree.nodes[id]; }

  bool IsComment() {
    if (cursor_.Type() != "comment") return false;
    out_.tree.comments.push_back({Place(cursor_.Begin(), cursor_.End())});
    return true;
  }

  void Document() {
    if (IsComment() || cursor_.Type() != "document") return;
    std::uint32_t behind = cursor_.End();
    NodeId root = kNoNode;
    if (cursor_.Down()) {
      do {
        const std::string_view type = cursor_.Type();
        if (IsComment()) continue;
        if (type == "---") behind = cursor_.End();
        if (type == "block_node" || type == "flow_node") root = Wrapped(1);
      } while (!failed_ && cursor_.Next());
      cursor_.Up();
    }
    out_.tree.documents.push_back(root == kNoNode ? AddAbsent(behind) : root);
  }

  // At a block_node or flow_node: properties and content.
  NodeId Wrapped(int depth) {
    const std::uint32_t begin = cursor_.Begin();
    base::Span tag, anchor;
    std::string anchor_name;
    std::uint32_t behind = begin;
    NodeId id = kNoNode;
    if (cursor_.Down()) {
      do {
        const std::string_view type = cursor_.Type();
        if (IsComment()) continue;
        const base::Span place = Place(cursor_.Begin(), cursor_.End());
        if (type == "tag" || type == "anchor") {
          behind = cursor_.End();
          (type == "tag" ? tag : anchor) = place;
          if (type == "anchor") anchor_name = bytes_.substr(cursor_.Begin() + 1, place.Size() - 1);
        } else if (id == kNoNode) {
          id = Content(depth);
        }
      } while (!failed_ && cursor_.Next());
      cursor_.Up();
    }
    if (id == kNoNode) {
      id = AddAbsent(behind);
      out_.places[id].written = tag.IsValid() || anchor.IsValid();
    }
    out_.places[id].mark = begin + shift_;
    At(id).tag_span = tag;
    At(id).anchor_span = anchor;
    At(id).anchor = std::move(anchor_name);
    return id;
  }

  NodeId Content(int depth) {
    if (depth > kDeepestYaml) {
      Fail("more than 200 levels of nesting", true);
      return kNoNode;
    }
    const std::string_view type = cursor_.Type();
    if (type == "block_mapping" || type == "flow_mapping") return Map(depth);
    if (type == "block_sequence" || type == "flow_sequence") return List(depth);
    if (type == "alias") return Add(NodeKind::kAlias, cursor_.Begin(), cursor_.End());
    return Scalar(type);
  }

  NodeId Scalar(std::string_view type) {
    std::uint32_t end = cursor_.End();
    const std::uint32_t begin = cursor_.Begin();
    ScalarStyle style = ScalarStyle::kPlain;
    if (type == "single_quote_scalar") style = ScalarStyle::kSingleQuoted;
    if (type == "double_quote_scalar") style = ScalarStyle::kDoubleQuoted;
    if (type == "block_scalar") {
      style = bytes_[begin] == '|' ? ScalarStyle::kLiteral : ScalarStyle::kFolded;
      while (end > begin + 1 && (bytes_[end - 1] == '\n' || bytes_[end - 1] == '\r')) --end;
    }
    const NodeId id = Add(NodeKind::kScalar, begin, end);
    At(id).style = style;
    return id;
  }

  NodeId Map(int depth) {
    const std::uint32_t begin = cursor_.Begin();
    std::uint32_t end = cursor_.End();
    const bool block = cursor_.Type() == "block_mapping";
    const NodeId id = Add(NodeKind::kMap, begin, end);
    std::vector<Entry> entries;
    if (cursor_.Down()) {
      do {
        const std::string_view type = cursor_.Type();
        if (IsComment()) continue;
        if (type == "block_mapping_pair" || type == "flow_pair") {
          entries.push_back(Pair(depth, end, block));
        } else if (type == "flow_node") {
          const NodeId key = Wrapped(depth + 1);
          if (failed_) break;
          entries.push_back({key, AddAbsent(cursor_.End())});
        }
      } while (!failed_ && cursor_.Next());
      cursor_.Up();
    }
    At(id).entries = std::move(entries);
    if (block) At(id).span.end = end + shift_;
    return id;
  }

  // At a pair. In a block, `end` becomes the end of its last written part.
  Entry Pair(int depth, std::uint32_t& end, bool block) {
    Entry entry;
    const std::uint32_t begin = cursor_.Begin();
    std::uint32_t behind = begin;  // what was read last
    if (cursor_.Down()) {
      do {
        const std::string_view type = cursor_.Type();
        if (IsComment()) continue;
        if (type == ":" && entry.key == kNoNode) entry.key = AddAbsent(behind);
        if (type == "?" || type == ":") behind = cursor_.End();
        if (type != "block_node" && type != "flow_node") continue;
        const bool is_key = cursor_.Field() == "key";
        const NodeId part = Wrapped(depth + 1);
        if (failed_) break;
        (is_key ? entry.key : entry.value) = part;
        behind = At(part).span.end - shift_;
      } while (cursor_.Next());
      cursor_.Up();
    }
    if (failed_) return entry;
    if (entry.key == kNoNode) entry.key = AddAbsent(behind);
    if (entry.value == kNoNode) entry.value = AddAbsent(behind);
    if (block) end = behind;
    return entry;
  }

  NodeId List(int depth) {
    const std::uint32_t begin = cursor_.Begin();
    std::uint32_t end = cursor_.End();
    const bool block = cursor_.Type() == "block_sequence";
    const NodeId id = Add(NodeKind::kList, begin, end);
    std::vector<NodeId> items;
    if (cursor_.Down()) {
      do {
        const std::string_view type = cursor_.Type();
        if (IsComment()) continue;
        if (type == "block_sequence_item") items.push_back(Item(depth, end));
        if (type == "flow_node") items.push_back(Wrapped(depth + 1));
        if (type == "flow_pair") items.push_back(SinglePair(depth));
      } while (!failed_ && cursor_.Next());
      cursor_.Up();
    }
    At(id).items = std::move(items);
    if (block) At(id).span.end = end + shift_;
    return id;
  }

  NodeId Item(int depth, std::uint32_t& end) {
    NodeId id = kNoNode;
    std::uint32_t behind = cursor_.Begin() + 1;  // the dash
    if (cursor_.Down()) {
      do {
        const std::string_view type = cursor_.Type();
        if (IsComment() || (type != "block_node" && type != "flow_node")) continue;
        id = Wrapped(depth + 1);
        if (!failed_) behind = At(id).span.end - shift_;
      } while (!failed_ && cursor_.Next());
      cursor_.Up();
    }
    if (id == kNoNode && !failed_) id = AddAbsent(behind);
    end = behind;
    return id;
  }

  // `[a: b]`: a map of one entry, without braces.
  NodeId SinglePair(int depth) {
    const NodeId id = Add(NodeKind::kMap, cursor_.Begin(), cursor_.End());
    std::uint32_t end = cursor_.End();
    const Entry entry = Pair(depth + 1, end, false);
    At(id).entries.push_back(entry);
    return id;
  }

  void Fail(std::string message, bool limit) {
    failed_ = true;
    out_.tree.errors.push_back(
        {std::move(message), Place(cursor_.Begin(), cursor_.Begin() + 1), limit});
  }

  Cursor cursor_;
  std::string_view bytes_;
  base::FileId file_;
  std::uint32_t shift_;
  bool failed_ = false;
  YamlPositions out_;
};

// The error's own text, but no more than its first line, and at least one byte where there is one.
base::Span ErrorPlace(TSNode error, std::string_view bytes, base::FileId file,
                      std::uint32_t shift) {
  std::uint32_t begin = ts_node_start_byte(error);
  std::uint32_t end = ts_node_end_byte(error);
  const std::size_t newline = bytes.find('\n', begin);
  if (newline < end) end = std::max(static_cast<std::uint32_t>(newline), begin);
  const auto size = static_cast<std::uint32_t>(bytes.size());
  if (begin == end && end < size) ++end;
  if (begin == end && begin > 0) --begin;
  return {file, begin + shift, end + shift};
}

}  // namespace

YamlPositions ReadYamlPositions(std::string_view bytes, base::FileId file, std::uint32_t shift) {
  YamlPositions out;
  const auto tree = Parse(bytes);
  if (tree == nullptr) {
    out.tree.errors.push_back(
        {"takes longer than two seconds to parse", {file, shift, shift}, true});
    return out;
  }
  const TSNode root = ts_tree_root_node(tree.get());
  if (ts_node_has_error(root)) {
    out.tree.errors.push_back(
        {"is not valid YAML", ErrorPlace(FirstError(root), bytes, file, shift)});
    return out;
  }
  return Builder(root, bytes, file, shift).Build();
}

}  // namespace cagelint::syntax
