#include "linter/input/reader.h"

namespace cagelint::input {

std::span<const Reader> Readers() {
  static const Reader kTable[] = {kSeccompReader, kComposeReader,    kMarkdownReader, kPythonReader,
                                  kGoReader,      kTypescriptReader, kShellReader};
  return kTable;
}

}  // namespace cagelint::input
