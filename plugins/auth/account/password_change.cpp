// SPDX-License-Identifier: Apache-2.0
#include "account/password_change.h"

#include "account/answers.h"
#include "account/known_device.h"
#include "account/new_password.h"
#include "account/password_proof.h"
#include "account/revoking.h"
#include "audit/actions.h"
#include "session/one_time_tokens.h"
#include "store/credentials.h"
#include <portico/identity.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace portico::auth {
namespace {

Response not_theirs() {
  return refuse(Status::Unauthorized, "reauth_failed", "This is not your password.");
}

}  // namespace

void PasswordForm::describe(Schema<PasswordForm>& s) {
  s.summary("Another password.");
  s.field("current_password", &PasswordForm::current_password, "The one until now.")
      .required()
      .max(MostPasswordBytes)
      .secret();
  s.field("password", &PasswordForm::password, "The new one.").required().secret();
  s.field("revoke_others", &PasswordForm::revoke_others, "Ends all other sessions.");
}

void ProofForm::describe(Schema<ProofForm>& s) {
  s.summary("Shows that the user is still there.");
  s.field("password", &ProofForm::password, "Their password.")
      .required()
      .max(MostPasswordBytes)
      .secret();
}

std::optional<users::Login> PasswordChange::owner(const Request& request) const {
  const std::string_view id = request.principal()->subject;
  return parts_.sql.read_main([&](Reader& db) -> std::optional<users::Login> {
    auto user = users::find(db, id);
    if (!user || !user->may_log_in(parts_.host.unix_time())) return std::nullopt;
    auto password = credentials::find_password(db, id);
    return users::Login{*std::move(user), std::move(password)};
  });
}

std::optional<Response> PasswordChange::doubt(const users::Login& owner, std::string_view session,
                                              const std::string& password,
                                              const Visit& visit) const {
  // Who is logged in has shown at least as much as the cookie of a device does.
  const throttle::LoginTry keys(parts_.secrets.throttle, owner.user.email_normalised, visit.address,
                                throttle::Known{throttle::Known::By::Session, session});
  const throttle::Verdict verdict = parts_.sql.read_main(
      [&](Reader& db) { return throttle::judge(db, keys, parts_.login_limits, visit.now); });
  if (!verdict.allowed() && !verdict.spares_known) return too_many(verdict.wait);
  const auto place = parts_.in_flight.enter(keys, throttle::InFlight::Most);
  if (!place) return too_many(std::chrono::seconds(1));
  if (proves(parts_, owner.password, password)) {
    if (verdict.failures > 0) {
      parts_.sql.write([&](Transaction& db) { throttle::succeeded(db, keys); });
    }
    return std::nullopt;
  }
  parts_.sql.write([&](Transaction& db) {
    throttle::failed(db, keys, parts_.login_limits, visit.now);
    record(db, parts_.host, visit,
           {.action = audit::action::LoginFailed,
            .actor = std::string_view(owner.user.id),
            .session = session,
            .outcome = "failure",
            .detail = R"({"reason":"reauthentication"})"});
  });
  return not_theirs();
}

Response PasswordChange::change(Request& request) const {
  const auto form = request.json<PasswordForm>();
  const Visit visit = visit_of(request, parts_.host);
  const auto who = owner(request);
  if (!who) return session_over();
  const std::string session(request.principal()->session);
  if (auto refusal = doubt(*who, session, form.current_password, visit)) {
    return *std::move(refusal);
  }
  if (auto refusal = refuse_weak(parts_, form.password, who->user.email)) {
    return *std::move(refusal);
  }
  if (!apply(*who, form, session, visit)) return session_over();
  // Devices that were known by the password before are strangers now, this one excepted.
  Response answer = no_content();
  remember_device(parts_, {who->user.email_normalised, visit.now}, answer);
  return answer;
}

bool PasswordChange::apply(const users::Login& owner, const PasswordForm& form,
                           const std::string& session, const Visit& visit) const {
  const std::string& user = owner.user.id;
  const std::string phc = parts_.passwords.hash(form.password);
  const std::string credential = parts_.host.new_id();
  const Mail notice = mail_to(owner.user, "password_changed");
  std::vector<std::string> ended;
  const bool done = parts_.sql.write([&](Transaction& db) {
    ended.clear();
    if (!still_theirs(db, owner, session, visit.now)) return false;
    credentials::set_password(db, {.id = credential, .user_id = user, .phc = phc}, visit.now);
    if (form.revoke_others) {
      ended = sessions::revoke_others(db, user, session, "password_changed", visit.now);
    }
    one_time::withdraw(db, user);
    record(db, parts_.host, visit,
           {.action = audit::action::PasswordChanged,
            .actor = std::string_view(user),
            .session = std::string_view(session)});
    parts_.mails.request(db, notice);
    return true;
  });
  if (!done) return false;
  revoke_now(parts_, ended);
  parts_.mails.committed(notice);
  return true;
}

/// Meanwhile the password may have been reset, or the session ended: then the owner has spoken.
bool PasswordChange::still_theirs(Transaction& db, const users::Login& owner,
                                  const std::string& session, Time now) {
  const auto user = users::find(db, owner.user.id);
  const auto open = sessions::find(db, session);
  return user && user->may_log_in(now) && open && open->live(now) &&
         credentials::find_password(db, owner.user.id) == owner.password;
}

Response PasswordChange::reauthenticate(Request& request) const {
  const auto form = request.json<ProofForm>();
  const Visit visit = visit_of(request, parts_.host);
  const auto who = owner(request);
  if (!who) return session_over();
  const std::string_view id = request.principal()->session;
  if (auto refusal = doubt(*who, id, form.password, visit)) return *std::move(refusal);
  std::vector<std::string> roles;
  const auto session = parts_.sql.write([&](Transaction& db) -> std::optional<Session> {
    if (!sessions::authenticate(db, id, visit.now)) return std::nullopt;
    record(db, parts_.host, visit,
           {.action = audit::action::Reauthenticated,
            .actor = std::string_view(who->user.id),
            .session = id});
    roles = parts_.tokens.roles_of(db, who->user);
    return sessions::find(db, id);
  });
  if (!session) return session_over();
  return parts_.tokens.proof({who->user, *session, std::move(roles)}, visit.now);
}

}  // namespace portico::auth
