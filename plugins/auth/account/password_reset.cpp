// SPDX-License-Identifier: Apache-2.0
#include "account/password_reset.h"

#include "account/answers.h"
#include "account/asked_mail.h"
#include "account/new_password.h"
#include "account/revoking.h"
#include "audit/actions.h"
#include "store/credentials.h"
#include "store/users.h"

#include <array>
#include <utility>
#include <vector>

namespace portico::auth {
namespace {

bool may_reset(const User& user) {
  return user.status == UserStatus::Active || user.status == UserStatus::Pending;
}

}  // namespace

void ResetForm::describe(Schema<ResetForm>& s) {
  s.summary("A new password, by a mailed link.");
  s.field("token", &ResetForm::token, "Of the link.").required().max(128).secret();
  s.field("password", &ResetForm::password, "The new one.").required().secret();
}

PasswordReset::PasswordReset(const Parts& parts)
    : parts_(parts), page_("Choose a new password", LinkPage::Asks::NewPassword, "../link.js") {}

Response PasswordReset::forgot(Request& request) const {
  return answer_asked_mail(parts_, request,
                           {.purpose = Purpose::Reset,
                            .bears = AskedMail::Bears::Link,
                            .about = "reset_password",
                            .action = audit::action::PasswordResetRequested,
                            .may_have = may_reset});
}

Response PasswordReset::reset(Request& request) const {
  const auto form = request.json<ResetForm>();
  const Visit visit = visit_of(request, parts_.host);
  const auto digest = one_time::digest_of_token(form.token);
  if (!digest) return token_gone();
  const auto owner = owner_of(*digest, visit.now);
  if (!owner) return token_gone();
  if (auto refusal = refuse_password(*owner, form.password)) return *std::move(refusal);
  const std::string phc = parts_.passwords.hash(form.password);
  return apply(*owner, *digest, phc, visit) ? no_content() : token_gone();
}

std::optional<users::Login> PasswordReset::owner_of(const Digest& digest, Time now) const {
  return parts_.sql.read_main([&](Reader& db) -> std::optional<users::Login> {
    const Shown shown = one_time::look(db, Purpose::Reset, digest, now);
    if (!shown.good() || !shown.user_id) return std::nullopt;
    auto user = users::find(db, *shown.user_id);
    if (!user || !may_reset(*user)) return std::nullopt;
    auto password = credentials::find_password(db, user->id);
    return users::Login{*std::move(user), std::move(password)};
  });
}

std::optional<Response> PasswordReset::refuse_password(const users::Login& owner,
                                                       const std::string& password) const {
  if (auto refusal = refuse_weak(parts_, password, owner.user.email)) return refusal;
  if (!owner.password) return std::nullopt;
  if (parts_.passwords.verify(*owner.password, password) != Verdict::Right) return std::nullopt;
  const std::array<BodyFault, 1> same{BodyFault{
      .path = "/password", .code = "same", .message = "This is the password that you had."}};
  return uncached(body_problem("same_password", "Choose another password.", same));
}

bool PasswordReset::apply(const users::Login& owner, const Digest& digest, const std::string& phc,
                          const Visit& visit) const {
  const std::string& user = owner.user.id;
  const std::string credential = parts_.host.new_id();
  const Mail notice = mail_to(owner.user, "password_changed");
  std::vector<std::string> ended;
  const bool done = parts_.sql.write([&](Transaction& db) {
    if (!one_time::consume(db, Purpose::Reset, digest, visit.now).good()) return false;
    credentials::set_password(db, {.id = credential, .user_id = user, .phc = phc}, visit.now);
    // Whoever reads the mail has shown that the address is theirs.
    users::mark_verified(db, user, visit.now);
    users::invalidate_tokens(db, user, visit.now);
    ended = sessions::revoke_all(db, user, "password_reset", visit.now);
    one_time::withdraw(db, user);
    throttle::forgive(db, {parts_.secrets.throttle, owner.user.email_normalised, visit.address});
    record(db, parts_.host, visit, {.action = audit::action::PasswordReset, .actor = user});
    parts_.mails.request(db, notice);
    return true;
  });
  if (!done) return false;
  revoke_now(parts_, ended);
  revoke_user_now(parts_, user);
  parts_.mails.committed(notice);
  return true;
}

}  // namespace portico::auth
