// SPDX-License-Identifier: Apache-2.0
#include "account/mail_delivery.h"

#include "account/mails.h"

#include <stdexcept>
#include <string>

namespace portico::auth {
namespace {

/// What `Mails` has written.
struct WaitingMail {
  std::string about;
  std::string user;
  std::string to;
  std::string locale;
  std::string sealed;

  static void describe(Schema<WaitingMail>& s) {
    s.summary("A mail that waits.");
    s.field("about", &WaitingMail::about, "What a template is chosen by.").required();
    s.field("user", &WaitingMail::user, "Whose account it is about.");
    s.field("to", &WaitingMail::to, "Where to.").required();
    s.field("locale", &WaitingMail::locale, "In which language.");
    s.field("sealed", &WaitingMail::sealed, "What nobody else may read.").required();
  }
};

}  // namespace

MailDelivery::MailDelivery(const AccountSettings& settings, Host& host)
    : settings_(settings),
      host_(host),
      jobs_(host.jobs(settings.database)),
      notifications_(host.find<Notifications>(Notifications::ServiceName)) {}

void MailDelivery::start() {
  Notifications* const notifications = notifications_.operator->();
  if (notifications == nullptr) return;
  if (notifications->database() != settings_.database) {
    throw std::runtime_error("`database` is " + settings_.database + ", and that of `notify` is " +
                             std::string(notifications->database()) +
                             "; mails are handed over in one transaction: write the same");
  }
  jobs_.on(Mails::Event, [this](Transaction& db, const Event& event) { deliver(db, event); });
}

void MailDelivery::deliver(Transaction& db, const Event& event) {
  const auto expires = event.time + StillOfUse;
  if (expires <= host_.unix_time()) return;
  const auto mail = from_json<WaitingMail>(event.data);
  const auto values = host_.unseal(Mails::Seal, mail.sealed);
  if (!values) {
    host_.log(Level::Error, "a mail is not delivered: it was sealed with another secret");
    return;
  }
  const std::string key = "auth." + mail.about;
  Notice notice;
  notice.email = mail.to;
  notice.template_key = key;
  notice.locale = mail.locale;
  notice.data = *values;
  notice.dedupe = event.id;
  notice.expires = expires;
  notice.urgent = true;
  notice.secret = true;
  (void)notifications_->accept(db, notice);
}

}  // namespace portico::auth
