#include "linter/syntax/toml.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "linter/base/text.h"
#include "linter/syntax/toml_string.h"

namespace cagelint::syntax {
namespace {

bool IsBareKeyByte(char byte) {
  return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '_' || byte == '-';
}

// What numbers and dates are made of. Which of these strings are numbers is not asked.
bool IsNumber(std::string_view text) {
  const std::string_view digits =
      text.starts_with('+') || text.starts_with('-') ? text.substr(1) : text;
  if (digits == "inf" || digits == "nan") return true;
  return !digits.empty() && std::isdigit(static_cast<unsigned char>(digits[0])) != 0 &&
         std::all_of(digits.begin(), digits.end(), [](char byte) {
           return std::isalnum(static_cast<unsigned char>(byte)) != 0 ||
                  std::string_view("_+-.: ").find(byte) != std::string_view::npos;
         });
}

class Parser {
 public:
  explicit Parser(const base::Source& source) : file_(source.Id()), bytes_(source.Bytes()) {
    if (bytes_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    table_ = Make(NodeKind::kMap, at_);
    tree_.documents.push_back(table_);
    section_ = {table_};
  }

  Tree Do() {
    while (true) {
      SkipBetween(true);
      if (at_ >= bytes_.size()) break;
      const std::size_t begin = at_;
      if (!(bytes_[at_] == '[' ? Header() : KeyValue(table_, 0)) || !EndOfLine()) Recover(begin);
    }
    EndSection(bytes_.size());
    tree_.nodes[tree_.documents[0]].span.end = Place(0, bytes_.size()).end;
    return std::move(tree_);
  }

 private:
  using Keys = std::vector<NodeId>;

  // --- Places and bytes.
  base::Span Place(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  char Peek() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }
  bool Take(char byte) {
    if (Peek() != byte || at_ >= bytes_.size()) return false;
    ++at_;
    return true;
  }
  void SkipBlanks() {
    while (Peek() == ' ' || Peek() == '\t') ++at_;
  }
  void SkipBetween(bool lines) {
    while (at_ < bytes_.size()) {
      const char byte = bytes_[at_];
      if (byte == '#') {
        const std::size_t end = std::min(bytes_.find_first_of("\r\n", at_), bytes_.size());
        tree_.comments.push_back({Place(at_, end)});
        at_ = end;
      } else if (byte == ' ' || byte == '\t' || (lines && (byte == '\n' || byte == '\r'))) {
        ++at_;
      } else {
        return;
      }
    }
  }
  bool EndOfLine() {
    SkipBetween(false);
    if (at_ >= bytes_.size() || Peek() == '\n' || Peek() == '\r') return true;
    return Fail("unexpected text behind a value", at_);
  }
  bool Fail(std::string message, std::size_t at) {
    if (!tree_.errors.empty()) return false;
    const std::size_t size = bytes_.size();
    const std::size_t begin = std::min(at, size == 0 ? 0 : size - 1);
    tree_.errors.push_back({std::move(message), Place(begin, std::min(begin + 1, size))});
    return false;
  }

  // Goes on at the next line that begins with a bracket: what stands before it belongs to what is
  // broken, perhaps.
  void Recover(std::size_t begin) {
    std::size_t line = at_;
    while (line > begin && bytes_[line - 1] != '\n') --line;
    while (line <= begin || !BeginsWithBracket(line)) {
      const std::size_t end = bytes_.find('\n', std::max(line, begin));
      if (end == std::string_view::npos) {
        at_ = bytes_.size();
        return;
      }
      line = end + 1;
    }
    at_ = line;
  }
  bool BeginsWithBracket(std::size_t line) const {
    const std::size_t at = bytes_.find_first_not_of(" \t", line);
    return at != std::string_view::npos && bytes_[at] == '[';
  }

  // --- Nodes.
  NodeId Make(NodeKind kind, std::size_t begin) {
    Node node;
    node.kind = kind;
    node.span = Place(begin, begin);
    tree_.nodes.push_back(std::move(node));
    return static_cast<NodeId>(tree_.nodes.size() - 1);
  }
  std::string NameIn(NodeId map, NodeId key) const {
    return std::to_string(map) + ' ' + tree_.At(key).text;
  }
  NodeId Find(NodeId map, NodeId key) const {
    const auto found = values_.find(NameIn(map, key));
    return found == values_.end() ? kNoNode : found->second;
  }
  void Attach(NodeId map, NodeId key, NodeId value) {
    tree_.nodes[map].entries.push_back({key, value});
    values_.emplace(NameIn(map, key), value);
  }

  // --- Keys.
  bool Key(Keys& keys) {
    while (true) {
      SkipBlanks();
      const std::size_t begin = at_;
      NodeId key = kNoNode;
      if (Peek() == '"' || Peek() == '\'') {
        if (!String(key)) return false;
      } else {
        while (IsBareKeyByte(Peek())) ++at_;
        if (at_ == begin) return Fail("a key was expected here", at_);
        key = Make(NodeKind::kScalar, begin);
        tree_.nodes[key].text = bytes_.substr(begin, at_ - begin);
        tree_.nodes[key].span = Place(begin, at_);
      }
      keys.push_back(key);
      if (keys.size() > static_cast<std::size_t>(kDeepestToml)) return FailDeep(begin);
      SkipBlanks();
      if (!Take('.')) return true;
    }
  }
  bool FailDeep(std::size_t at) {
    return Fail("nests deeper than " + std::to_string(kDeepestToml) + " levels", at);
  }

  // The map that `key` names in `map`, made where there is none; kNoNode where it is something
  // else.
  NodeId Enter(NodeId map, NodeId key) {
    NodeId inner = Find(map, key);
    if (inner == kNoNode) {
      inner = Make(NodeKind::kMap, tree_.At(key).span.begin);
      Attach(map, key, inner);
      section_.push_back(inner);
    } else if (tree_.At(inner).IsList() && !tree_.At(inner).items.empty()) {
      inner = tree_.At(inner).items.back();
    }
    if (tree_.At(inner).IsMap()) return inner;
    Fail("`" + tree_.At(key).text + "` is no table", tree_.At(key).span.begin);
    return kNoNode;
  }

  void EndSection(std::size_t end) {
    while (end > 0 && std::isspace(static_cast<unsigned char>(bytes_[end - 1])) != 0) --end;
    for (const NodeId id : section_) {
      base::Span& span = tree_.nodes[id].span;
      span.end = std::max(span.begin, static_cast<std::uint32_t>(end));
    }
    section_.clear();
  }

  bool Header() {
    EndSection(at_);
    const std::size_t begin = at_;
    ++at_;
    const bool is_item = Take('[');
    Keys keys;
    if (!Key(keys)) return LeaveTable();
    if (!Take(']') || (is_item && !Take(']'))) {
      Fail("the header that begins here is never closed", begin);
      return LeaveTable();
    }
    NodeId map = tree_.documents[0];
    for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
      map = Enter(map, keys[i]);
      if (map == kNoNode) return LeaveTable();
    }
    table_ = is_item ? AddItem(map, keys.back()) : Enter(map, keys.back());
    if (table_ == kNoNode) return LeaveTable();
    if (!is_item && !defined_.insert(table_).second) Fail("this table was begun before", begin);
    return true;
  }
  // What follows a header that is broken belongs to nothing.
  bool LeaveTable() {
    table_ = Make(NodeKind::kMap, at_);
    return false;
  }

