// SPDX-License-Identifier: Apache-2.0
#include "account/revoking.h"

#include "store/users.h"

#include <vector>

namespace portico::auth {
namespace {

/// Until the last access token that it could concern has expired, whatever the clocks.
Time forgotten(const Parts& parts, Time now) {
  return now + parts.settings.access_ttl + std::chrono::minutes(1);
}

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
  const Time now = parts.host.unix_time();
  std::vector<Denial> denials;
  denials.reserve(sessions.size());
  for (const std::string& id : sessions) denials.push_back(of_session(id, forgotten(parts, now)));
  parts.news.deny(denials);
}

void revoke_user_now(const Parts& parts, std::string_view user) {
  const Time now = parts.host.unix_time();
  const Denial denial = of_user(user, now, forgotten(parts, now));
  parts.news.deny({&denial, 1});
}

void learn_revocations(const Parts& parts, Time since) {
  const Time now = parts.host.unix_time();
  const auto asked = parts.host.now();
  std::vector<sessions::Revoked> ended;
  std::vector<users::Standing> changed;
  parts.sql.read_main([&](Reader& db) {
    ended = sessions::revoked_since(db, since);
    changed = users::changed_since(db, since);
  });
  std::vector<Denial> denials;
  for (const auto& each : ended) denials.push_back(of_session(each.id, forgotten(parts, now)));
  for (const auto& each : changed) {
    if (each.token_not_before == Time(0)) continue;
    denials.push_back(of_user(each.id, each.token_not_before, forgotten(parts, now)));
  }
  if (!denials.empty()) parts.revocations.deny(denials, now);
  // As of when it was asked: what was ended since then may not have been in the answer.
  parts.revocations.heard(asked);
}

}  // namespace portico::auth
