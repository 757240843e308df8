// SPDX-License-Identifier: Apache-2.0
// How much memory this process may take: the machine's, or less where the service manager or a
// container says so (cgroup v2).
#pragma once

#include <cstdint>
#include <filesystem>

namespace portico::base {

/// In bytes. `root` is where /proc and /sys are; another than "/" is for tests.
[[nodiscard]] std::uint64_t memory_limit(const std::filesystem::path& root = "/");

}  // namespace portico::base
