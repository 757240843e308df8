// SPDX-License-Identifier: Apache-2.0
// Who a caller is, and the services between identity plugins: fixed here so that one plugin can
// take another's place.
#pragma once

#include <portico/api.h>
#include <portico/http.h>

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace portico {

/// The caller of a request: what a middleware that gives "identity" says of one whom it knows, by
/// `Request::principal`. All views last as long as the request.
struct Principal {
  std::uint32_t size = sizeof(Principal);
  std::string_view subject{};  ///< Who: the same text for the same user, whatever the credentials.
  std::string_view session{};  ///< Which of the user's sessions; empty where there is none.
  std::string_view issuer{};   ///< Who vouches for it; empty where the credentials do not say.
  std::span<const std::string_view> roles{};
  std::span<const std::string_view> scopes{};
  std::string_view claims{};  ///< All that the credentials say, as a JSON object; may be empty.
  /// Since 1970: when the user last proved who it is, and when the credentials end. Zero: unknown,
  /// and never.
  std::chrono::microseconds authenticated{0};
  std::chrono::microseconds expires{0};
  /// Which state of the user's permissions the roles are from; rises with each change of them.
  std::int64_t permission_version = 0;
};

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
