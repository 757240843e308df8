// SPDX-License-Identifier: Apache-2.0
// What was changed, for nodes that keep roles and assignments in memory. Every write of either
// raises the version in its own transaction; versions are committed in their order and leave no
// gap, so that whoever knows one can ask for all behind it. Any thread that may block.
#pragma once

#include "store/time.h"
#include <portico/sql.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::rbac {

struct Change {
  std::int64_t version = 0;
  bool roles = false;  ///< Some role changed; else what `user` has.
  std::string user{};
  Time at{0};
};

namespace versions {

[[nodiscard]] std::int64_t current(Reader& db);

/// Notes the change and returns its version; what `change` says of version and time is not read.
std::int64_t raise(Transaction& db, const Change& change, Time now);

/// The changes after the version that is known, in their order. Nothing where there are more than
/// `most`, or where some of them were purged: then all that is known is to be read anew.
[[nodiscard]] std::optional<std::vector<Change>> since(Reader& db, std::int64_t known,
                                                       std::size_t most);

/// Forgets the oldest changes from before that time. Returns how many: at most `most`.
std::uint64_t purge(Transaction& db, Time before, std::size_t most);

}  // namespace versions
}  // namespace portico::rbac
