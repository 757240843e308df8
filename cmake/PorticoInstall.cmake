# What `cmake --install` lays down. Component `runtime` is the gateway; `development` is for authors
# of plugins.

include(CMakePackageConfigHelpers)

set(cmake_place "${CMAKE_INSTALL_LIBDIR}/cmake/Portico")
set(plugin_place "${CMAKE_INSTALL_LIBDIR}/portico/plugins")

install(TARGETS portico_program RUNTIME COMPONENT runtime)
install(
  TARGETS portico_lib
  EXPORT PorticoTargets
  LIBRARY COMPONENT runtime NAMELINK_COMPONENT development)

portico_first_party_plugins(first_party)
if(first_party)
  install(TARGETS ${first_party} LIBRARY DESTINATION "${plugin_place}" COMPONENT runtime)
else()
  install(DIRECTORY DESTINATION "${plugin_place}" COMPONENT runtime)
endif()

install(
  FILES conf/portico.yaml
  DESTINATION "${CMAKE_INSTALL_SYSCONFDIR}/portico"
  COMPONENT runtime)
install(
  FILES packaging/man/portico.1
  DESTINATION "${CMAKE_INSTALL_MANDIR}/man1"
  COMPONENT runtime)
install(
  FILES packaging/man/portico.yaml.5
  DESTINATION "${CMAKE_INSTALL_MANDIR}/man5"
  COMPONENT runtime)

install(
  DIRECTORY core/include/portico
  TYPE INCLUDE
  COMPONENT development
  FILES_MATCHING PATTERN "*.h")
install(
  EXPORT PorticoTargets
  NAMESPACE Portico::
  DESTINATION "${cmake_place}"
  COMPONENT development)

# A plugin is built for one minor version of the SDK while that is 0.x.
configure_package_config_file(
  cmake/PorticoConfig.cmake.in "${PROJECT_BINARY_DIR}/PorticoConfig.cmake"
  INSTALL_DESTINATION "${cmake_place}"
  PATH_VARS CMAKE_INSTALL_BINDIR)
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/PorticoConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_BINARY_DIR}/PorticoConfig.cmake"
        "${PROJECT_BINARY_DIR}/PorticoConfigVersion.cmake" cmake/PorticoPlugin.cmake
  DESTINATION "${cmake_place}"
  COMPONENT development)

configure_file(cmake/portico.pc.in "${PROJECT_BINARY_DIR}/portico.pc" @ONLY)
install(
  FILES "${PROJECT_BINARY_DIR}/portico.pc"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig"
  COMPONENT development)
