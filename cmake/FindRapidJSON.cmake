# RapidJSON::RapidJSON: headers only, taken as system headers because they warn under our flags.

include(FindPackageHandleStandardArgs)
find_path(RapidJSON_INCLUDE_DIR rapidjson/document.h)
mark_as_advanced(RapidJSON_INCLUDE_DIR)
find_package_handle_standard_args(
  RapidJSON
  REQUIRED_VARS RapidJSON_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install rapidjson-dev")
if(RapidJSON_FOUND AND NOT TARGET RapidJSON::RapidJSON)
  add_library(RapidJSON::RapidJSON INTERFACE IMPORTED)
  target_include_directories(RapidJSON::RapidJSON SYSTEM INTERFACE "${RapidJSON_INCLUDE_DIR}")
endif()
