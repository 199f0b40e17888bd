// Units of systemd as a carrier: the command lines of services.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/base/text.h"
#include "linter/input/command_text.h"
#include "linter/input/line_comments.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"
#include "linter/input/unit_templates.h"
#include "linter/syntax/unit_file.h"

namespace cagelint::input {
namespace {

using syntax::UnitEntry;
using syntax::UnitToken;
using Kind = UnitToken::Kind;

constexpr std::array<std::string_view, 7> kCommands{"ExecCondition", "ExecStartPre", "ExecStart",
                                                    "ExecStartPost", "ExecReload",   "ExecStop",
                                                    "ExecStopPost"};

constexpr std::uint32_t kLongestTemplate = 60;

bool IsCommand(const UnitEntry& entry) {
  return std::find(kCommands.begin(), kCommands.end(), entry.key) != kCommands.end();
}

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }

// Writes the tokens of a value as the shell reads them.
class Writing {
 public:
  Writing(const base::Source& source, const UnitEntry& entry,
          const std::set<std::string>& variables)
      : bytes_(source.Bytes()), entry_(entry), variables_(variables), out_(source, false) {}

  void Token(const UnitToken& token) {
    const base::Span outer = entry_.places.ToOuter(token.begin, token.end);
    switch (token.kind) {
      case Kind::kWord:
        out_.EndWord();
        break;
      case Kind::kQuote:
        out_.Quote(outer.begin, outer.end);
        break;
      case Kind::kText:
        Text(token.begin, token.end);
        break;
      case Kind::kEscape:
        out_.Decoded(token.text, outer.begin, outer.end);
        break;
      case Kind::kSpecifier:
        if (token.text == "h") out_.Is(Known::kHome, outer.begin, outer.end);
        // /run, or the same of the user whose manager it is.
        else if (token.text == "t")
          out_.Variable("XDG_RUNTIME_DIR", false, outer.begin, outer.end);
        else
          out_.Unknown(token.text, false, outer.begin, outer.end);
        break;
      case Kind::kVariable:
      case Kind::kVariables:
        Variable(token, outer);
        break;
    }
  }

  // What stands between words: blanks, and the ends of lines that go on.
  void Between(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t at = begin; at < end; ++at) {
      const base::Span outer = entry_.places.ToOuter(at, at + 1);
      if (outer.Size() == 1)
        out_.Copy(outer.begin, outer.end);
      else
        LineEnd(outer);
    }
  }

  CommandText& Out() { return out_; }

 private:
  void Variable(const UnitToken& token, const base::Span& outer) {
    const bool splits = token.kind == Kind::kVariables;
    if (variables_.contains(token.text))
      out_.Variable(token.text, splits, outer.begin, outer.end);
    else
      out_.Unknown(token.text, splits, outer.begin, outer.end);
  }

  // What MarkTemplates writes: `{{name}}`, `{{name...}}`; behind it, or `at`.
  std::uint32_t Template(std::uint32_t at, std::uint32_t end) {
    const std::string_view text =
        std::string_view(entry_.value).substr(at, std::min(end - at, kLongestTemplate));
    const std::size_t close = text.starts_with("{{") ? text.find("}}") : std::string_view::npos;
    if (close == std::string_view::npos) return at;
    std::string_view name = text.substr(2, close - 2);
    const bool is_list = name.ends_with("...");
    if (is_list) name.remove_suffix(3);
    if (name.empty() || !std::all_of(name.begin(), name.end(), base::IsNameByte)) return at;
    const auto behind = static_cast<std::uint32_t>(at + close + 2);
    const base::Span outer = entry_.places.ToOuter(at, behind);
    out_.Unknown(name, is_list, outer.begin, outer.end);
    return behind;
  }

  // The end of a line inside quotes is a blank.
  void Text(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t at = begin; at < end;) {
      if (const std::uint32_t behind = Template(at, end); behind > at) {
        at = behind;
        continue;
      }
      const base::Span outer = entry_.places.ToOuter(at, at + 1);
      if (outer.Size() != 1) {
        out_.Decoded(" ", outer.begin, outer.end);
        ++at;
        continue;
      }
      std::uint32_t next = at + 1;
      while (next < end && entry_.places.BeginOf(next) == outer.begin + (next - at) &&
             std::string_view(entry_.value).substr(next, 2) != "{{")
        ++next;
      // The last byte may be the sign of a line's end.
      while (next > at + 1 && entry_.places.ToOuter(next - 1, next).Size() != 1) --next;
      out_.Literal(outer.begin, outer.begin + (next - at));
      at = next;
    }
  }

  // The sign, the line end and the indentation of the next line; comments in between are left out.
  void LineEnd(const base::Span& outer) {
    const std::string_view text = bytes_.substr(outer.begin, outer.Size());
    const std::size_t first = text.find('\n');
    const std::size_t last = text.rfind('\n');
    if (first == std::string_view::npos) return out_.Put(" ", outer.begin, outer.end);
    const bool is_glued =
        last + 1 == text.size() && outer.begin > 0 && !IsBlank(bytes_[outer.begin - 1]);
    out_.Put(is_glued ? " \\" : "\\", outer.begin, outer.begin + 1);
    out_.Copy(outer.begin + 1, outer.begin + static_cast<std::uint32_t>(first + 1));
    out_.Copy(outer.begin + static_cast<std::uint32_t>(last + 1), outer.end);
  }

  std::string_view bytes_;
  const UnitEntry& entry_;
  const std::set<std::string>& variables_;
  CommandText out_;
};

