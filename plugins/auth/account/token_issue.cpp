// SPDX-License-Identifier: Apache-2.0
#include "account/token_issue.h"

#include "account/answers.h"
#include "gate/credential.h"
#include "session/rotation.h"
#include "shared/time_text.h"
#include "token/access_token.h"
#include <portico/cookie.h>

#include <stdexcept>

namespace portico::auth {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

/// The browser keeps a cookie no longer than the session could last, and only where the user said
/// so.
std::optional<seconds> life_of(const Session& session) {
  if (!session.remember) return std::nullopt;
  return duration_cast<seconds>(session.idle_expires - session.rotated);
}

}  // namespace

std::uint64_t proof_of(const Session& session) noexcept {
  return static_cast<std::uint64_t>(duration_cast<seconds>(session.authenticated).count());
}

void TokenSet::describe(Schema<TokenSet>& s) {
  s.summary("What a client proves itself by.");
  s.field("access_token", &TokenSet::access_token, "For the field Authorization.");
  s.field("token_type", &TokenSet::token_type, "The scheme of that field.");
  s.field("expires_in", &TokenSet::expires_in, "Seconds that the access token lives.");
  s.field("expires_at", &TokenSet::expires_at, "When it ends.");
  s.field("refresh_token", &TokenSet::refresh_token, "For the next refresh, once.");
  s.field("session_id", &TokenSet::session_id, "The login that it belongs to.");
  s.field("user", &TokenSet::user, "Who logged in.");
}

std::vector<std::string> TokenIssue::roles_of(Reader& db, const User& user) const {
  if (needs_.settings.delivery == Delivery::Session) return {};
  return needs_.permissions->roles_of(db, user.id);
}

TokenSet TokenIssue::set_for(const Holder& holder, Time issued) const {
  TokenSet set;
  set.expires_in = needs_.settings.access_ttl.count();
  set.expires_at = time_text(issued + needs_.settings.access_ttl);
  set.session_id = holder.session.id;
  set.user = view_of(holder.user);
  if (needs_.settings.delivery != Delivery::Session) {
    set.access_token = access_token(holder, issued);
  }
  return set;
}

Response TokenIssue::answer(const Holder& holder) const {
  const Session& session = holder.session;
  // Not now: whoever refreshes again within the grace gets the rest of the same time.
  TokenSet set = set_for(holder, session.rotated);
  if (needs_.settings.delivery == Delivery::Body) {
    set.refresh_token = needs_.secrets.refresh.write(sessions::successor_of(session));
  }
  Response answer = uncached(json(Status::Ok, set));
  if (needs_.settings.delivery == Delivery::Cookie) set_refresh_cookie(answer, session);
  if (needs_.settings.delivery == Delivery::Session) set_session_cookie(answer, session);
  if (needs_.settings.delivery != Delivery::Body) set_csrf_cookie(answer, session);
  return answer;
}

Response TokenIssue::proof(const Holder& holder, Time now) const {
  Response answer = uncached(json(Status::Ok, set_for(holder, now)));
  if (needs_.settings.delivery == Delivery::Session) set_session_cookie(answer, holder.session);
  return answer;
}

std::string TokenIssue::access_token(const Holder& holder, Time issued) const {
  const auto keys = needs_.keys.state();
  if (keys == nullptr) throw std::runtime_error("there is no key to sign with");
  const auto& [user, session, roles] = holder;
  const std::string id = needs_.host.new_id();
  const auto at = duration_cast<seconds>(issued);
  return keys->signer.sign(
      payload_of({.issuer = needs_.settings.issuer,
                  .audience = audience_of(needs_.settings),
                  .id = id,
                  .user = user.id,
                  .session = session.id,
                  .method = session.amr,
                  .roles = roles,
                  .permission_version = user.permission_version,
                  .authenticated = duration_cast<seconds>(session.authenticated),
                  .issued = at,
                  .expires = at + needs_.settings.access_ttl}));
}

void TokenIssue::set_refresh_cookie(Response& answer, const Session& session) const {
  const std::string text = needs_.secrets.refresh.write(sessions::successor_of(session));
  answer.set_cookie({.name = RefreshCookie,
                     .value = text,
                     .path = needs_.host.mount(),
                     .max_age = life_of(session),
                     .same_site = SameSite::Strict});
}

/// It names the session for as long as that lives. The time of the last proof makes it another
/// text, which no loop has in its cache with an older one.
void TokenIssue::set_session_cookie(Response& answer, const Session& session) const {
  const auto proved = duration_cast<seconds>(session.authenticated).count();
  const std::string text =
      needs_.secrets.cookies.write({.session = *uuid::parse(session.id),
                                    .counter = static_cast<std::uint64_t>(proved),
                                    .key = needs_.secrets.cookies.newest_key()});
  answer.set_cookie({.name = SessionCookie, .value = text, .max_age = life_of(session)});
}

void TokenIssue::set_csrf_cookie(Response& answer, const Session& session) const {
  CsrfTokens::Nonce nonce{};
  needs_.host.random(nonce);
  const std::string token = needs_.csrf.tokens().make(session.id, nonce);
  // Pages of ours read it, to repeat it in a field.
  answer.set_cookie({.name = CsrfCookie,
                     .value = token,
                     .max_age = life_of(session),
                     .same_site = SameSite::Strict,
                     .http_only = false});
}

void TokenIssue::withdraw_cookies(Response& answer) const {
  if (needs_.settings.delivery == Delivery::Body) return;
  const seconds gone{0};
  if (needs_.settings.delivery == Delivery::Cookie) {
    answer.set_cookie({.name = RefreshCookie,
                       .path = needs_.host.mount(),
                       .max_age = gone,
                       .same_site = SameSite::Strict});
  } else {
    answer.set_cookie({.name = SessionCookie, .max_age = gone});
  }
  answer.set_cookie(
      {.name = CsrfCookie, .max_age = gone, .same_site = SameSite::Strict, .http_only = false});
}

}  // namespace portico::auth
