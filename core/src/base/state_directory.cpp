// SPDX-License-Identifier: Apache-2.0
#include "base/state_directory.h"

#include <cstdlib>
#include <string_view>

namespace portico::base {

std::filesystem::path state_directory() {
  const char* listed = std::getenv("STATE_DIRECTORY");
  if (listed == nullptr || *listed == '\0') return "/var/lib/portico";
  const std::string_view all(listed);
  return all.substr(0, all.find(':'));
}

}  // namespace portico::base