class Reading {
 public:
  Reading(const base::Source& source, const Context& context)
      : source_(source), context_(context), all_(source, false) {
    document_.file = source.Id();
    document_.carrier = model::Carrier::kSystemd;
  }

  model::Document Do() {
    const syntax::UnitFile file =
        syntax::ParseUnitFile(source_.Bytes(), source_.Id(), syntax::UnitDialect::kSystemd);
    for (const syntax::UnitError& error : file.errors) Wrong(error.message, error.span);
    std::vector<const UnitEntry*> entries;
    for (const syntax::UnitSection& section : file.sections)
      for (const UnitEntry& entry : section.entries)
        if (section.name == "Service") entries.push_back(&entry);
    ReadEnvironment(entries);
    for (const UnitEntry* entry : entries)
      if (IsCommand(*entry) && NamesEngineAnywhere(entry->value)) ReadCommands(*entry);
    ShellTexts texts(context_, source_.Path(), document_);
    if (all_.Size() > 0) texts.Read(all_.Text().AddTo(context_.sources, LinesWriter(EscapeUnit)));
    texts.Link();
    AddSuppressions(file);
    return std::move(document_);
  }

 private:
  void Wrong(const std::string& message, const base::Span& span) {
    document_.gaps.push_back({"syntax-error", message, span, "", false});
  }

