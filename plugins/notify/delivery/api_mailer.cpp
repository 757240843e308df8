// SPDX-License-Identifier: Apache-2.0
#include "delivery/api_mailer.h"

#include "delivery/fetched_field.h"
#include "sendgrid/mail_send.h"
#include "sendgrid/verdict.h"
#include <portico/fetch.h>

#include <optional>
#include <string_view>

namespace portico::notify {
namespace {

sendgrid::Person person_of(const Mailbox& mailbox) {
  return {.email = mailbox.address.text(), .name = mailbox.name};
}

sendgrid::MailParts parts_of(const MailMessage& mail, const std::string& id) {
  return {.from = person_of(mail.from),
          .to = {.email = mail.to.text(), .name = mail.to_name},
          .reply_to = mail.reply_to ? std::optional(person_of(*mail.reply_to)) : std::nullopt,
          .subject = mail.subject,
          .text = mail.text,
          .html = mail.html,
          .id = mail.id,
          .list_unsubscribe = mail.list_unsubscribe,
          .delivery = id,
          .headers = mail.headers};
}

/// A key that is not good is none of the mail's faults, and would be the end of all of them.
Sending::Kind kind_of(const sendgrid::Verdict& verdict, int status) {
  if (status == 0 || status == 401 || status == 403) return Sending::Kind::Unreachable;
  switch (verdict.kind) {
    case sendgrid::Verdict::Kind::Sent: return Sending::Kind::Sent;
    case sendgrid::Verdict::Kind::Never: return Sending::Kind::Never;
    case sendgrid::Verdict::Kind::Later: break;
  }
  return Sending::Kind::Later;
}

}  // namespace

Sending ApiMailer::send(const MailMessage& mail, const std::string& id) {
  Fetch order;
  order.method = "POST";
  order.url = settings_.url.text;
  order.timeout = settings_.timeout;
  // The operator named it.
  order.internal = true;
  order.headers = {{"Content-Type", "application/json"},
                   {"Authorization", "Bearer " + settings_.key.reveal()}};
  order.body = sendgrid::mail_send_body(parts_of(mail, id));
  const Fetched answer = host_.fetch(order);
  const int status = static_cast<int>(answer.status);
  const sendgrid::Verdict verdict =
      sendgrid::verdict_of({.status = status,
                            .retry_after = field_of(answer, "retry-after"),
                            .rate_limit_reset = field_of(answer, "x-ratelimit-reset")},
                           host_.unix_time());
  Sending sending;
  sending.kind = kind_of(verdict, status);
  sending.code = status == 0 ? std::string(verdict.reason) : std::to_string(status);
  sending.said = printable(status == 0 ? std::string_view(answer.error) : answer.body);
  sending.provider_id = std::string(field_of(answer, "x-message-id"));
  if (verdict.wait > verdict.wait.zero()) {
    sending.after = std::chrono::ceil<std::chrono::milliseconds>(verdict.wait);
  }
  return sending;
}

}  // namespace portico::notify
