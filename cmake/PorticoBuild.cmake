# How everything in this tree is compiled and linked.

include(CheckPIESupported)
include(CheckCXXCompilerFlag)
include(CheckLinkerFlag)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
check_pie_supported(LANGUAGES CXX)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

find_program(CCACHE ccache)
mark_as_advanced(CCACHE)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

# No message of the program names the folder that it was built in.
add_compile_options("-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")

if(PORTICO_SANITIZE)
  set(sanitize "-fsanitize=${PORTICO_SANITIZE}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_compile_options(${sanitize})
  add_link_options(${sanitize})
endif()
if(PORTICO_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(PORTICO_COVERAGE)
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping
                      "-fcoverage-prefix-map=${PROJECT_SOURCE_DIR}/=")
  add_link_options(-fprofile-instr-generate -fcoverage-mapping)
endif()

# Warnings and hardening of our own code. Private: nothing of it reaches a plugin's author.
# The presets make warnings errors; a package's build, perhaps by a later compiler, does not.
add_library(portico_warnings INTERFACE)
target_compile_options(
  portico_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
                             -Wold-style-cast)

add_library(portico_hardening INTERFACE)
foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  string(MAKE_C_IDENTIFIER "PORTICO_HAS${flag}" has)
  check_cxx_compiler_flag(${flag} ${has})
  if(${has})
    target_compile_options(portico_hardening INTERFACE ${flag})
  endif()
endforeach()
target_link_options(portico_hardening INTERFACE -Wl,-z,relro,-z,now)
if(NOT PORTICO_SANITIZE)
  # A sanitizer checks what _FORTIFY_SOURCE would, and loses sight of the calls that it wraps.
  target_compile_options(
    portico_hardening
    INTERFACE $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE> $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
endif()

# Undefined symbols are errors in shared objects. clang keeps the sanitizers' and the profile's
# runtime in the program alone, so there its symbols are undefined by design.
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND (PORTICO_SANITIZE OR PORTICO_COVERAGE))
  set(PORTICO_NO_UNDEFINED "")
else()
  set(PORTICO_NO_UNDEFINED "LINKER:-z,defs")
endif()

# Adds every folder that holds one of the named lists, now and whenever one appears later.
function(portico_add_plugin_folders pattern)
  file(GLOB lists CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" "${pattern}")
  foreach(list IN LISTS lists)
    cmake_path(GET list PARENT_PATH folder)
    add_subdirectory("${folder}")
  endforeach()
endfunction()

# The names of the plugins that live under plugins/: the ones that are installed.
function(portico_first_party_plugins result)
  get_property(plugins GLOBAL PROPERTY PORTICO_PLUGINS)
  set(first_party "")
  foreach(plugin IN LISTS plugins)
    get_target_property(folder ${plugin} SOURCE_DIR)
    file(RELATIVE_PATH place "${PROJECT_SOURCE_DIR}" "${folder}")
    if(place MATCHES "^plugins/")
      list(APPEND first_party ${plugin})
    endif()
  endforeach()
  set(${result} "${first_party}" PARENT_SCOPE)
endfunction()
