# Libpq::pq: PostgreSQL's own client. Few files see its headers, which are in a folder of their own:
# those name Libpq_INCLUDE_DIR.

include(FindPackageHandleStandardArgs)
find_path(Libpq_INCLUDE_DIR libpq-fe.h PATH_SUFFIXES postgresql)
find_library(Libpq_LIBRARY pq)
mark_as_advanced(Libpq_INCLUDE_DIR Libpq_LIBRARY)
find_package_handle_standard_args(
  Libpq
  REQUIRED_VARS Libpq_LIBRARY Libpq_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install libpq-dev")
if(Libpq_FOUND AND NOT TARGET Libpq::pq)
  add_library(Libpq::pq UNKNOWN IMPORTED)
  set_target_properties(Libpq::pq PROPERTIES IMPORTED_LOCATION "${Libpq_LIBRARY}")
endif()