  // `Environment=A=b "C=d e"`. A file of variables may say otherwise: it is read later.
  void ReadEnvironment(const std::vector<const UnitEntry*>& entries) {
    std::vector<std::pair<std::string, CommandText>> set;
    for (const UnitEntry* entry : entries) {
      if (entry->key == "EnvironmentFile" && !entry->value.empty()) return;
      if (entry->key != "Environment") continue;
      if (entry->value.empty()) set.clear();
      const syntax::UnitWords words = syntax::SplitUnitValue(entry->value, {.variables = false});
      const auto& tokens = words.tokens;
      for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind != Kind::kWord) continue;
        std::size_t last = i + 1;
        while (last < tokens.size() && tokens[last].kind != Kind::kWord) ++last;
        ReadAssignment(*entry, tokens, i + 1, last, set);
        i = last - 1;
      }
    }
    for (auto& [name, text] : set) {
      all_.Append(text, 0);
      variables_.insert(name);
    }
  }

  // The tokens [first, last) are `NAME=value`, with the quotes around any of it.
  void ReadAssignment(const UnitEntry& entry, const std::vector<UnitToken>& tokens,
                      std::size_t first, std::size_t last,
                      std::vector<std::pair<std::string, CommandText>>& set) const {
    const bool is_quoted = first < last && tokens[first].kind == Kind::kQuote;
    const std::size_t text = first + (is_quoted ? 1 : 0);
    if (text >= last || tokens[text].kind != Kind::kText) return;
    const std::string_view value(entry.value);
    const std::size_t equals = value.find('=', tokens[text].begin);
    if (equals >= tokens[text].end) return;
    const std::string name(value.substr(tokens[text].begin, equals - tokens[text].begin));
    if (name.empty() || !base::IsNameStart(name.front()) ||
        !std::all_of(name.begin(), name.end(), base::IsNameByte))
      return;
    const std::set<std::string> none;
    Writing writing(source_, entry, none);
    const std::uint32_t begin = entry.places.BeginOf(tokens[text].begin);
    const std::uint32_t behind = entry.places.EndBefore(static_cast<std::uint32_t>(equals + 1));
    writing.Out().Put("export " + name + "=", begin, behind);
    if (is_quoted) writing.Out().Quote(behind, behind);
    writing.Token({Kind::kText, static_cast<std::uint32_t>(equals + 1), tokens[text].end});
    for (std::size_t i = text + 1; i < last; ++i) writing.Token(tokens[i]);
    const std::uint32_t end = entry.places.EndBefore(tokens[last - 1].end);
    writing.Out().Put("\n", end, end);
    set.emplace_back(name, writing.Out());
  }

  void ReadCommands(const UnitEntry& entry) {
    const std::string_view value(entry.value);
    // `:` says that `$` is a sign like others.
    const std::size_t prefix = std::min(value.find_first_not_of("@-:+!|"), value.size());
    const bool plain = value.substr(0, prefix).find(':') != std::string_view::npos;
    const syntax::UnitWords words = syntax::SplitUnitValue(value, {.variables = !plain});
    if (!words.message.empty()) Wrong(words.message, entry.places.ToOuter(words.begin, words.end));
    Writing writing(source_, entry, variables_);
    const auto& tokens = words.tokens;
    bool is_first = true;
    std::uint32_t written = 0;
    for (std::size_t i = 0; i < tokens.size();) {
      std::size_t last = i + 1;
      while (last < tokens.size() && tokens[last].kind != Kind::kWord) ++last;
      if (last == i + 2 && tokens[i + 1].kind == Kind::kText &&
          value.substr(tokens[i + 1].begin, tokens[i + 1].end - tokens[i + 1].begin) == ";") {
        const std::uint32_t end = entry.places.EndBefore(tokens[i + 1].begin);
        writing.Out().Put("\n", end, end);
        is_first = true;
        i = last;
        continue;
      }
      if (is_first) {
        last = FirstWord(writing, entry, tokens, i, last);
      } else {
        writing.Between(written, tokens[i].begin);
        for (std::size_t at = i; at < last; ++at) writing.Token(tokens[at]);
      }
      written = tokens[last - 1].end;
      is_first = false;
      i = last;
    }
    // What stands before a mistake is a command all the same, as far as a shell could tell.
    if (writing.Out().IsQuoted()) return;
    all_.Append(writing.Out(), 0);
    const std::uint32_t end = entry.span.end;
    all_.Put("\n", end, end);
  }

  // The program without the signs before it, and without the name that `@` gives it; behind them.
  std::size_t FirstWord(Writing& writing, const UnitEntry& entry,
                        const std::vector<UnitToken>& tokens, std::size_t first,
                        std::size_t last) const {
    bool renames = false;
    for (std::size_t i = first; i < last; ++i) {
      UnitToken token = tokens[i];
      while (i == first + 1 && token.kind == Kind::kText && token.begin < token.end &&
             std::string_view("@-:+!|").find(entry.value[token.begin]) != std::string_view::npos) {
        renames = renames || entry.value[token.begin] == '@';
        ++token.begin;
      }
      writing.Token(token);
    }
    if (!renames || last >= tokens.size()) return last;
    ++last;
    while (last < tokens.size() && tokens[last].kind != Kind::kWord) ++last;
    return last;
  }

  void AddSuppressions(const syntax::UnitFile& file) {
    std::vector<LineComment> comments;
    for (const base::Span& comment : file.comments)
      comments.push_back({{comment.file, comment.begin + 1, comment.end}, true});
    std::vector<base::Span> statements;
    for (const syntax::UnitSection& section : file.sections)
      for (const UnitEntry& entry : section.entries) statements.push_back(entry.span);
    CollectSuppressions(source_, comments, statements, document_.suppressions);
  }

  const base::Source& source_;
  const Context& context_;
  model::Document document_;
  CommandText all_;
  std::set<std::string> variables_;
};

model::Document Read(const base::Source& source, const Context& context) {
  return ReadWithTemplates(
      source, context, model::Carrier::kSystemd,
      [](const base::Source& text, const Context& around) { return Reading(text, around).Do(); });
}

bool RunsEngine(std::string_view bytes) {
  if (bytes.find("[Service]") == std::string_view::npos || !NamesEngineAnywhere(bytes))
    return false;
  const syntax::UnitFile file = syntax::ParseUnitFile(bytes, 0, syntax::UnitDialect::kSystemd);
  return std::any_of(file.sections.begin(), file.sections.end(), [](const auto& section) {
    return section.name == "Service" &&
           std::any_of(section.entries.begin(), section.entries.end(), [](const auto& entry) {
             return IsCommand(entry) && NamesEngineAnywhere(entry.value);
           });
  });
}

// A service, or what is added to one.
bool Named(std::string_view path) {
  const std::size_t folder = path.rfind(".service.d/");
  return path.ends_with(".service") ||
         (folder != std::string_view::npos && path.ends_with(".conf"));
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  return Named(path) && RunsEngine(bytes) ? "it is a service whose commands name a container engine"
                                          : "";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  constexpr std::array<std::string_view, 7> kLanguages{"",     "ini",  "systemd", "service",
                                                       "conf", "unit", "text"};
  const bool fits = std::find(kLanguages.begin(), kLanguages.end(), language) != kLanguages.end();
  return fits && RunsEngine(bytes) ? "it is a service whose commands name a container engine" : "";
}

}  // namespace

const Reader kSystemdReader{"systemd", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