  NodeId AddItem(NodeId map, NodeId key) {
    NodeId list = Find(map, key);
    if (list == kNoNode) {
      list = Make(NodeKind::kList, tree_.At(key).span.begin);
      Attach(map, key, list);
      section_.push_back(list);
    }
    if (!tree_.At(list).IsList()) {
      Fail("`" + tree_.At(key).text + "` is no list of tables", tree_.At(key).span.begin);
      return kNoNode;
    }
    const NodeId item = Make(NodeKind::kMap, tree_.At(key).span.begin);
    tree_.nodes[list].items.push_back(item);
    section_.push_back(item);
    return item;
  }

  // --- Values.
  bool KeyValue(NodeId map, int depth) {
    Keys keys;
    if (!Key(keys)) return false;
    if (!Take('=')) return Fail("`=` was expected here", at_);
    SkipBlanks();
    NodeId value = kNoNode;
    if (!Value(value, depth)) return false;
    for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
      map = Enter(map, keys[i]);
      if (map == kNoNode) return false;
    }
    if (Find(map, keys.back()) != kNoNode)
      Fail("`" + tree_.At(keys.back()).text + "` was given a value before",
           tree_.At(keys.back()).span.begin);
    Attach(map, keys.back(), value);
    return true;
  }

  bool Value(NodeId& value, int depth) {
    if (depth >= kDeepestToml) return FailDeep(at_);
    switch (Peek()) {
      case '"':
      case '\'':
        return String(value);
      case '[':
        return List(value, depth);
      case '{':
        return Map(value, depth);
      default:
        return Plain(value);
    }
  }

