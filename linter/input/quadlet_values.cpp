// The values of a `.container` file's keys.
#include <algorithm>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/argument.h"
#include "linter/input/quadlet_command.h"

namespace cagelint::input {

using syntax::UnitToken;
using Kind = UnitToken::Kind;

namespace {

// `%h` is the user's home; `%t` is /run, or the same of the user whose manager it is.
std::string SpecifierText(std::string_view name) {
  if (name == "h") return std::string(1, kHomeByte);
  if (name == "t") return kVariableBegin + std::string("XDG_RUNTIME_DIR") + kVariableEnd;
  return "{{" + std::string(name) + "}}";
}

// A template that is one value, however its author wrote it (embed_templates.h).
EmbeddedText AsOneWord(const EmbeddedText& content) {
  constexpr std::string_view kList = "...}}";
  EmbeddedText out(content.Outer());
  std::uint32_t done = 0;
  for (std::size_t at = content.Text().find(kList); at != std::string::npos;
       at = content.Text().find(kList, at + 1)) {
    // It is one place, and stays one.
    constexpr std::size_t kLongest = 60;
    const std::size_t from = std::max<std::size_t>(done, at - std::min(at, kLongest));
    std::size_t open = std::string_view(content.Text()).substr(from, at - from).rfind("{{");
    if (open == std::string::npos) continue;
    open += from;
    const auto begin = static_cast<std::uint32_t>(open);
    const auto end = static_cast<std::uint32_t>(at + kList.size());
    const base::Span outer = content.Map().ToOuter(begin, end);
    out.Append(content, done, begin);
    out.Put(content.Text().substr(open, at - open) + "}}", outer.begin, outer.end);
    done = end;
  }
  out.Append(content, done, content.Size());
  return out;
}

}  // namespace

QuadletCommand::Entries QuadletCommand::All(std::string_view key, std::string_view section) const {
  Entries found;
  for (const syntax::UnitSection& one : file_.sections) {
    if (one.name != section) continue;
    for (const Entry& entry : one.entries) {
      if (entry.key != key) continue;
      if (entry.value.empty())
        found.clear();
      else
        found.push_back(&entry);
    }
  }
  return found;
}

const syntax::UnitEntry* QuadletCommand::Last(std::string_view key,
                                              std::string_view section) const {
  const Entry* found = nullptr;
  for (const syntax::UnitSection& one : file_.sections)
    if (one.name == section)
      for (const Entry& entry : one.entries)
        if (entry.key == key) found = &entry;
  return found != nullptr && found->value.empty() ? nullptr : found;
}

bool QuadletCommand::IsTrue(const Entry& entry) {
  const std::string value = base::ToLower(entry.value);
  return value == "1" || value == "yes" || value == "true" || value == "on";
}

void QuadletCommand::AddString(std::string_view flag, std::string_view key) {
  if (const Entry* entry = Last(key)) AddValue(flag, *entry, Raw(*entry), "", true);
}

void QuadletCommand::AddStrings(std::string_view flag, std::string_view key) {
  for (const Entry* entry : All(key)) AddValue(flag, *entry, Raw(*entry, true), "", true);
}

void QuadletCommand::AddWords(std::string_view flag, std::string_view key, bool escapes,
                              std::string_view before) {
  for (const Entry* entry : All(key)) {
    const std::vector<Word> words = Split(*entry, escapes);
    for (const Word& word : words) {
      const base::Span removable = words.size() == 1 ? entry->lines : word.place;
      words_.AddImplied(flag, entry->span, removable);
      words_.AddImplied(before, AsOneWord(word.content), word.place, removable, word.place);
    }
  }
}

void QuadletCommand::AddBool(std::string_view flag, std::string_view key) {
  if (const Entry* entry = Last(key))
    words_.AddImplied(std::string(flag) + (IsTrue(*entry) ? "" : "=false"), entry->span,
                      entry->lines);
}

// `is_whole`: the value is all of the entry's, and may be written anew.
void QuadletCommand::AddValue(std::string_view flag, const Entry& entry,
                              const EmbeddedText& content, std::string_view before, bool is_whole) {
  const auto size = static_cast<std::uint32_t>(entry.value.size());
  words_.AddImplied(flag, entry.span, entry.lines);
  words_.AddImplied(before, content, entry.span, entry.lines,
                    is_whole ? entry.places.ToOuter(0, size) : base::Span{});
}

void QuadletCommand::AppendToken(const Entry& entry, const UnitToken& token,
                                 EmbeddedText& out) const {
  const base::Span outer = entry.places.ToOuter(token.begin, token.end);
  switch (token.kind) {
    case Kind::kText: {
      EmbeddedText part(source_);
      const std::string text = entry.value.substr(token.begin, token.end - token.begin);
      if (outer.Size() == text.size())
        part.Copy(outer.begin, outer.end);
      else
        part.Put(text, outer.begin, outer.end);
      out.Append(part);
      break;
    }
    case Kind::kEscape:
      out.Put(token.text, outer.begin, outer.end);
      break;
    case Kind::kSpecifier:
      out.Put(SpecifierText(token.text), outer.begin, outer.end);
      break;
    case Kind::kVariable:
      out.Put("{{" + token.text + "}}", outer.begin, outer.end);
      break;
    case Kind::kVariables:
      out.Put("{{" + token.text + "...}}", outer.begin, outer.end);
      break;
    case Kind::kWord:
    case Kind::kQuote:
      break;
  }
}

EmbeddedText QuadletCommand::Raw(const Entry& entry, bool is_list) const {
  const syntax::UnitWords words = syntax::SplitUnitValue(entry.value, {.splits = false});
  EmbeddedText written(source_);
  for (const UnitToken& token : words.tokens) AppendToken(entry, token, written);
  EmbeddedText out = AsOneWord(written);
  const std::string& text = out.Text();
  const bool has_quotes = text.size() > 1 && text.front() == '"' && text.back() == '"';
  if (is_list || !has_quotes) return out;
  EmbeddedText inside(source_);
  inside.Append(out, 1, out.Size() - 1);
  return inside;
}

std::vector<QuadletCommand::Word> QuadletCommand::Split(const Entry& entry, bool escapes) const {
  std::vector<Word> out;
  const syntax::UnitWords words =
      syntax::SplitUnitValue(entry.value, {.splits = true, .escapes = escapes});
  for (const UnitToken& token : words.tokens) {
    if (token.kind == Kind::kWord) {
      out.push_back({EmbeddedText(source_), {}});
      continue;
    }
    out.back().place = base::Cover(out.back().place, entry.places.ToOuter(token.begin, token.end));
    AppendToken(entry, token, out.back().content);
  }
  return out;
}

EmbeddedText QuadletCommand::Source(const EmbeddedText& content, std::uint32_t begin,
                                    std::uint32_t end, bool may_be_image) const {
  EmbeddedText out(source_);
  const std::string_view text = std::string_view(content.Text()).substr(begin, end - begin);
  const base::Span place = content.Map().ToOuter(begin, end);
  if (text.starts_with('.')) {
    out.Put(std::string(1, kFileDirectoryByte) + "/", place.begin, place.begin);
    out.Append(content, begin, end);
  } else if (text.ends_with(".volume")) {
    out.Put("systemd-", place.begin, place.begin);
    out.Append(content, begin, end - 7);
  } else if (may_be_image && text.ends_with(".image")) {
    out.Put("{{image}}", place.begin, place.end);
  } else {
    out.Append(content, begin, end);
  }
  return out;
}

// `type=bind,source=./x,…`.
EmbeddedText QuadletCommand::Mount(const EmbeddedText& content) const {
  const std::string_view text = content.Text();
  for (const std::string_view key : {"source=", "src="}) {
    std::size_t at = text.find(key);
    while (at != std::string_view::npos && at > 0 && text[at - 1] != ',')
      at = text.find(key, at + 1);
    if (at == std::string_view::npos) continue;
    const auto begin = static_cast<std::uint32_t>(at + key.size());
    const auto end = static_cast<std::uint32_t>(std::min(text.find(',', begin), text.size()));
    EmbeddedText out(source_);
    out.Append(content, 0, begin);
    out.Append(Source(content, begin, end, true));
    out.Append(content, end, content.Size());
    return out;
  }
  return content;
}

// `x.network`, `x.container`, `x.pod`: the name that podman gives it, where its own file gives it
// none.
EmbeddedText QuadletCommand::Network(const EmbeddedText& content) const {
  const std::string_view text = content.Text();
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string_view unit = text.substr(0, colon);
  EmbeddedText out(source_);
  for (const std::string_view ending : {".network", ".container", ".pod"}) {
    if (!unit.ends_with(ending)) continue;
    const base::Span place = content.Map().ToOuter(0, content.Size());
    out.Put(ending == ".container" ? "container:systemd-" : "systemd-", place.begin, place.begin);
    out.Append(content, 0, static_cast<std::uint32_t>(colon - ending.size()));
    out.Append(content, static_cast<std::uint32_t>(colon), content.Size());
    return out;
  }
  return content;
}

}  // namespace cagelint::input
