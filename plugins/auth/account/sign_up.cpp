// SPDX-License-Identifier: Apache-2.0
#include "account/sign_up.h"

#include "account/answers.h"
#include "account/locale.h"
#include "account/mailed_secret.h"
#include "account/new_password.h"
#include "account/person_name.h"
#include "account/user_view.h"
#include "audit/actions.h"
#include "store/credentials.h"
#include "store/users.h"

namespace portico::auth {
namespace {

constexpr double MostTermsVersion = 64;

/// What a mail says to the owner of an account that somebody tried to make again.
Mail notice_for(const User& owner) {
  return {.about = "already_registered",
          .user = owner.id,
          .to = owner.email,
          .locale = owner.locale.value_or("")};
}

}  // namespace

struct SignUp::Wanted {
  Email email;
  const SignUpForm& form;
  std::string user;
  std::string credential;
  std::string phc;
};

void SignUpForm::describe(Schema<SignUpForm>& s) {
  s.summary("A new account.");
  s.field("email", &SignUpForm::email, "Where mails go, and what one logs in by.")
      .required()
      .check(fault_of_email);
  s.field("password", &SignUpForm::password, "As it is typed.").required().secret();
  s.field("name", &SignUpForm::name, "What the user goes by.").check(fault_of_person_name);
  s.field("locale", &SignUpForm::locale, "The language of mails.").check(fault_of_locale);
  s.field("timezone", &SignUpForm::timezone, "Of the user.").check(fault_of_time_zone);
  s.field("terms_version", &SignUpForm::terms_version, "The terms that were agreed to.")
      .max(MostTermsVersion);
}

Response SignUp::serve(Request& request) const {
  const auto form = request.json<SignUpForm>();
  const Visit visit = visit_of(request, parts_.host);
  if (auto refusal = refuse(form, visit)) return *std::move(refusal);
  const Wanted wanted{.email = *read_email(form.email),
                      .form = form,
                      .user = parts_.host.new_id(),
                      .credential = parts_.host.new_id(),
                      .phc = parts_.passwords.hash(form.password)};
  return parts_.settings.verification == Verification::Required ? with_verification(wanted, visit)
                                                                : at_once(wanted, visit);
}

std::optional<Response> SignUp::refuse(const SignUpForm& form, const Visit& visit) const {
  if (parts_.settings.sign_up == SignUps::Closed) {
    return auth::refuse(Status::Forbidden, "signup_disabled", "Nobody can sign up here.");
  }
  const Time wait =
      parts_.sql.read([&](Reader& db) { return parts_.asks.wait(db, visit.address, visit.now); });
  if (wait > Time(0)) return too_many(wait);
  return refuse_weak(parts_, form.password, form.email);
}

Response SignUp::with_verification(const Wanted& wanted, const Visit& visit) const {
  const MailedSecret secret({parts_.host, parts_.settings}, Purpose::VerifyEmail, wanted.user,
                            parts_.secrets.codes);
  const std::optional<Mail> sent = parts_.sql.write([&](Transaction& db) -> std::optional<Mail> {
    std::optional<Mail> mail;
    if (insert(db, wanted, visit)) {
      secret.keep(db, visit.now);
      mail = secret.mail("verify_email", wanted.email.text, wanted.form.locale.value_or(""));
    } else if (const auto owner = users::find_by_email(db, wanted.email.normal)) {
      record(db, parts_.host, visit,
             {.action = audit::action::SignUpRepeated, .target = std::string_view(owner->id)});
      mail = notice_for(*owner);
    }
    if (mail && !parts_.asks.may_mail(db, mail->about, wanted.email.normal, visit.now)) {
      return std::nullopt;
    }
    if (mail) parts_.mails.request(db, *mail);
    return mail;
  });
  if (sent) parts_.mails.committed(*sent);
  return say(Status::Accepted, "verification_required");
}

/// Without verification the answer tells anyway; so it says it plainly.
Response SignUp::at_once(const Wanted& wanted, const Visit& visit) const {
  const std::optional<User> made = parts_.sql.write([&](Transaction& db) -> std::optional<User> {
    return insert(db, wanted, visit) ? users::find(db, wanted.user) : std::nullopt;
  });
  if (!made) {
    return auth::refuse(Status::Conflict, "email_taken", "There is an account with this address.");
  }
  Response answer = json(Status::Created, view_of(*made));
  answer.headers().set("Cache-Control", "no-store");
  return answer;
}

bool SignUp::insert(Transaction& db, const Wanted& wanted, const Visit& visit) const {
  parts_.asks.count(db, visit.address, visit.now);
  const SignUpForm& form = wanted.form;
  NewUser user{.id = wanted.user,
               .email = wanted.email.text,
               .email_normalised = wanted.email.normal,
               .name = form.name,
               .locale = form.locale,
               .timezone = form.timezone,
               .terms_version = form.terms_version};
  // Active from the start: nobody will ever verify it.
  if (parts_.settings.verification == Verification::None) user.verified = visit.now;
  if (!users::insert_if_free(db, user, visit.now)) return false;
  credentials::set_password(
      db, {.id = wanted.credential, .user_id = wanted.user, .phc = wanted.phc}, visit.now);
  record(db, parts_.host, visit,
         {.action = audit::action::SignUp, .actor = std::string_view(wanted.user)});
  parts_.host.publish(db, "auth.user_created", wanted.user, {{"user", wanted.user}});
  return true;
}

}  // namespace portico::auth
