#include "linter/syntax/markdown.h"

#include <algorithm>
#include <memory>

#include <cmark-gfm.h>

#include "linter/base/text.h"

namespace cagelint::syntax {
namespace {

struct NodeDeleter {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct IterDeleter {
  void operator()(cmark_iter* iter) const { cmark_iter_free(iter); }
};

std::string_view WithoutLineEnd(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

std::string LanguageOf(std::string_view info) {
  info = base::Trim(info);
  // MyST's way: "{code-block} console".
  if (info.starts_with("{code") && info.find('}') != std::string_view::npos)
    info = base::Trim(info.substr(info.find('}') + 1));
  while (!info.empty() && (info.front() == '{' || info.front() == '.' || info.front() == ' '))
    info.remove_prefix(1);
  return base::ToLower(info.substr(0, info.find_first_of(" \t,{}:;?")));
}

class Walker {
 public:
  explicit Walker(const base::Source& source) : source_(source), bytes_(source.Bytes()) {}

  MarkdownTree Walk() {
    const std::unique_ptr<cmark_node, NodeDeleter> root(
        cmark_parse_document(bytes_.data(), bytes_.size(), CMARK_OPT_DEFAULT));
    if (root == nullptr) return {};
    const std::unique_ptr<cmark_iter, IterDeleter> iter(cmark_iter_new(root.get()));
    for (cmark_event_type event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iter.get()))
      if (event == CMARK_EVENT_ENTER) Enter(cmark_iter_get_node(iter.get()));
    return std::move(tree_);
  }

 private:
  void Enter(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_CODE_BLOCK) {
      AddBlock(node);
    } else if (type == CMARK_NODE_HTML_BLOCK) {
      // cmark puts the end of one that ends on its first line a line too early.
      const auto first = static_cast<std::uint32_t>(std::max(cmark_node_get_start_line(node), 1));
      const std::string_view literal = LiteralOf(node);
      const auto count = std::count(literal.begin(), literal.end(), '\n');
      AddComments({source_.Id(), source_.LineSpan(first).begin,
                   source_.LineSpan(first + static_cast<std::uint32_t>(count)).begin});
    } else if (type == CMARK_NODE_CODE) {
      AddInline(LiteralOf(node));
    } else if (type == CMARK_NODE_HTML_INLINE) {
      if (LiteralOf(node).starts_with("<!--")) AddInlineComment(LiteralOf(node));
    } else if ((type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK) {
      block_ = LinesOf(node);
      at_ = block_.begin;
    }
  }

  static std::string_view LiteralOf(cmark_node* node) {
    const char* literal = cmark_node_get_literal(node);
    return literal == nullptr ? std::string_view{} : std::string_view(literal);
  }
  // All lines of a block. Lists and quotes around it say where theirs end.
  base::Span LinesOf(cmark_node* node) const {
    const auto first = static_cast<std::uint32_t>(std::max(cmark_node_get_start_line(node), 1));
    const auto last = static_cast<std::uint32_t>(std::max(cmark_node_get_end_line(node), 1));
    const base::Span end = last <= source_.LineCount() ? source_.LineSpan(last) : source_.Whole();
    return {source_.Id(), source_.LineSpan(first).begin, end.end};
  }
  std::uint32_t BehindLine(std::uint32_t line) const {
    return line < source_.LineCount() ? source_.LineSpan(line + 1).begin
                                      : static_cast<std::uint32_t>(bytes_.size());
  }

  void AddBlock(cmark_node* node) {
    int length = 0;
    int offset = 0;
    char fence = 0;
    const bool is_fenced = cmark_node_get_fenced(node, &length, &offset, &fence) != 0;
    MarkdownCode code;
    code.kind = is_fenced ? MarkdownCode::Kind::kFenced : MarkdownCode::Kind::kIndented;
    const char* info = cmark_node_get_fence_info(node);
    if (info != nullptr) code.language = LanguageOf(info);
    auto line = static_cast<std::uint32_t>(cmark_node_get_start_line(node)) + (is_fenced ? 1 : 0);
    std::string_view rest = LiteralOf(node);
    while (!rest.empty() && line <= source_.LineCount()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
      code.lines.push_back(PlaceOf(WithoutLineEnd(rest.substr(0, end)), line++));
      rest.remove_prefix(end);
    }
    if (code.lines.empty()) return;
    code.span = base::Cover(code.lines.front(), code.lines.back());
    if (is_fenced) code.is_closed = IsFence(line, fence);
    tree_.codes.push_back(std::move(code));
  }

  // Where `text`, which cmark made of line `line`, stands in it.
  base::Span PlaceOf(std::string_view text, std::uint32_t line) const {
    const base::Span whole = source_.LineSpan(line);
    const std::string_view bytes = source_.Text(whole);
    // A tab that belongs to the indentation in part was made spaces.
    if (!bytes.ends_with(text))
      text = text.substr(std::min(text.find_first_not_of(' '), text.size()));
    const std::size_t size = bytes.ends_with(text) ? text.size() : bytes.size();
    return {source_.Id(), whole.end - static_cast<std::uint32_t>(size), BehindLine(line)};
  }

  bool IsFence(std::uint32_t line, char fence) const {
    if (line > source_.LineCount()) return false;
    std::string_view text = source_.Text(source_.LineSpan(line));
    text.remove_prefix(std::min(text.find_first_not_of(" \t>"), text.size()));
    return text.size() >= 3 && text.find_first_not_of(fence) >= 3;
  }

  void AddComments(const base::Span& lines) {
    const std::string_view block = bytes_.substr(0, lines.end > 0 ? lines.end : bytes_.size());
    for (std::size_t at = block.find("<!--", lines.begin); at != std::string_view::npos;
         at = block.find("<!--", at)) {
      const std::size_t end = block.find("-->", at + 4);
      if (end == std::string_view::npos) return;
      AddComment(at, end + 3);
      at = end + 3;
    }
  }
  void AddComment(std::size_t begin, std::size_t end) {
    tree_.comments.push_back(
        {source_.Id(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  // Where `text` stands in the block, behind what was found there before; npos where it is written
  // otherwise (over two lines), or too much was searched in vain.
  std::size_t Find(std::string_view text) {
    if (text.empty() || searched_ > kMostSearched) return std::string_view::npos;
    const std::string_view block = bytes_.substr(0, block_.end);
    const std::size_t found = block.find(text, at_);
    if (found == std::string_view::npos) searched_ += block_.end - std::min(at_, block_.end);
    return found;
  }
  void AddInlineComment(std::string_view literal) {
    const std::size_t at = Find(literal);
    if (at == std::string_view::npos) return;
    AddComment(at, at + literal.size());
    at_ = static_cast<std::uint32_t>(at + literal.size());
  }
  void AddInline(std::string_view literal) {
    const std::uint32_t start = at_;
    for (std::size_t at = Find(literal); at != std::string_view::npos; at = Find(literal)) {
      const std::size_t end = at + literal.size();
      at_ = static_cast<std::uint32_t>(at + 1);
      if (!IsTick(at, -1) || !IsTick(end, 1)) continue;
      MarkdownCode code;
      code.kind = MarkdownCode::Kind::kInline;
      code.span = {source_.Id(), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
      code.lines = {code.span};
      at_ = code.span.end;
      tree_.codes.push_back(std::move(code));
      return;
    }
    at_ = start;
  }
  // Whether a backtick stands before (`step` -1) or behind `at`, a blank between them allowed.
  bool IsTick(std::size_t at, int step) const {
    const auto byte = [&](std::size_t n) {
      const std::size_t place = step > 0 ? at + n : at - 1 - n;
      return place < bytes_.size() ? bytes_[place] : '\0';
    };
    return byte(0) == '`' || (byte(0) == ' ' && byte(1) == '`');
  }

  // Inline code that is written over two lines is looked for in vain, to the end of its block.
  static constexpr std::size_t kMostSearched = std::size_t{64} << 20;

  const base::Source& source_;
  std::string_view bytes_;
  base::Span block_;      // the block whose inline content comes next
  std::uint32_t at_ = 0;  // how far it was gone through
  std::size_t searched_ = 0;
  MarkdownTree tree_;
};

}  // namespace

MarkdownTree ParseMarkdown(const base::Source& source) { return Walker(source).Walk(); }

}  // namespace cagelint::syntax
