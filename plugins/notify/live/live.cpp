// SPDX-License-Identifier: Apache-2.0
#include "live/live.h"

#include <chrono>
#include <utility>

namespace portico::notify {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds LookPace = 1s;
/// Of what was heard of from other nodes.
constexpr std::chrono::milliseconds NewsPace = 50ms;
/// Every fifth look is at subscriptions too.
constexpr unsigned SubscriptionLooks = 5;

}  // namespace

Live::Live(std::string_view redis, Sql& sql, Host& host)
    : host_(host),
      news_(redis, host),
      tables_(sql),
      seats_(host.keep<Seats>("seats/1", [] { return std::make_unique<Seats>(Seats::Limits()); })),
      audience_(host.keep<Audience>("audience/1", [] { return std::make_unique<Audience>(); })),
      streams_(tables_, *audience_),
      listening_(host.gauge("streams", "Streams of topics that are open.")) {}

void Live::setup() {
  host_.every(LookPace, [this] { look(); });
  if (news_.any()) host_.every(NewsPace, [this] { catch_up(); });
}

void Live::start() { news_.begin(); }

std::variant<Seat, Seats::Shortage> Live::seat(const std::string& user) {
  return seats_->take(user);
}

void Live::listen(std::unique_ptr<Listener> listener) {
  streams_.listen(std::move(listener), host_.now());
}

void Live::said(std::string_view topic, std::int64_t seq) {
  news_.said(topic, seq);
  attempt([&] { streams_.said(topic, seq, host_.now()); });
}

void Live::left(std::string_view topic, std::string_view user) {
  news_.left(topic, user);
  end(topic, user);
}

void Live::end(std::string_view topic, std::string_view user) {
  if (const auto room = audience_->room(topic)) room->end(user, Outlet::Farewell::NotAllowed);
}

/// What was not told is told by the next look. A database that is away is mentioned once.
template <class Work>
void Live::attempt(Work work) {
  try {
    work();
  } catch (const SqlError& error) {
    if (!away_.exchange(true)) {
      host_.log(Level::Warning, std::string("streams stand still: ") + error.what());
    }
    return;
  }
  away_ = false;
}

void Live::look() {
  attempt([&] {
    streams_.look(host_.now());
    if (++looks_ % SubscriptionLooks == 0) streams_.look_at_subscriptions();
  });
  listening_.set(static_cast<double>(seats_->taken()));
}

void Live::catch_up() {
  const News::Heard heard = news_.take();
  for (const auto& [topic, user] : heard.left) end(topic, user);
  attempt([&] {
    for (const auto& [topic, seq] : heard.said) streams_.said(topic, seq, host_.now());
  });
}

}  // namespace portico::notify
