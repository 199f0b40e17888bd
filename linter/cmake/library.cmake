# The library for other programs: one archive, the headers that are its interface, and a CMake
# package: find_package(cagelint), target cagelint::cagelint.
include(CMakePackageConfigHelpers)
set(interface linter/driver/lint.h linter/output/writers.h)

# The headers that these include, and those that those include.
function(cagelint_headers out)
  set(todo ${ARGN})
  set(seen "")
  while(todo)
    list(POP_FRONT todo header)
    if(NOT header IN_LIST seen)
      list(APPEND seen ${header})
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${header})
      file(STRINGS ${PROJECT_SOURCE_DIR}/${header} lines REGEX "^#include \"")
      foreach(line ${lines})
        string(REGEX REPLACE "^#include \"([^\"]+)\".*" "\\1" name ${line})
        list(APPEND todo ${name})
      endforeach()
    endif()
  endwhile()
  set(${out} ${seen} PARENT_SCOPE)
endfunction()

set(objects "")
foreach(module embedded_data base diagnostic syntax model seccomp input engine rules output driver)
  list(APPEND objects $<TARGET_OBJECTS:${module}>)
endforeach()
add_library(cagelint_library STATIC ${objects})
set_target_properties(cagelint_library PROPERTIES
  OUTPUT_NAME cagelint EXPORT_NAME cagelint LINKER_LANGUAGE CXX)
target_compile_features(cagelint_library INTERFACE cxx_std_20)
target_include_directories(cagelint_library INTERFACE
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/cagelint>)
target_link_libraries(cagelint_library PRIVATE cagelint::yaml cagelint::cmark cagelint::md cagelint::zlib Threads::Threads)

cagelint_headers(headers ${interface})
foreach(header ${headers})
  get_filename_component(folder ${header} DIRECTORY)
  cagelint_install(library ${CMAKE_INSTALL_INCLUDEDIR}/cagelint/${folder} ${PROJECT_SOURCE_DIR}/${header})
endforeach()
install(TARGETS cagelint_library EXPORT cagelint ARCHIVE COMPONENT library)
set(folder ${CMAKE_INSTALL_LIBDIR}/cmake/cagelint)
install(EXPORT cagelint NAMESPACE cagelint:: FILE cagelint-targets.cmake
  DESTINATION ${folder} COMPONENT library)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cagelint-config-version.cmake
  COMPATIBILITY SameMinorVersion)
cagelint_install(library ${folder} ${PROJECT_BINARY_DIR}/cagelint-config-version.cmake
  ${CMAKE_CURRENT_LIST_DIR}/cagelint-config.cmake ${CMAKE_CURRENT_LIST_DIR}/archives.cmake)
