// SPDX-License-Identifier: Apache-2.0
// The services between identity plugins, fixed here so that one can take another's place.
#pragma once

#include <portico/api.h>
#include <portico/http.h>

#include <cstdint>
#include <string_view>

namespace portico {

/// The service "permissions/1": who may do what. Core asks it before a handler whose route declared
/// a permission; without a provider such a route stops start-up.
class PORTICO_API Permissions {
 public:
  static constexpr std::string_view ServiceName = "permissions/1";

  Permissions() = default;
  Permissions(const Permissions&) = delete;
  Permissions& operator=(const Permissions&) = delete;
  virtual ~Permissions();

  enum class Verdict : std::uint8_t {
    Allowed,
    Unknown,  ///< Nobody is logged in: 401.
    Denied,   ///< Somebody is, and does not hold it: 403.
  };
  /// On a loop; must not block.
  [[nodiscard]] virtual Verdict decide(const Request& request, std::string_view permission) = 0;
};

}  // namespace portico
