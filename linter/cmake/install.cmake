# What is installed where, by components: `program`, `library` for programs that lint by themselves,
# `portable` and `debian` for what an archive and a Debian package have each of their own.
include(GNUInstallDirs)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(share ${PROJECT_BINARY_DIR}/share)

function(cagelint_install component destination)
  set(only "")
  if(component STREQUAL "debian")
    set(only EXCLUDE_FROM_ALL)
  endif()
  install(FILES ${ARGN} DESTINATION ${destination} COMPONENT ${component} ${only})
endfunction()

install(TARGETS cagelint RUNTIME COMPONENT program)
cagelint_install(program ${CMAKE_INSTALL_DATADIR}/cagelint/profiles
  ${PROJECT_SOURCE_DIR}/rules/profiles/agent.json)
install(FILES ${PROJECT_SOURCE_DIR}/rules/README.md RENAME rules.md
  DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
cagelint_install(portable ${CMAKE_INSTALL_DOCDIR} ${PROJECT_SOURCE_DIR}/LICENSE)

# Completions: the program prints them from the options that it reads.
function(cagelint_made file)
  add_custom_command(OUTPUT ${share}/${file} DEPENDS cagelint VERBATIM
    COMMAND ${ARGN} > ${share}/${file})
  set_property(GLOBAL APPEND PROPERTY CAGELINT_MADE ${share}/${file})
endfunction()
file(MAKE_DIRECTORY ${share})
cagelint_made(cagelint cagelint completion bash)
cagelint_made(_cagelint cagelint completion zsh)
cagelint_made(cagelint.fish cagelint completion fish)
cagelint_install(program ${CMAKE_INSTALL_DATADIR}/bash-completion/completions ${share}/cagelint)
cagelint_install(program ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d ${share}/cagelint.fish)
# Debian's zsh looks elsewhere than that of others.
cagelint_install(portable ${CMAKE_INSTALL_DATADIR}/zsh/site-functions ${share}/_cagelint)
cagelint_install(debian ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions ${share}/_cagelint)

# Man pages, where there is scdoc.
find_program(SCDOC scdoc)
find_program(GZIP gzip)
if(SCDOC AND GZIP)
  foreach(page cagelint.1 cagelint-config.5)
    cagelint_made(${page}.scd cagelint --man-page ${page})
    # Not by a pipe: its exit code would be that of gzip.
    add_custom_command(OUTPUT ${share}/${page}.gz DEPENDS ${share}/${page}.scd VERBATIM
      COMMAND ${SCDOC} < ${share}/${page}.scd > ${share}/${page}
      COMMAND ${GZIP} -9nc ${share}/${page} > ${share}/${page}.gz)
    set_property(GLOBAL APPEND PROPERTY CAGELINT_MADE ${share}/${page}.gz)
    string(REGEX REPLACE ".*\\." "" section ${page})
    cagelint_install(program ${CMAKE_INSTALL_MANDIR}/man${section} ${share}/${page}.gz)
  endforeach()
else()
  message(STATUS "no scdoc or no gzip: man pages are not made")
endif()

# A static program holds the libraries that it was linked with, and what their licences want said.
if(CAGELINT_STATIC)
  set(notices "")
  string(REGEX MATCH "^[0-9]+" compiler ${CMAKE_CXX_COMPILER_VERSION})
  foreach(package libyaml-dev libcmark-gfm-dev libmd-dev zlib1g-dev nlohmann-json3-dev libfmt-dev
          libc6-dev libstdc++-${compiler}-dev)
    set(copyright /usr/share/doc/${package}/copyright)
    if(EXISTS ${copyright})
      file(READ ${copyright} text)
      string(APPEND notices "==== ${package}\n\n${text}\n")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT ${share}/third-party-notices.txt CONTENT "${notices}" @ONLY)
  cagelint_install(program ${CMAKE_INSTALL_DOCDIR} ${share}/third-party-notices.txt)
endif()

get_property(made GLOBAL PROPERTY CAGELINT_MADE)
add_custom_target(cagelint_share ALL DEPENDS ${made})

include(library)
