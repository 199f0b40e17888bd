// Quadlet's `.container` files as a carrier: containers as units of systemd.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/text.h"
#include "linter/input/line_comments.h"
#include "linter/input/quadlet_command.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"
#include "linter/syntax/unit_file.h"

namespace cagelint::input {
namespace {

syntax::UnitFile Parse(std::string_view bytes, base::FileId file) {
  return syntax::ParseUnitFile(bytes, file, syntax::UnitDialect::kQuadlet);
}

bool HasContainer(const syntax::UnitFile& file) {
  return std::any_of(file.sections.begin(), file.sections.end(),
                     [](const auto& section) { return section.name == "Container"; });
}

// A comment above a header speaks of the section, one above a key of that.
void AddSuppressions(const base::Source& source, const syntax::UnitFile& file,
                     model::Document& document) {
  std::vector<LineComment> comments;
  for (const base::Span& comment : file.comments)
    comments.push_back({{comment.file, comment.begin + 1, comment.end}, true});
  std::vector<base::Span> statements;
  for (const syntax::UnitSection& section : file.sections) {
    base::Span whole = section.header;
    if (!section.entries.empty()) whole.end = section.entries.back().span.end;
    statements.push_back(whole);
    for (const syntax::UnitEntry& entry : section.entries) statements.push_back(entry.span);
  }
  CollectSuppressions(source, comments, statements, document.suppressions);
}

model::Document Read(const base::Source& source, const Context& context) {
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kQuadlet;
  const syntax::UnitFile file = Parse(source.Bytes(), source.Id());
  for (const syntax::UnitError& error : file.errors)
    document.gaps.push_back({"syntax-error", error.message, error.span, "", true});
  if (!HasContainer(file)) return document;
  QuadletCommand command(source, file);
  ShellTexts texts(context, source.Path(), document);
  texts.Read(command.AddTo(context.sources));
  texts.Link();
  document.gaps.insert(document.gaps.end(), command.Gaps().begin(), command.Gaps().end());
  AddSuppressions(source, file, document);
  return document;
}

bool Named(std::string_view path) { return path.ends_with(".container"); }

std::string Accepts(std::string_view path, std::string_view bytes) {
  const bool fits = Named(path) && bytes.find("[Container]") != std::string_view::npos &&
                    HasContainer(Parse(bytes, 0));
  return fits ? "its name ends in `.container`, and it has such a section" : "";
}

std::string AcceptsFence(std::string_view language, std::string_view bytes) {
  constexpr std::array<std::string_view, 9> kLanguages{
      "", "ini", "systemd", "unit", "conf", "container", "quadlet", "toml", "text"};
  const bool fits = std::find(kLanguages.begin(), kLanguages.end(), language) != kLanguages.end() &&
                    bytes.find("[Container]") != std::string_view::npos;
  if (!fits) return "";
  const syntax::UnitFile file = Parse(bytes, 0);
  const bool is_whole =
      std::any_of(file.sections.begin(), file.sections.end(), [](const auto& section) {
        return section.name == "Container" &&
               std::any_of(section.entries.begin(), section.entries.end(), [](const auto& entry) {
                 return entry.key == "Image" || entry.key == "Rootfs";
               });
      });
  return is_whole ? "it has a section `[Container]` with an image" : "";
}

}  // namespace

const Reader kQuadletReader{"quadlet", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
