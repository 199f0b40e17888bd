// A compose project in memory, read.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {

// The files stand in `/project`, which is the working directory; `compose.yaml` is read.
class ComposeSample {
 public:
  explicit ComposeSample(std::map<std::string, std::string> files, Options options = {})
      : options_(std::move(options)) {
    for (const auto& [path, bytes] : files) files_.Add(path, bytes);
    system_ = files_.System();
    const auto& source = sources_.Add("compose.yaml", files["compose.yaml"]);
    document = kComposeReader.read(source, {sources_, system_, options_});
  }
  explicit ComposeSample(std::string compose)
      : ComposeSample({{"compose.yaml", std::move(compose)}}) {}

  // With the whole environment known.
  static Options Known(std::map<std::string, std::string> environment = {}) {
    Options options;
    options.use_environment = true;
    options.process_environment = std::move(environment);
    return options;
  }

  const model::Container& Service(std::string_view name) const {
    for (const auto& container : document.containers)
      if (container.service == name) return container;
    ADD_FAILURE() << "no service " << name;
    static const model::Container kNone;
    return kNone;
  }
  std::string Text(const base::Span& span) const { return std::string(sources_.Text(span)); }
  std::string PathOf(const base::Span& span) const { return sources_.Get(span.file).Path(); }

  // The kinds of gaps, and `!` behind those that Compose would refuse.
  std::vector<std::string> Gaps() const {
    std::vector<std::string> kinds;
    for (const auto& gap : document.gaps) kinds.push_back(gap.kind + (gap.refused ? "!" : ""));
    return kinds;
  }

  model::Document document;

 private:
  Options options_;
  test::MemoryFiles files_;
  base::FileSystem system_;
  base::SourceSet sources_;
};

// A file with one service `web`; `body` are its lines.
inline std::string Web(const std::string& body) {
  std::string out = "services:\n  web:\n    image: nginx\n";
  std::string line;
  for (const char byte : body + "\n") {
    line += byte;
    if (byte != '\n') continue;
    if (line != "\n") out += "    " + line;
    line.clear();
  }
  return out;
}

template <typename T>
std::vector<T> Values(const model::List<T>& list) {
  std::vector<T> values;
  for (const auto& item : list.items) values.push_back(item.value);
  return values;
}

using Words = std::vector<std::string>;

}  // namespace cagelint::input
