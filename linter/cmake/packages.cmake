# A macro: find_package must set variables and targets in the caller's scope.
macro(cagelint_find name debian)
  find_package(${name} ${ARGN} QUIET)
  if(NOT ${name}_FOUND)
    list(APPEND CAGELINT_MISSING ${debian})
  endif()
endmacro()

set(CAGELINT_MISSING "")
# libyaml has no CMake file of its own. The archive, so that a start loads nothing.
find_path(YAML_INCLUDE yaml.h)
find_library(YAML_ARCHIVE NAMES libyaml.a yaml)
if(NOT YAML_INCLUDE OR NOT YAML_ARCHIVE)
  list(APPEND CAGELINT_MISSING libyaml-dev)
endif()
# Markdown. Its header wants the export macros of a shared library.
find_path(CMARK_INCLUDE cmark-gfm.h)
find_library(CMARK_ARCHIVE NAMES libcmark-gfm.a cmark-gfm)
if(NOT CMARK_INCLUDE OR NOT CMARK_ARCHIVE)
  list(APPEND CAGELINT_MISSING libcmark-gfm-dev)
endif()
# SHA-256, for baselines.
find_path(MD_INCLUDE sha2.h)
find_library(MD_ARCHIVE NAMES libmd.a md)
if(NOT MD_INCLUDE OR NOT MD_ARCHIVE)
  list(APPEND CAGELINT_MISSING libmd-dev)
endif()
# How long a document is when compressed, which is what its readers limit.
find_path(ZLIB_INCLUDE zlib.h)
find_library(ZLIB_ARCHIVE NAMES libz.a z)
if(NOT ZLIB_INCLUDE OR NOT ZLIB_ARCHIVE)
  list(APPEND CAGELINT_MISSING zlib1g-dev)
endif()
cagelint_find(nlohmann_json nlohmann-json3-dev 3.11)
cagelint_find(CLI11 libcli11-dev 2.1)
cagelint_find(fmt libfmt-dev 9)
find_package(Threads REQUIRED)
if(CAGELINT_TESTS)
  cagelint_find(GTest libgtest-dev)
  cagelint_find(benchmark libbenchmark-dev)
endif()
if(CAGELINT_MISSING)
  list(JOIN CAGELINT_MISSING " " missing)
  message(FATAL_ERROR "missing: ${missing}. Run ./.ci/setup, or: apt-get install ${missing}")
endif()

add_library(yaml UNKNOWN IMPORTED)
set_target_properties(yaml PROPERTIES
  IMPORTED_LOCATION ${YAML_ARCHIVE} INTERFACE_INCLUDE_DIRECTORIES ${YAML_INCLUDE}
  INTERFACE_COMPILE_DEFINITIONS YAML_DECLARE_STATIC)
add_library(cmark UNKNOWN IMPORTED)
set_target_properties(cmark PROPERTIES
  IMPORTED_LOCATION ${CMARK_ARCHIVE} INTERFACE_INCLUDE_DIRECTORIES ${CMARK_INCLUDE}
  INTERFACE_COMPILE_DEFINITIONS CMARK_GFM_STATIC_DEFINE)
add_library(md UNKNOWN IMPORTED)
set_target_properties(md PROPERTIES
  IMPORTED_LOCATION ${MD_ARCHIVE} INTERFACE_INCLUDE_DIRECTORIES ${MD_INCLUDE})
add_library(zlib UNKNOWN IMPORTED)
set_target_properties(zlib PROPERTIES
  IMPORTED_LOCATION ${ZLIB_ARCHIVE} INTERFACE_INCLUDE_DIRECTORIES ${ZLIB_INCLUDE})
