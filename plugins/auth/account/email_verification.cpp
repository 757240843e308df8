// SPDX-License-Identifier: Apache-2.0
#include "account/email_verification.h"

#include "account/answers.h"
#include "account/email.h"
#include "audit/actions.h"
#include "store/users.h"

namespace portico::auth {
namespace {

/// The same for a code that is wrong, old or used up, and for an address that nobody has.
Response code_refused() {
  return refuse(Status::UnprocessableContent, "code_invalid",
                "This code is not accepted. Ask for another one.");
}

}  // namespace

void VerificationForm::describe(Schema<VerificationForm>& s) {
  s.summary("Shows that an address is theirs: by `token`, or by `email` and `code`.");
  s.field("token", &VerificationForm::token, "Of the link.").max(128).secret();
  s.field("email", &VerificationForm::email, "The address.").check(fault_of_email);
  s.field("code", &VerificationForm::code, "That was mailed to it.").max(32).secret();
  s.rule("give `token`, or `email` and `code`", [](const VerificationForm& f) {
    return f.token ? !f.email && !f.code : f.email && f.code;
  });
}

EmailVerification::EmailVerification(const Parts& parts)
    : parts_(parts), page_("Confirm your e-mail address", LinkPage::Asks::Confirmation) {}

Response EmailVerification::verify(Request& request) const {
  const auto form = request.json<VerificationForm>();
  const Visit visit = visit_of(request, parts_.host);
  return form.token ? by_token(*form.token, visit) : by_code(form, visit);
}

Response EmailVerification::by_token(const std::string& token, const Visit& visit) const {
  const auto digest = one_time::digest_of_token(token);
  if (!digest) return token_gone();
  const bool good = parts_.sql.write([&](Transaction& db) {
    const Shown shown = one_time::consume(db, Purpose::VerifyEmail, *digest, visit.now);
    if (shown.good()) verified(db, *shown.user_id, visit);
    return shown.good();
  });
  return good ? say(Status::Ok, "verified") : token_gone();
}

Response EmailVerification::by_code(const VerificationForm& form, const Visit& visit) const {
  const auto code = one_time::read_code(*form.code);
  const Time wait = parts_.sql.read_main([&](Reader& db) {
    return parts_.asks.wait(db, AskLimits::What::Mail, visit.address, visit.now);
  });
  if (wait > Time(0)) return too_many(wait);
  const bool good = parts_.sql.write([&](Transaction& db) {
    const auto user = users::find_by_email(db, read_email(*form.email)->normal);
    const bool right = user && code && takes(db, *user, *code, visit.now);
    if (right) verified(db, user->id, visit);
    // What is counted is a guess, and each one costs a commit.
    if (!right) parts_.asks.count(db, AskLimits::What::Mail, visit.address, visit.now);
    return right;
  });
  return good ? say(Status::Ok, "verified") : code_refused();
}

bool EmailVerification::takes(Transaction& db, const User& user, const std::string& code,
                              Time now) const {
  const one_time::CodeTry given{.purpose = Purpose::VerifyEmail,
                                .by = one_time::CodeTry::By::User,
                                .id = user.id,
                                .digest = one_time::digest_of_code(
                                    parts_.secrets.codes, Purpose::VerifyEmail, user.id, code)};
  return one_time::consume_code(db, given, now).good();
}

void EmailVerification::verified(Transaction& db, std::string_view user, const Visit& visit) const {
  users::mark_verified(db, user, visit.now);
  record(db, parts_.host, visit, {.action = audit::action::EmailVerified, .actor = user});
  parts_.host.publish(db, "auth.user_verified", user, {{"user", user}});
}

Response EmailVerification::resend(Request& request) const {
  return answer_asked_mail(
      parts_, request,
      {.purpose = Purpose::VerifyEmail,
       .bears = AskedMail::Bears::LinkAndCode,
       .about = "verify_email",
       .action = {},
       .may_have = [](const User& user) { return user.status == UserStatus::Pending; }});
}

}  // namespace portico::auth
