// SPDX-License-Identifier: Apache-2.0
// Where the session behind a cookie is found. Whoever keeps accounts in a database provides it;
// without it a cookie is no credential.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

/// What is known of a session. Times since 1970.
struct KnownSession {
  std::string id{};
  std::string subject{};
  std::vector<std::string> roles{};
  std::vector<std::string> scopes{};
  std::chrono::microseconds issued{0};  ///< Of the session: what is revoked by user counts it.
  std::chrono::microseconds authenticated{0};  ///< When the user last proved who it is.
  std::chrono::microseconds expires{0};        ///< When it ends by itself.
  /// Until when it may be answered for without asking again, if nothing is revoked meanwhile.
  std::chrono::microseconds known_until = std::chrono::microseconds::max();
  std::int64_t permission_version = 0;
  bool limited = false;  ///< No session, but a key: `scopes` are all that it may do.
};

class Sessions {
 public:
  Sessions() = default;
  Sessions(const Sessions&) = delete;
  Sessions& operator=(const Sessions&) = delete;
  virtual ~Sessions() = default;

  /// On a worker; may block. Nothing where the cookie names no live session. Throws where the store
  /// does not answer: 503, never a pass.
  [[nodiscard]] virtual std::optional<KnownSession> find(std::string_view cookie) = 0;
};

}  // namespace portico::auth
