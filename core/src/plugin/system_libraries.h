// SPDX-License-Identifier: Apache-2.0
// The shared libraries of this system as a plugin would find them: looked up and read, never run.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace portico::plugin {

class SystemLibraries {
 public:
  struct Facts {
    std::filesystem::path file;
    std::set<std::string, std::less<>> symbols;
    std::vector<std::string> versions;
  };

  SystemLibraries();
  /// What is known of "libc.so.6"; null when it was not found. What this process has mapped is
  /// found where it was mapped from.
  [[nodiscard]] const Facts* find(std::string_view name);

 private:
  std::vector<std::filesystem::path> folders_;
  std::map<std::string, std::optional<Facts>, std::less<>> known_;
};

/// Whether this process offers the symbol to what it loads: what core exports, and its libraries.
[[nodiscard]] bool process_offers(std::string_view symbol);

}  // namespace portico::plugin
