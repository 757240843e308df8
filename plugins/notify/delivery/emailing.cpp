// SPDX-License-Identifier: Apache-2.0
#include "delivery/emailing.h"

#include "delivery/report.h"
#include "message/acceptance.h"

#include <stdexcept>
#include <string>
#include <utility>

namespace portico::notify {

namespace {

/// A mail that nobody could be given for so long is of no use to anybody.
constexpr Time Longest = std::chrono::hours(5 * 24);

}  // namespace

Emailing::Emailing(const Preparation& preparation, Sender sender, Host& host, Jobs& jobs)
    : preparation_(preparation),
      sender_(std::move(sender)),
      host_(host),
      jobs_(jobs),
      up_(host.gauge("mail_server_up", "Whether whoever takes mails was there, when asked last.")) {
  up_.set(1);
}

void Emailing::work(Job job, Mailer& mailer) {
  if (const auto wait = circuit_.wait(Circuit::Clock::now())) return job.postpone(*wait);
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
  if (sending.kind == Sending::Kind::Unreachable) {
    return nobody_there(job, prepared->outgoing, sending);
  }
  if (circuit_.there()) {
    up_.set(1);
    host_.log(Level::Info, "mails are taken again");
  }
  conclude(job, sending, started, host_.unix_time());
}

void Emailing::nobody_there(Job& job, const Outgoing& outgoing, const Sending& sending) {
  const Circuit::Away away = circuit_.away(Circuit::Clock::now());
  jobs_.rest(work::Email, away.pause);
  if (away.news) {
    up_.set(0);
    host_.log(Level::Warning, "nobody takes mails: " + sending.said + "; they wait");
  }
  if (host_.unix_time() - outgoing.due > Longest) {
    return job.fail("nobody took mails for five days");
  }
  job.postpone(away.pause);
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
          std::chrono::duration_cast<std::chrono::system_clock::duration>(prepared.outgoing.due)),
      // A mail program posts to it, and takes no other scheme.
      .list_unsubscribe =
          prepared.unsubscribe.starts_with("https:") ? prepared.unsubscribe : std::string()};
}

}  // namespace portico::notify
