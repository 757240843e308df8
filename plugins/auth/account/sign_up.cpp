// SPDX-License-Identifier: Apache-2.0
#include "account/sign_up.h"

#include "account/answers.h"
#include "account/locale.h"
#include "account/mailed_secret.h"
#include "account/new_password.h"
#include "account/password_proof.h"
#include "account/person_name.h"
#include "account/user_view.h"
#include "audit/actions.h"
#include "store/credentials.h"
#include "store/users.h"

namespace portico::auth {
namespace {

constexpr double MostTermsVersion = 64;

}  // namespace

struct SignUp::Wanted {
  Email email;
  const SignUpForm& form;
  std::optional<std::string> name;
  std::string user;
  std::string credential;
  std::string phc{};    ///< Of a password that was compared with nothing.
  std::string known{};  ///< As it is stored, where it is that of a sign-up before this one.
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
      .max(MostTermsVersion)
      .check(fault_of_person_name);
}

Response SignUp::serve(Request& request) const {
  const auto began = EvenPace::Clock::now();
  const auto form = request.json<SignUpForm>();
  const Visit visit = visit_of(request, parts_.host);
  const Email email = *read_email(form.email);
  if (auto refusal = refuse(form, email, visit)) return *std::move(refusal);
  Wanted wanted{.email = email,
                .form = form,
                .name = form.name ? read_person_name(*form.name) : std::nullopt,
                .user = parts_.host.new_id(),
                .credential = parts_.host.new_id()};
  if (parts_.settings.verification == Verification::None) {
    wanted.phc = parts_.passwords.hash(form.password);
    return at_once(wanted, visit);
  }
  Response answer = with_verification(wanted, visit);
  parts_.hash_pace.wait(began);
  return answer;
}

std::optional<Response> SignUp::refuse(const SignUpForm& form, const Email& email,
                                       const Visit& visit) const {
  using What = AskLimits::What;
  if (parts_.settings.sign_up == SignUps::Closed) {
    return auth::refuse(Status::Forbidden, "signup_disabled", "Nobody can sign up here.");
  }
  const Time wait = parts_.sql.read_main(
      [&](Reader& db) { return parts_.asks.wait(db, What::SignUp, visit.address, visit.now); });
  if (wait > Time(0)) return too_many(wait);
  auto refusal = refuse_weak(parts_, form.password, email.text);
  // Judging a password takes ms, and maybe a question to others.
  if (refusal) {
    parts_.sql.write(
        [&](Transaction& db) { parts_.asks.count(db, What::SignUp, visit.address, visit.now); });
  }
  return refusal;
}

Response SignUp::with_verification(Wanted& wanted, const Visit& visit) const {
  std::optional<Mail> sent;
  do {
    judge_password(wanted);
  } while (!parts_.sql.write([&](Transaction& db) { return enter(db, wanted, visit, sent); }));
  if (sent) parts_.mails.committed(*sent);
  return say(Status::Accepted, "verification_required");
}

/// One hash, whatever the address: the time must not tell.
void SignUp::judge_password(Wanted& wanted) const {
  const auto stored = parts_.sql.read_main([&](Reader& db) -> std::optional<std::string> {
    const auto owner = users::find_by_email(db, wanted.email.normal);
    if (!owner || owner->status != UserStatus::Pending) return std::nullopt;
    return credentials::find_password(db, owner->id);
  });
  wanted.phc.clear();
  wanted.known.clear();
  if (!stored) {
    wanted.phc = parts_.passwords.hash(wanted.form.password);
  } else if (proves(parts_, stored, wanted.form.password)) {
    wanted.known = *stored;
  }
}

/// Where nobody has shown yet whose address it is, somebody else may have been first, to wait for
/// the owner's click, or come after. Of two passwords neither counts: who confirms the address
/// chooses one.
bool SignUp::enter(Transaction& db, const Wanted& wanted, const Visit& visit,
                   std::optional<Mail>& sent) const {
  sent.reset();
  const bool made = !wanted.phc.empty() && insert(db, wanted, visit);
  const auto owner = users::find_by_email(db, wanted.email.normal);
  if (!owner) return !wanted.phc.empty();  // Erased a moment ago.
  const bool pending = owner->status == UserStatus::Pending;
  const auto stored = pending ? credentials::find_password(db, owner->id) : std::nullopt;
  if (!made && stored && !wanted.phc.empty()) return false;
  parts_.asks.count(db, AskLimits::What::SignUp, visit.address, visit.now);
  if (!made) {
    record(db, parts_.host, visit,
           {.action = audit::action::SignUpRepeated, .target = std::string_view(owner->id)});
    if (pending && stored != wanted.known) credentials::remove_password(db, owner->id);
  }
  sent = pending ? welcome(db, *owner, visit) : registered(db, *owner, visit);
  return true;
}

std::optional<Mail> SignUp::welcome(Transaction& db, const User& user, const Visit& visit) const {
  const MailedSecret secret({parts_.host, parts_.settings}, Purpose::VerifyEmail, user.id,
                            parts_.secrets.codes);
  Mail mail = secret.mail("verify_email", user.email, user.locale.value_or(""));
  if (!parts_.asks.may_mail(db, mail.about, user.email_normalised, visit.now)) return std::nullopt;
  secret.keep(db, visit.now);
  parts_.mails.request(db, mail);
  return mail;
}

/// As many rows are written as for a new account: the time must not tell.
std::optional<Mail> SignUp::registered(Transaction& db, const User& owner,
                                       const Visit& visit) const {
  MailedSecret({parts_.host, parts_.settings}, Purpose::VerifyEmail, {}, parts_.secrets.codes)
      .keep(db, visit.now);
  const Mail mail = mail_to(owner, "already_registered");
  parts_.mails.pretend(db, mail);
  if (!parts_.asks.may_mail(db, mail.about, owner.email_normalised, visit.now)) {
    return std::nullopt;
  }
  parts_.mails.request(db, mail);
  return mail;
}

/// Without verification the answer tells anyway; so it says it plainly.
Response SignUp::at_once(const Wanted& wanted, const Visit& visit) const {
  const std::optional<User> made = parts_.sql.write([&](Transaction& db) -> std::optional<User> {
    parts_.asks.count(db, AskLimits::What::SignUp, visit.address, visit.now);
    return insert(db, wanted, visit) ? users::find(db, wanted.user) : std::nullopt;
  });
  if (!made) {
    return auth::refuse(Status::Conflict, "email_taken", "There is an account with this address.");
  }
  return uncached(json(Status::Created, view_of(*made)));
}

bool SignUp::insert(Transaction& db, const Wanted& wanted, const Visit& visit) const {
  const SignUpForm& form = wanted.form;
  NewUser user{.id = wanted.user,
               .email = wanted.email.text,
               .email_normalised = wanted.email.normal,
               .name = wanted.name,
               .locale = form.locale,
               .timezone = form.timezone,
               .terms_version = form.terms_version};
  // Active from the start: nobody will ever verify it.
  if (parts_.settings.verification == Verification::None) user.verified = visit.now;
  if (!users::insert_if_free(db, user, visit.now)) return false;
  credentials::set_password(
      db, {.id = wanted.credential, .user_id = wanted.user, .phc = wanted.phc}, visit.now);
  parts_.permissions->grant_default(db, wanted.user);
  record(db, parts_.host, visit,
         {.action = audit::action::SignUp, .actor = std::string_view(wanted.user)});
  parts_.host.publish(db, "auth.user_created", wanted.user, {{"user", wanted.user}});
  return true;
}

}  // namespace portico::auth
