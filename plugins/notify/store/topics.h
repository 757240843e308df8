// SPDX-License-Identifier: Apache-2.0
// What was said on topics, numbered for each without a gap: who comes back goes on behind what they
// have seen. Within somebody's transaction.
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

struct TopicMessage {
  std::int64_t seq = 0;
  std::string event;
  std::string payload;
};

namespace topics {

/// The topic of what is meant for one user.
[[nodiscard]] inline std::string of_user(std::string_view user) {
  return "user." + std::string(user);
}

/// Whoever else says something on that topic waits until this transaction ends: so nobody sees a
/// number before the ones below it. Returns its number.
std::int64_t say(Transaction& db, std::string_view topic, std::string_view event,
                 std::string_view payload, Time now);
/// Behind that number, the first ones first.
[[nodiscard]] std::vector<TopicMessage> behind(Reader& db, std::string_view topic, std::int64_t seq,
                                               std::size_t limit);
/// The number of the last one; 0: nothing was ever said.
[[nodiscard]] std::int64_t last(Reader& db, std::string_view topic);
std::uint64_t purge(Transaction& db, Time before, std::size_t most);

void subscribe(Transaction& db, std::string_view topic, std::string_view user, Time now);
bool unsubscribe(Transaction& db, std::string_view topic, std::string_view user);
[[nodiscard]] bool subscribed(Reader& db, std::string_view topic, std::string_view user);

}  // namespace topics
}  // namespace portico::notify
