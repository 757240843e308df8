// SPDX-License-Identifier: Apache-2.0
#include "account/refresh.h"

#include "account/answers.h"
#include "account/revoking.h"
#include "audit/actions.h"
#include "gate/credential.h"

#include <utility>

namespace portico::auth {
namespace {

Response no_such_token() {
  return refuse(Status::Unauthorized, "refresh_invalid", "This refresh token is not accepted.");
}

}  // namespace

void RefreshForm::describe(Schema<RefreshForm>& s) {
  s.summary("What the last login or refresh gave; nothing where it is in a cookie.");
  s.field("refresh_token", &RefreshForm::refresh_token, "The token.").max(256).secret();
}

Refresh::Refresh(const Parts& parts)
    : parts_(parts),
      reused_(parts.host.counter("refresh_reuse_total", "Refresh tokens that were shown again.")) {}

Response Refresh::serve(Request& request) const {
  const auto form = request.json<RefreshForm>();
  const auto cookie =
      parts_.settings.delivery == Delivery::Cookie ? request.cookie(RefreshCookie) : std::nullopt;
  // Cookies come of it in any case: none for another site's page.
  const bool cookies = parts_.settings.delivery != Delivery::Body;
  if (cookies && parts_.csrf.judge(request) == Csrf::Verdict::Forged) return forged();
  const bool twice = request.cookies(RefreshCookie) > 1;
  if (cookie && (twice || form.refresh_token)) {
    return refuse(Status::BadRequest, "multiple_credentials", "Show one refresh token.");
  }
  const auto token =
      parts_.secrets.refresh.parse(cookie ? *cookie : form.refresh_token.value_or(""));
  if (!token) return no_such_token();
  if (cookie) {
    const Csrf::Verdict verdict = parts_.csrf.judge(request);
    const bool ours = verdict == Csrf::Verdict::Fine ||
                      (verdict == Csrf::Verdict::NeedsToken &&
                       parts_.csrf.proves(request, uuid::text_of(token->session)));
    if (!ours) return forged();
  }
  Outcome outcome = rotate(*token, visit_of(request, parts_.host));
  if (!outcome.rotation.accepted() || !outcome.user) return refused(outcome);
  return parts_.tokens.answer({*outcome.user, *outcome.rotation.session, std::move(outcome.roles)});
}

Refresh::Outcome Refresh::rotate(const RefreshToken& token, const Visit& visit) const {
  Outcome made = parts_.sql.write([&](Transaction& db) {
    Outcome outcome{.rotation = sessions::rotate(db, token, parts_.secrets.refresh.newest_key(),
                                                 visit.now, parts_.session_limits)};
    const auto& session = outcome.rotation.session;
    if (!session) return outcome;
    outcome.user = users::find(db, session->user_id);
    if (outcome.rotation.kind == Rotation::Kind::Reused) {
      report_theft(db, *session, visit, outcome);
    } else if (!outcome.user || !outcome.user->may_log_in(visit.now)) {
      outcome.user.reset();
    } else {
      outcome.roles = parts_.tokens.roles_of(db, *outcome.user);
    }
    return outcome;
  });
  if (made.rotation.kind != Rotation::Kind::Reused) return made;
  reused_.add();
  revoke_now(parts_, {&made.rotation.session->id, 1});
  if (made.notice) parts_.mails.committed(*made.notice);
  return made;
}

void Refresh::report_theft(Transaction& db, const Session& session, const Visit& visit,
                           Outcome& outcome) const {
  record(db, parts_.host, visit,
         {.action = audit::action::RefreshReused,
          .session = std::string_view(session.id),
          .outcome = "denied",
          .target = std::string_view(session.user_id)});
  parts_.host.publish(db, "auth.token_reuse_detected", session.user_id,
                      {{"user", session.user_id}, {"session", session.id}});
  if (!outcome.user) return;
  outcome.notice = mail_to(*outcome.user, "session_ended_for_reuse");
  parts_.mails.request(db, *outcome.notice);
}

// No cookie is taken back here: the answer that loses a race must not log the winner out.
Response Refresh::refused(const Outcome& outcome) const {
  switch (outcome.rotation.kind) {
    case Rotation::Kind::Reused:
      return refuse(Status::Unauthorized, "refresh_reused",
                    "This token was used before. The session has ended; log in again.");
    case Rotation::Kind::Expired:
    case Rotation::Kind::Revoked:
      return refuse(Status::Unauthorized, "session_expired",
                    "The session has ended. Log in again.");
    case Rotation::Kind::Rotated:
    case Rotation::Kind::Grace:
      return refuse(Status::Unauthorized, "user_disabled", "This account cannot be used.");
    case Rotation::Kind::Unknown: break;
  }
  return no_such_token();
}

}  // namespace portico::auth
