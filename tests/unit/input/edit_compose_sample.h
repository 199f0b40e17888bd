// A compose project in memory that is edited, and read again.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/diagnostic/edits.h"
#include "linter/input/edit_formats.h"
#include "linter/input/edit_tree.h"
#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {

using Files = std::map<std::string, std::string>;

inline std::string Show(bool value) { return value ? "true" : "false"; }
inline std::string Show(std::int64_t value) { return std::to_string(value); }
inline std::string Show(double value) { return std::to_string(value); }
inline std::string Show(const std::string& value) { return value; }
inline std::string Show(const model::KeyValue& value) {
  return value.key + "=" + value.value.value_or("(none)");
}
inline std::string Show(const model::Port& port) {
  return port.host_ip + "|" + port.published + "|" + port.target + "/" + port.protocol;
}
inline std::string Show(const model::Device& device) {
  return device.source + ":" + device.target + ":" + device.permissions;
}
inline std::string Show(const model::Ulimit& limit) {
  return limit.name + "=" + std::to_string(limit.soft) + ":" + std::to_string(limit.hard);
}
inline std::string Show(const model::Restart& restart) {
  return restart.policy + ":" + std::to_string(restart.max_retries);
}
inline std::string Show(const model::Build& build) { return build.context; }

std::string Show(const model::Mount& mount);

template <typename T>
std::string Show(const model::Setting<T>& setting) {
  if (setting.IsAbsent()) return "-";
  return setting.IsDynamic() ? "?" + setting.source : Show(setting.value);
}
template <typename T>
std::string Show(const model::List<T>& list) {
  std::string out = list.IsAbsent() ? "-" : list.IsDynamic() ? "?[" : "[";
  for (const auto& item : list.items) out += Show(item) + " ";
  return out;
}
inline std::string Show(const model::Mount& mount) {
  return Show(mount.type) + " " + Show(mount.source) + " " + Show(mount.target) +
         " ro=" + Show(mount.read_only) + " size=" + Show(mount.size) + " " + Show(mount.options);
}

using Shown = std::map<std::string, std::string>;

// What is known of a container, by member.
inline Shown ShowAll(const model::Container& container) {
  Shown out;
#define SETTING(type, member, flag, key) out[#member] = Show(container.member);
#define LIST SETTING
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
  return out;
}

class EditedProject {
 public:
  explicit EditedProject(Files its) : files(std::move(its)) {
    for (const auto& [path, bytes] : files) memory_.Add(path, bytes);
    system_ = memory_.System();
    const auto& source = sources_.Add("compose.yaml", files.at("compose.yaml"));
    document = kComposeReader.read(source, {sources_, system_, options_});
  }

  const model::Container& Service(std::string_view name = "web") const {
    for (const auto& container : document.containers)
      if (container.service == name) return container;
    ADD_FAILURE() << "no service " << name;
    static const model::Container kNone;
    return kNone;
  }
  Edited Edit(std::vector<model::Change> changes, std::string_view name = "web") const {
    return EditCompose({document, sources_, &trees_}, &Service(name), changes);
  }
  // The files afterwards. What the edits must be for everybody: sorted, and apart from each other.
  Files After(const Edited& edited) const {
    Files after = files;
    auto edits = edited.edits;
    EXPECT_TRUE(diagnostic::Tidy(edits));
    EXPECT_EQ(edits, edited.edits);
    for (base::FileId id = 0; id < sources_.Size(); ++id) {
      const base::Source& source = sources_.Get(id);
      after[source.Path()] = diagnostic::ApplyEdits(source.Bytes(), id, edits);
    }
    return after;
  }
  // "!" and why, where it is refused; otherwise compose.yaml afterwards.
  std::string Change(std::vector<model::Change> changes, std::string_view name = "web") const {
    const Edited edited = Edit(std::move(changes), name);
    return edited.edits.empty() ? "!" + edited.refused : After(edited).at("compose.yaml");
  }
  std::vector<std::string> Gaps() const {
    std::vector<std::string> gaps;
    for (const auto& gap : document.gaps) gaps.push_back(gap.kind + ": " + gap.message);
    return gaps;
  }

  Files files;
  model::Document document;

 private:
  Options options_;
  test::MemoryFiles memory_;
  base::FileSystem system_;
  base::SourceSet sources_;
  mutable EditTrees trees_;
};

inline EditedProject Compose(std::string text) {
  return EditedProject(Files{{"compose.yaml", std::move(text)}});
}

}  // namespace cagelint::input
