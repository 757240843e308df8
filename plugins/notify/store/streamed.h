// SPDX-License-Identifier: Apache-2.0
// Questions about all topics that somebody listens to, each one statement however many there are.
// Within somebody's session.
#pragma once

#include <portico/sql.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace portico::notify {

struct Subscription {
  std::string topic;
  std::string user;

  auto operator<=>(const Subscription&) const = default;
};

namespace streamed {

struct LastNumber {
  std::string topic;
  std::int64_t seq = 0;
};

/// Of those on which something was ever said.
[[nodiscard]] std::vector<LastNumber> last(Reader& db, Sql::Engine engine,
                                           std::span<const std::string> topics);
/// Those of them that there are.
[[nodiscard]] std::vector<Subscription> subscribed(Reader& db, Sql::Engine engine,
                                                   std::span<const Subscription> asked);

}  // namespace streamed
}  // namespace portico::notify
