#include "tests/support/fixture.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "linter/base/text.h"

namespace cagelint::test {
namespace {

using Kind = Directive::Kind;

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;   // without the line end
  std::size_t next = 0;  // behind the line end
};

std::vector<Line> LinesOf(std::string_view bytes) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t newline = std::min(bytes.find('\n', at), bytes.size());
    const std::size_t end = newline > at && bytes[newline - 1] == '\r' ? newline - 1 : newline;
    lines.push_back({at, end, std::min(newline + 1, bytes.size())});
    at = lines.back().next;
  }
  return lines;
}

// The name behind `---`, with or without a comment sign; "" for any other line.
std::string SectionName(std::string_view line) {
  if (line.starts_with("# ")) line.remove_prefix(2);
  if (line.starts_with("// ")) line.remove_prefix(3);
  if (line.starts_with("<!-- ") && line.ends_with(" -->")) line = line.substr(5, line.size() - 9);
  if (!line.starts_with("--- ")) return "";
  const std::string_view name = base::Trim(line.substr(4));
  constexpr std::string_view kOfName =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./";
  return name.find_first_not_of(kOfName) == std::string_view::npos ? std::string(name) : "";
}

bool IsJsonWithComments(std::string_view name) { return name.ends_with(".jsonc"); }
bool IsJson(std::string_view name) { return name.ends_with(".json") || IsJsonWithComments(name); }

// What begins a comment in a file of this name.
std::string_view SignOf(std::string_view name) {
  if (IsJson(name)) return "//";
  const auto has = [&](auto... endings) { return (name.ends_with(endings) || ...); };
  if (has(".go", ".js", ".mjs", ".ts", ".tsx")) return "//";
  if (has(".md", ".mdx")) return "<!--";
  if (has(".bat", ".cmd")) return "::";
  return "#";
}

void Blank(std::string& bytes, std::size_t begin, std::size_t end) {
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
            bytes.begin() + static_cast<std::ptrdiff_t>(end), ' ');
}

bool IsRefined(Kind kind) {
  return kind == Kind::kExpect || kind == Kind::kGap || kind == Kind::kLabel ||
         kind == Kind::kMessage;
}

// A directive with where it stands, until all files are known and its texts can be looked up.
struct Pending {
  Directive directive;
  std::size_t line = 0;
  std::size_t file = 0;
  std::size_t at = 0;  // behind its comment block: where texts are looked for
};

class Parser {
 public:
  Parser(std::string_view path, std::string_view bytes) : bytes_(bytes) { fixture_.path = path; }

  Fixture Do() {
    const std::string_view own_name = base::NameOf(fixture_.path);
    std::string name(own_name);
    std::size_t begin = 0;
    std::size_t first_line = 1;
    std::size_t number = 0;
    for (const Line& line : LinesOf(bytes_)) {
      ++number;
      const std::string next = SectionName(bytes_.substr(line.begin, line.end - line.begin));
      if (next.empty()) continue;
      Section(name, bytes_.substr(begin, line.begin - begin), first_line);
      name = next;
      begin = line.next;
      first_line = number + 1;
    }
    Section(name, bytes_.substr(begin), first_line);
    Resolve();
    return std::move(fixture_);
  }

 private:
  void Error(std::size_t line, const std::string& message) {
    fixture_.errors.push_back(fixture_.path + ":" + std::to_string(line) + ": " + message);
  }

  void Section(const std::string& name, std::string_view bytes, std::size_t first_line) {
    if (name == "MODEL") {
      fixture_.model = bytes;
    } else if (name == "FIXED") {
      fixture_.fixed = bytes;
    } else {
      File(name, bytes, first_line);
    }
  }

  void File(const std::string& name, std::string_view bytes, std::size_t first_line) {
    VirtualFile file{name, std::string(bytes), std::string(bytes), first_line};
    if (IsJsonWithComments(name)) file.name.pop_back();
    fixture_.files.push_back(std::move(file));
    const std::size_t index = fixture_.files.size() - 1;
    const std::size_t before = pending_.size();
    Comments(name, bytes, index, first_line);
    // A text is looked for behind the whole comment block, so that it is not found in the block.
    for (std::size_t i = before; i < pending_.size(); ++i) {
      for (const Line& block : blocks_)
        if (block.begin <= pending_[i].at && pending_[i].at < block.end) pending_[i].at = block.end;
    }
    blocks_.clear();
  }

  void Comments(const std::string& name, std::string_view bytes, std::size_t index,
                std::size_t number) {
    bool refines = false;
    VirtualFile& file = fixture_.files[index];
    for (const Line& line : LinesOf(bytes)) {
      std::string_view comment;
      const bool is_comment =
          IsComment(name, bytes.substr(line.begin, line.end - line.begin), comment);
      const std::size_t before = pending_.size();
      if (is_comment) Comment(comment, number, index, line.begin, refines);
      const bool directive = pending_.size() > before;
      refines = directive && IsRefined(pending_.back().directive.kind);
      if (directive) Blank(file.searchable, line.begin, line.end);
      if (is_comment && (IsJsonWithComments(name) || (IsJson(name) && directive)))
        Blank(file.bytes, line.begin, line.end);
      if (directive && !blocks_.empty() && blocks_.back().end == line.begin) {
        blocks_.back().end = line.next;
      } else if (directive) {
        blocks_.push_back({line.begin, line.next, line.next});
      }
      ++number;
    }
  }

