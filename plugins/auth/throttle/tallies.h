// SPDX-License-Identifier: Apache-2.0
// The table of what is throttled. Its keys are digests with a key of the gateway's own, so that it
// lists no addresses; all nodes share it, and it outlives them. Any thread that may block.
#pragma once

#include "store/digest.h"
#include "throttle/tally.h"
#include <portico/sql.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace portico::auth {

using TallyKey = std::array<std::byte, 16>;

namespace throttle {

/// `what` is a word: "reset.target". `key` is derived from `secret` for this alone.
[[nodiscard]] TallyKey key_of(Key key, std::string_view what, std::string_view whom);

/// In the order of the keys, at most four.
[[nodiscard]] std::vector<Tally> find(Reader& db, std::span<const TallyKey> keys);
struct KeyedTally {
  TallyKey key;
  Tally tally;
};
void put(Transaction& db, const KeyedTally& row);

/// Whether it may happen, and how long to wait when not.
struct Grant {
  bool allowed = true;
  Time wait{0};
};
/// Takes one where one is left. For what each request does: a mail, a sign-up. Where a refusal must
/// not show, as for mails to an address, answer as if it had been allowed.
[[nodiscard]] Grant take(Transaction& db, const TallyKey& key, const Bucket& rule, Time now);
[[nodiscard]] Grant take(Transaction& db, const TallyKey& key, const Quota& rule, Time now);

/// Deletes at most so many that were used before `used_before` and hold nobody up any more; returns
/// how many. Rules whose memory is longer than that forget sooner.
std::size_t purge(Transaction& db, Time used_before, Time now, std::size_t most);

}  // namespace throttle
}  // namespace portico::auth
