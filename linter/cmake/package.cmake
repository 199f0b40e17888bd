# cpack makes a Debian package and an archive. The same bytes each time where SOURCE_DATE_EPOCH is
# set; .ci/package sets it, and makes both from the static program.
set(CPACK_GENERATOR "DEB;TGZ")
set(CPACK_PACKAGE_NAME cagelint)
set(CPACK_PACKAGE_VENDOR "the cagelint authors")
set(CPACK_PACKAGE_CONTACT "The cagelint authors <cagelint@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "static policy linter for container run configurations")
set(CPACK_PACKAGE_FILE_NAME cagelint-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
set(CPACK_STRIP_FILES ON)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/package-parts.cmake)

set(CPACK_PACKAGE_DESCRIPTION
"cagelint reads how containers are run, in docker, podman and nerdctl commands,
compose files, seccomp profiles and the files that hold them, and says what
lets hostile code inside get out, phone home or stay. It also repairs.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE gzip)  # packed again by what follows
set(CPACK_POST_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/package-again.cmake)
if(NOT CAGELINT_STATIC)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()

# What Debian wants in a package: terms of use, and a changelog in its form, compressed.
set(debian ${CMAKE_CURRENT_LIST_DIR}/debian)
cagelint_install(debian ${CMAKE_INSTALL_DATADIR}/doc/cagelint ${debian}/copyright)
install(FILES ${debian}/overrides RENAME cagelint
  DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides COMPONENT debian EXCLUDE_FROM_ALL)
if(GZIP)
  add_custom_command(OUTPUT ${share}/changelog.gz DEPENDS ${debian}/changelog VERBATIM
    COMMAND ${GZIP} -9nc ${debian}/changelog > ${share}/changelog.gz)
  add_custom_target(cagelint_changelog ALL DEPENDS ${share}/changelog.gz)
  cagelint_install(debian ${CMAKE_INSTALL_DATADIR}/doc/cagelint ${share}/changelog.gz)
endif()

include(CPack)
