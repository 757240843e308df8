// SPDX-License-Identifier: Apache-2.0
#include "plugin/scaffold/templates.h"

namespace portico::plugin::scaffolding {

const std::string_view BuildFile = R"template(cmake_minimum_required(VERSION 3.25)
project(@name@ VERSION 0.1.0 LANGUAGES CXX)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
find_package(Portico REQUIRED)
enable_testing()

portico_add_plugin(@name@ @name@.cpp)
target_compile_options(@name@ PRIVATE -Wall -Wextra)

# ctest runs the tests of the code, lets the real gateway examine the plugin, and loads portico.yaml.
portico_add_plugin_test(@name@ SOURCES @name@_test.cpp)
portico_verify_plugin(@name@ CONFIG portico.yaml)
)template";

}  // namespace portico::plugin::scaffolding
