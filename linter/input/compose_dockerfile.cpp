// `build` of a service: what its Dockerfile says of the image.
#include <optional>
#include <utility>

#include "linter/base/byte_gate.h"
#include "linter/base/files.h"
#include "linter/input/compose_service.h"
#include "linter/input/dockerfile.h"

namespace cagelint::input::compose {
namespace {

BuildArguments ArgumentsOf(const View& build) {
  BuildArguments arguments;
  const auto list = KeyValuesOf(build.Get("args"));
  for (const auto& item : list.items) {
    if (item.value.key.empty()) continue;
    auto& value = arguments[item.value.key];
    value.reset();
    if (item.IsKnown() && item.value.value) value = *item.value.value;
  }
  return arguments;
}

// Null where the file cannot be read: what it says is not known then, and that is all.
const base::Source* Open(const std::string& path, Project& project, const Context& context) {
  const std::string shown = base::ShownPath(path, context.files.working_directory);
  const base::Source* known = context.sources.FindPath(shown);
  if (known == nullptr) {
    if (context.files.kind(path) != base::FileKind::kRegular) return nullptr;
    base::ReadResult file = context.files.read(path);
    if (!file.Ok() || base::CheckBytes(file.bytes)) return nullptr;
    known = &context.sources.Add(shown, std::move(file.bytes));
  }
  project.env_budget -= static_cast<std::int64_t>(known->Bytes().size());
  return project.env_budget >= 0 ? known : nullptr;
}

// The Dockerfile of a build; null where it is not there, or elsewhere than here.
std::optional<syntax::Dockerfile> Parse(const View& view, const model::Build& build,
                                        Project& project, const Context& context) {
  if (const View text = view.Get("dockerfile_inline")) {
    if (!text->IsString() || text->IsDynamic()) return std::nullopt;
    return syntax::ParseDockerfile(text->text.text, base::kNoFile);
  }
  const View named = view.Get("dockerfile");
  if (!build.context.starts_with('/') || (named && named->IsDynamic())) return std::nullopt;
  const std::string name = build.dockerfile.empty() ? "Dockerfile" : build.dockerfile;
  const base::Source* source = Open(base::JoinPath(build.context, name), project, context);
  if (source == nullptr) return std::nullopt;
  return syntax::ParseDockerfile(source->Bytes(), source->Id());
}

}  // namespace

void ReadDockerfileOf(const View& service, Project& project, const Context& context,
                      model::Container& container) {
  const View view = service.Get("build");
  if (!container.build.IsKnown() || !view) return;
  model::Build& build = container.build.value;
  const View target = view.Get("target");
  if (target && target->IsDynamic()) return;
  const auto file = Parse(view, build, project, context);
  if (!file) return;
  DockerfileFacts facts = ReadDockerfile(*file, build.target, ArgumentsOf(view));
  // Somewhere in a text within the file: its lines have lost their indentation.
  if (const View text = view.Get("dockerfile_inline"))
    for (auto* setting : {&facts.user, &facts.base})
      setting->whole = setting->value_span = text.Text();
  if (const View text = view.Get("dockerfile_inline"))
    for (auto& volume : facts.volumes) volume.whole = volume.value_span = text.Text();
  build.is_read = !facts.base.IsAbsent();  // no stage of that name says nothing
  build.user = std::move(facts.user);
  build.base = std::move(facts.base);
  build.volumes = std::move(facts.volumes);
}

}  // namespace cagelint::input::compose
