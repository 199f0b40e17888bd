# find_package(cagelint): target cagelint::cagelint. Its headers: linter/driver/lint.h (paths and
# options → Report), linter/output/writers.h (Report → bytes).
include(CMakeFindDependencyMacro)
find_dependency(Threads)
set(CAGELINT_MISSING "")
include(${CMAKE_CURRENT_LIST_DIR}/archives.cmake)
if(CAGELINT_MISSING)
  set(cagelint_FOUND FALSE)
  list(JOIN CAGELINT_MISSING " " cagelint_NOT_FOUND_MESSAGE)
  string(PREPEND cagelint_NOT_FOUND_MESSAGE "missing (as Debian calls them): ")
  return()
endif()
include(${CMAKE_CURRENT_LIST_DIR}/cagelint-targets.cmake)
