// SPDX-License-Identifier: Apache-2.0
// The table of what is throttled. Its keys are digests with a key of the gateway's own, so that it
// lists no addresses; all nodes share it, and it outlives them. Any thread that may block.
#pragma once

#include "store/digest.h"
#include "throttle/tally.h"
#include <portico/sql.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace portico::auth {

using TallyKey = std::array<std::byte, 16>;

namespace throttle {

/// `what` is a word: "reset.target". `key` is derived from `secret` for this alone.
[[nodiscard]] TallyKey key_of(KeyBytes key, std::string_view what, std::string_view whom);

[[nodiscard]] Tally find(Reader& db, const TallyKey& key);
void put(Transaction& db, const TallyKey& key, const Tally& tally);
/// Deletes it. What it was.
Tally forget(Transaction& db, const TallyKey& key);

// The same for all that a login counts on, in one statement.
using FourKeys = std::array<TallyKey, 4>;
using FourTallies = std::array<Tally, 4>;
[[nodiscard]] FourTallies find(Reader& db, const FourKeys& keys);
void put(Transaction& db, const FourKeys& keys, const FourTallies& tallies);

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
