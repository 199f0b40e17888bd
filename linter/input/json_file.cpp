#include "linter/input/json_file.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "linter/input/embed.h"
#include "linter/syntax/json.h"

namespace cagelint::input {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// The end of the comment at `at`; `at` where there is none.
std::size_t BehindComment(std::string_view bytes, std::size_t at) {
  const std::string_view text = bytes.substr(at);
  if (text.starts_with("//")) return std::min(bytes.find_first_of("\r\n", at), bytes.size());
  if (!text.starts_with("/*")) return at;
  const std::size_t end = bytes.find("*/", at + 2);
  return end == std::string_view::npos ? bytes.size() : end + 2;
}

// Where the first byte that is no blank and in no comment stands, from `at` on.
std::size_t NextToken(std::string_view bytes, std::size_t at) {
  while (true) {
    at = std::min(bytes.find_first_not_of(kBlanks, at), bytes.size());
    const std::size_t behind = BehindComment(bytes, at);
    if (behind == at) return at;
    at = behind;
  }
}

std::size_t BehindString(std::string_view bytes, std::size_t at) {
  for (++at; at < bytes.size() && bytes[at] != '"'; ++at)
    if (bytes[at] == '\\') ++at;
  return std::min(at + 1, bytes.size());
}

// How many bytes of dots, or of `…`, stand at `at`; 0 where there are less than three dots.
std::size_t DotsAt(std::string_view bytes, std::size_t at) {
  constexpr std::string_view kEllipsis = "…";
  if (bytes.substr(at).starts_with(kEllipsis)) return kEllipsis.size();
  const std::size_t end = std::min(bytes.find_first_not_of('.', at), bytes.size());
  return end - at < 3 ? 0 : end - at;
}

// Copies a text, and puts in what its author left out.
class Completion {
 public:
  explicit Completion(const base::Source& source) : bytes_(source.Bytes()), out_(source) {}

  // Nothing was left out: the result is empty.
  EmbeddedText Do() {
    const std::size_t first = NextToken(bytes_, 0);
    const bool wraps = first < bytes_.size() && bytes_[first] == '"';
    if (wraps) Open(first);
    for (at_ = 0; at_ < bytes_.size();) Step();
    Copy(bytes_.size());
    const auto last = static_cast<std::uint32_t>(bytes_.find_last_not_of(kBlanks));
    if (wraps) out_.Put("}", last, last + 1);
    return wraps || changed_ ? std::move(out_) : EmbeddedText(out_.Outer());
  }

 private:
  void Copy(std::size_t end) {
    out_.Copy(static_cast<std::uint32_t>(copied_), static_cast<std::uint32_t>(end));
    copied_ = end;
  }
  void Open(std::size_t first) {
    Copy(first);
    out_.Put("{", static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(first + 1));
    open_.push_back('{');
    last_ = '{';
  }

  void Step() {
    const char byte = bytes_[at_];
    if (const std::size_t behind = BehindComment(bytes_, at_); behind > at_) {
      at_ = behind;
    } else if (byte == '"') {
      at_ = BehindString(bytes_, at_);
      last_ = byte;
    } else if (const std::size_t dots = DotsAt(bytes_, at_); dots > 0) {
      LeaveOut(dots);
    } else {
      if (byte == '{' || byte == '[') open_.push_back(byte);
      if ((byte == '}' || byte == ']') && !open_.empty()) open_.pop_back();
      if (kBlanks.find(byte) == std::string_view::npos) last_ = byte;
      ++at_;
    }
  }

  // In a list the dots are an element that stands for any number of them; in a map they are
  // nothing, and the commas around them one.
  void LeaveOut(std::size_t dots) {
    Copy(at_);
    changed_ = true;
    const auto begin = static_cast<std::uint32_t>(at_);
    const auto end = static_cast<std::uint32_t>(at_ + dots);
    at_ = copied_ = end;
    const bool in_list = !open_.empty() && open_.back() == '[';
    const bool is_first = last_ == '{' || last_ == '[' || last_ == ',';
    if (last_ == ':') {
      out_.Put("null", begin, end);
    } else {
      if (!is_first) out_.Put(",", begin, end);
      if (in_list) out_.Put("\"...\"", begin, end);
      const std::size_t next = NextToken(bytes_, at_);
      const bool comma = next < bytes_.size() && bytes_[next] == ',';
      const bool closes = next >= bytes_.size() || bytes_[next] == ']' || bytes_[next] == '}';
      if (in_list && !comma && !closes) out_.Put(",", begin, end);
      if (!in_list && comma) {
        Copy(next);
        at_ = copied_ = next + 1;
      }
      last_ = ',';
      return;
    }
    last_ = '.';
  }

  std::string_view bytes_;
  EmbeddedText out_;
  std::size_t at_ = 0;
  std::size_t copied_ = 0;
  std::vector<char> open_;
  char last_ = '\0';  // the last byte that is no blank
  bool changed_ = false;
};

}  // namespace

bool JsonFile::IsWhole(syntax::NodeId id) const {
  if (tree.errors.empty()) return true;
  const syntax::Node& node = tree.At(id);
  const base::Span& error = tree.errors.front().span;
  if (node.span.end <= error.begin) return true;
  // What is open reaches to the end, as does the last thing that is closed where the text ends too
  // early: then the bracket there is its own, and none of what is in it.
  const auto ends_before = [&](syntax::NodeId inner) {
    return tree.At(inner).span.end < node.span.end;
  };
  const char last = source->Bytes().empty() ? '\0' : source->Bytes().back();
  return error.end == source->Whole().end && node.span.end == error.end &&
         last == (node.IsMap() ? '}' : ']') &&
         std::all_of(node.items.begin(), node.items.end(), ends_before) &&
         std::all_of(node.entries.begin(), node.entries.end(),
                     [&](const syntax::Entry& entry) { return ends_before(entry.value); });
}

JsonFile ParseJsonFile(const base::Source& source, base::SourceSet& sources) {
  JsonFile file;
  file.source = &source;
  if (source.Within() != nullptr) {
    EmbeddedText complete = Completion(source).Do();
    if (complete.Size() > 0) file.source = &complete.AddTo(sources, LinesWriter());
  }
  file.tree = syntax::ParseJson(*file.source, {.comments = true});
  return file;
}

JsonSample::JsonSample(std::string_view bytes, bool is_fence) {
  const base::Source* source = &sources_.Add("", std::string(bytes));
  if (is_fence) {
    EmbeddedText text(*source);
    text.Copy(0, source->Whole().end);
    source = &text.AddTo(sources_, nullptr);
  }
  file_ = ParseJsonFile(*source, sources_);
}

bool BeginsLikeJson(std::string_view bytes, bool is_fence) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = NextToken(bytes, 0);
  if (first >= bytes.size()) return false;
  return bytes[first] == '{' || bytes[first] == '[' || (is_fence && bytes[first] == '"');
}

bool IsJsonFence(std::string_view language) {
  return language.empty() || language == "json" || language == "jsonc" || language == "json5";
}

void AddJsonGaps(const JsonFile& file, model::Document& document) {
  if (file.tree.errors.empty()) return;
  const syntax::SyntaxError& error = file.tree.errors.front();
  base::Span place = error.span;
  // Of a text that ends too early the last byte that can be seen is shown.
  const std::string_view bytes = file.source->Bytes();
  while (place.begin > 0 && kBlanks.find(bytes[place.begin]) != std::string_view::npos)
    place = {place.file, place.begin - 1, place.begin};
  document.gaps.push_back(
      {"syntax-error", "not valid JSON: " + error.message, place, "", !error.limit});
}

}  // namespace cagelint::input
