// SPDX-License-Identifier: Apache-2.0
#include "account/email_verification.h"

#include "account/answers.h"
#include "account/email.h"
#include "account/mailed_secret.h"
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

void AddressForm::describe(Schema<AddressForm>& s) {
  s.summary("Asks for a mail.");
  s.field("email", &AddressForm::email, "Where to.").required().check(fault_of_email);
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
  const auto began = EvenPace::Clock::now();
  const auto form = request.json<AddressForm>();
  const Visit visit = visit_of(request, parts_.host);
  const std::string email = read_email(form.email)->normal;
  const auto [wait, user] = parts_.sql.read_main([&](Reader& db) {
    return std::pair(parts_.asks.wait(db, AskLimits::What::Mail, visit.address, visit.now),
                     users::find_by_email(db, email));
  });
  if (wait > Time(0)) return too_many(wait);
  const bool pending = user && user->status == UserStatus::Pending;
  const std::string id = pending ? user->id : std::string();
  const std::string to = pending ? user->email : email;
  const std::string locale = pending ? user->locale.value_or("") : "";
  const MailedSecret secret({parts_.host, parts_.settings}, Purpose::VerifyEmail, id,
                            parts_.secrets.codes);
  const Mail mail = secret.mail("verify_email", to, locale);
  const bool sent = parts_.sql.write([&](Transaction& db) {
    parts_.asks.count(db, AskLimits::What::Mail, visit.address, visit.now);
    if (!parts_.asks.may_mail(db, mail.about, email, visit.now)) return false;
    secret.keep(db, visit.now);
    pending ? parts_.mails.request(db, mail) : parts_.mails.pretend(db, mail);
    return pending;
  });
  if (sent) parts_.mails.committed(mail);
  parts_.mail_pace.wait(began);
  return say(Status::Accepted, "accepted");
}

}  // namespace portico::auth
