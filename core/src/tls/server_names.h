// SPDX-License-Identifier: Apache-2.0
// Which certificate serves the name that a client asks for: an exact name before a wildcard, and
// `*.example.com` for exactly one label more. The first certificate that has a name keeps it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::tls {

class ServerNames {
 public:
  /// `names` in lower case.
  void add(std::span<const std::string> names, std::size_t certificate);
  /// `name` as the client wrote it.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const noexcept;

 private:
  using Entries = std::vector<std::pair<std::string, std::size_t>>;  // Sorted.

  [[nodiscard]] static std::optional<std::size_t> look_up(const Entries& entries,
                                                          std::string_view name) noexcept;

  Entries exact_;
  Entries wildcards_;  // By what follows the `*`: ".example.com".
};

}  // namespace portico::tls
