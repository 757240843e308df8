// SPDX-License-Identifier: Apache-2.0
// What recipients want and do not want: categories turned off, quiet hours, digests; and addresses
// that get nothing any more. A recipient is a user's id, or the digest of an address that nobody
// has an account for. Within somebody's transaction.
#pragma once

#include "shared/time.h"
#include <portico/sql.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

struct Preference {
  std::string category;
  std::string channel;
  bool enabled = true;
};

/// Minutes of the day, in their time zone.
struct Habits {
  std::optional<std::int64_t> quiet_from;
  std::optional<std::int64_t> quiet_to;
  std::string timezone;
  std::map<std::string, std::string> digest;  ///< By category: "hourly", "daily".
};

struct Suppression {
  std::string digest;
  std::string address_sealed;
  std::string reason;  ///< "bounced", "complained", "removed".
  std::string source;
  Time created{0};
};

namespace wishes {

[[nodiscard]] std::vector<Preference> preferences(Reader& db, std::string_view recipient);
void prefer(Transaction& db, std::string_view recipient, const Preference& preference);
/// Whether nobody has turned it off.
[[nodiscard]] bool wanted(Reader& db, std::string_view recipient, std::string_view category,
                          std::string_view channel);
[[nodiscard]] std::optional<Habits> habits(Reader& db, std::string_view recipient);
void set_habits(Transaction& db, std::string_view recipient, const Habits& habits);

}  // namespace wishes

namespace suppressions {

[[nodiscard]] bool holds(Reader& db, std::string_view digest);
/// One that is there stays as it is.
void add(Transaction& db, const Suppression& suppression);
bool remove(Transaction& db, std::string_view digest);
/// The newest first, from behind that digest of that time.
[[nodiscard]] std::vector<Suppression> page(Reader& db, Time before, std::string_view digest,
                                            std::size_t limit);

}  // namespace suppressions
}  // namespace portico::notify
