#include "linter/cli/run.h"
#include "linter/driver/lint.h"
namespace cagelint::cli { int Run(int, char**) { driver::Request r; return (int)driver::Lint(r, base::RealFiles()).report.files; } }