  bool String(NodeId& value) {
    const std::size_t begin = at_;
    const TomlString string = ScanTomlString(bytes_, at_);
    if (string.error != nullptr) return Fail(string.error, string.error_at);
    value = Make(NodeKind::kScalar, begin);
    Node& node = tree_.nodes[value];
    node.style = bytes_[begin] == '"' ? ScalarStyle::kDoubleQuoted : ScalarStyle::kSingleQuoted;
    for (const TomlPiece& piece : string.pieces) node.text += piece.text;
    at_ = string.end;
    node.span = Place(begin, at_);
    return true;
  }

  bool List(NodeId& value, int depth) {
    value = Make(NodeKind::kList, at_++);
    while (true) {
      SkipBetween(true);
      if (Take(']')) break;
      NodeId item = kNoNode;
      if (!Value(item, depth + 1)) return false;
      tree_.nodes[value].items.push_back(item);
      SkipBetween(true);
      if (Take(']')) break;
      if (!Take(','))
        return Fail(
            at_ < bytes_.size() ? "`,` or `]` was expected here" : "the text ends too early", at_);
    }
    tree_.nodes[value].span.end = Place(at_, at_).end;
    return true;
  }

  // In one line in TOML 1.0, in many in 1.1: both are read.
  bool Map(NodeId& value, int depth) {
    value = Make(NodeKind::kMap, at_++);
    while (true) {
      SkipBetween(true);
      if (Take('}')) break;
      if (!KeyValue(value, depth + 1)) return false;
      SkipBetween(true);
      if (Take('}')) break;
      if (!Take(',')) return Fail("`,` or `}` was expected here", at_);
    }
    tree_.nodes[value].span.end = Place(at_, at_).end;
    return true;
  }

  bool Plain(NodeId& value) {
    const std::size_t begin = at_;
    const std::size_t end = std::min(bytes_.find_first_of(",]}#\r\n", at_), bytes_.size());
    const std::string_view text = base::Trim(bytes_.substr(begin, end - begin));
    const bool is_bool = text == "true" || text == "false";
    if (!is_bool && !IsNumber(text)) return Fail("a value was expected here", begin);
    value = Make(NodeKind::kScalar, begin);
    Node& node = tree_.nodes[value];
    node.text = text;
    node.style = is_bool ? ScalarStyle::kBool : ScalarStyle::kNumber;
    at_ = begin + text.size();
    node.span = Place(begin, at_);
    return true;
  }

  base::FileId file_;
  std::string_view bytes_;
  std::size_t at_ = 0;
  Tree tree_;
  NodeId table_ = kNoNode;
  std::vector<NodeId> section_;  // what the header above and its keys made
  std::unordered_map<std::string, NodeId> values_;
  std::unordered_set<NodeId> defined_;  // by a header of their own
};

}  // namespace

Tree ParseToml(const base::Source& source) { return Parser(source).Do(); }

}  // namespace cagelint::syntax
