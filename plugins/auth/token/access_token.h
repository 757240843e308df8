// SPDX-License-Identifier: Apache-2.0
// What an access token of ours says (RFC 9068). Nothing in it tells who the user is to somebody who
// finds it: no name, no address. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

/// How the caller proved who they are, as RFC 8176 names it.
inline constexpr std::string_view ByPassword = "pwd";

struct AccessToken {
  std::string_view issuer;
  std::string_view audience;
  std::string_view id;
  std::string_view user;
  std::string_view session;
  std::string_view method = ByPassword;
  std::span<const std::string> roles{};
  std::int64_t permission_version = 0;
  std::chrono::seconds authenticated{0};
  std::chrono::seconds issued{0};
  std::chrono::seconds expires{0};
};

/// The claims as JSON.
[[nodiscard]] std::string payload_of(const AccessToken& token);

}  // namespace portico::auth
