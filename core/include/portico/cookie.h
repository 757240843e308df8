// SPDX-License-Identifier: Apache-2.0
// Cookies as `Response::set_cookie` sets them. The defaults are what a session wants: sent to this
// host alone, by https, not to scripts, not from other sites' forms. Refused is what no browser
// would keep as it is meant: a character that is not allowed, `SameSite=None` without `secure`, a
// name that begins with `__Host-` or `__Secure-` and breaks its promise.
#pragma once

#include <portico/http.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portico {

enum class SameSite : std::uint8_t { Lax, Strict, None };

struct Cookie {
  std::uint32_t size = sizeof(Cookie);
  std::string_view name{};
  std::string_view value{};  ///< No blanks, quotes, commas, semicolons or backslashes.
  std::string_view path = "/";
  std::string_view domain{};  ///< Empty: this host alone; else its subdomains too.
  std::optional<std::chrono::seconds> max_age{};  ///< None: until the browser ends; 0 removes it.
  SameSite same_site = SameSite::Lax;
  bool secure = true;
  bool http_only = true;
  /// Signed with the gateway's `secret`: `signed_cookie` finds it out when somebody changed it. It
  /// is readable, and never expires by itself: put a time into the value where that matters.
  bool sign = false;
};

}  // namespace portico
