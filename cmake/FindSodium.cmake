# Sodium::sodium: SipHash with 128 bits.

include(FindPackageHandleStandardArgs)
find_path(Sodium_INCLUDE_DIR sodium/crypto_shorthash_siphash24.h)
find_library(Sodium_LIBRARY sodium)
mark_as_advanced(Sodium_INCLUDE_DIR Sodium_LIBRARY)
find_package_handle_standard_args(
  Sodium
  REQUIRED_VARS Sodium_LIBRARY Sodium_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install libsodium-dev")
if(Sodium_FOUND AND NOT TARGET Sodium::sodium)
  add_library(Sodium::sodium UNKNOWN IMPORTED)
  set_target_properties(Sodium::sodium PROPERTIES IMPORTED_LOCATION "${Sodium_LIBRARY}")
  target_include_directories(Sodium::sodium SYSTEM INTERFACE "${Sodium_INCLUDE_DIR}")
endif()
