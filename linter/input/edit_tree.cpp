#include "linter/input/edit_tree.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "linter/base/text.h"
#include "linter/syntax/json.h"
#include "linter/syntax/yaml.h"

namespace cagelint::input {
namespace {

using syntax::kNoNode;
using syntax::Node;
using syntax::NodeId;

std::uint64_t Packed(std::uint32_t begin, std::uint32_t end) {
  return std::uint64_t{begin} << 32 | end;
}

// The byte behind a comment or a string that begins at `at`, or behind `at`.
std::size_t PastToken(std::string_view bytes, std::size_t at) {
  if (bytes.substr(at).starts_with("//")) return std::min(bytes.find('\n', at), bytes.size());
  if (bytes.substr(at).starts_with("/*")) {
    const std::size_t end = bytes.find("*/", at + 2);
    return end == std::string_view::npos ? bytes.size() : end + 2;
  }
  if (bytes[at] != '"') return at + 1;
  for (++at; at < bytes.size() && bytes[at] != '"'; ++at)
    if (bytes[at] == '\\') ++at;
  return std::min(at + 1, bytes.size());
}

// Editors' settings may have a comma behind the last element; the parser takes none.
std::string WithoutTrailingCommas(std::string_view bytes) {
  std::string out(bytes);
  char before = '\0';     // the last token before the comma
  std::size_t comma = 0;  // where `last` is one
  char last = '\0';
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = PastToken(bytes, at);
    const char byte = bytes[at];
    const bool space = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '/';
    if (!space) {
      const bool closes = byte == ']' || byte == '}';
      const bool follows = before != '[' && before != '{' && before != ',' && before != '\0';
      if (closes && last == ',' && follows) out[comma] = ' ';
      before = last;
      last = byte;
      comma = at;
    }
    at = end;
  }
  return out;
}

// Line ends that YAML knows besides those that editors write.
bool HasOddLineEnds(std::string_view bytes) {
  for (std::size_t at = bytes.find('\r'); at != bytes.npos; at = bytes.find('\r', at + 1))
    if (!bytes.substr(at).starts_with("\r\n")) return true;
  return bytes.find("\xC2\x85") != bytes.npos || bytes.find("\xE2\x80\xA8") != bytes.npos ||
         bytes.find("\xE2\x80\xA9") != bytes.npos;
}

// Compose refuses a file in which a mapping has a key twice, so that nobody can say which counts.
bool HasTwins(const syntax::Tree& tree) {
  std::unordered_set<std::string_view> keys;
  for (const Node& node : tree.nodes) {
    keys.clear();
    for (const syntax::Entry& entry : node.entries) {
      const Node& key = tree.At(entry.key);
      if (key.IsScalar() && !keys.insert(key.text).second) return true;
    }
  }
  return false;
}

syntax::Tree Parse(const base::Source& source, EditTree::Language language) {
  if (language == EditTree::Language::kYaml) return syntax::ParseYaml(source.Bytes(), source.Id());
  const base::Source plain(source.Id(), source.Path(), WithoutTrailingCommas(source.Bytes()));
  return syntax::ParseJson(plain, {.comments = true});
}

bool IsQuoted(const Node& node) {
  return node.style == syntax::ScalarStyle::kSingleQuoted ||
         node.style == syntax::ScalarStyle::kDoubleQuoted;
}

}  // namespace

EditTree::EditTree(const base::Source& source, Language language)
    : source_(&source), language_(language) {
  if (base::FindInvalidUtf8(source.Bytes())) {
    refused_ = "the file is not UTF-8";
    return;
  }
  tree_ = Parse(source, language);
  if (!tree_.errors.empty()) {
    refused_ = "the file has a syntax error";
    return;
  }
  if (language == Language::kYaml && HasOddLineEnds(source.Bytes()))
    refused_ = "the file has line ends that most programs do not know";
  else if (language == Language::kYaml && HasTwins(tree_))
    refused_ = "a key is written twice";
  if (!refused_.empty()) return;
  Link();
  Index();
}

