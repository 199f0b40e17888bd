// A script that is edited and read again: what the edits did to the text and to the model.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "linter/input/edit_command.h"
#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {

using Settings = std::map<std::string, std::string>;

inline std::string Shown(const std::string& value) { return value; }
inline std::string Shown(bool value) { return value ? "true" : "false"; }
inline std::string Shown(std::int64_t value) { return std::to_string(value); }
inline std::string Shown(double value) { return std::to_string(value); }
inline std::string Shown(const model::Build&) { return "build"; }
inline std::string Shown(const model::Port& port) {
  return port.host_ip + "|" + port.published + "|" + port.target + "|" + port.protocol;
}
inline std::string Shown(const model::Device& device) { return device.source; }
inline std::string Shown(const model::Ulimit& limit) { return limit.name; }
inline std::string Shown(const model::Restart& restart) { return restart.policy; }
inline std::string Shown(const model::KeyValue& pair) {
  return pair.key + "=" + pair.value.value_or("?");
}

template <typename T>
std::string Shown(const model::Setting<T>& setting);
inline std::string Shown(const model::Mount& mount) {
  std::string out = Shown(mount.type) + "|" + Shown(mount.source) + "|" + Shown(mount.target) +
                    "|" + Shown(mount.read_only) + "|" + Shown(mount.size);
  return out;
}
template <typename T>
std::string Shown(const model::Setting<T>& setting) {
  if (setting.IsAbsent()) return "";
  return setting.IsDynamic() ? "dynamic " + setting.source : Shown(setting.value);
}
template <typename T>
std::string Shown(const model::List<T>& list) {
  std::string out = list.IsDynamic() ? "open" : "";
  for (const auto& item : list.items) out += (out.empty() ? "" : " ") + Shown(item);
  return out;
}

// What is set on a container; absent settings are left out.
inline Settings SettingsOf(const model::Container& container) {
  Settings out;
#define SETTING(type, member, flag, key) \
  if (!container.member.IsAbsent()) out[#member] = Shown(container.member);
#define LIST SETTING
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
  return out;
}

inline std::string Applied(std::string_view text, const std::vector<diagnostic::Edit>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const diagnostic::Edit& edit : edits) {
    EXPECT_LE(at, edit.span.begin);
    out += std::string(text.substr(at, edit.span.begin - at)) + edit.text;
    at = edit.span.end;
  }
  return out + std::string(text.substr(at));
}

// One reading of a script, or of an argument vector's words.
class Script {
 public:
  // `others` are further files, by their paths.
  explicit Script(const std::string& text, const std::vector<std::string>& words = {},
                  const std::map<std::string, std::string>& others = {}) {
    for (const auto& [path, bytes] : others) files_.Add(path, bytes);
    const base::FileSystem files = files_.System();
    const base::Source& source = sources.Add("run.sh", text);
    const Context context{sources, files, options_};
    document = words.empty() ? kShellReader.read(source, context)
                             : ReadArgumentVector(words, source, context);
  }
  Script(const Script&) = delete;

  std::vector<Settings> All() const {
    std::vector<Settings> out;
    for (const model::Container& container : document.containers)
      out.push_back(SettingsOf(container));
    return out;
  }
  Edited Edit(const std::vector<model::Change>& changes, int container = 0) const {
    return EditCommand({document, sources},
                       &document.containers[static_cast<std::size_t>(container)], changes);
  }
  const model::Container& First() const { return document.containers.front(); }
  std::string Text() const { return std::string(sources.Get(0).Bytes()); }

  base::SourceSet sources;
  model::Document document;

 private:
  test::MemoryFiles files_;
  Options options_;
};

class EditCommandTest : public ::testing::Test {
 protected:
  using ChangesOf = std::vector<model::Change> (*)(const model::Container&);

  // `before` becomes `after` by changes to its container number `container`, and of the model only
  // that container's `members` change: "read_only=true", "privileged=" where it is absent after.
  // Other containers that start at the same words change with it.
  void Becomes(const std::string& before, const std::vector<model::Change>& changes,
               const std::string& after, const Settings& members, int container = 0) {
    SCOPED_TRACE(before);
    const Script script(before);
    ASSERT_LT(static_cast<std::size_t>(container), script.document.containers.size());
    const Edited edited = script.Edit(changes, container);
    EXPECT_EQ(edited.refused, "");
    EXPECT_EQ(Applied(before, edited.edits), after);
    reaches_ = edited.reaches;
    const Script again(after);
    EXPECT_EQ(again.document.gaps.size(), script.document.gaps.size());
    std::vector<Settings> expected = script.All();
    const auto& containers = script.document.containers;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const auto& anchor = containers[static_cast<std::size_t>(container)].anchor;
      if (containers[i].anchor != anchor && !also_others_) continue;
      for (const auto& [name, value] : members) expected[i][name] = value;
      std::erase_if(expected[i], [](const auto& entry) { return entry.second.empty(); });
    }
    EXPECT_EQ(again.All(), expected);
  }
  void Becomes(const std::string& before, ChangesOf changes, const std::string& after,
               const Settings& members) {
    const Script script(before);
    ASSERT_FALSE(script.document.containers.empty()) << before;
    Becomes(before, changes(script.First()), after, members);
  }
  // The reason why there are no edits.
  std::string Refusal(const std::string& text, const std::vector<model::Change>& changes) {
    const Script script(text);
    const Edited edited = script.Edit(changes);
    EXPECT_TRUE(edited.edits.empty()) << Applied(text, edited.edits);
    return edited.refused;
  }
  std::string Refusal(const std::string& text, ChangesOf changes) {
    const Script script(text);
    if (script.document.containers.empty()) return "there is no container";
    return Refusal(text, changes(script.First()));
  }

  std::string reaches_;       // of the last one that became something
  bool also_others_ = false;  // the change reaches all containers
};

}  // namespace cagelint::input
