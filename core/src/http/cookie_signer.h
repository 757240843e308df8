// SPDX-License-Identifier: Apache-2.0
// Cookies that only this gateway can have made: `value.signature`. The signature is an HMAC-SHA256
// of name and value with a key made from the gateway's `secret`, in base64url, so every node with
// that secret takes it, and a value signed for one cookie is worth nothing in another. Any thread.
#pragma once

#include "base/arena.h"
#include "base/derived_key.h"

#include <optional>
#include <string_view>

namespace portico::http {

class CookieSigner {
 public:
  /// Throws std::runtime_error when OpenSSL refuses to derive a key.
  explicit CookieSigner(std::string_view secret);
  CookieSigner(const CookieSigner&) = delete;
  CookieSigner& operator=(const CookieSigner&) = delete;
  ~CookieSigner();

  /// In the arena.
  [[nodiscard]] std::string_view sign(std::string_view name, std::string_view value,
                                      base::Arena& arena) const;
  /// The value, when it was signed for that name; a view into `text`.
  [[nodiscard]] std::optional<std::string_view> verify(std::string_view name, std::string_view text,
                                                       base::Arena& arena) const;

 private:
  [[nodiscard]] std::string_view signature(std::string_view name, std::string_view value,
                                           base::Arena& arena) const;

  base::Digest key_{};
};

}  // namespace portico::http
