#include "linter/syntax/json.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace cagelint::syntax {
namespace {

// Follows the tokens that the parser reports, and so knows where each of them stands.
class Cursor {
 public:
  explicit Cursor(const base::Source& source) : file_(source.Id()), bytes_(source.Bytes()) {
    if (bytes_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  // Passes over what stands between two tokens, and then the next token.
  base::Span Next() {
    SkipBetween();
    const std::size_t begin = at_;
    if (at_ >= bytes_.size()) return Place(begin, begin);
    const char first = bytes_[at_++];
    if (first == '"') {
      SkipString();
    } else if (first == '-' || IsWord(first)) {
      while (at_ < bytes_.size() && IsWord(bytes_[at_])) ++at_;
    }
    return Place(begin, at_);
  }

  std::string_view Text(const base::Span& span) const {
    return bytes_.substr(span.begin, span.Size());
  }
  base::Span Place(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

 private:
  // What numbers and the three literals are made of.
  static bool IsWord(char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '+' || byte == '-' ||
           byte == '.';
  }
  void SkipBetween() {
    while (at_ < bytes_.size()) {
      const char byte = bytes_[at_];
      if (byte == '/') {
        SkipComment();
      } else if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == ',' ||
                 byte == ':') {
        ++at_;
      } else {
        return;
      }
    }
  }
  void SkipComment() {
    const bool block = bytes_.substr(at_).starts_with("/*");
    const std::size_t end = block ? bytes_.find("*/", at_ + 2) : bytes_.find('\n', at_);
    at_ = end == std::string_view::npos ? bytes_.size() : end + (block ? 2 : 1);
  }
  void SkipString() {
    while (at_ < bytes_.size() && bytes_[at_] != '"') at_ += bytes_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, bytes_.size());
  }

  base::FileId file_;
  std::string_view bytes_;
  std::size_t at_ = 0;
};

// Receives nlohmann's events. The names are those that its parser calls.
class Builder {
 public:
  Builder(const base::Source& source, Tree& tree) : source_(source), cursor_(source), tree_(tree) {}

  bool null() { return Add({}, NodeKind::kNull, ScalarStyle::kPlain); }
  bool boolean(bool value) {
    return Add(value ? "true" : "false", NodeKind::kScalar, ScalarStyle::kBool);
  }
  bool number_integer(std::int64_t) { return Number(); }
  bool number_unsigned(std::uint64_t) { return Number(); }
  bool number_float(double, const std::string&) { return Number(); }
  bool string(std::string& text) {
    return Add(std::move(text), NodeKind::kScalar, ScalarStyle::kDoubleQuoted);
  }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return Open(NodeKind::kMap); }
  bool start_array(std::size_t) { return Open(NodeKind::kList); }
  bool end_object() { return Close(); }
  bool end_array() { return Close(); }
  bool key(std::string& text) {
    key_ = Make(std::move(text), NodeKind::kScalar, ScalarStyle::kDoubleQuoted);
    return true;
  }
  // The parser's own words are for those who know it.
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
    const std::size_t size = source_.Bytes().size();
    const std::size_t begin = std::min(position == 0 ? 0 : position - 1, size == 0 ? 0 : size - 1);
    tree_.errors.push_back({position >= size ? "the text ends too early" : "unexpected text",
                            cursor_.Place(begin, std::min(begin + 1, size))});
    return false;
  }
  // Whatever is still open ends where the bytes end.
  void Finish() {
    const auto end = static_cast<std::uint32_t>(source_.Bytes().size());
    for (const NodeId id : open_) tree_.nodes[id].span.end = end;
  }

 private:
  NodeId Make(std::string text, NodeKind kind, ScalarStyle style) {
    Node node;
    node.kind = kind;
    node.style = style;
    node.text = std::move(text);
    node.span = cursor_.Next();
    tree_.nodes.push_back(std::move(node));
    return static_cast<NodeId>(tree_.nodes.size() - 1);
  }
  void Attach(NodeId id) {
    if (open_.empty()) {
      tree_.documents.push_back(id);
    } else if (Node& parent = tree_.nodes[open_.back()]; parent.IsMap()) {
      parent.entries.push_back({key_, id});
    } else {
      parent.items.push_back(id);
    }
  }
  bool Add(std::string text, NodeKind kind, ScalarStyle style) {
    Attach(Make(std::move(text), kind, style));
    return true;
  }
  bool Number() {
    Add({}, NodeKind::kScalar, ScalarStyle::kNumber);
    tree_.nodes.back().text = cursor_.Text(tree_.nodes.back().span);
    return true;
  }
  bool Open(NodeKind kind) {
    const NodeId id = Make({}, kind, ScalarStyle::kPlain);
    Attach(id);
    open_.push_back(id);
    if (open_.size() <= static_cast<std::size_t>(kDeepestJson)) return true;
    tree_.errors.push_back(
        {"nests deeper than " + std::to_string(kDeepestJson) + " levels", tree_.At(id).span});
    return false;
  }
  bool Close() {
    tree_.nodes[open_.back()].span.end = cursor_.Next().end;
    open_.pop_back();
    return true;
  }

  const base::Source& source_;
  Cursor cursor_;
  Tree& tree_;
  std::vector<NodeId> open_;
  NodeId key_ = kNoNode;
};

// The bytes as strict JSON, of the same length: a comma behind the last value becomes a blank.
// Notes the comments on the way.
std::string WithoutLastCommas(const base::Source& source, std::vector<Comment>& comments) {
  std::string out(source.Bytes());
  std::size_t comma = std::string::npos;  // nothing but blanks and comments since
  char last = '[';                        // that is no blank, before the comma
  for (std::size_t at = 0; at < out.size();) {
    const char byte = out[at];
    if (byte == '"') {
      comma = std::string::npos;
      last = byte;
      for (++at; at < out.size() && out[at] != '"';) at += out[at] == '\\' ? 2 : 1;
      ++at;
    } else if (byte == '/' && at + 1 < out.size() && (out[at + 1] == '/' || out[at + 1] == '*')) {
      const bool block = out[at + 1] == '*';
      const std::size_t found = block ? out.find("*/", at + 2) : out.find_first_of("\r\n", at);
      const std::size_t end = found == std::string::npos ? out.size() : found + (block ? 2 : 0);
      comments.push_back(
          {{source.Id(), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}});
      at = end;
    } else {
      const bool is_behind_value = std::string_view("[{,:").find(last) == std::string_view::npos;
      if (byte == ',' && is_behind_value) comma = at;
      if ((byte == '}' || byte == ']') && comma != std::string::npos) out[comma] = ' ';
      if (byte != ',' && std::isspace(static_cast<unsigned char>(byte)) == 0)
        comma = std::string::npos;
      if (std::isspace(static_cast<unsigned char>(byte)) == 0) last = byte;
      ++at;
    }
  }
  return out;
}

}  // namespace

Tree ParseJson(const base::Source& source, const JsonOptions& options) {
  Tree tree;
  Builder builder(source, tree);
  std::string_view bytes = source.Bytes();
  std::string strict;
  if (options.comments) {
    strict = WithoutLastCommas(source, tree.comments);
    bytes = strict;
  }
  nlohmann::json::sax_parse(bytes.begin(), bytes.end(), &builder,
                            nlohmann::json::input_format_t::json, true, options.comments);
  builder.Finish();
  return tree;
}

base::Span InsideQuotes(const Node& string) {
  base::Span inside = string.span;
  if (inside.Size() >= 2) {
    ++inside.begin;
    --inside.end;
  }
  return inside;
}

}  // namespace cagelint::syntax
