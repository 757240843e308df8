// SPDX-License-Identifier: Apache-2.0
#include "live/streams.h"

#include <algorithm>
#include <utility>

namespace portico::notify {
namespace {

/// Half of what a feed holds: nobody is cut before their first byte has left.
constexpr std::size_t MostMissed = 128ULL * 1024;

}  // namespace

void Streams::listen(std::unique_ptr<Listener> listener, Now now) {
  const std::string topic = listener->who().topic;
  Reading reading = source_.behind(topic, listener->seq());
  listener->begin_no_later_than(reading.last);
  for (;;) {
    switch (listener->hear(reading, now, MostMissed)) {
      case Listener::Heard::None: return;
      case Listener::Heard::Part: return listener->end(Outlet::Farewell::ComeBack);
      case Listener::Heard::All: break;
    }
    if (!reading.more) break;
    reading = source_.behind(topic, listener->seq());
  }
  audience_.join(std::move(listener));
  // What was said between the two.
  said(topic, Unknown, now);
}

void Streams::said(std::string_view topic, std::int64_t seq, Now now) {
  const auto room = audience_.room(topic);
  if (!room) return;
  for (bool more = true; more;) {
    const auto heard = room->least_heard();
    if (!heard || *heard >= seq) return;
    const Reading reading = source_.behind(topic, *heard);
    room->tell(reading, now);
    more = reading.more;
  }
}

void Streams::look(Now now) {
  audience_.sweep();
  const auto rooms = audience_.rooms();
  if (rooms.empty()) return;
  std::vector<std::string> topics;
  topics.reserve(rooms.size());
  for (const auto& room : rooms) {
    topics.push_back(room->topic());
    room->keep_alive(now);
  }
  for (const streamed::LastNumber& last : source_.last(topics)) said(last.topic, last.seq, now);
}

void Streams::look_at_subscriptions() {
  std::vector<Subscription> listening;
  for (const auto& room : audience_.rooms()) room->list_subscribers(listening);
  if (listening.empty()) return;
  std::ranges::sort(listening);
  listening.erase(std::ranges::unique(listening).begin(), listening.end());
  auto subscribed = source_.subscribed(listening);
  std::ranges::sort(subscribed);
  for (const Subscription& each : listening) {
    if (std::ranges::binary_search(subscribed, each)) continue;
    if (const auto room = audience_.room(each.topic)) {
      room->end(each.user, Outlet::Farewell::NotAllowed);
    }
  }
}

}  // namespace portico::notify
