// SPDX-License-Identifier: Apache-2.0
#include "delivery/emailing.h"

#include "delivery/report.h"

#include <stdexcept>
#include <string>

namespace portico::notify {

void Emailing::work(Job job, Mailer& mailer) const {
  const auto prepared = preparation_.prepare(job);
  if (!prepared) return;
  const auto mail = mail_of(*prepared);
  if (!mail) return job.fail("its address is none");
  const Time started = host_.unix_time();
  Sending sending;
  try {
    sending = mailer.send(*mail, prepared->outgoing.delivery);
  } catch (const std::invalid_argument& fault) {
    // It cannot be written as a mail, now or ever.
    sending.kind = Sending::Kind::Never;
    sending.said = fault.what();
  }
  conclude(job, sending, started, host_.unix_time());
}

/// The same bytes at each attempt: a duplicate is known by its Message-ID.
std::optional<MailMessage> Emailing::mail_of(const Prepared& prepared) const {
  auto to = Address::parse(prepared.outgoing.address);
  if (!to) return std::nullopt;
  return MailMessage{
      .from = sender_.from,
      .to = std::move(*to),
      .reply_to = sender_.reply_to,
      .subject = prepared.words.subject,
      .text = prepared.words.text,
      .html = prepared.words.html,
      .id = prepared.outgoing.delivery + "@" + std::string(sender_.from.address.domain()),
      .date = std::chrono::system_clock::time_point(
          std::chrono::duration_cast<std::chrono::system_clock::duration>(
              prepared.outgoing.created)),
      .list_unsubscribe = prepared.unsubscribe};
}

}  // namespace portico::notify
