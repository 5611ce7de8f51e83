# `cmake --install` and `find_package(heaplaw)`: the rooms as libraries, and the command.
include(CMakePackageConfigHelpers)

foreach(room vocabulary model oracle evidence)
  if(TARGET heaplaw_${room})
    install(TARGETS heaplaw_${room} EXPORT heaplawTargets
            ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/${room}
            DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/heaplaw
            FILES_MATCHING PATTERN "*.h")
  endif()
endforeach()
if(TARGET heaplaw)
  install(TARGETS heaplaw RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  # What `heaplaw check` replays, found beside the program's folder.
  foreach(folder recordings traces regressions/histories)
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/corpus/${folder}/
            DESTINATION ${CMAKE_INSTALL_DATADIR}/heaplaw/corpus/${folder} OPTIONAL)
  endforeach()
endif()

install(EXPORT heaplawTargets NAMESPACE heaplaw::
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/heaplaw)
configure_package_config_file(cmake/heaplawConfig.cmake.in heaplawConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/heaplaw)
write_basic_package_version_file(heaplawConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/heaplawConfig.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/heaplawConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/heaplaw)
