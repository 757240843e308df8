# Imported targets for the Poco libraries that Portico uses: Poco::Foundation, Poco::Net and so on.
#
# Poco's own package files are not used: on Debian 12 the one of DataPostgreSQL names a path that
# exists nowhere, and every target drags in headers of libraries that only Poco's insides need.
# A component pulls in what it stands on.

include(FindPackageHandleStandardArgs)

set(_poco_needs_Foundation)
set(_poco_needs_XML Foundation)
set(_poco_needs_JSON Foundation)
set(_poco_needs_Util JSON XML)
set(_poco_needs_Net Foundation)
set(_poco_needs_Crypto Foundation)
set(_poco_needs_JWT JSON Crypto)

find_path(PocoParts_INCLUDE_DIR Poco/Poco.h)
set(PocoParts_VERSION PocoParts_VERSION-NOTFOUND)
if(PocoParts_INCLUDE_DIR)
  # The comment beside the number is the only place that holds it in words: "Version 1.11.0 (stable)".
  file(STRINGS "${PocoParts_INCLUDE_DIR}/Poco/Version.h" _poco_line REGEX "#define POCO_VERSION 0x")
  if(_poco_line MATCHES "0x([0-9A-Fa-f][0-9A-Fa-f])([0-9A-Fa-f][0-9A-Fa-f])([0-9A-Fa-f][0-9A-Fa-f])")
    math(EXPR _poco_major "0x${CMAKE_MATCH_1}")
    math(EXPR _poco_minor "0x${CMAKE_MATCH_2}")
    math(EXPR _poco_patch "0x${CMAKE_MATCH_3}")
    set(PocoParts_VERSION "${_poco_major}.${_poco_minor}.${_poco_patch}")
  endif()
endif()

function(_poco_part part)
  if(TARGET Poco::${part})
    return()
  endif()
  find_library(PocoParts_${part}_LIBRARY Poco${part})
  mark_as_advanced(PocoParts_${part}_LIBRARY)
  if(NOT PocoParts_${part}_LIBRARY OR NOT PocoParts_INCLUDE_DIR)
    return()
  endif()
  set(needs "")
  foreach(need IN LISTS _poco_needs_${part})
    _poco_part(${need})
    list(APPEND needs Poco::${need})
  endforeach()
  add_library(Poco::${part} SHARED IMPORTED GLOBAL)
  set_target_properties(
    Poco::${part}
    PROPERTIES IMPORTED_LOCATION "${PocoParts_${part}_LIBRARY}"
               INTERFACE_INCLUDE_DIRECTORIES "${PocoParts_INCLUDE_DIR}"
               # As the distribution compiled it; some inline code and layouts depend on these.
               INTERFACE_COMPILE_DEFINITIONS "POCO_UNBUNDLED;POCO_HAVE_FD_EPOLL"
               INTERFACE_LINK_LIBRARIES "${needs}")
endfunction()

foreach(_part IN LISTS PocoParts_FIND_COMPONENTS)
  _poco_part(${_part})
  if(TARGET Poco::${_part})
    set(PocoParts_${_part}_FOUND TRUE)
  endif()
endforeach()

find_package_handle_standard_args(
  PocoParts
  REQUIRED_VARS PocoParts_INCLUDE_DIR
  VERSION_VAR PocoParts_VERSION
  HANDLE_COMPONENTS REASON_FAILURE_MESSAGE "Debian: apt-get install libpoco-dev")
mark_as_advanced(PocoParts_INCLUDE_DIR)
