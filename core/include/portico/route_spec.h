// SPDX-License-Identifier: Apache-2.0
// What a plugin says of a route of its own, behind `Registrar::route` (plugin.h).
#pragma once

#include <portico/api.h>
#include <portico/schema.h>

#include <cstdint>
#include <string_view>

namespace portico {

class Sql;

namespace detail {
struct RouteEntry;
}

/// Whose threads run a handler.
enum class Pool : std::uint8_t {
  Workers,  ///< Many, for what waits: for a database, for another service.
  Crypto,   ///< Few and at low priority, for what hashes passwords: processor time and memory.
};

/// More of a declared route: what OpenAPI, the permission check and 413/415/422 are made from.
class PORTICO_API RouteSpec {
 public:
  explicit RouteSpec(detail::RouteEntry* entry) noexcept : entry_(entry) {}
  RouteSpec summary(std::string_view sentence);
  template <Described T>
  RouteSpec body() {
    return body_schema(&detail::schema_of<T>);
  }
  /// At most this much; the file's `limits.body_bytes` where nothing is said.
  RouteSpec body_limit(Bytes limit);
  template <Described T>
  RouteSpec answers(int status) {
    return answer_schema(status, &detail::schema_of<T>);
  }
  RouteSpec answers(int status);
  /// That middleware of the same plugin runs before the handler, innermost, as with no settings of
  /// its own: what the file writes cannot leave it out.
  RouteSpec behind(std::string_view middleware);
  /// Needs a caller who holds it: "bookings:read". Needs the service "permissions/1".
  RouteSpec permission(std::string_view name);
  /// Pool::Workers where nothing is said. When all of its threads are busy and its queue is full,
  /// the answer is 503 with Retry-After, at once.
  RouteSpec pool(Pool pool);
  /// Honours Idempotency-Key: of a caller's requests with the same key and content the handler sees
  /// one, and for 24 hours the others get its answer, with `Idempotent-Replayed: true`. 400 for a
  /// key that is none, 422 for one that was used for another request, 409 while the first one is
  /// under way; after a minute that one counts as lost. What threw, answered 408, 425, 429 or 5xx,
  /// set a cookie, stays open or is larger than 1 MiB is not kept: the next request is the first.
  /// Keeps what it needs in core's table `portico_idempotency_keys`.
  RouteSpec idempotent(Sql& database);

 private:
  RouteSpec body_schema(const detail::ObjectSchema& (*schema)());
  RouteSpec answer_schema(int status, const detail::ObjectSchema& (*schema)());

  detail::RouteEntry* entry_;
};

}  // namespace portico
