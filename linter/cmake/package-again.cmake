# Run by cpack for what it made: packs it again, sorted by name, with plain modes, of nobody. cpack
# takes the order of the file system, the umask, and for archives the user who runs it.
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()

if(NOT CPACK_CAGELINT_COMPRESSION)
  set(CPACK_CAGELINT_COMPRESSION xz)
endif()
set(time "")
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  set(time --mtime=@$ENV{SOURCE_DATE_EPOCH})
endif()
foreach(package ${CPACK_PACKAGE_FILES})
  set(tree ${package}.tree)
  file(REMOVE_RECURSE ${tree})
  if(package MATCHES "\\.deb$")
    run(dpkg-deb --raw-extract ${package} ${tree})
    run(sort -k 2 -o ${tree}/DEBIAN/md5sums ${tree}/DEBIAN/md5sums)
    run(chmod -R u+rw,go=rX ${tree})
    # Several threads cut the stream into other blocks than one.
    run(dpkg-deb --root-owner-group --threads-max=1 -Z${CPACK_CAGELINT_COMPRESSION} --build ${tree} ${package})
  elseif(package MATCHES "\\.tar\\.gz$")
    file(MAKE_DIRECTORY ${tree})
    run(tar -C ${tree} -xzf ${package})
    run(tar -C ${tree} --sort=name --mode=u+rw,go=rX --owner=0 --group=0 --numeric-owner
      --format=gnu ${time} -cf ${package}.tar ${CPACK_PACKAGE_FILE_NAME})
    # In place, by the name that the archive had.
    file(REMOVE ${package})
    execute_process(COMMAND gzip -9nc ${package}.tar OUTPUT_FILE ${package} COMMAND_ERROR_IS_FATAL ANY)
    file(REMOVE ${package}.tar)
  endif()
  file(REMOVE_RECURSE ${tree})
endforeach()
