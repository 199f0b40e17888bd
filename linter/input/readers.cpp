#include "linter/input/reader.h"

namespace cagelint::input {

std::span<const Reader> Readers() {
  static const Reader kTable[] = {
      kSeccompReader,    kPackageReader,    kTasksReader,    kMcpReader,        kWorkflowReader,
      kGitlabReader,     kQuadletReader,    kSystemdReader,  kDockerfileReader, kMakefileReader,
      kJustfileReader,   kPowershellReader, kBatchReader,    kPythonReader,     kGoReader,
      kTypescriptReader, kComposeReader,    kMarkdownReader, kShellReader};
  return kTable;
}

}  // namespace cagelint::input
