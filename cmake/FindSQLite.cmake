# SQLite::sqlite: the database in a file.

include(FindPackageHandleStandardArgs)
find_path(SQLite_INCLUDE_DIR sqlite3.h)
find_library(SQLite_LIBRARY sqlite3)
mark_as_advanced(SQLite_INCLUDE_DIR SQLite_LIBRARY)
find_package_handle_standard_args(
  SQLite
  REQUIRED_VARS SQLite_LIBRARY SQLite_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install libsqlite3-dev")
if(SQLite_FOUND AND NOT TARGET SQLite::sqlite)
  add_library(SQLite::sqlite UNKNOWN IMPORTED)
  set_target_properties(SQLite::sqlite PROPERTIES IMPORTED_LOCATION "${SQLite_LIBRARY}")
  target_include_directories(SQLite::sqlite SYSTEM INTERFACE "${SQLite_INCLUDE_DIR}")
endif()
