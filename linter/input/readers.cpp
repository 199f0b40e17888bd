#include "linter/input/reader.h"

namespace cagelint::input {

std::span<const Reader> Readers() {
  static const Reader kTable[] = {kSeccompReader, kPackageReader,    kTasksReader,
                                  kMcpReader,     kDockerfileReader, kPowershellReader,
                                  kBatchReader,   kQuadletReader,    kSystemdReader,
                                  kComposeReader, kMarkdownReader,   kShellReader};
  return kTable;
}

}  // namespace cagelint::input
