# Crypt::crypt: libxcrypt, for hashes of passwords that other systems made.

include(FindPackageHandleStandardArgs)
find_path(Crypt_INCLUDE_DIR crypt.h)
find_library(Crypt_LIBRARY crypt)
mark_as_advanced(Crypt_INCLUDE_DIR Crypt_LIBRARY)
find_package_handle_standard_args(
  Crypt
  REQUIRED_VARS Crypt_LIBRARY Crypt_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install libcrypt-dev")
if(Crypt_FOUND AND NOT TARGET Crypt::crypt)
  add_library(Crypt::crypt UNKNOWN IMPORTED)
  set_target_properties(Crypt::crypt PROPERTIES IMPORTED_LOCATION "${Crypt_LIBRARY}")
  target_include_directories(Crypt::crypt SYSTEM INTERFACE "${Crypt_INCLUDE_DIR}")
endif()
