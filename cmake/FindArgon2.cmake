# Argon2::argon2: hashes of passwords, in the forms that libsodium does not make.

include(FindPackageHandleStandardArgs)
find_path(Argon2_INCLUDE_DIR argon2.h)
find_library(Argon2_LIBRARY argon2)
mark_as_advanced(Argon2_INCLUDE_DIR Argon2_LIBRARY)
find_package_handle_standard_args(
  Argon2
  REQUIRED_VARS Argon2_LIBRARY Argon2_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install libargon2-dev")
if(Argon2_FOUND AND NOT TARGET Argon2::argon2)
  add_library(Argon2::argon2 UNKNOWN IMPORTED)
  set_target_properties(Argon2::argon2 PROPERTIES IMPORTED_LOCATION "${Argon2_LIBRARY}")
  target_include_directories(Argon2::argon2 SYSTEM INTERFACE "${Argon2_INCLUDE_DIR}")
endif()
