// SPDX-License-Identifier: Apache-2.0
// The checks of what every process needs: room on its disk, memory, descriptors. They warn early,
// and fail when the next request is likely to.
#pragma once

#include "services/health/checks.h"

#include <cstdint>
#include <filesystem>

namespace portico::services {

/// What is left of what there is, judged. For tests; `all` of zero: there is no limit.
struct Stock {
  std::uint64_t left = 0;
  std::uint64_t all = 0;
  double warn_below = 0;  ///< Of all.
  double fail_below = 0;

  [[nodiscard]] Finding judged() const;
};

/// Of the file system that holds this folder, or the first one above it that exists.
[[nodiscard]] Finding check_disk(const std::filesystem::path& folder);
/// Of the machine, or of the control group where that allows less.
[[nodiscard]] Finding check_memory();
[[nodiscard]] Finding check_descriptors();

}  // namespace portico::services
