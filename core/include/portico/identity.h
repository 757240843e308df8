// SPDX-License-Identifier: Apache-2.0
// The services between identity plugins, fixed here so that one can take another's place.
#pragma once

#include <portico/api.h>
#include <portico/http.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace portico {

// What a middleware that gives "identity" leaves on the request of a caller whom it knows.
/// Who it is: the same text for the same user, whatever the credentials.
inline constexpr Attribute<std::string_view> UserId{"user.id"};
/// The roles that the user has. As long as the request.
inline constexpr Attribute<std::span<const std::string_view>> UserRoles{"user.roles"};

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
