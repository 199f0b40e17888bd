# The libraries that have no CMake file of their own: targets cagelint::yaml, cagelint::cmark,
# cagelint::md and cagelint::zlib. What is not there is added to CAGELINT_MISSING. Also part of the installed package:
# who links libcagelint.a needs them too.
macro(cagelint_archive name header library debian)
  find_path(CAGELINT_${name}_INCLUDE ${header})
  # The archive, so that a start loads nothing.
  find_library(CAGELINT_${name}_ARCHIVE NAMES lib${library}.a ${library})
  if(NOT CAGELINT_${name}_INCLUDE OR NOT CAGELINT_${name}_ARCHIVE)
    list(APPEND CAGELINT_MISSING ${debian})
  elseif(NOT TARGET cagelint::${name})
    add_library(cagelint::${name} UNKNOWN IMPORTED)
    set_target_properties(cagelint::${name} PROPERTIES
      IMPORTED_LOCATION ${CAGELINT_${name}_ARCHIVE}
      INTERFACE_INCLUDE_DIRECTORIES ${CAGELINT_${name}_INCLUDE}
      INTERFACE_COMPILE_DEFINITIONS "${ARGN}")
  endif()
endmacro()

cagelint_archive(yaml yaml.h yaml libyaml-dev YAML_DECLARE_STATIC)
# Markdown. Its header wants the export macros of a shared library.
cagelint_archive(cmark cmark-gfm.h cmark-gfm libcmark-gfm-dev CMARK_GFM_STATIC_DEFINE)
# SHA-256, for baselines.
cagelint_archive(md sha2.h md libmd-dev)
# How long a document is when compressed, which is what its readers limit.
cagelint_archive(zlib zlib.h z zlib1g-dev)
