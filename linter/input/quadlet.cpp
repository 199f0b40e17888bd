// Quadlet's `.container` files as a carrier: containers as units of systemd.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/line_comments.h"
#include "linter/input/quadlet_command.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"
#include "linter/input/unit_templates.h"
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

// Kinds of units whose files are known, and not read.
constexpr std::array<std::string_view, 2> kOthers{"Pod", "Kube"};

bool IsOther(const syntax::UnitSection& section) {
  return std::find(kOthers.begin(), kOthers.end(), section.name) != kOthers.end();
}

bool HasOther(const syntax::UnitFile& file) {
  return std::any_of(file.sections.begin(), file.sections.end(), IsOther);
}

bool HasImage(const syntax::UnitFile& file) {
  return std::any_of(file.sections.begin(), file.sections.end(), [](const auto& section) {
    return section.name == "Container" &&
           std::any_of(section.entries.begin(), section.entries.end(), [](const auto& entry) {
             return entry.key == "Image" || entry.key == "Rootfs";
           });
  });
}

// What is added to a `.container` file: `x.container.d/10-more.conf`.
bool IsDropIn(std::string_view path) {
  const std::string_view folder = base::DirectoryOf(path);
  return path.ends_with(".conf") && folder.ends_with(".container.d");
}

void AddUnread(std::string message, const base::Span& place, model::Document& document) {
  document.gaps.push_back({"unsupported-construct", std::move(message), place, "", false});
}

model::Document ReadUnit(const base::Source& source, const Context& context) {
  model::Document document;
  document.file = source.Id();
  document.carrier = model::Carrier::kQuadlet;
  const syntax::UnitFile file = Parse(source.Bytes(), source.Id());
  for (const syntax::UnitError& error : file.errors)
    document.gaps.push_back({"syntax-error", error.message, error.span, "", true});
  for (const syntax::UnitSection& section : file.sections)
    if (IsOther(section))
      AddUnread("what a section `[" + section.name + "]` starts is not read", section.header,
                document);
  if (!HasContainer(file)) return document;
  if (IsDropIn(source.Path()) && !HasImage(file)) {
    for (const syntax::UnitSection& section : file.sections)
      if (section.name == "Container")
        AddUnread("what is added here to a container is not read", section.header, document);
    return document;
  }
  // The other commands of the service run as those of any unit do.
  if (kSystemdReader.accepts_fence("systemd", source.Bytes()) != "")
    document.embedded.push_back(kSystemdReader.read(source, context));
  QuadletCommand command(source, file);
  ShellTexts texts(context, source.Path(), document);
  texts.Read(command.AddTo(context.sources));
  texts.Link();
  document.gaps.insert(document.gaps.end(), command.Gaps().begin(), command.Gaps().end());
  AddSuppressions(source, file, document);
  return document;
}

model::Document Read(const base::Source& source, const Context& context) {
  return ReadWithTemplates(source, context, model::Carrier::kQuadlet, ReadUnit);
}

bool IsOtherName(std::string_view path) {
  return path.ends_with(".pod") || path.ends_with(".kube");
}

bool Named(std::string_view path) {
  return path.ends_with(".container") || IsDropIn(path) || IsOtherName(path);
}

std::string Accepts(std::string_view path, std::string_view bytes) {
  if (IsOtherName(path))
    return HasOther(Parse(bytes, 0)) ? "its name and its sections are those of a Quadlet unit" : "";
  if (IsDropIn(path)) return HasContainer(Parse(bytes, 0)) ? "it adds to a `.container` file" : "";
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
  const bool is_whole = HasImage(Parse(bytes, 0));
  return is_whole ? "it has a section `[Container]` with an image" : "";
}

}  // namespace

const Reader kQuadletReader{"quadlet", Named, Accepts, Read, AcceptsFence};

}  // namespace cagelint::input
