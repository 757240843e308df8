// SPDX-License-Identifier: Apache-2.0
#include "account/email_verification.h"

#include "account/answers.h"
#include "account/email.h"
#include "account/mailed_secret.h"
#include "audit/actions.h"
#include "store/credentials.h"
#include "store/users.h"

#include <utility>

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
    : parts_(parts),
      page_("Confirm your e-mail address", LinkPage::Asks::Confirmation, "link.js") {}

Response EmailVerification::verify(Request& request) const {
  const auto form = request.json<VerificationForm>();
  const Visit visit = visit_of(request, parts_.host);
  return form.token ? by_token(*form.token, visit) : by_code(form, visit);
}

Response EmailVerification::by_token(const std::string& token, const Visit& visit) const {
  const auto digest = one_time::digest_of_token(token);
  if (!digest) return token_gone();
  return answer(parts_.sql.write([&](Transaction& db) {
    const Shown shown = one_time::consume(db, Purpose::VerifyEmail, *digest, visit.now);
    return shown.good() ? verified(db, *shown.user_id, visit) : Outcome();
  }),
                token_gone());
}

Response EmailVerification::by_code(const VerificationForm& form, const Visit& visit) const {
  const auto code = one_time::read_code(*form.code);
  const Time wait = parts_.sql.read_main([&](Reader& db) {
    return parts_.asks.wait(db, AskLimits::What::Mail, visit.address, visit.now);
  });
  if (wait > Time(0)) return too_many(wait);
  return answer(parts_.sql.write([&](Transaction& db) {
    const auto user = users::find_by_email(db, read_email(*form.email)->normal);
    const bool right = user && code && takes(db, *user, *code, visit.now);
    if (right) return verified(db, user->id, visit);
    // What is counted is a guess, and each one costs a commit.
    parts_.asks.count(db, AskLimits::What::Mail, visit.address, visit.now);
    return Outcome();
  }),
                code_refused());
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

EmailVerification::Outcome EmailVerification::verified(Transaction& db, const std::string& user,
                                                       const Visit& visit) const {
  users::mark_verified(db, user, visit.now);
  record(db, parts_.host, visit,
         {.action = audit::action::EmailVerified, .actor = std::string_view(user)});
  parts_.host.publish(db, "auth.user_verified", user, {{"user", user}});
  Outcome outcome{.good = true, .chooses = !credentials::find_password(db, user)};
  const auto owner = users::find(db, user);
  if (!outcome.chooses || !owner) return outcome;
  const MailedSecret secret({parts_.host, parts_.settings}, Purpose::Reset, user);
  Mail mail = secret.mail("reset_password", owner->email, owner->locale.value_or(""));
  if (!parts_.asks.may_mail(db, mail.about, owner->email_normalised, visit.now)) return outcome;
  secret.keep(db, visit.now);
  parts_.mails.request(db, mail);
  outcome.choice = std::move(mail);
  return outcome;
}

Response EmailVerification::answer(const Outcome& outcome, Response otherwise) const {
  if (!outcome.good) return otherwise;
  if (outcome.choice) parts_.mails.committed(*outcome.choice);
  return say(Status::Ok, outcome.chooses ? "password_needed" : "verified");
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
