// A file of a carrier, read from a file system in memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {

using Strings = std::vector<std::string>;

class CarrierTest : public ::testing::Test {
 protected:
  const model::Document& Read(const Reader& reader, std::string_view name,
                              const std::string& text) {
    const base::FileSystem files = files_.System();
    const base::Source& source = sources_.Add("dir/" + std::string(name), text);
    document_ = reader.read(source, {sources_, files, options_});
    return document_;
  }
  // The images of the containers, `?` for one that is not known.
  Strings Images(const Reader& reader, std::string_view name, const std::string& text) {
    Strings images;
    for (const model::Container& container : Read(reader, name, text).containers)
      images.push_back(container.image.IsDynamic() ? "?" : container.image.value);
    return images;
  }
  // What a setting's place is in the file.
  std::string_view Shown(const base::Span& span) const {
    return sources_.Text(sources_.ToFile(span));
  }

  test::MemoryFiles files_;
  base::SourceSet sources_;
  Options options_;
  model::Document document_;
};

}  // namespace cagelint::input
