// SPDX-License-Identifier: Apache-2.0
#include "unit/places.h"

namespace portico::test {

std::filesystem::path source_folder() { return PORTICO_SOURCE_DIR; }

std::filesystem::path build_folder() { return PORTICO_BUILD_DIR; }

}  // namespace portico::test
