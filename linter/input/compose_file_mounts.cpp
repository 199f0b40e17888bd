// Secrets and configs of a service that are files of the host.
#include "linter/input/compose_mounts.h"
#include "linter/input/compose_settings.h"

namespace cagelint::input::compose {

using model::Mount;

FileTable TabulateFiles(const View& root) {
  FileTable files;
  for (const char* kind : {"secrets", "configs"})
    for (const View& entry : root.Get(kind).Entries())
      if (const View file = entry.Get("file")) files[kind].emplace(entry.key, file);
  return files;
}

void AddFileMounts(const View& service, const FileTable& files, const Project& project,
                   model::Container& container) {
  for (const auto& [kind, folder] :
       {std::pair<const char*, std::string>{"secrets", "/run/secrets/"}, {"configs", "/"}}) {
    const auto of_kind = files.find(kind);
    if (of_kind == files.end()) continue;
    for (const View& item : service.Get(kind).Children()) {
      const View source = item->IsMap() ? item.Get("source") : item;
      if (!source || !source->IsString() || !IsLiteralText(source->text.text)) continue;
      const std::string& name = source->text.text;
      const auto found = of_kind->second.find(name);
      if (found == of_kind->second.end()) continue;
      const View& file = found->second;
      if (!file->IsString() || file->text.text.empty()) continue;
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
