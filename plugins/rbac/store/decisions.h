// SPDX-License-Identifier: Apache-2.0
// The log of decisions, and what of it an answer shows. Any thread that may block; what throws is
// SqlError.
#pragma once

#include "store/time.h"
#include <portico/sql.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

/// A decision that was made, by the names of what it was made from.
struct LoggedDecision {
  std::string id;  ///< Host::new_id
  Time at{0};
  std::string user;
  std::string permission;
  std::string scope = "*";
  std::string resource{};  ///< "orders:17"; empty where none was named.
  bool allowed = false;
  std::string reason{};  ///< A word: "granted", "no_assignment".
  std::string role{};    ///< Which gave or took it; empty where none did.
  std::int64_t version = 0;
  std::string request{};
};

namespace decisions {

void add(Transaction& db, std::span<const LoggedDecision> made);

[[nodiscard]] std::optional<LoggedDecision> find(Reader& db, std::string_view id);

/// Newest first.
struct Page {
  std::optional<std::string> user{};
  std::optional<std::string> permission{};
  std::optional<bool> allowed{};
  Time from{0};
  Time until{INT64_MAX};
  /// The id of the last one of the page before.
  std::optional<std::string> before{};
  std::size_t limit = 50;
};
[[nodiscard]] std::vector<LoggedDecision> page(Reader& db, const Page& page);

/// Forgets what was decided before that time. Returns how many: at most `most`.
std::uint64_t purge(Transaction& db, Time before, std::size_t most);

}  // namespace decisions
}  // namespace portico::rbac
