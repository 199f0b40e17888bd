// Shell texts of one file, whatever file that is: its scripts, or those that are embedded in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "linter/input/shell_walk.h"
#include "linter/model/document.h"

namespace cagelint::input {

// Reads them one after the other into one document. Each is a shell of its own: what one sets, the
// next does not know; but a container that one starts, another may stop.
class ShellTexts {
 public:
  // `path`: of the file; relative paths are looked for beside it and in the working directory.
  ShellTexts(const Context& context, std::string_view path, model::Document& document);

  void Read(const base::Source& text);
  // Links commands to the containers that they name. Once, behind the last text.
  void Link();

 private:
  const Context& context_;
  model::Document& document_;
  std::vector<std::string> directories_;
  std::vector<ShellWalker::Refill> refills_;
  int next_order_ = 0;
};

// Whether a word in `bytes` names a container engine, or a variable that commonly does. Without one
// no command starts a container; cheap.
bool NamesEngineAnywhere(std::string_view bytes);

}  // namespace cagelint::input
