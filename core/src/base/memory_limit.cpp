// SPDX-License-Identifier: Apache-2.0
#include "base/memory_limit.h"

#include <algorithm>
#include <fstream>
#include <string>

#include <unistd.h>

namespace portico::base {
namespace {

/// Below the mount of cgroups; "/" where nobody says.
[[nodiscard]] std::filesystem::path own_group(const std::filesystem::path& root) {
  std::ifstream file(root / "proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("0::/")) return line.substr(3);
  }
  return "/";
}

/// No limit is written as "max", which is no number.
[[nodiscard]] std::uint64_t limit_in(const std::filesystem::path& folder, std::uint64_t otherwise) {
  std::ifstream file(folder / "memory.max");
  std::uint64_t limit = 0;
  return file >> limit ? limit : otherwise;
}

}  // namespace

std::uint64_t memory_limit(const std::filesystem::path& root) {
  std::uint64_t limit = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
                        static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  const std::filesystem::path mount = root / "sys/fs/cgroup";
  // What a group above allows holds for those in it.
  for (std::filesystem::path group = own_group(root); group != "/"; group = group.parent_path()) {
    limit = std::min(limit, limit_in(mount / group.relative_path(), limit));
  }
  // In a container, whose own group looks like the highest.
  return std::min(limit, limit_in(mount, limit));
}

}  // namespace portico::base