void EditTree::Link() {
  parents_.resize(tree_.nodes.size());
  aliased_.resize(tree_.nodes.size());
  for (NodeId id = 0; id < tree_.nodes.size(); ++id) {
    const Node& node = tree_.At(id);
    for (std::size_t i = 0; i < node.entries.size(); ++i)
      parents_[node.entries[i].key] = parents_[node.entries[i].value] = {id, i};
    for (std::size_t i = 0; i < node.items.size(); ++i) parents_[node.items[i]] = {id, i};
    if (node.kind == syntax::NodeKind::kAlias) aliased_[node.target] = true;
  }
}

void EditTree::Index() {
  for (NodeId id = 0; id < tree_.nodes.size(); ++id) {
    const Node& node = tree_.At(id);
    for (const syntax::Entry& entry : node.entries) IndexEntry(entry);
    for (const NodeId item : node.items) {
      const base::Span& place = tree_.At(item).span;
      wholes_.emplace(Packed(place.begin, place.end), item);
      // Profiles have no settings: a name's place is that of its text.
      const base::Span text = syntax::InsideQuotes(tree_.At(item));
      if (IsJson() && IsQuoted(tree_.At(item))) wholes_.emplace(Packed(text.begin, text.end), item);
    }
    if (node.IsScalar()) scalars_.push_back(id);
  }
  std::stable_sort(scalars_.begin(), scalars_.end(), [&](NodeId a, NodeId b) {
    return tree_.At(a).span.begin < tree_.At(b).span.begin;
  });
  if (language_ == Language::kJson) return;
  IndexAliases();
  for (const NodeId root : tree_.documents) IndexExtends(root);
  if (!tree_.documents.empty()) list_offset_ = ListOffset(tree_.documents[0], 5000);
}

void EditTree::IndexAliases() {
  // What a node is for its service; nothing where it stands in none. A merge key puts it where the
  // map is that has the key.
  const auto role_of = [&](NodeId id) -> std::optional<std::vector<std::string>> {
    std::vector<std::string> path = PathOf(id);
    if (path.size() < 2 || path[0] != "services") return std::nullopt;
    path.erase(path.begin(), path.begin() + 2);
    path.erase(std::find(path.begin(), path.end(), "<<"), path.end());
    return path;
  };
  std::unordered_map<NodeId, std::optional<std::vector<std::string>>> roles;
  for (NodeId id = 0; id < tree_.nodes.size(); ++id) {
    const Node& node = tree_.At(id);
    if (node.kind != syntax::NodeKind::kAlias) continue;
    aliases_.emplace(Packed(node.span.begin, node.span.end), id);
    auto [role, added] = roles.try_emplace(node.target);
    if (added) role->second = role_of(node.target);
    const auto own = role_of(id);
    if (role->second && own && *role->second != *own) several_roles_.insert(node.target);
    if (!role->second) role->second = own;
  }
}

NodeId EditTree::FindAlias(const base::Span& place) const {
  const auto found = aliases_.find(Packed(place.begin, place.end));
  return found == aliases_.end() ? kNoNode : found->second;
}

void EditTree::IndexExtends(NodeId root) {
  const syntax::Entry* services = tree_.Find(root, "services");
  if (services == nullptr) return;
  for (const syntax::Entry& service : tree_.At(services->value).entries) {
    const syntax::Entry* extends = tree_.Find(service.value, "extends");
    if (extends == nullptr || tree_.Find(extends->value, "file") != nullptr) continue;
    const syntax::Entry* name = tree_.Find(extends->value, "service");
    const Node& base = tree_.At(name == nullptr ? extends->value : name->value);
    extenders_.emplace(base.text, tree_.At(service.key).text);
  }
}

const std::string& EditTree::ExtenderOf(const std::string& service) const {
  static const std::string kNone;
  const auto found = extenders_.find(service);
  return found == extenders_.end() ? kNone : found->second;
}

