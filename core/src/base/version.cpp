// SPDX-License-Identifier: Apache-2.0
#include "base/version.h"

#ifndef PORTICO_VERSION
#error "the build says which version this is"
#endif

namespace portico::base {

std::string_view version() noexcept { return PORTICO_VERSION; }

std::string_view compiler() noexcept {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "gcc " __VERSION__;
#endif
}

}  // namespace portico::base
