// SPDX-License-Identifier: Apache-2.0
#include "account/asked_mail.h"

#include "account/answers.h"
#include "account/email.h"
#include "account/mailed_secret.h"
#include "account/visit.h"

#include <optional>
#include <utility>

namespace portico::auth {
namespace {

MailedSecret secret_for(const Parts& parts, const AskedMail& asked, const std::string& user) {
  const MailedSecret::Source source{parts.host, parts.settings};
  return asked.bears == AskedMail::Bears::Link
             ? MailedSecret(source, asked.purpose, user)
             : MailedSecret(source, asked.purpose, user, parts.secrets.codes);
}

}  // namespace

void AddressForm::describe(Schema<AddressForm>& s) {
  s.summary("Asks for a mail.");
  s.field("email", &AddressForm::email, "Where to.").required().check(fault_of_email);
}

Response answer_asked_mail(const Parts& parts, Request& request, const AskedMail& asked) {
  const auto began = EvenPace::Clock::now();
  const auto form = request.json<AddressForm>();
  const Visit visit = visit_of(request, parts.host);
  const std::string email = read_email(form.email)->normal;
  const auto [wait, user] = parts.sql.read_main([&](Reader& db) {
    return std::pair(parts.asks.wait(db, AskLimits::What::Mail, visit.address, visit.now),
                     users::find_by_email(db, email));
  });
  if (wait > Time(0)) return too_many(wait);
  const bool known = user && asked.may_have(*user);
  const std::string id = known ? user->id : std::string();
  const MailedSecret secret = secret_for(parts, asked, id);
  const Mail mail = secret.mail(asked.about, known ? user->email : email,
                                known ? user->locale.value_or("") : std::string());
  const bool sent = parts.sql.write([&](Transaction& db) {
    parts.asks.count(db, AskLimits::What::Mail, visit.address, visit.now);
    if (!asked.action.empty()) {
      Deed deed{.action = asked.action};
      if (known) deed.target = id;
      record(db, parts.host, visit, deed);
    }
    if (!parts.asks.may_mail(db, asked.about, email, visit.now)) return false;
    secret.keep(db, visit.now);
    known ? parts.mails.request(db, mail) : parts.mails.pretend(db, mail);
    return known;
  });
  if (sent) parts.mails.committed(mail);
  parts.mail_pace.wait(began);
  return say(Status::Accepted, "accepted");
}

}  // namespace portico::auth
