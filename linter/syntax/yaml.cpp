#include "linter/syntax/yaml.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "linter/syntax/yaml_events.h"

namespace cagelint::syntax {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

// The size of the line end at `at`, of which YAML 1.1 has five; 0 where there is none.
std::uint32_t LineEndSize(std::string_view bytes, std::size_t at) {
  const std::string_view here = bytes.substr(at, 3);
  if (here.starts_with('\n') || here.starts_with('\r')) return 1;
  if (here.starts_with("\xC2\x85")) return 2;
  return here == "\xE2\x80\xA8" || here == "\xE2\x80\xA9" ? 3 : 0;
}

// The end of the line that holds `at`, and `limit` at most.
std::uint32_t LineEnd(std::string_view bytes, std::uint32_t at, std::uint32_t limit) {
  while (at < limit && LineEndSize(bytes, at) == 0) ++at;
  return at;
}

bool BeginsComment(std::string_view bytes, std::uint32_t at) {
  if (bytes[at] != '#') return false;
  return at == 0 || IsBlank(bytes[at - 1]) || (at > 1 && LineEndSize(bytes, at - 2) == 2) ||
         (at > 2 && LineEndSize(bytes, at - 3) == 3);
}

// What YAML's core schema reads as null, and go-yaml with it.
bool IsNullText(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

// Where go-yaml reads what libyaml refuses: commas in tags, a colon before a comma in brackets, a
// tab before the comment of an empty line, an escaped single quote. `rest` begins at the error.
bool IsCertain(std::string_view message, std::string_view rest) {
  const auto says = [&](std::string_view words) { return message.find(words) != message.npos; };
  return !says("scanning a tag") && !says("unexpected ':'") &&
         !(rest.starts_with('#') && says("cannot start any token")) &&
         !(rest.substr(0, 2).ends_with('\'') && says("unknown escape"));
}

// The offset of `\/` in a double-quoted scalar, which go-yaml does not know; npos without.
std::size_t UnknownEscape(std::string_view written) {
  for (std::size_t i = 0; i + 1 < written.size(); ++i)
    if (written[i] == '\\' && written[++i] == '/') return i - 1;
  return std::string_view::npos;
}

// libyaml compares every directive with all before it.
constexpr int kMostDirectives = 100;

// The offset of the directive that is one too many; npos without.
std::size_t DirectiveBeyondLimit(std::string_view bytes) {
  int count = 0;
  for (std::size_t at = bytes.find("%TAG"); at != bytes.npos; at = bytes.find("%TAG", at + 1))
    if ((at == 0 || IsBlank(bytes[at - 1])) && ++count > kMostDirectives) return at;
  return std::string_view::npos;
}

class Builder {
 public:
  Builder(std::string_view bytes, base::FileId file, std::uint32_t shift)
      : events_(bytes), bytes_(bytes), file_(file), shift_(shift) {}

  Tree Build() {
    for (;;) {
      const YamlEvent event = events_.Next();
      if (event.kind == YamlEvent::Kind::kLast) break;
      if (event.kind == YamlEvent::Kind::kFailure) {
        Fail("is not valid YAML: " + event.value, event.begin, event.end);
        tree_.errors[0].certain = IsCertain(event.value, bytes_.substr(event.begin));
      } else {
        Take(event);
      }
      if (failed_) return std::move(tree_);
    }
    CommentsUntil(static_cast<std::uint32_t>(bytes_.size()));
    return std::move(tree_);
  }

 private:
  struct Open {
    NodeId id;
    NodeId key;            // of a map: waits for its value
    std::uint32_t behind;  // the end of what was read last in it
    bool flow;
  };
  // Where the parts of a node stand.
  struct Parts {
    std::uint32_t content = 0;
    base::Span tag, anchor;
  };

  base::Span Place(std::uint32_t begin, std::uint32_t end) const {
    return {file_, begin + shift_, end + shift_};
  }

  void Fail(std::string message, std::uint32_t begin, std::uint32_t end, bool limit = false) {
    failed_ = true;
    SyntaxError& error = tree_.errors.emplace_back();
    error.message = std::move(message);
    error.span = Place(begin, end);
    error.limit = limit;
  }

  void Take(const YamlEvent& event) {
    using Kind = YamlEvent::Kind;
    if (event.kind == Kind::kDocument) {
      behind_ = event.end;
    } else if (event.kind == Kind::kEnd) {
      Close(event);
    } else if (event.kind == Kind::kAlias) {
      Alias(event);
    } else if (event.kind == Kind::kScalar) {
      Scalar(event);
    } else {
      Collection(event);
    }
  }

  std::uint32_t& Behind() { return open_.empty() ? behind_ : open_.back().behind; }

  // A node in the collection that is open, or the root of a document.
  NodeId Add(NodeKind kind, const Parts& parts, std::uint32_t end, const YamlEvent& event) {
    if (tree_.nodes.size() == kMostYamlNodes)
      Fail("more than 250,000 values", event.begin, event.end, true);
    const auto id = static_cast<NodeId>(tree_.nodes.size());
    Node& node = tree_.nodes.emplace_back();
    node.kind = kind;
    node.style = event.style;
    node.tag = event.tag;
    node.span = Place(parts.content, end);
    node.tag_span = parts.tag;
    node.anchor_span = parts.anchor;
    if (kind != NodeKind::kAlias && !event.anchor.empty()) {
      node.anchor = event.anchor;
      anchors_[event.anchor] = id;
    }
    Adopt(id);
    Behind() = std::max(Behind(), end);
    return id;
  }

  void Adopt(NodeId id) {
    if (open_.empty()) {
      tree_.documents.push_back(id);
      return;
    }
    Open& parent = open_.back();
    Node& node = tree_.nodes[parent.id];
    if (node.kind == NodeKind::kList) {
      node.items.push_back(id);
    } else if (parent.key == kNoNode) {
      parent.key = id;
    } else {
      node.entries.push_back({parent.key, id});
      parent.key = kNoNode;
    }
  }

  void Alias(const YamlEvent& event) {
    const auto found = anchors_.find(event.anchor);
    if (found == anchors_.end()) {
      Fail("is not valid YAML: the alias has no anchor before it", event.begin, event.end);
      return;
    }
    CommentsUntil(event.begin);
    const NodeId id = Add(NodeKind::kAlias, {event.begin, {}, {}}, event.end, event);
    tree_.nodes[id].target = found->second;
    seen_ = event.end;
  }

  void Scalar(const YamlEvent& event) {
    Parts parts = PartsOf(event, event.end);
    const bool is_plain = event.style == ScalarStyle::kPlain;
    std::uint32_t end = event.end;
    if (event.begin == event.end) {
      parts.content = end = AbsentPlace(event.begin);
    } else {
      CommentsUntil(parts.content);
      if (event.style == ScalarStyle::kLiteral || event.style == ScalarStyle::kFolded)
        end = BlockEnd(parts.content, end);
      if (event.style == ScalarStyle::kDoubleQuoted) RefuseEscape(parts.content, end);
      if (is_plain && InBrackets()) RefuseQuestion(parts.content, end);
      seen_ = end;
    }
    const bool is_null = is_plain && event.tag.empty() && IsNullText(event.value);
    const NodeId id = Add(is_null ? NodeKind::kNull : NodeKind::kScalar, parts, end, event);
    if (!is_null) tree_.nodes[id].text = event.value;
  }

  void RefuseEscape(std::uint32_t begin, std::uint32_t end) {
    const std::size_t found = UnknownEscape(bytes_.substr(begin, end - begin));
    if (found == std::string_view::npos) return;
    const auto at = static_cast<std::uint32_t>(begin + found);
    Fail("is not valid YAML: found unknown escape character while parsing a quoted scalar", at,
         at + 2);
  }

  bool InBrackets() const { return !open_.empty() && open_.back().flow; }

  // In brackets go-yaml ends a plain scalar before a question mark, and then expects something
  // else.
  void RefuseQuestion(std::uint32_t begin, std::uint32_t end) {
    const std::size_t found = bytes_.substr(begin, end - begin).find('?');
    if (found == std::string_view::npos) return;
    const bool is_map = tree_.nodes[open_.back().id].kind == NodeKind::kMap;
    const auto at = static_cast<std::uint32_t>(begin + found);
    Fail(std::string("is not valid YAML: did not find expected ',' or ") +
             (is_map ? "'}'" : "']'") + " before a question mark",
         at, at + 1);
  }

  void Collection(const YamlEvent& event) {
    if (open_.size() == kDeepestYaml) {
      Fail("more than 200 levels of nesting", event.begin, event.end, true);
      return;
    }
    // A block begins with its first entry, which no event of its own gives.
    const Parts parts = PartsOf(event, static_cast<std::uint32_t>(bytes_.size()));
    const bool is_map = event.kind == YamlEvent::Kind::kMap;
    const NodeId id = Add(is_map ? NodeKind::kMap : NodeKind::kList, parts, parts.content, event);
    open_.push_back({id, kNoNode, parts.content, event.flow});
  }

  // Brackets end where they close; blocks, and pairs without braces, with their last descendant.
  void Close(const YamlEvent& event) {
    const Open closed = open_.back();
    open_.pop_back();
    const std::uint32_t end = event.end > event.begin ? event.end : closed.behind;
    tree_.nodes[closed.id].span.end = end + shift_;
    Behind() = std::max(Behind(), end);
  }

  // Nothing is written: behind the colon, dash or question mark, if there is one. libyaml gives the
  // end of that, or else where the next thing begins.
  std::uint32_t AbsentPlace(std::uint32_t mark) {
    const std::uint32_t behind = std::min(Behind(), mark);
    const char before = mark == 0 ? '\0' : bytes_[mark - 1];
    const bool is_indicator = before == ':' || before == '-' || before == '?';
    return mark > behind && is_indicator ? mark : behind;
  }

  // The tag and the anchor, in either order, before the content. What the event does not have
  // belongs to the first key of a map; of a scalar, a lone `!` is not told, and begins no content.
  Parts PartsOf(const YamlEvent& event, std::uint32_t limit) {
    Parts parts{event.begin, {}, {}};
    bool tag = event.tagged || event.kind == YamlEvent::Kind::kScalar;
    bool anchor = !event.anchor.empty();
    while (parts.content < limit) {
      const char byte = bytes_[parts.content];
      const bool is_tag = byte == '!' && tag, is_anchor = byte == '&' && anchor;
      if (!is_tag && !is_anchor) break;
      const std::uint32_t end = PropertyEnd(parts.content, limit);
      if (is_tag && end < bytes_.size() &&
          (bytes_[end] == ',' || bytes_[end] == '[' || bytes_[end] == ']')) {
        // libyaml ends a tag in brackets there, and go-yaml takes it in.
        Fail("the tag is not followed by a blank", parts.content, end);
        tree_.errors.back().certain = false;
      }
      (is_tag ? parts.tag : parts.anchor) = Place(parts.content, end);
      (is_tag ? tag : anchor) = false;
      parts.content = event.begin == event.end ? end : ContentAfter(end, limit);
    }
    return parts;
  }

  std::uint32_t PropertyEnd(std::uint32_t at, std::uint32_t limit) const {
    const bool is_verbatim = bytes_.substr(at).starts_with("!<");
    const std::string_view ends = is_verbatim ? " \t\r\n" : " \t\r\n,[]{}";
    while (at < limit && ends.find(bytes_[at]) == ends.npos && LineEndSize(bytes_, at) == 0) ++at;
    return at;
  }

  // Behind blanks, line ends and comments.
  std::uint32_t ContentAfter(std::uint32_t at, std::uint32_t limit) const {
    const std::uint32_t behind = at;
    while (at < limit) {
      if (BeginsComment(bytes_, at))
        at = LineEnd(bytes_, at, limit);
      else if (const std::uint32_t size = LineEndSize(bytes_, at); size > 0)
        at += size;
      else if (IsBlank(bytes_[at]))
        ++at;
      else
        return at;
    }
    return behind;
  }

  // Without the empty lines behind it, and without its last line end.
  std::uint32_t BlockEnd(std::uint32_t begin, std::uint32_t end) {
    std::uint32_t last = end;
    while (last > begin + 1 && IsBlank(bytes_[last - 1])) --last;
    const std::uint32_t header = LineEnd(bytes_, begin, end);
    if (last <= header) return last;
    while (last < end && bytes_[last] != '\n' && bytes_[last] != '\r') ++last;
    return last;
  }

  // What stands between scalars is indicators, blanks and comments.
  void CommentsUntil(std::uint32_t end) {
    while (seen_ < end) {
      // Of the part alone: a search to the end of the file each time is quadratic.
      const std::size_t mark = bytes_.substr(seen_, end - seen_).find('#');
      if (mark == std::string_view::npos) break;
      const auto at = seen_ + static_cast<std::uint32_t>(mark);
      seen_ = at + 1;
      if (!BeginsComment(bytes_, at)) continue;
      seen_ = LineEnd(bytes_, at, static_cast<std::uint32_t>(bytes_.size()));
      tree_.comments.push_back({Place(at, seen_)});
    }
    seen_ = std::max(seen_, end);
  }

  YamlEvents events_;
  std::string_view bytes_;
  base::FileId file_;
  std::uint32_t shift_;
  std::uint32_t seen_ = 0;    // comments before this are collected
  std::uint32_t behind_ = 0;  // as of Open, where none is
  bool failed_ = false;
  std::vector<Open> open_;
  std::unordered_map<std::string, NodeId> anchors_;  // of all documents, as in go-yaml
  Tree tree_;
};

}  // namespace

Tree ParseYaml(std::string_view bytes, base::FileId file) {
  std::uint32_t shift = 0;
  if (bytes.starts_with(kByteOrderMark)) {
    shift = static_cast<std::uint32_t>(kByteOrderMark.size());
    bytes.remove_prefix(shift);
  }
  const auto refused = [&](std::string message, std::size_t at, std::size_t size, bool limit) {
    Tree tree;
    const auto begin = static_cast<std::uint32_t>(at) + shift;
    const base::Span place{file, begin, begin + static_cast<std::uint32_t>(size)};
    tree.errors.push_back({std::move(message), place, limit, false});
    return tree;
  };
  // Inside the file the two parsers take it for different things.
  if (const std::size_t at = bytes.find(kByteOrderMark); at != bytes.npos)
    return refused("a byte order mark inside the file", at, kByteOrderMark.size(), false);
  if (const std::size_t at = DirectiveBeyondLimit(bytes); at != bytes.npos)
    return refused("more than 100 directives", at, 4, true);
  return Builder(bytes, file, shift).Build();
}

}  // namespace cagelint::syntax
