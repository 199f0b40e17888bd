#include "linter/cli/run.h"

int main(int argc, char** argv) { return cagelint::cli::Run(argc, argv); }
