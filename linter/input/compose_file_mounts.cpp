// Secrets and configs of a service that are files of the host.
#include "linter/input/compose_mounts.h"
#include "linter/input/compose_settings.h"

namespace cagelint::input::compose {

using model::Mount;

void AddFileMounts(const View& service, const Project& project, model::Container& container) {
  const View root = ViewOf(project.root);
  for (const auto& [kind, folder] :
       {std::pair<const char*, std::string>{"secrets", "/run/secrets/"}, {"configs", "/"}}) {
    for (const View& item : service.Get(kind).Children()) {
      const View source = item->IsMap() ? item.Get("source") : item;
      if (!source || !source->IsString() || !IsLiteralText(source->text.text)) continue;
      const std::string& name = source->text.text;
      const View file = root.Get(kind).Get(name).Get("file");
      if (!file || !file->IsString() || file->text.text.empty()) continue;
      const View target = item->IsMap() ? item.Get("target") : View{};
      std::string path = target && target->IsString() ? target->text.text : name;
      if (!path.starts_with('/')) path = folder + path;
      const Argument& text = file->text;
      Mount mount;
      mount.form = Mount::Form::kFile;
      mount.type = SettingOf(file, std::string("bind"));
      mount.source = SettingOf(file, EnginePath(text, 0, text.text.size(), file->folder, project));
      mount.target = SettingOf(target ? target : source, path);
      mount.read_only = SettingOf(item, true);
      mount.host = HostPathOf(text, 0, text.text.size(), file->folder, project);
      container.mounts.Add(SettingOf(item, mount));
    }
  }
}

}  // namespace cagelint::input::compose
