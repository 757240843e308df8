# Wslay::wslay: the frames of WebSockets.

include(FindPackageHandleStandardArgs)
find_path(Wslay_INCLUDE_DIR wslay/wslay.h)
find_library(Wslay_LIBRARY wslay)
mark_as_advanced(Wslay_INCLUDE_DIR Wslay_LIBRARY)
find_package_handle_standard_args(
  Wslay
  REQUIRED_VARS Wslay_LIBRARY Wslay_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install libwslay-dev")
if(Wslay_FOUND AND NOT TARGET Wslay::wslay)
  add_library(Wslay::wslay UNKNOWN IMPORTED)
  set_target_properties(Wslay::wslay PROPERTIES IMPORTED_LOCATION "${Wslay_LIBRARY}")
  target_include_directories(Wslay::wslay SYSTEM INTERFACE "${Wslay_INCLUDE_DIR}")
endif()
