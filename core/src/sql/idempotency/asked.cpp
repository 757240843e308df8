// SPDX-License-Identifier: Apache-2.0
#include "sql/idempotency/asked.h"

#include "base/sha256.h"
#include "http/header_list.h"
#include <portico/identity.h>

#include <algorithm>
#include <initializer_list>
#include <span>

namespace portico::sql {
namespace {

[[nodiscard]] std::string digest(std::string_view bytes) {
  return base::sha256(std::as_bytes(std::span(bytes)));
}

/// Each part with its length, so that no two lists of parts are the same bytes.
[[nodiscard]] std::string digest(std::initializer_list<std::string_view> parts) {
  std::string bytes;
  for (const std::string_view part : parts) {
    bytes.append(std::to_string(part.size())).append(":").append(part);
  }
  return digest(bytes);
}

/// Whoever is logged in keeps his keys wherever he calls from; an address is never taken for a
/// user.
[[nodiscard]] std::string caller_of(const Request& request) {
  const Principal* const who = request.principal();
  if (who != nullptr && !who->subject.empty()) return "user " + std::string(who->subject);
  return "address " + std::string(request.client_address());
}

[[nodiscard]] bool is_printable(char c) noexcept { return c >= ' ' && c <= '~'; }

}  // namespace

bool has_idempotency_key(const Headers& headers) noexcept { return headers.has(IdempotencyKey); }

std::optional<std::string_view> idempotency_key(const Headers& headers) noexcept {
  std::optional<std::string_view> key;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const Headers::Entry field = headers[i];
    if (!detail::same_name(field.name, IdempotencyKey)) continue;
    if (key) return std::nullopt;
    key = field.value;
  }
  const bool good = key && !key->empty() && key->size() <= LongestIdempotencyKey &&
                    std::ranges::all_of(*key, is_printable);
  return good ? key : std::nullopt;
}

Asked asked_of(const Request& request, std::string_view plugin, std::string_view route,
               std::string_view key) {
  const std::string_view type = request.headers().get("Content-Type").value_or("");
  return {.scope = digest({plugin, route, caller_of(request)}),
          .key = digest(key),
          .fingerprint = digest(
              {request.method(), request.path(), request.query(), type, digest(request.body())})};
}

}  // namespace portico::sql
