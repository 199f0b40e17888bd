#include "linter/driver/baseline_file.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "linter/base/byte_gate.h"
#include "linter/syntax/json.h"

namespace cagelint::driver {
namespace {

using engine::Baseline;
using engine::BaselineEntry;
using syntax::NodeId;

// Reads strictly: a baseline that is half understood would hide, or show, the wrong half.
class BaselineReader {
 public:
  BaselineReader(const base::Source& source, std::vector<std::string>& errors)
      : source_(source), errors_(errors), tree_(syntax::ParseJson(source)) {}

  Baseline Do() {
    if (!tree_.errors.empty()) return Refuse(tree_.errors[0].span, tree_.errors[0].message);
    const NodeId root = tree_.documents[0];
    const syntax::Entry* version = tree_.Find(root, "version");
    if (version == nullptr || tree_.At(version->value).text != "1")
      return Refuse(tree_.At(root).span, "no baseline of version 1");
    const syntax::Entry* findings = tree_.Find(root, "findings");
    if (findings == nullptr || !tree_.At(findings->value).IsList())
      return Refuse(tree_.At(root).span, "there is no list `findings`");
    Baseline out;
    for (const NodeId item : tree_.At(findings->value).items) {
      BaselineEntry entry;
      if (!Take(item, entry)) return Refuse(tree_.At(item).span, "not a finding of a baseline");
      out.entries.push_back(std::move(entry));
    }
    std::sort(out.entries.begin(), out.entries.end());
    return out;
  }

 private:
  Baseline Refuse(const base::Span& span, const std::string& message) {
    const base::Position at = source_.PositionAt(span.begin);
    errors_.push_back(source_.Path() + ":" + std::to_string(at.line) + ":" +
                      std::to_string(at.column) + ": " + message);
    return {};
  }

  bool Text(NodeId item, std::string_view key, std::string& out) const {
    const syntax::Entry* entry = tree_.Find(item, key);
    if (entry == nullptr || !tree_.At(entry->value).IsScalar()) return false;
    out = tree_.At(entry->value).text;
    return true;
  }

  bool Take(NodeId item, BaselineEntry& out) const {
    std::string count;
    if (!Text(item, "rule", out.rule) || !Text(item, "path", out.path) ||
        !Text(item, "container", out.container) || !Text(item, "fingerprint", out.fingerprint) ||
        !Text(item, "count", count))
      return false;
    const char* end = count.data() + count.size();
    return std::from_chars(count.data(), end, out.count).ptr == end;
  }

  const base::Source& source_;
  std::vector<std::string>& errors_;
  syntax::Tree tree_;
};

}  // namespace

Baseline ReadBaseline(const std::string& path, const base::FileSystem& files,
                      std::vector<std::string>& errors) {
  const std::string shown = base::ShownPath(path, files.working_directory);
  base::ReadResult read = files.read(shown);
  std::string wrong = read.message;
  if (read.Ok()) {
    const auto refusal = base::CheckBytes(read.bytes);
    if (!refusal) return BaselineReader(base::Source(0, shown, std::move(read.bytes)), errors).Do();
    wrong = refusal->message;
  }
  errors.push_back("baseline " + shown + ": " + wrong);
  return {};
}

std::string BaselineJson(const Baseline& baseline) {
  using Json = nlohmann::ordered_json;
  Json out;
  out["version"] = 1;
  out["findings"] = Json::array();
  for (const BaselineEntry& entry : baseline.entries)
    out["findings"].push_back({{"rule", entry.rule},
                               {"path", entry.path},
                               {"container", entry.container},
                               {"fingerprint", entry.fingerprint},
                               {"count", entry.count}});
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

engine::PathName PathsFrom(const std::string& path, const base::FileSystem& files) {
  const std::string here = files.working_directory;
  const std::string folder(base::DirectoryOf(base::JoinPath(here, path)));
  return [here, folder](const std::string& of) {
    return base::RelativePath(folder, base::JoinPath(here, of));
  };
}

}  // namespace cagelint::driver
