# Functions for plugins, the same in Portico's own tree and after find_package(Portico).
#
#   portico_add_plugin(hello hello.cpp)                        hello.so
#   portico_add_plugin_test(hello SOURCES hello_test.cpp)      hello_tests, known to ctest
#   portico_verify_plugin(hello CONFIG hello.yaml)             the real program accepts hello.so

# portico_add_plugin(<name> <source>...)
# Builds <name>.so: in the build folder, or, in Portico's tree, in its folder of plugins.
function(portico_add_plugin name)
  add_library(${name} MODULE ${ARGN})
  set_target_properties(
    ${name}
    PROPERTIES PREFIX ""
               OUTPUT_NAME ${name}
               CXX_VISIBILITY_PRESET hidden
               VISIBILITY_INLINES_HIDDEN ON
               CXX_EXTENSIONS OFF
               # The program that loads it has the library already; a path of the build machine
               # has no place in it.
               SKIP_BUILD_RPATH ON
               INSTALL_RPATH "")
  target_compile_features(${name} PRIVATE cxx_std_20)
  target_link_libraries(${name} PRIVATE Portico::portico)
  target_link_options(${name} PRIVATE LINKER:-z,now,-z,relro)
  set_property(GLOBAL APPEND PROPERTY PORTICO_PLUGINS ${name})

  if(TARGET portico_lib)
    target_include_directories(${name} PRIVATE "${Portico_SOURCE_DIR}/plugins")
    target_link_libraries(${name} PRIVATE portico_warnings portico_hardening)
    target_link_options(${name} PRIVATE ${PORTICO_NO_UNDEFINED})
    set_target_properties(
      ${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${Portico_BINARY_DIR}/lib/portico/plugins")
  else()
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
    if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
      target_link_options(${name} PRIVATE LINKER:-z,defs)
    endif()
  endif()
endfunction()

# portico_add_plugin_test(<name> SOURCES <source>...)
# Builds <name>_tests from the tests and from what the plugin was compiled to, so that a test
# reaches what the shared object hides. `portico/testing.h` runs the real chain in it without
# sockets.
function(portico_add_plugin_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
  if(NOT TARGET GTest::gtest_main)
    message(STATUS "Without GoogleTest the tests of ${name} are left out")
    return()
  endif()

  get_target_property(folder ${name} SOURCE_DIR)
  add_executable(${name}_tests ${arg_SOURCES} $<TARGET_OBJECTS:${name}>)
  target_compile_features(${name}_tests PRIVATE cxx_std_20)
  target_include_directories(
    ${name}_tests PRIVATE "${folder}" $<TARGET_PROPERTY:${name},INCLUDE_DIRECTORIES>)
  target_link_libraries(
    ${name}_tests PRIVATE $<TARGET_PROPERTY:${name},LINK_LIBRARIES> GTest::gmock GTest::gtest_main)
  include(GoogleTest)
  gtest_discover_tests(${name}_tests DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 120)
endfunction()

# portico_verify_plugin(<name> [CONFIG <file>])
# Adds <name>.verify, which runs `portico plugin verify` on the shared object, and, with CONFIG,
# <name>.check, which runs `portico check` on that file. The file may name the shared object as
# "${PLUGIN_FILE}", an environment variable that the test sets.
function(portico_verify_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "CONFIG" "")
  if(TARGET portico_program)
    if(NOT TARGET GTest::gtest_main)
      return() # This build of Portico's tree leaves its tests out.
    endif()
    set(program "$<TARGET_FILE:portico_program>")
  else()
    set(program "${PORTICO_PROGRAM}")
  endif()
  set(tests ${name}.verify)
  add_test(NAME ${name}.verify COMMAND "${program}" plugin verify "$<TARGET_FILE:${name}>")
  if(arg_CONFIG)
    cmake_path(ABSOLUTE_PATH arg_CONFIG)
    add_test(NAME ${name}.check COMMAND "${program}" check -c "${arg_CONFIG}")
    list(APPEND tests ${name}.check)
  endif()
  set_tests_properties(
    ${tests}
    PROPERTIES TIMEOUT 60
               ENVIRONMENT
               "PLUGIN_FILE=$<TARGET_FILE:${name}>;STATE_DIRECTORY=${CMAKE_CURRENT_BINARY_DIR}/state")
endfunction()
