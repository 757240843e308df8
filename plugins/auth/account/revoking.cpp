// SPDX-License-Identifier: Apache-2.0
#include "account/revoking.h"

#include "store/api_keys.h"
#include "store/users.h"

#include <vector>

namespace portico::auth {
namespace {

/// A token says when it was issued in seconds: who logs in again within the second must not be
/// shut out. Those of that second are ended by their sessions.
Time whole_second(Time time) { return std::chrono::floor<std::chrono::seconds>(time); }

Denial of_session(std::string_view id, Time until) {
  return {.what = Denial::What::Session, .name = id, .until = until};
}

Denial of_user(std::string_view id, Time not_before, Time until) {
  return {.what = Denial::What::Subject,
          .name = id,
          .not_before = whole_second(not_before),
          .until = until};
}

}  // namespace

void revoke_now(const Parts& parts, std::span<const std::string> sessions) {
  if (sessions.empty()) return;
  const Time until = parts.host.unix_time() + denied_for(parts.settings);
  std::vector<Denial> denials;
  denials.reserve(sessions.size());
  for (const std::string& id : sessions) denials.push_back(of_session(id, until));
  parts.news.deny(denials);
}

void revoke_user_now(const Parts& parts, std::string_view user) {
  const Time now = parts.host.unix_time();
  const Denial denial = of_user(user, now, now + denied_for(parts.settings));
  parts.news.deny({&denial, 1});
}

void learn_revocations(const Parts& parts, Time since) {
  const Time now = parts.host.unix_time();
  const auto asked = parts.host.now();
  std::vector<sessions::Revoked> ended;
  std::vector<api_keys::RevokedKey> keys;
  std::vector<users::Standing> changed;
  parts.sql.read_main([&](Reader& db) {
    ended = sessions::revoked_since(db, since);
    keys = api_keys::revoked_since(db, since);
    changed = users::changed_since(db, since);
  });
  std::vector<Denial> denials;
  denials.reserve(ended.size() + keys.size() + changed.size());
  // From when it was ended, not from now: so the next poll says the same, and no loop has to look
  // at all of its tokens again.
  for (const auto& each : ended) {
    denials.push_back(of_session(each.id, each.at + denied_for(parts.settings)));
  }
  for (const auto& each : keys) {
    denials.push_back(of_session(each.id, each.at + denied_for(parts.settings)));
  }
  for (const auto& each : changed) {
    denials.push_back(of_user(each.id, each.token_not_before,
                              each.token_not_before + denied_for(parts.settings)));
  }
  parts.revocations.deny(denials, now);
  // As of when it was asked: what was ended since then may not have been in the answer.
  parts.revocations.heard(asked);
}

}  // namespace portico::auth
