# Ical::ical: another reader of RRULE, with which tests compare ours.

include(FindPackageHandleStandardArgs)
find_path(Ical_INCLUDE_DIR libical/ical.h)
find_library(Ical_LIBRARY ical)
mark_as_advanced(Ical_INCLUDE_DIR Ical_LIBRARY)
find_package_handle_standard_args(
  Ical
  REQUIRED_VARS Ical_LIBRARY Ical_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install libical-dev")
if(Ical_FOUND AND NOT TARGET Ical::ical)
  add_library(Ical::ical UNKNOWN IMPORTED)
  set_target_properties(Ical::ical PROPERTIES IMPORTED_LOCATION "${Ical_LIBRARY}")
  target_include_directories(Ical::ical SYSTEM INTERFACE "${Ical_INCLUDE_DIR}")
endif()
