#include "linter/output/unified_diff.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace cagelint::output {
namespace {

constexpr std::size_t kContext = 3;
// How far lines that are equal again are looked for.
constexpr std::size_t kWindow = 96;
// Cells in which the longest common part of two stretches is looked for.
constexpr std::size_t kLargestTable = std::size_t{1} << 20;

using Lines = std::vector<std::string_view>;

// With their line ends; the last may have none.
Lines LinesOf(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// Lines [a, a + removed) of the old text become [b, b + added) of the new one.
struct Block {
  std::size_t a = 0, removed = 0;
  std::size_t b = 0, added = 0;
};

class Comparison {
 public:
  Comparison(const Lines& old, const Lines& now) : old_(old), now_(now) {}

  std::vector<Block> Do() {
    std::vector<Block> out;
    std::size_t a = 0, b = 0;
    // What both end with is never looked at, so that one change costs one window.
    std::size_t tail = 0;
    while (tail < std::min(old_.size(), now_.size()) &&
           old_[old_.size() - 1 - tail] == now_[now_.size() - 1 - tail])
      ++tail;
    while (a < old_.size() || b < now_.size()) {
      if (Same(a, b)) {
        ++a, ++b;
        continue;
      }
      const auto [removed, added] = Resume(a, b, tail);
      Refine({a, removed, b, added}, out);
      a += removed;
      b += added;
    }
    return out;
  }

 private:
  bool Same(std::size_t a, std::size_t b) const {
    return a < old_.size() && b < now_.size() && old_[a] == now_[b];
  }

  // Two lines, so that not every blank one counts; or the ends of both.
  bool Meets(std::size_t a, std::size_t b) const {
    if (a == old_.size() && b == now_.size()) return true;
    return Same(a, b) && (Same(a + 1, b + 1) || (a + 1 == old_.size() && b + 1 == now_.size()));
  }

  // How many lines on both sides until they are equal again: the fewest.
  std::pair<std::size_t, std::size_t> Resume(std::size_t a, std::size_t b, std::size_t tail) const {
    for (std::size_t sum = 1; sum <= kWindow; ++sum)
      for (std::size_t removed = 0; removed <= sum; ++removed)
        if (a + removed <= old_.size() && b + sum - removed <= now_.size() &&
            Meets(a + removed, b + sum - removed))
          return {removed, sum - removed};
    // Everything up to where both end alike, or all there is.
    const std::size_t old_end = old_.size() - tail, now_end = now_.size() - tail;
    if (a <= old_end && b <= now_end) return {old_end - a, now_end - b};
    return {old_.size() - a, now_.size() - b};
  }

  // Adds what really differs in a block: all but its longest common part.
  void Refine(const Block& block, std::vector<Block>& out) const {
    const std::size_t rows = block.removed + 1, columns = block.added + 1;
    if (rows * columns > kLargestTable) return out.push_back(block);
    // How long the common part of what stands from (i, j) on is.
    std::vector<std::uint32_t> longest(rows * columns, 0);
    const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
      return longest[i * columns + j];
    };
    for (std::size_t i = block.removed; i-- > 0;)
      for (std::size_t j = block.added; j-- > 0;)
        at(i, j) = Same(block.a + i, block.b + j) ? at(i + 1, j + 1) + 1
                                                  : std::max(at(i + 1, j), at(i, j + 1));
    Block next{block.a, 0, block.b, 0};
    const auto close = [&](std::size_t skipped) {
      if (next.removed + next.added > 0) out.push_back(next);
      next = {next.a + next.removed + skipped, 0, next.b + next.added + skipped, 0};
    };
    std::size_t i = 0, j = 0;
    while (i < block.removed || j < block.added) {
      if (i < block.removed && j < block.added && Same(block.a + i, block.b + j)) {
        close(1);
        ++i, ++j;
      } else if (j == block.added || (i < block.removed && at(i + 1, j) >= at(i, j + 1))) {
        ++next.removed, ++i;
      } else {
        ++next.added, ++j;
      }
    }
    close(0);
  }

  const Lines& old_;
  const Lines& now_;
};

void AddLine(char sign, std::string_view line, std::string& out) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

// "4,7"; of no lines the line before them.
std::string Numbers(std::size_t begin, std::size_t count) {
  const std::string first = std::to_string(count == 0 ? begin : begin + 1);
  return count == 1 ? first : first + "," + std::to_string(count);
}

// The blocks of one hunk, which stand near to each other.
void AddHunk(const Lines& old, const Lines& now, const Block* first, const Block* last,
             std::string& out) {
  const std::size_t a = first->a - std::min(first->a, kContext);
  const std::size_t b = first->b - (first->a - a);
  const std::size_t old_end = std::min((last - 1)->a + (last - 1)->removed + kContext, old.size());
  std::string body;
  std::size_t at = a, added = 0, removed = 0;
  for (const Block* block = first; block != last; ++block) {
    for (; at < block->a; ++at) AddLine(' ', old[at], body);
    for (; at < block->a + block->removed; ++at) AddLine('-', old[at], body);
    for (std::size_t i = 0; i < block->added; ++i) AddLine('+', now[block->b + i], body);
    added += block->added;
    removed += block->removed;
  }
  for (; at < old_end; ++at) AddLine(' ', old[at], body);
  const std::size_t size = old_end - a;
  out += "@@ -" + Numbers(a, size) + " +" + Numbers(b, size + added - removed) + " @@\n" + body;
}

// As git quotes it where a line of the header could not hold it as it is.
std::string Name(std::string_view prefix, std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  std::string out = std::string(prefix) + std::string(path);
  const bool quotes = std::any_of(out.begin(), out.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == '\x7F';
  });
  // Behind a name with blanks, a tab says where it ends.
  if (!quotes) return out.find(' ') == std::string::npos ? out : out + "\t";
  std::string quoted = "\"";
  for (const char c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted +=
          {'\\', static_cast<char>('0' + (byte >> 6U)),
           static_cast<char>('0' + ((byte >> 3U) & 7U)), static_cast<char>('0' + (byte & 7U))};
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

}  // namespace

std::string UnifiedDiff(std::string_view path, std::string_view before, std::string_view after) {
  const Lines old = LinesOf(before), now = LinesOf(after);
  const std::vector<Block> blocks = Comparison(old, now).Do();
  if (blocks.empty()) return "";
  std::string out = "--- " + Name("a/", path) + "\n+++ " + Name("b/", path) + "\n";
  for (const Block* first = blocks.data(); first != blocks.data() + blocks.size();) {
    const Block* last = first + 1;
    while (last != blocks.data() + blocks.size() &&
           last->a - ((last - 1)->a + (last - 1)->removed) <= 2 * kContext)
      ++last;
    AddHunk(old, now, first, last, out);
    first = last;
  }
  return out;
}

}  // namespace cagelint::output
