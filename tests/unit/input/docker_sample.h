// A command line written as in a script, for the tests of the docker reader.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "linter/input/docker_cli.h"

namespace cagelint::input {

// Reads commands whose words are divided by single blanks. `$NAME` cannot be known; $PWD, $HOME,
// $UID and $GID mean what they say. Unquoted, a word that is nothing but `$NAME` may be several
// words;
// `'…'` and `"…"` around a whole word are quotes; `_` stands for a blank in it.
class Sample {
 public:
  explicit Sample(std::string_view text) : text_(text) {
    const base::Source& source = sources_.Add("run.sh", text_);
    std::size_t begin = 0;
    while (begin <= text_.size()) {
      const std::size_t end = std::min(text_.find(' ', begin), text_.size());
      words_.push_back(Word(begin, end, source.Id()));
      begin = end + 1;
    }
    files_.read = [this](const std::string& path) { return ReadFile(path); };
    files_.kind = [this](const std::string& path) {
      return on_disk.count(path) != 0 ? base::FileKind::kRegular : base::FileKind::kMissing;
    };
    files_.working_directory = "/srv/project";
  }

  const model::Document& Read() {
    Invocation invocation;
    invocation.words = words_;
    invocation.extent = {0, 0, static_cast<std::uint32_t>(text_.size())};
    invocation.runs_now = runs_now;
    const Context context{sources_, files_, options};
    model::Document& document = documents_.emplace_back();
    document.containers = before;
    ReadInvocation(invocation, context, document);
    return document;
  }

  // The one container of the command.
  const model::Container& Container() {
    const model::Document& document = Read();
    static const model::Container kNone;
    return document.containers.empty() ? kNone : document.containers[0];
  }

  std::string At(base::Span span) const { return std::string(sources_.Text(span)); }

  // What is refused, as the texts of the places: "--bogus|-x".
  std::string Refused() {
    std::string out;
    for (const auto& gap : Read().gaps)
      if (gap.refused) out += (out.empty() ? "" : "|") + At(gap.span);
    return out;
  }
  // The same for the gaps that are no refusals.
  std::string Unresolved() {
    std::string out;
    for (const auto& gap : Read().gaps)
      if (!gap.refused) out += (out.empty() ? "" : "|") + gap.kind + " " + At(gap.span);
    return out;
  }

  Options options;
  std::map<std::string, std::string> on_disk;
  bool runs_now = false;
  std::deque<model::Container> before;  // of the document, when the command is read

 private:
  base::ReadResult ReadFile(const std::string& path) const {
    const auto found = on_disk.find(path);
    if (found == on_disk.end()) return {base::ReadFailure::kMissing, "", "no such file"};
    return {base::ReadFailure::kNone, found->second, ""};
  }

  static char SymbolOf(std::string_view name) {
    if (name == "$PWD") return kWorkingDirectoryByte;
    if (name == "$HOME") return kHomeByte;
    if (name == "$UID") return kUserIdByte;
    if (name == "$GID") return kGroupIdByte;
    return kUnknownByte;
  }

  Argument Word(std::size_t begin, std::size_t end, base::FileId file) const {
    Argument word;
    const auto at = [](std::size_t i) { return static_cast<std::uint32_t>(i); };
    word.span = {file, at(begin), at(end)};
    const bool quoted = end - begin > 1 && (text_[begin] == '\'' || text_[begin] == '"');
    const bool literal = quoted && text_[begin] == '\'';
    const std::size_t last = quoted ? end - 1 : end;
    for (std::size_t i = quoted ? begin + 1 : begin; i < last;) {
      std::size_t next = i + 1;
      char byte = quoted && text_[i] == '_' ? ' ' : text_[i];
      std::string written;
      if (text_[i] == '$' && !literal) {
        while (next < last && (std::isalnum(static_cast<unsigned char>(text_[next])) != 0 ||
                               std::string_view(quoted ? "{}[]@*" : "{}[]@*_").find(text_[next]) !=
                                   std::string::npos))
          ++next;
        written = text_.substr(i, next - i);
        byte = SymbolOf(written);
      }
      word.pieces.push_back({at(word.text.size()), 1, {file, at(i), at(next)}, {}, written});
      word.text += byte;
      i = next;
    }
    const bool bare = word.text.size() == 1 && word.text[0] == kUnknownByte;
    const bool array = bare && text_.substr(begin, end - begin).find("@") != std::string::npos;
    word.is_list = bare && (!quoted || array);
    return word;
  }

  std::string text_;
  base::SourceSet sources_;
  base::FileSystem files_;
  std::vector<Argument> words_;
  std::deque<model::Document> documents_;  // all that were read: tests hold on to their parts
};

// The known texts of a list, joined with blanks; "?" for what cannot be known.
template <typename T, typename Text>
std::string Joined(const model::List<T>& list, Text text) {
  std::string out;
  for (const auto& item : list.items) {
    if (!out.empty()) out += ' ';
    out += item.IsKnown() ? text(item.value) : "?";
  }
  return out;
}

inline std::string Joined(const model::List<std::string>& list) {
  return Joined(list, [](const std::string& text) { return text; });
}

}  // namespace cagelint::input
