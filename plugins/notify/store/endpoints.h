// SPDX-License-Identifier: Apache-2.0
// Webhooks: where events go. Within somebody's transaction.
#pragma once

#include "shared/time.h"
#include <portico/sql.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

struct EndpointRow {
  std::string id;
  std::string owner;
  std::string url;
  std::string events;  ///< Patterns, with blanks between them.
  std::string description;
  std::string headers_sealed;
  std::string secrets_sealed;
  bool active = true;
  std::optional<Time> failing_since;
  std::optional<std::string> disabled_reason;
  Time created{0};
  std::int64_t row_version = 1;
};

namespace endpoints {

void add(Transaction& db, const EndpointRow& row);
[[nodiscard]] std::optional<EndpointRow> find(Reader& db, std::string_view id);
[[nodiscard]] std::vector<EndpointRow> of(Reader& db, std::string_view owner,
                                          const std::optional<std::string>& before,
                                          std::size_t limit);
[[nodiscard]] std::int64_t count(Reader& db, std::string_view owner);
/// What a new event is compared with.
struct Wanted {
  std::string id;
  std::string url;
  std::string events;
  std::string owner;
};
[[nodiscard]] std::vector<Wanted> active(Reader& db);
/// All of it but what attempts have found out; raises `row_version`.
void update(Transaction& db, const EndpointRow& row);
void remove(Transaction& db, std::string_view id);
/// What an attempt has found out.
void set_health(Transaction& db, std::string_view id, std::optional<Time> failing_since);
/// False where it is so already.
bool disable(Transaction& db, std::string_view id, std::string_view reason);

}  // namespace endpoints
}  // namespace portico::notify
