// SPDX-License-Identifier: Apache-2.0
#include "base/demangle.h"

#include <cstdlib>
#include <memory>

#include <cxxabi.h>

namespace portico::base {

std::string demangle(std::string_view name) {
  const std::string terminated(name);
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> readable(
      abi::__cxa_demangle(terminated.c_str(), nullptr, nullptr, &status), &std::free);
  return status == 0 && readable != nullptr ? readable.get() : terminated;
}

}  // namespace portico::base