// A setting's key is meant without its quotes; its value is where an alias takes it from.
void EditTree::IndexEntry(const syntax::Entry& entry) {
  const Node& key = tree_.At(entry.key);
  const Node* value = &tree_.At(entry.value);
  if (value->kind == syntax::NodeKind::kAlias) value = &tree_.At(value->target);
  base::Span bare = key.span;
  if (IsQuoted(key) && bare.Size() >= 2) bare = {bare.file, bare.begin + 1, bare.end - 1};
  for (const base::Span& place : {key.span, bare}) {
    const base::Span whole = base::Cover(place, value->span);
    wholes_.emplace(Packed(whole.begin, whole.end), entry.value);
    keys_.emplace(Packed(place.begin, place.end), entry.value);
  }
}

NodeId EditTree::KeyOf(NodeId id) const {
  const NodeId parent = ParentOf(id);
  if (parent == kNoNode || !At(parent).IsMap()) return kNoNode;
  return At(parent).entries[IndexOf(id)].key;
}

std::vector<std::string> EditTree::PathOf(NodeId id) const {
  std::vector<std::string> path;
  for (; ParentOf(id) != kNoNode; id = ParentOf(id)) {
    const NodeId key = KeyOf(id);
    path.push_back(key == kNoNode ? "#" : At(key).text);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

NodeId EditTree::EndOf(NodeId id) const {
  for (;;) {
    const std::size_t count = ChildCount(id);
    if (count == 0) return id + 1;
    id = Child(id, count - 1);
  }
}

NodeId EditTree::FindWhole(const base::Span& whole) const {
  const auto found = wholes_.find(Packed(whole.begin, whole.end));
  return found == wholes_.end() ? kNoNode : found->second;
}

NodeId EditTree::FindKey(const base::Span& key) const {
  const auto found = keys_.find(Packed(key.begin, key.end));
  return found == keys_.end() ? kNoNode : found->second;
}

NodeId EditTree::FindScalar(const base::Span& place) const {
  auto after = std::upper_bound(
      scalars_.begin(), scalars_.end(), place.begin,
      [&](std::uint32_t begin, NodeId id) { return begin < tree_.At(id).span.begin; });
  if (after == scalars_.begin()) return kNoNode;
  const NodeId id = *--after;
  return tree_.At(id).span.Contains(place) ? id : kNoNode;
}

bool EditTree::IsFlow(NodeId id) const {
  const Node& node = At(id);
  if (!node.IsMap() && !node.IsList()) return false;
  const char first = node.span.IsEmpty() ? '\0' : Bytes()[node.span.begin];
  if (first != (node.IsMap() ? '{' : '[')) return false;
  // `{a: b}: c` and `[a]: b` begin with a key.
  return ChildCount(id) == 0 || ChildBegin(id, 0) != node.span.begin;
}

std::uint32_t EditTree::BeginOf(NodeId id) const {
  const Node& node = At(id);
  std::uint32_t begin = node.span.begin;
  if (node.tag_span.IsValid()) begin = std::min(begin, node.tag_span.begin);
  if (node.anchor_span.IsValid()) begin = std::min(begin, node.anchor_span.begin);
  return begin;
}

std::uint32_t EditTree::EndAt(NodeId id) const {
  const Node& node = At(id);
  std::uint32_t end = node.span.end;
  if (node.tag_span.IsValid()) end = std::max(end, node.tag_span.end);
  if (node.anchor_span.IsValid()) end = std::max(end, node.anchor_span.end);
  // In brackets, an empty value may be placed before its colon.
  const NodeId key = node.span.IsEmpty() ? KeyOf(id) : kNoNode;
  if (key == kNoNode || key == id) return end;
  const std::uint32_t colon = SkipSpace(At(key).span.end);
  return colon < Bytes().size() && Bytes()[colon] == ':' ? std::max(end, colon + 1) : end;
}

std::size_t EditTree::ChildCount(NodeId id) const {
  return At(id).IsMap() ? At(id).entries.size() : At(id).items.size();
}

NodeId EditTree::Child(NodeId id, std::size_t index) const {
  return At(id).IsMap() ? At(id).entries[index].value : At(id).items[index];
}

std::uint32_t EditTree::ChildBegin(NodeId id, std::size_t index) const {
  return BeginOf(At(id).IsMap() ? At(id).entries[index].key : At(id).items[index]);
}

std::uint32_t EditTree::ChildEnd(NodeId id, std::size_t index) const {
  const std::uint32_t end = EndAt(Child(id, index));
  return At(id).IsMap() ? std::max(end, EndAt(At(id).entries[index].key)) : end;
}

int EditTree::OffsetOf(NodeId list) const {
  const NodeId key = KeyOf(list);
  if (!At(list).IsList() || IsFlow(list) || key == kNoNode || ChildCount(list) == 0) return -1;
  const std::uint32_t dash = At(list).span.begin;
  const std::uint32_t begin = BeginOf(key);
  if (!OpensLine(dash) || !OpensLine(begin) || Column(dash) < Column(begin)) return -1;
  return static_cast<int>(Column(dash) - Column(begin));
}

int EditTree::ListOffset(NodeId id, std::size_t most) const {
  for (std::size_t i = 0; i < std::min(ChildCount(id), most); ++i)
    if (const int offset = OffsetOf(Child(id, i)); offset >= 0) return offset;
  const std::size_t end = std::min<std::size_t>(EndOf(id), id + most);
  for (NodeId at = id; at < end; ++at)
    if (const int offset = OffsetOf(at); offset >= 0) return offset;
  return -1;
}

std::uint32_t EditTree::LineBegin(std::uint32_t at) const {
  const std::size_t before = at == 0 ? std::string_view::npos : Bytes().rfind('\n', at - 1);
  std::uint32_t begin =
      before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before) + 1;
  if (begin == 0 && at >= 3 && Bytes().starts_with("\xEF\xBB\xBF")) begin = 3;
  return begin;
}

std::uint32_t EditTree::LineEnd(std::uint32_t at) const {
  std::size_t end = std::min(Bytes().find('\n', at), Bytes().size());
  if (end > at && Bytes()[end - 1] == '\r') --end;
  return static_cast<std::uint32_t>(end);
}

std::uint32_t EditTree::NextLine(std::uint32_t at) const {
  const std::size_t end = Bytes().find('\n', at);
  return static_cast<std::uint32_t>(end == std::string_view::npos ? Bytes().size() : end + 1);
}

bool EditTree::IsBlank(std::uint32_t begin, std::uint32_t end) const {
  return begin >= end ||
         Bytes().substr(begin, end - begin).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool EditTree::BeginsComment(std::uint32_t at) const {
  if (IsJson()) return Bytes().substr(at, 2) == "//" || Bytes().substr(at, 2) == "/*";
  if (Bytes()[at] != '#') return false;
  return at == 0 || std::string_view(" \t\r\n,[{").find(Bytes()[at - 1]) != std::string_view::npos;
}

bool EditTree::ClosesLine(std::uint32_t at) const {
  const std::uint32_t end = LineEnd(at);
  while (at < end && (Bytes()[at] == ' ' || Bytes()[at] == '\t')) ++at;
  if (at == end) return true;
  if (!BeginsComment(at)) return false;
  return !IsJson() || Bytes()[at + 1] == '/' || PastToken(Bytes(), at) == end;
}

std::uint32_t EditTree::SkipSpace(std::uint32_t at) const {
  while (at < Bytes().size()) {
    if (IsBlank(at, at + 1)) {
      ++at;
    } else if (BeginsComment(at)) {
      at = IsJson() ? static_cast<std::uint32_t>(PastToken(Bytes(), at)) : LineEnd(at);
    } else {
      break;
    }
  }
  return at;
}

std::string_view EditTree::NewLine() const {
  const std::size_t end = Bytes().find('\n');
  return end != std::string_view::npos && end > 0 && Bytes()[end - 1] == '\r' ? "\r\n" : "\n";
}

}  // namespace cagelint::input
