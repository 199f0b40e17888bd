// Where bytes leave the program.
#pragma once

#include <string>
#include <string_view>

#include "linter/base/result.h"
#include "linter/cli/run.h"

namespace cagelint::cli {

// Writes to standard output. A reader that went away (`| head`) is no failure. False, and a message
// on standard error, where the bytes could not be written.
[[nodiscard]] bool Print(std::string_view bytes);

// One line on standard error, "cagelint: MESSAGE", escaped.
void Complain(std::string_view message);

// Complains and gives kFailed; with a command's name also where its help is.
int Fail(std::string_view message);
int UsageError(std::string_view command, std::string_view message);

// Whether text on standard output is coloured under `--color auto`: it is a terminal, NO_COLOR is
// empty or unset (no-color.org), TERM is not "dumb".
bool WantsColor();

// Standard input, no more than one byte beyond base::kLargestFile of it.
base::Result<std::string> ReadStandardInput();

// A file that is opened before the work begins, so that a wrong name costs nothing.
class OutputFile {
 public:
  // What was in the file stays until Append; a file that was not there is taken away again where
  // nothing is appended.
  static base::Result<OutputFile> Open(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();
  // Adds to what was written; the first time in place of what was in the file. False, and a message
  // on standard error, where it cannot.
  [[nodiscard]] bool Append(std::string_view bytes);

 private:
  OutputFile(std::string path, int descriptor, bool is_new);
  std::string path_;
  int descriptor_;
  bool is_new_;  // was not there before
  bool begun_ = false;
};

}  // namespace cagelint::cli
