// SPDX-License-Identifier: Apache-2.0
#include "plugin/guard.h"

#include "base/text.h"
#include "plugin/demangle.h"

#include <exception>
#include <typeinfo>

#include <cxxabi.h>

namespace portico::plugin {
namespace {

constexpr std::size_t MaxSentence = 500;

}  // namespace

std::string describe_current_exception() {
  try {
    throw;
  } catch (const std::exception& error) {
    const std::string_view what = error.what();
    if (!what.empty()) return base::escape_control(base::shorten(what, MaxSentence));
  } catch (...) {
  }
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "threw something without a type";
  return "threw a value of type " + demangle(type->name());
}

}  // namespace portico::plugin
