# YamlCpp::YamlCpp, whatever name the installed yaml-cpp gives its target (it changed in 0.8).

include(FindPackageHandleStandardArgs)
find_package(yaml-cpp CONFIG QUIET)
foreach(_name yaml-cpp::yaml-cpp yaml-cpp)
  if(TARGET ${_name} AND NOT TARGET YamlCpp::YamlCpp)
    add_library(YamlCpp::YamlCpp INTERFACE IMPORTED)
    target_link_libraries(YamlCpp::YamlCpp INTERFACE ${_name})
    set(YamlCpp_TARGET ${_name})
  endif()
endforeach()
set(YamlCpp_VERSION "${yaml-cpp_VERSION}")
find_package_handle_standard_args(
  YamlCpp
  REQUIRED_VARS YamlCpp_TARGET
  VERSION_VAR YamlCpp_VERSION
  REASON_FAILURE_MESSAGE "Debian: apt-get install libyaml-cpp-dev")
