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
  const bool good = code && parts_.sql.write([&](Transaction& db) {
    const auto user = users::find_by_email(db, read_email(*form.email)->normal);
    if (!user) return false;
    const one_time::CodeTry given{.purpose = Purpose::VerifyEmail,
                                  .by = one_time::CodeTry::By::User,
                                  .id = user->id,
                                  .digest = one_time::digest_of_code(
                                      parts_.secrets.codes, Purpose::VerifyEmail, user->id, *code)};
    const Shown shown = one_time::consume_code(db, given, visit.now);
    if (shown.good()) verified(db, user->id, visit);
    return shown.good();
  });
  return good ? say(Status::Ok, "verified") : code_refused();
}

void EmailVerification::verified(Transaction& db, std::string_view user, const Visit& visit) const {
  users::mark_verified(db, user, visit.now);
  record(db, parts_.host, visit, {.action = audit::action::EmailVerified, .actor = user});
  parts_.host.publish(db, "auth.user_verified", user, {{"user", user}});
}

Response EmailVerification::resend(Request& request) const {
  const auto form = request.json<AddressForm>();
  const Visit visit = visit_of(request, parts_.host);
  const std::string email = read_email(form.email)->normal;
  const auto known = parts_.sql.read([&](Reader& db) {
    return std::pair(parts_.asks.wait(db, visit.address, visit.now),
                     users::find_by_email(db, email));
  });
  if (known.first > Time(0)) return too_many(known.first);
  const std::optional<User>& user = known.second;
  const bool pending = user && user->status == UserStatus::Pending;
  const MailedSecret secret({parts_.host, parts_.settings}, Purpose::VerifyEmail,
                            pending ? user->id : std::string(), parts_.secrets.codes);
  const auto sent = parts_.sql.write([&](Transaction& db) -> std::optional<Mail> {
    parts_.asks.count(db, visit.address, visit.now);
    if (!parts_.asks.may_mail(db, "verify_email", email, visit.now) || !pending)
      return std::nullopt;
    secret.keep(db, visit.now);
    Mail mail = secret.mail("verify_email", user->email, user->locale.value_or(""));
    parts_.mails.request(db, mail);
    return mail;
  });
  if (sent) parts_.mails.committed(*sent);
  return say(Status::Accepted, "accepted");
}

}  // namespace portico::auth
