// SPDX-License-Identifier: Apache-2.0
#include "delivery/carrying.h"

#include "delivery/report.h"
#include "message/inbox_entry.h"
#include "store/deliveries.h"

#include <string>

namespace portico::notify {
namespace {

Sending sending_of(Carried&& carried) {
  using Kind = Carried::Kind;
  Sending sending;
  sending.kind = carried.kind == Kind::Sent    ? Sending::Kind::Sent
                 : carried.kind == Kind::Never ? Sending::Kind::Never
                                               : Sending::Kind::Later;
  sending.code = std::move(carried.code);
  sending.said = std::move(carried.said);
  sending.provider_id = std::move(carried.provider_id);
  if (carried.after > std::chrono::milliseconds(0)) sending.after = carried.after;
  return sending;
}

}  // namespace

void Carrying::work(Job job) const {
  const auto prepared = preparation_.prepare(job);
  if (!prepared) return;
  if (prepared->outgoing.channel == way::Inbox) return into_inbox(job, *prepared);
  Channel* const channel = ways_.find(prepared->outgoing.channel);
  // The node that has the channel is another one, or will be: the next start brings it back.
  if (channel == nullptr) {
    return job.retry("no plugin here has the channel " + prepared->outgoing.channel);
  }
  const Parcel parcel{.id = prepared->outgoing.delivery,
                      .address = prepared->outgoing.address,
                      .user = prepared->outgoing.user ? std::string_view(*prepared->outgoing.user)
                                                      : std::string_view(),
                      .subject = prepared->words.subject,
                      .text = prepared->words.text,
                      .html = prepared->words.html,
                      .locale = prepared->words.locale,
                      .attempt = job.attempt()};
  const Time started = host_.unix_time();
  Sending sending = sending_of(channel->carry(parcel));
  conclude(job, sending, started, host_.unix_time());
}

/// Of what is done a second time, the first counts.
void Carrying::into_inbox(Job& job, const Prepared& prepared) const {
  const Outgoing& outgoing = prepared.outgoing;
  InboxRow row = inbox_entry(outgoing.template_key, prepared.data, prepared.words);
  row.id = outgoing.delivery;
  row.user = outgoing.address;
  row.message = outgoing.message;
  row.created = host_.unix_time();
  sql_.write([&](Transaction& db) { arrive(db, row); });
  leave(job, status::Sent);
}

}  // namespace portico::notify
