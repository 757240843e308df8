// SPDX-License-Identifier: Apache-2.0
// What users find when they come. Within somebody's transaction.
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

struct InboxRow {
  std::string id;
  std::string user;
  std::string message;
  std::string title;
  std::string body;
  std::optional<std::string> link;
  std::optional<Time> read;
  Time created{0};
};

namespace inbox {

/// False where it is there already.
bool add(Transaction& db, const InboxRow& row);
/// The newest first, from behind that id.
[[nodiscard]] std::vector<InboxRow> page(Reader& db, std::string_view user,
                                         const std::optional<std::string>& before, bool unread_only,
                                         std::size_t limit);
[[nodiscard]] std::int64_t unread(Reader& db, std::string_view user);
/// False where the user has none of that id.
bool mark_read(Transaction& db, std::string_view user, std::string_view id, Time now);
std::uint64_t mark_all_read(Transaction& db, std::string_view user, Time now);
std::uint64_t purge(Transaction& db, Time before, std::size_t most);

}  // namespace inbox
}  // namespace portico::notify
