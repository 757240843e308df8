// SPDX-License-Identifier: Apache-2.0
#include "api/topics.h"

#include "api/caller.h"
#include "live/event_stream.h"
#include "live/socket.h"
#include "live/topic_name.h"
#include "shared/answers.h"
#include "shared/path_part.h"
#include "shared/refusal.h"
#include "store/topics.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

namespace portico::notify {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t MostPayload = 16ULL * 1024;
constexpr std::chrono::milliseconds ShortestRetry = 1s;
/// All who are cut off at once do not come back at once.
constexpr unsigned RetrySpread = 4096;

/// One that the API names: a user's own is written by messages alone.
std::string shared_topic(const Request& request) {
  std::string topic = path_part(request, "topic");
  if (is_of_a_user(topic)) {
    throw Refusal(Status::Forbidden, "topic_reserved", "Topics of users are not for others.");
  }
  if (!is_topic(topic)) {
    throw Refusal(Status::UnprocessableContent, "topic_invalid",
                  "A topic is words of small letters, digits, '_' and '-', with dots between them, "
                  "and 100 characters long at most.");
  }
  return topic;
}

std::string subject_of(const Request& request) {
  std::string user = path_part(request, "user");
  if (!is_subject(user)) throw Refusal(Status::NotFound, "not_found", "There is no such user.");
  return user;
}

/// The header is a browser's, which comes back; the parameter is for who cannot set one.
std::optional<std::int64_t> seen_by(const Request& request) {
  auto text = request.headers().get("Last-Event-ID");
  if (!text) text = request.query("last_event_id");
  if (!text || text->empty()) return std::nullopt;
  std::int64_t seq = 0;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), seq);
  if (fault != std::errc() || end != text->data() + text->size() || seq < 0) {
    throw Refusal(Status::UnprocessableContent, "last_event_id_invalid",
                  "Last-Event-ID is the number of an event of this stream.");
  }
  return seq;
}

std::chrono::milliseconds retry_by_chance(const Host& host) {
  std::array<std::byte, 2> chance{};
  host.random(chance);
  const unsigned number =
      std::to_integer<unsigned>(chance[0]) * 256U + std::to_integer<unsigned>(chance[1]);
  return ShortestRetry + std::chrono::milliseconds(number % RetrySpread);
}

Response refused(Seats::Shortage shortage) {
  const bool own = shortage == Seats::Shortage::OfUser;
  Response answer =
      own ? problem(Status::TooManyRequests, "too_many_streams", "Close one of your streams first.")
          : problem(Status::ServiceUnavailable, "too_many_streams", "No more streams can be open.");
  answer.headers().set("Retry-After", own ? "30" : "10");
  return uncached(std::move(answer));
}

}  // namespace

void PublishBody::describe(Schema<PublishBody>& s) {
  s.summary("What is said on a topic.");
  s.field("event", &PublishBody::event, "What it is: \"order.shipped\".").required();
  s.field("payload", &PublishBody::payload, "Any JSON, of at most 16 KiB.").required();
}

void PublishedView::describe(Schema<PublishedView>& s) {
  s.summary("What was said.");
  s.field("seq", &PublishedView::seq, "Its number on that topic.");
}

Response TopicRoutes::publish(Request& request) const {
  const std::string topic = shared_topic(request);
  const auto body = request.json<PublishBody>();
  if (!is_event_name(body.event) || body.event == GapEvent) {
    throw Refusal::of_field("/event", "event_invalid",
                            "An event is letters, digits and \"_.:-\", at most 64 of them, and not "
                            "\"gap\".");
  }
  if (body.payload.text.size() > MostPayload) {
    throw Refusal(Status::ContentTooLarge, "payload_too_large", "`payload` has 16 KiB at most.");
  }
  const std::int64_t seq = site_.sql.write([&](Transaction& db) {
    return topics::say(db, topic, body.event, body.payload.text, site_.host.unix_time());
  });
  live_.said(topic, seq);
  return uncached(json(Status::Accepted, PublishedView{seq}));
}

/// Throws Refusal where the caller may not listen, whether or not there is such a topic.
Listener::Who TopicRoutes::listener_of(const Request& request) const {
  Listener::Who who{.topic = path_part(request, "topic"), .user = owner_of(request, site_)};
  who.own = who.topic == topics::of_user(who.user);
  const auto seen = seen_by(request);
  const bool allowed = site_.sql.read_main([&](Reader& db) {
    if (!who.own && (!is_topic(who.topic) || is_of_a_user(who.topic) ||
                     !topics::subscribed(db, who.topic, who.user))) {
      return false;
    }
    who.seq = seen ? *seen : topics::last(db, who.topic);
    return true;
  });
  if (allowed) return who;
  throw Refusal(Status::Forbidden, "not_subscribed", "You are not subscribed to this topic.");
}

/// `answer` becomes the one that stays open; null where it does not.
std::unique_ptr<Outlet> TopicRoutes::open(Request& request, Seat seat, Response& answer) const {
  if (!Socket::wanted(request)) {
    auto events = std::make_unique<EventStream>(retry_by_chance(site_.host), std::move(seat));
    answer = events->answer();
    return events;
  }
  auto socket = std::make_unique<Socket>();
  answer = socket->answer(request, std::move(seat));
  if (!socket->open()) return nullptr;
  return socket;
}

Response TopicRoutes::stream(Request& request) const {
  Listener::Who who = listener_of(request);
  auto seat = live_.seat(who.user);
  if (const auto* const shortage = std::get_if<Seats::Shortage>(&seat)) return refused(*shortage);
  Response answer;
  auto outlet = open(request, std::get<Seat>(std::move(seat)), answer);
  if (outlet == nullptr) return answer;
  // Whoever knows the caller ends the stream when the login is taken back; its end counts always.
  if (const auto ends = request.principal()->expires; ends.count() != 0) {
    request.keep_open_while([&request, ends] { return request.unix_time() < ends; });
  }
  live_.listen(std::make_unique<Listener>(std::move(who), std::move(outlet)));
  return answer;
}

Response TopicRoutes::subscribe(Request& request) const {
  const std::string topic = shared_topic(request);
  const std::string user = subject_of(request);
  site_.sql.write([&](Transaction& db) {
    Identity* const identity = site_.identity.operator->();
    if (identity != nullptr && !identity->exists(db, user)) {
      throw Refusal(Status::NotFound, "not_found", "There is no such user.");
    }
    topics::subscribe(db, topic, user, site_.host.unix_time());
  });
  return uncached(Response(Status::NoContent));
}

Response TopicRoutes::unsubscribe(Request& request) const {
  const std::string topic = shared_topic(request);
  const std::string user = subject_of(request);
  const bool was =
      site_.sql.write([&](Transaction& db) { return topics::unsubscribe(db, topic, user); });
  if (!was) throw Refusal(Status::NotFound, "not_found", "They are not subscribed.");
  live_.left(topic, user);
  return uncached(Response(Status::NoContent));
}

}  // namespace portico::notify
