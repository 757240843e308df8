// SPDX-License-Identifier: Apache-2.0
#include "account/key_owners.h"

#include "account/api_key_text.h"
#include "store/api_keys.h"
#include "store/users.h"

#include <algorithm>
#include <utility>

namespace portico::auth {
namespace {

/// How long a loop answers for a key without asking again. What was revoked it hears of sooner.
constexpr std::chrono::seconds Known{30};
/// How old the last use may be before another one is noted.
constexpr std::chrono::minutes Rest{1};

/// Users are ended by whole seconds: what is heard of this one within the second concerns the key
/// too, and it is asked about again.
constexpr std::chrono::seconds Doubt{1};

struct Owned {
  ApiKey key;
  User owner;
};

}  // namespace

std::optional<KnownSession> KeyOwners::find(std::string_view key) const {
  const Digest digest = api_key::digest_of(key);
  const Time now = parts_.host.unix_time();
  auto found = parts_.sql.read_main([&](Reader& db) -> std::optional<Owned> {
    auto row = api_keys::find(db, digest);
    if (!row || !row->live(now)) return std::nullopt;
    auto owner = users::find(db, row->owner);
    if (!owner || !owner->may_log_in(now)) return std::nullopt;
    return Owned{*std::move(row), *std::move(owner)};
  });
  if (!found) return std::nullopt;
  if (found->key.used.value_or(Time(0)) < now - Rest) {
    parts_.sql.write([&](Transaction& db) { api_keys::note_use(db, found->key.id, now); });
  }
  // No roles: an upstream that goes by them would let the key do more than its scopes say.
  return KnownSession{.id = found->key.id,
                      .subject = found->owner.id,
                      .scopes = std::move(found->key.scopes),
                      .issued = std::chrono::floor<std::chrono::seconds>(now) - Doubt,
                      .expires = found->key.expires,
                      .known_until = now + Time(Known),
                      .permission_version = found->owner.permission_version,
                      .limited = true};
}

}  // namespace portico::auth
