// SPDX-License-Identifier: Apache-2.0
#include "base/guard.h"

#include "base/demangle.h"
#include "base/text.h"

#include <exception>
#include <typeinfo>

#include <cxxabi.h>

namespace portico::base {
namespace {

constexpr std::size_t MaxSentence = 500;

}  // namespace

std::string describe_current_exception() {
  try {
    throw;
  } catch (const std::exception& error) {
    const std::string_view what = error.what();
    if (!what.empty()) return escape_control(shorten(what, MaxSentence));
  } catch (...) {
  }
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "threw something without a type";
  return "threw a value of type " + demangle(type->name());
}

}  // namespace portico::base
