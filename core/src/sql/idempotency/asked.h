// SPDX-License-Identifier: Apache-2.0
// What a request says by its Idempotency-Key: who asks, by which key, and for what. Pure.
#pragma once

#include <portico/http.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portico::sql {

inline constexpr std::string_view IdempotencyKey = "Idempotency-Key";
inline constexpr std::size_t LongestIdempotencyKey = 128;

/// One or more fields of that name.
[[nodiscard]] bool has_idempotency_key(const Headers& headers) noexcept;
/// The key, where there is one field and it holds 1 to 128 printable characters of ASCII.
[[nodiscard]] std::optional<std::string_view> idempotency_key(const Headers& headers) noexcept;

/// Digests in hexadecimal, made with a key: a body may hold a password, and a digest that anybody
/// can make would let him who has the database guess it.
struct Asked {
  std::string scope;        ///< Of the plugin, the route and the caller: keys of others are others.
  std::string key;          ///< Of the key.
  std::string fingerprint;  ///< Of all that the handler may look at: method, path, query, body.
};

/// `route` is as the plugin wrote it: "POST /accounts/{name}".
[[nodiscard]] Asked asked_of(const Request& request, std::string_view plugin,
                             std::string_view route, std::string_view key,
                             std::span<const unsigned char> digest_key);

}  // namespace portico::sql
