// A script, read from a file system in memory.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {

using Strings = std::vector<std::string>;

class ShellScriptTest : public ::testing::Test {
 protected:
  const model::Document& Read(const std::string& text) {
    const base::FileSystem files = files_.System();
    const base::Source& source = sources_.Add("dir/run.sh", text);
    document_ = kShellReader.read(source, {sources_, files, options_});
    return document_;
  }
  // The images of the containers, `?` for one that is not known; `*` follows where an argument list
  // is not known.
  Strings Images(const std::string& text) {
    Strings images;
    for (const model::Container& container : Read(text).containers)
      images.push_back((container.image.IsDynamic() ? "?" : container.image.value) +
                       (container.privileged.IsDynamic() ? "*" : ""));
    return images;
  }

  test::MemoryFiles files_;
  base::SourceSet sources_;
  Options options_;
  model::Document document_;
};

}  // namespace cagelint::input
