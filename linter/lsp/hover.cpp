#include "linter/lsp/hover.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "linter/base/text.h"
#include "linter/lsp/meanings.h"
#include "linter/output/plain_text.h"
#include "linter/output/snippet.h"

namespace cagelint::lsp {
namespace {

bool IsWordByte(char c) { return base::IsNameByte(c) || c == '-'; }

// The word at `offset`, as `--cap-add` and `SYS_ADMIN` are words.
base::Span WordAt(const base::Source& source, std::uint32_t offset) {
  const std::string_view bytes = source.Bytes();
  std::uint32_t begin = offset;
  std::uint32_t end = offset;
  while (begin > 0 && IsWordByte(bytes[begin - 1])) --begin;
  while (end < bytes.size() && IsWordByte(bytes[end])) ++end;
  return {source.Id(), begin, end};
}

const engine::Rule* RuleNamed(std::string_view id) {
  const auto rules = driver::Rules();
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const engine::Rule* rule) { return rule->info.id == id; });
  return found == rules.end() ? nullptr : *found;
}

class Hovering {
 public:
  Hovering(Session& session, const Judged& judged, const base::Source& source, std::uint32_t offset)
      : session_(session),
        judged_(judged),
        source_(source),
        word_(WordAt(source, offset)),
        at_{source.Id(), offset, offset} {}

  OutJson Say() {
    if (const auto meaning = Find()) SayMeaning(*meaning);
    SayFindings();
    if (text_.empty()) return nullptr;
    const bool markdown = session_.client.markdown;
    return {{"contents", {{"kind", markdown ? "markdown" : "plaintext"}, {"value", text_}}},
            {"range", output::LspRange(source_, shown_, session_.client.encoding)}};
  }

 private:
  // The container in whose text the word stands.
  const model::Container* Around() const {
    const model::Container* best = nullptr;
    std::uint32_t size = UINT32_MAX;
    for (const model::Document& document : judged_.outcome.documents)
      for (const model::Container& container : document.containers) {
        const base::Span extent = judged_.outcome.sources->ToFile(container.extent);
        if (!extent.Contains(word_) || extent.Size() >= size) continue;
        best = &container;
        size = extent.Size();
      }
    return best;
  }

  bool IsProfile() const {
    const auto& documents = judged_.outcome.documents;
    return std::any_of(documents.begin(), documents.end(), [&](const model::Document& document) {
      return std::any_of(document.profiles.begin(), document.profiles.end(),
                         [&](const auto& profile) { return profile.file == source_.Id(); });
    });
  }

  std::optional<Meaning> Find() const {
    const std::string_view word = source_.Text(word_);
    if (word.empty()) return std::nullopt;
    if (const model::Container* container = Around()) {
      if (word.starts_with('-')) return IsOption(*container) ? OfFlag(word) : std::nullopt;
      if (container->IsCompose() && IsKey() && IsKeyOf(*container))
        if (auto key = MeaningOfKey(word)) return key;
      if (!IsIn(container->cap_add) && !IsIn(container->cap_drop)) return std::nullopt;
      return MeaningOfCapability(word, container->engine);
    }
    if (!IsProfile()) return std::nullopt;
    if (word.starts_with("CAP_")) return MeaningOfCapability(word, model::Engine::kDocker);
    return MeaningOfCall(word);
  }

  bool IsKey() const {
    std::string_view rest = source_.Bytes().substr(word_.end);
    if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
    return rest.substr(std::min(rest.find_first_not_of(' '), rest.size())).starts_with(':');
  }

  base::Span InFile(const base::Span& span) const { return judged_.outcome.sources->ToFile(span); }

  bool IsIn(const model::List<std::string>& list) const {
    return std::any_of(list.items.begin(), list.items.end(),
                       [&](const auto& item) { return InFile(item.whole).Contains(word_); });
  }

  // What stands behind the image is the program's own.
  bool IsOption(const model::Container& container) const {
    const base::Span image = InFile(container.image.whole);
    return !container.IsCompose() &&
           (!image.IsValid() || image.file != word_.file || word_.end <= image.begin);
  }

  // `-p8080:80` is `-p`.
  static std::optional<Meaning> OfFlag(std::string_view word) {
    auto meaning = MeaningOfFlag(word);
    if (!meaning && word.size() > 2 && word[1] != '-') meaning = MeaningOfFlag(word.substr(0, 2));
    return meaning;
  }

