#include "linter/input/editor.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

#include "linter/base/text.h"
#include "linter/diagnostic/edits.h"
#include "linter/input/edit_command.h"
#include "linter/input/edit_formats.h"

namespace cagelint::input {
namespace {

enum class Language : std::uint8_t { kCommand, kCompose, kJson, kOther };

bool IsYamlName(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }
bool IsJsonName(std::string_view path) {
  return path.ends_with(".json") || path.ends_with(".jsonc");
}

// What is not understood there may be changed by an edit in ways that nobody knows.
bool Touches(const diagnostic::Gap& gap, const base::Span& edit) {
  if (!gap.span.IsValid() || gap.span.file != edit.file) return false;
  if (gap.span.IsEmpty()) return edit.begin <= gap.span.begin && gap.span.begin <= edit.end;
  if (edit.IsEmpty()) return gap.span.begin < edit.begin && edit.begin < gap.span.end;
  return gap.span.Overlaps(edit);
}

Edited Refused(std::string why) {
  Edited out;
  out.refused = std::move(why);
  return out;
}

}  // namespace

struct Editor::State {
  State(const model::Document& document, const base::SourceSet& sources)
      : context{document, sources, &trees}, commands(context) {
    for (const diagnostic::Gap& gap : document.gaps)
      if (gap.span.IsValid()) gaps.push_back(&gap);
    std::sort(gaps.begin(), gaps.end(),
              [](const auto* a, const auto* b) { return a->span < b->span; });
    for (const diagnostic::Gap* gap : gaps) {
      const bool first = reach.empty() || gaps[reach.size() - 1]->span.file != gap->span.file;
      reach.push_back(first ? gap->span.end : std::max(reach.back(), gap->span.end));
    }
  }

  EditTrees trees;
  EditContext context;
  CommandEditor commands;
  std::map<base::FileId, bool> is_text;      // UTF-8, of files that were asked about
  std::vector<const diagnostic::Gap*> gaps;  // by place
  std::vector<std::uint32_t> reach;          // where the gaps of a file end, up to that one

  Language LanguageOf(base::FileId file) const {
    const model::Document& document = context.document;
    const std::string_view path = context.sources.Get(file).Path();
    if (document.carrier == model::Carrier::kSeccomp) return Language::kJson;
    for (const model::SeccompProfile& profile : document.profiles)
      if (profile.file == file) return Language::kJson;
    if (document.carrier != model::Carrier::kCompose &&
        context.sources.Get(file).Within() != nullptr)
      return Language::kCommand;
    const auto& project = document.project;
    const bool is_project = std::find(project.begin(), project.end(), file) != project.end();
    if (document.carrier == model::Carrier::kCompose) {
      const bool is_yaml = is_project || file == document.file || IsYamlName(path);
      return is_yaml ? Language::kCompose : Language::kOther;
    }
    if (file == document.file) return Language::kCommand;
    // What a script starts: `docker compose run` reads a compose file.
    if (IsYamlName(path)) return Language::kCompose;
    return IsJsonName(path) ? Language::kJson : Language::kCommand;
  }

  // Where a change is made: at its place, or in the container's own file. kNoFile: nowhere.
  static base::FileId FileOf(const model::Container* container, const model::Change& change) {
    if (change.at.IsValid()) return change.at.file;
    return container == nullptr ? base::kNoFile : container->anchor.file;
  }

  Edited Ask(Language language, const model::Container* container,
             std::span<const model::Change> changes) {
    if (language == Language::kCommand) return commands.Apply(container, changes);
    if (language == Language::kCompose) return EditCompose(context, container, changes);
    if (language == Language::kJson) return EditJson(context, changes);
    return Refused("the value stands in a file that is not edited");
  }

  bool IsText(base::FileId file) {
    const auto [found, added] = is_text.emplace(file, false);
    if (added) found->second = !base::FindInvalidUtf8(context.sources.Get(file).Bytes());
    return found->second;
  }

  // The first gap that the edit touches, from behind; null where there is none.
  const diagnostic::Gap* GapAt(const base::Span& edit) const {
    const auto behind = std::upper_bound(
        gaps.begin(), gaps.end(), edit.end, [&](std::uint32_t end, const auto* gap) {
          return gap->span.file > edit.file ||
                 (gap->span.file == edit.file && gap->span.begin > end);
        });
    for (auto i = static_cast<std::size_t>(behind - gaps.begin()); i > 0; --i) {
      const diagnostic::Gap* gap = gaps[i - 1];
      if (gap->span.file != edit.file || reach[i - 1] < edit.begin) return nullptr;
      if (Touches(*gap, edit)) return gap;
    }
    return nullptr;
  }

  // Whether the client refuses the command: nobody knows what it would be.
  bool IsRefused(const model::Container& container) const {
    return std::any_of(gaps.begin(), gaps.end(), [&](const diagnostic::Gap* gap) {
      return gap->refused && container.extent.Contains(gap->span);
    });
  }

  // Why `edits`, whoever made them, are not made; "" where nothing is wrong.
  std::string Refusal(std::span<const diagnostic::Edit> edits) {
    for (const diagnostic::Edit& edit : edits) {
      if (!IsText(edit.span.file)) return "the file is not UTF-8";
      const diagnostic::Gap* gap = GapAt(edit.span);
      if (gap != nullptr) return "what stands here is not understood: " + gap->message;
    }
    return "";
  }
};

Editor::Editor(const model::Document& document, const base::SourceSet& sources)
    : state_(std::make_unique<State>(document, sources)) {}
Editor::~Editor() = default;
Editor::Editor(Editor&&) noexcept = default;
Editor& Editor::operator=(Editor&&) noexcept = default;

Edited Editor::Apply(const model::Container* container, std::span<const model::Change> changes) {
  if (container != nullptr && !container->IsCompose() && state_->IsRefused(*container))
    return Refused("the command is refused as it stands");
  std::map<Language, std::vector<model::Change>> parts;
  for (const model::Change& change : changes) {
    const base::FileId file = State::FileOf(container, change);
    if (file == base::kNoFile) return Refused("the change has no place");
    if (!state_->IsText(file)) return Refused("the file is not UTF-8");
    parts[state_->LanguageOf(file)].push_back(change);
  }
  Edited out;
  for (const auto& [language, part] : parts) {
    Edited edited = state_->Ask(language, container, part);
    if (edited.edits.empty())
      return Refused(edited.refused.empty() ? "nothing would change" : edited.refused);
    std::move(edited.edits.begin(), edited.edits.end(), std::back_inserter(out.edits));
    if (!edited.reaches.empty()) out.reaches += (out.reaches.empty() ? "" : "; ") + edited.reaches;
  }
  if (!diagnostic::Tidy(out.edits)) return Refused("its changes stand in each other's way");
  const std::string refusal = state_->Refusal(out.edits);
  if (!refusal.empty()) return Refused(refusal);
  auto edits = state_->context.sources.ToFile(std::move(out.edits));
  if (!edits || edits->empty() || !diagnostic::Tidy(*edits))
    return Refused("the text stands in another one, where the change cannot be written");
  out.edits = std::move(*edits);
  return out;
}

}  // namespace cagelint::input
