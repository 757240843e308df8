// SPDX-License-Identifier: Apache-2.0
#include "live/listener.h"

#include "live/topic_name.h"
#include "shared/json_out.h"

namespace portico::notify {
namespace {

/// More than one would be told in, and less than proxies wait for.
constexpr std::chrono::seconds Silence{20};
/// What stands around a message.
constexpr std::size_t Envelope = 64;

}  // namespace

void Listener::begin_no_later_than(std::int64_t last) {
  if (who_.seq <= last) return;
  if (last == 0) {
    who_.seq = 0;
  } else {
    (void)tell_gap(1, last);
  }
}

Listener::Heard Listener::hear(const Reading& reading, std::chrono::nanoseconds now,
                               std::size_t most) {
  if (told_.count() == 0) told_ = now;
  if (who_.seq < reading.after) return Heard::All;
  for (const TopicMessage& message : reading.messages) {
    if (message.seq <= who_.seq) continue;
    if (bytes_ >= most) return Heard::Part;
    if (!tell(message)) return Heard::None;
    bytes_ += message.payload.size() + Envelope;
    told_ = now;
  }
  // All that there is was read: what is missing up to the last one is no more.
  const bool lost = !reading.more && who_.seq < reading.last;
  return !lost || tell_gap(who_.seq + 1, reading.last) ? Heard::All : Heard::None;
}

bool Listener::tell(const TopicMessage& message) {
  if (message.seq != who_.seq + 1 && !tell_gap(who_.seq + 1, message.seq - 1)) return false;
  if (!outlet_->tell(message)) return false;
  who_.seq = message.seq;
  return true;
}

/// Its own number is that of the last one lost, so that who comes back is not told twice.
bool Listener::tell_gap(std::int64_t from, std::int64_t until) {
  JsonOut payload;
  payload.begin_object().member("from", from).member("to", until).end_object();
  const TopicMessage gap{until, std::string(GapEvent), std::string(payload.text())};
  who_.seq = until;
  return outlet_->tell(gap);
}

void Listener::keep_alive(std::chrono::nanoseconds now) {
  if (now - told_ < Silence) return;
  told_ = now;
  outlet_->keep_alive();
}

}  // namespace portico::notify