  // Whether a key is one of the service, and not of something in it: as far in as the first one, or
  // in the service's own braces.
  bool IsKeyOf(const model::Container& container) const {
    const std::string_view bytes = source_.Bytes();
    const std::uint32_t behind = InFile(container.anchor).end;
    if (behind >= word_.begin) return false;
    const std::string_view between = bytes.substr(behind, word_.begin - behind);
    const std::size_t value = between.find_first_not_of("\"': ");
    if (value != std::string_view::npos && between[value] == '{')
      return std::count(between.begin(), between.end(), '{') ==
             std::count(between.begin(), between.end(), '}') + 1;
    const auto indent = [](std::string_view line) {
      return std::min(line.find_first_not_of(' '), line.size());
    };
    const std::vector<std::string_view> lines = base::Split(between, '\n');
    const bool is_alone = lines.back().find_first_not_of(" \"'") == std::string_view::npos;
    for (std::size_t i = 1; is_alone && i < lines.size(); ++i) {
      const std::string_view line = base::Trim(lines[i]);
      const bool is_last = i + 1 == lines.size();
      if (is_last || (!line.empty() && line.front() != '#'))
        return indent(lines[i]) == indent(lines.back());
    }
    return false;
  }

  void SayMeaning(const Meaning& meaning) {
    shown_ = word_;
    Line(Code(meaning.name) + " (" + meaning.kind + ")" +
         (meaning.does.empty() ? "" : " " + Plain(meaning.does)) + ".");
    if (!meaning.fallback.empty()) Line("Default: " + Plain(meaning.fallback) + ".");
    if (meaning.rules.empty()) return;
    std::string rules = "Rules:";
    for (const std::string& id : meaning.rules)
      rules += (rules.back() == ':' ? " " : ", ") + RuleLink(id);
    Line(rules + ".");
  }

  void SayFindings() {
    for (const diagnostic::Diagnostic& finding : judged_.outcome.report.findings) {
      if (finding.span.file != source_.Id() || !finding.span.Contains(at_)) continue;
      const engine::Rule* rule = RuleNamed(finding.rule);
      if (rule == nullptr) continue;
      if (text_.empty()) shown_ = finding.span;
      std::string line = RuleLink(finding.rule) + ": " + Plain(rule->info.title) + " (" +
                         Plain(rule->info.why) + ").";
      if (finding.suppressed)
        line += " Suppressed by " + finding.suppressed->by + ": " +
                Text(finding.suppressed->reason) + ".";
      Line(line);
    }
  }

  void Line(const std::string& line) { text_ += (text_.empty() ? "" : "\n\n") + line; }

  std::string Code(const std::string& word) const {
    return session_.client.markdown ? "`" + word + "`" : word;
  }
  // Words of ours are plain already, but for names like `CAP_SYS_ADMIN`, which Markdown leaves
  // alone within a word.
  static std::string Plain(std::string_view text) {
    return std::string(text.ends_with('.') ? text.substr(0, text.size() - 1) : text);
  }
  // What an input says is nobody's markup.
  std::string Text(std::string_view text) const {
    std::string shown = output::Printable(text);
    if (!session_.client.markdown) return shown;
    std::replace(shown.begin(), shown.end(), '`', '\'');
    return shown.empty() ? shown : "`` " + shown + " ``";
  }
  std::string RuleLink(const std::string& id) const {
    const auto uri = output::RuleUri(id, session_.Writing(judged_.root));
    if (!session_.client.markdown || !uri) return Code(id);
    return "[" + id + "](" + *uri + ")";
  }

  Session& session_;
  const Judged& judged_;
  const base::Source& source_;
  base::Span word_;
  base::Span at_;
  base::Span shown_;
  std::string text_;
};

}  // namespace

OutJson HoverAt(Session& session, Document& document, output::LspPosition position) {
  const Judged& judged = session.Fresh(document);
  const base::Source* source = judged.Own();
  if (source == nullptr) return nullptr;
  const std::uint32_t offset = output::OffsetAt(*source, position, session.client.encoding);
  return Hovering(session, judged, *source, offset).Say();
}

}  // namespace cagelint::lsp
