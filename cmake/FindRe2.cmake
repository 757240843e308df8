# Re2::re2: regular expressions in linear time.

include(FindPackageHandleStandardArgs)
find_path(Re2_INCLUDE_DIR re2/re2.h)
find_library(Re2_LIBRARY re2)
mark_as_advanced(Re2_INCLUDE_DIR Re2_LIBRARY)
find_package_handle_standard_args(
  Re2
  REQUIRED_VARS Re2_LIBRARY Re2_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install libre2-dev")
if(Re2_FOUND AND NOT TARGET Re2::re2)
  add_library(Re2::re2 UNKNOWN IMPORTED)
  set_target_properties(Re2::re2 PROPERTIES IMPORTED_LOCATION "${Re2_LIBRARY}")
  target_include_directories(Re2::re2 SYSTEM INTERFACE "${Re2_INCLUDE_DIR}")
endif()