  void Comment(std::string_view comment, std::size_t number, std::size_t index, std::size_t at,
               bool refines) {
    const bool refinement = refines && IsRefinement(comment);
    auto parsed = refinement ? ParseRefinement(comment) : ParseDirective(comment);
    if (!parsed.Ok()) return Error(number, parsed.Message());
    if (parsed.Value()) pending_.push_back({*parsed.Value(), number, index, at});
  }

  void Resolve() {
    // Names first: a place may refer to a file that is renamed.
    for (const Pending& one : pending_)
      if (one.directive.kind == Kind::kAs) fixture_.files[one.file].name = one.directive.text;
    for (std::size_t i = 0; i < pending_.size(); ++i) Apply(i);
  }

  void Apply(std::size_t index) {
    const Pending& one = pending_[index];
    const Directive& directive = one.directive;
    switch (directive.kind) {
      case Kind::kRules:
        fixture_.rules = directive.names;
        break;
      case Kind::kConfig:
        fixture_.config.push_back(directive);
        break;
      case Kind::kAs:
        break;
      case Kind::kOk:
        Silence(index);
        break;
      case Kind::kExpect:
        fixture_.findings.push_back(
            {one.line, directive.names[0], directive.severity, Find(one), {}, {}});
        last_is_gap_ = false;
        break;
      case Kind::kGap: {
        std::optional<Range> range;
        if (directive.place) range = Find(one);
        fixture_.gaps.push_back({one.line, directive.names[0], directive.refused, range, {}});
        last_is_gap_ = true;
        break;
      }
      case Kind::kLabel:
        if (last_is_gap_) return Error(one.line, "a gap has no labels");
        fixture_.findings.back().labels.push_back({Find(one), directive.text});
        break;
      case Kind::kMessage:
        (last_is_gap_ ? fixture_.gaps.back().message : fixture_.findings.back().message) =
            directive.text;
        break;
      case Kind::kHidden:
        if (last_is_gap_) return Error(one.line, "a gap is never hidden");
        fixture_.findings.back().reason = directive.text;
        break;
    }
  }

  void Silence(std::size_t index) {
    const Pending& one = pending_[index];
    const VirtualFile& file = fixture_.files[one.file];
    std::size_t end = file.bytes.size();
    for (std::size_t i = index + 1; i < pending_.size(); ++i) {
      const Kind kind = pending_[i].directive.kind;
      if (pending_[i].file != one.file || pending_[i].at == one.at) continue;
      if (kind != Kind::kExpect && kind != Kind::kOk) continue;
      end = pending_[i].at;
      break;
    }
    for (const std::string& rule : one.directive.names)
      fixture_.silences.push_back({one.line, rule, {file.name, one.at, end}});
  }

  Range Find(const Pending& one) {
    const Place& place = *one.directive.place;
    const VirtualFile* file = &fixture_.files[one.file];
    std::size_t at = one.at;
    if (!place.file.empty()) {
      const auto named = std::find_if(fixture_.files.begin(), fixture_.files.end(),
                                      [&](const VirtualFile& f) { return f.name == place.file; });
      if (named == fixture_.files.end()) return NotFound(one);
      file = &*named;
      at = 0;
    }
    const std::string_view text = file->searchable;
    std::size_t begin = std::string_view::npos;
    for (int n = 0; n < place.nth; ++n) {
      begin = text.find(place.first, n == 0 ? at : begin + 1);
      if (begin == std::string_view::npos) return NotFound(one);
    }
    for (int n = 0; n > place.nth; --n) {
      if (n == 0 ? at == 0 : begin == 0) return NotFound(one);
      begin = text.rfind(place.first, n == 0 ? at - 1 : begin - 1);
      if (begin == std::string_view::npos) return NotFound(one);
    }
    std::size_t end = begin + place.first.size();
    if (!place.last.empty()) {
      const std::size_t last = text.find(place.last, end);
      if (last == std::string_view::npos) return NotFound(one);
      end = last + place.last.size();
    }
    return {file->name, begin, end};
  }

  Range NotFound(const Pending& one) {
    Error(one.line, "no such text: " + Spell(*one.directive.place));
    return {};
  }

  std::string_view bytes_;
  Fixture fixture_;
  std::vector<Pending> pending_;
  std::vector<Line> blocks_;  // runs of directive lines of the file that is being read
  bool last_is_gap_ = false;
};

}  // namespace

bool IsComment(std::string_view name, std::string_view line, std::string_view& comment) {
  std::string_view text = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
  const std::string_view sign = SignOf(name);
  if (!text.starts_with(sign)) return false;
  text.remove_prefix(sign.size());
  if (sign == "<!--") {
    if (!text.ends_with(" -->")) return false;
    text.remove_suffix(4);
  }
  comment = text;
  return true;
}

Fixture ParseFixture(std::string_view path, std::string_view bytes) {
  return Parser(path, bytes).Do();
}

std::vector<std::string> FixturePaths(std::string_view folder) {
  namespace fs = std::filesystem;
  const fs::path root = CAGELINT_SOURCE_DIR;
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::recursive_directory_iterator at(root / "fixtures" / folder, error), end;
       !error && at != end; at.increment(error))
    if (at->is_regular_file()) paths.push_back(at->path().lexically_relative(root).string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string ReadRepositoryFile(std::string_view path) {
  std::ifstream file(std::string(CAGELINT_SOURCE_DIR "/") + std::string(path), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Fixture LoadFixture(const std::string& path) {
  return ParseFixture(path, ReadRepositoryFile(path));
}

}  // namespace cagelint::test
