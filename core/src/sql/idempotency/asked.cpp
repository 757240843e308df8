// SPDX-License-Identifier: Apache-2.0
#include "sql/idempotency/asked.h"

#include "base/derived_key.h"
#include "base/hex.h"
#include "http/header_list.h"
#include <portico/identity.h>

#include <algorithm>
#include <initializer_list>
#include <span>

namespace portico::sql {
namespace {

class Digests {
 public:
  explicit Digests(std::span<const unsigned char> key) noexcept : key_(key) {}

  [[nodiscard]] std::string of(std::string_view bytes) const {
    const base::Digest digest = base::authenticate(key_, bytes);
    return base::hex(std::as_bytes(std::span(digest)));
  }
  /// Each part with its length, so that no two lists of parts are the same bytes.
  [[nodiscard]] std::string of(std::initializer_list<std::string_view> parts) const {
    std::string bytes;
    for (const std::string_view part : parts) {
      bytes.append(std::to_string(part.size())).append(":").append(part);
    }
    return of(bytes);
  }

 private:
  std::span<const unsigned char> key_;
};

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
               std::string_view key, std::span<const unsigned char> digest_key) {
  const Digests digests(digest_key);
  const std::string_view type = request.headers().get("Content-Type").value_or("");
  // Whoever is logged in keeps his keys wherever he calls from; an address is never taken for one.
  const Principal* const who = request.principal();
  const bool known = who != nullptr && !who->subject.empty();
  const std::string caller = known ? digests.of({"user", who->issuer, who->subject})
                                   : digests.of({"address", request.client_address()});
  return {.scope = digests.of({plugin, route, caller}),
          .key = digests.of(key),
          .fingerprint = digests.of({request.method(), request.path(), request.query(), type,
                                     digests.of(request.body())})};
}

}  // namespace portico::sql
