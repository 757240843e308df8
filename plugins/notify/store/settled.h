// SPDX-License-Identifier: Apache-2.0
// What many attempts came to, written down with one statement for all of them. Within the
// transaction that ends their jobs.
#pragma once

#include "store/deliveries.h"
#include <portico/sql.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace portico::notify::settled {

void add_attempts(Transaction& db, Sql::Engine engine, std::span<const AttemptRow> attempts);

/// Of a delivery that was changed.
struct Changed {
  std::string id;
  std::string message;
  std::string channel;
  std::string address;
  std::string digest;
  std::optional<std::string> endpoint{};
};
/// In any order; those that are not there any more are missing.
[[nodiscard]] std::vector<Changed> change(Transaction& db, Sql::Engine engine,
                                          std::span<const deliveries::Change> changes);

/// As `messages::conclude`.
void conclude(Transaction& db, Sql::Engine engine, std::span<const std::string> messages);

}  // namespace portico::notify::settled
