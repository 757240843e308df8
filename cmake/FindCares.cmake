# Cares::cares: name resolution that does not block.

include(FindPackageHandleStandardArgs)
find_path(Cares_INCLUDE_DIR ares.h)
find_library(Cares_LIBRARY cares)
mark_as_advanced(Cares_INCLUDE_DIR Cares_LIBRARY)
find_package_handle_standard_args(
  Cares
  REQUIRED_VARS Cares_LIBRARY Cares_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install libc-ares-dev")
if(Cares_FOUND AND NOT TARGET Cares::cares)
  add_library(Cares::cares UNKNOWN IMPORTED)
  set_target_properties(Cares::cares PROPERTIES IMPORTED_LOCATION "${Cares_LIBRARY}")
  target_include_directories(Cares::cares SYSTEM INTERFACE "${Cares_INCLUDE_DIR}")
endif()
