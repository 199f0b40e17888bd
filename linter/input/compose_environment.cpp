// Facts: compose-go 2.9.1, types/project.go WithServicesEnvironmentResolved and
// WithServicesLabelsResolved.
#include <map>

#include "linter/base/files.h"
#include "linter/input/compose_merge.h"
#include "linter/input/compose_mounts.h"
#include "linter/input/compose_service.h"

namespace cagelint::input::compose {
namespace {

using model::KeyValue;
using model::Setting;

struct EnvFile {
  View path;
  bool required = true;
  std::string format{};
};

std::vector<EnvFile> EnvFiles(const View& view) {
  std::vector<EnvFile> files;
  const auto add = [&](const View& item) {
    if (!item->IsMap()) {
      files.push_back({item});
    } else if (const View path = item.Get("path")) {
      files.push_back(
          {path, !BooleanOf(item.Get("required")).Is(false), StringOf(item.Get("format")).value});
    }
  };
  if (!view) return files;
  if (!view->IsList()) {
    add(view);
  } else {
    for (const View& item : view.Children()) add(item);
  }
  // The last for a path stays.
  return KeepLast(std::move(files), [](const EnvFile& file) {
    return std::to_string(file.path->folder) + ":" + file.path->text.Written();
  });
}

// False, and said once, when the project's env files are more than is looked at.
bool Pay(Project& project, std::size_t bytes, base::Span place) {
  if (project.env_budget < 0) return false;
  project.env_budget -= static_cast<std::int64_t>(bytes);
  if (project.env_budget >= 0) return true;
  project.Add({"limit-reached", "env files of more than 8 MiB in all", place});
  return false;
}

// Values of the files, each said to be written where the file is named: what stands in an env file
// is not shown.
void AddFileValues(const EnvFile& file, Project& project, const Context& context,
                   const Variables& variables, std::map<std::string, Setting<KeyValue>>& values,
                   bool& unknown) {
  if (!file.path->IsString()) return;
  if (file.path->IsDynamic()) {
    unknown = true;
    project.Add({"unresolved-variable", "a file that cannot be known", file.path.Text()});
    return;
  }
  const std::string full =
      EnginePath(file.path->text, 0, file.path->text.text.size(), file.path->folder, project);
  const std::string path =
      project.absolute ? full
                       : base::RelativePath(context.files.working_directory, base::CleanPath(full));
  const base::Source* source =
      ReadNamed(path, file.path.Text(), file.required, context, project.gaps);
  unknown = unknown || (source == nullptr && file.required);
  if (source == nullptr) return;
  if (!Pay(project, source->Bytes().size(), file.path.Text())) {
    unknown = true;
    return;
  }
  std::map<std::string, Argument> read;
  const bool raw = file.format == "raw";
  if (!raw && !file.format.empty())
    project.Add(
        {"invalid-compose", "`" + file.format + "` is no format of env files", file.path.Text()});
  for (Problem& problem : ReadDotEnv(source->Bytes(), source->Id(), raw, variables, read)) {
    problem.span = file.path.Text();
    project.Add(problem);
  }
  for (auto& [name, value] : read) {
    const KeyValue pair{name, value.text};
    auto setting =
        IsLiteralText(value.text)
            ? Setting<KeyValue>::Known(pair, file.path.Whole(), file.path.Text())
            : Setting<KeyValue>::Dynamic(value.Written(), file.path.Whole(), file.path.Text());
    setting.value.key = name;
    setting.steps = file.path.steps;
    values[name] = std::move(setting);
  }
}

// Values of files under those that the service sets itself.
void LayUnder(std::map<std::string, Setting<KeyValue>> values, bool unknown, const View& named,
              model::List<KeyValue>& list) {
  if (!named) return;
  if (list.IsAbsent()) list = ListOf<KeyValue>(named);
  for (const auto& item : list.items) values.erase(item.value.key);
  for (auto& [name, value] : values) list.items.push_back(std::move(value));
  if (unknown) {
    list.state = model::State::kDynamic;
    list.source = named->text.Written();
  }
}

// A name without a value takes it from the surroundings.
void PassOn(const Variables& variables, model::List<KeyValue>& list) {
  for (auto& item : list.items) {
    const Variable* found = nullptr;
    if (!item.IsKnown() || item.value.value.has_value()) continue;
    if (variables.Look(item.value.key, found) != Variables::State::kKnown) continue;
    if (IsLiteralText(found->value.text)) item.value.value = found->value.text;
  }
}

}  // namespace

void ReadEnvironment(const View& service, Project& project, const Context& context,
                     model::Container& container) {
  const std::size_t known_gaps = project.gaps.size();
  container.environment = KeyValuesOf(service.Get("environment"));
  PassOn(project.variables, container.environment);
  const View env_file = service.Get("env_file");
  std::map<std::string, Setting<KeyValue>> values;
  bool unknown = false;
  if (env_file) container.env_file = ListOf<std::string>(env_file);
  for (const EnvFile& file : EnvFiles(env_file)) {
    container.env_file.items.push_back(SettingOf(file.path, file.path->text.text));
    const std::size_t known = values.size() + container.environment.items.size();
    if (!Pay(project, 100 * (project.variables.Size() + known), file.path.Text())) {
      unknown = true;
      break;
    }
    // The project's own variables win over those of the service.
    Variables seen = project.variables;
    const auto add = [&](const std::string& name, const std::string& value) {
      const Variable* found = nullptr;
      if (project.variables.Look(name, found) != Variables::State::kKnown)
        seen.Shadow(name, Argument::Literal(value, {}));
    };
    for (const auto& [name, value] : values)
      if (value.IsKnown()) add(name, value.value.value.value_or(""));
    for (const auto& item : container.environment.items)
      if (item.IsKnown() && item.value.value) add(item.value.key, *item.value.value);
    AddFileValues(file, project, context, seen, values, unknown);
  }
  LayUnder(std::move(values), unknown, env_file, container.environment);
  container.labels = KeyValuesOf(service.Get("labels"));
  const View label_file = service.Get("label_file");
  std::map<std::string, Setting<KeyValue>> labels;
  unknown = false;
  for (const EnvFile& file : EnvFiles(label_file))
    AddFileValues(file, project, context, project.variables, labels, unknown);
  LayUnder(std::move(labels), unknown, label_file, container.labels);
  // Files of services that are not in use are not read.
  if (IsInUse(service, project)) return;
  for (std::size_t i = known_gaps; i < project.gaps.size(); ++i) project.gaps[i].refused = false;
}

}  // namespace cagelint::input::compose
