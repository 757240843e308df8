// SPDX-License-Identifier: Apache-2.0
// The token against forged requests, for browsers that say nothing of who sent one. It stands in a
// cookie that pages of this site can read and must repeat in the field X-CSRF-Token. It is bound to
// the session by a MAC, so that one that somebody got for a session of his own, and planted as a
// cookie, is of no use. Any thread.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace portico::auth {

class CsrfTokens {
 public:
  using Key = std::array<std::byte, 32>;
  using Nonce = std::array<std::byte, 16>;

  explicit CsrfTokens(const Key& key) noexcept : key_(key) {}
  CsrfTokens(const CsrfTokens&) = delete;
  CsrfTokens& operator=(const CsrfTokens&) = delete;
  ~CsrfTokens();

  /// For the cookie `csrf`: hexadecimal. `nonce` is random, so that no two answers show the same.
  [[nodiscard]] std::string make(std::string_view session, const Nonce& nonce) const;
  /// Whether both are the same, and made for that session.
  [[nodiscard]] bool holds(std::string_view cookie, std::string_view field,
                           std::string_view session) const noexcept;

 private:
  Key key_;
};

}  // namespace portico::auth
