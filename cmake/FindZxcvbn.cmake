# Zxcvbn::zxcvbn: how soon a password would be guessed.

include(FindPackageHandleStandardArgs)
find_path(Zxcvbn_INCLUDE_DIR NAMES zxcvbn.h PATH_SUFFIXES zxcvbn)
find_library(Zxcvbn_LIBRARY zxcvbn)
mark_as_advanced(Zxcvbn_INCLUDE_DIR Zxcvbn_LIBRARY)
find_package_handle_standard_args(
  Zxcvbn
  REQUIRED_VARS Zxcvbn_LIBRARY Zxcvbn_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install libzxcvbn-dev")
if(Zxcvbn_FOUND AND NOT TARGET Zxcvbn::zxcvbn)
  add_library(Zxcvbn::zxcvbn UNKNOWN IMPORTED)
  set_target_properties(Zxcvbn::zxcvbn PROPERTIES IMPORTED_LOCATION "${Zxcvbn_LIBRARY}")
  target_include_directories(Zxcvbn::zxcvbn SYSTEM INTERFACE "${Zxcvbn_INCLUDE_DIR}")
endif()
