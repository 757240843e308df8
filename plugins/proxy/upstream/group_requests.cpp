// SPDX-License-Identifier: Apache-2.0
// The part of an upstream that each request passes, on its loop.
#include "balance/hash.h"
#include "text.h"
#include "upstream/group.h"
#include <portico/cookie.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ranges>
#include <string_view>
#include <utility>

namespace portico::proxy {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// An endpoint's id as a cookie bears it.
using IdText = std::array<char, 16>;

IdText text_of(std::uint64_t id) noexcept {
  constexpr std::string_view Hex = "0123456789abcdef";
  IdText text;
  for (char& digit : std::views::reverse(text)) {
    digit = Hex[id & 15];
    id >>= 4;
  }
  return text;
}

std::optional<std::uint64_t> id_of(std::optional<std::string_view> text) noexcept {
  std::uint64_t id = 0;
  if (!text || text->size() != IdText().size()) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), id, 16);
  return error == std::errc() && end == text->data() + text->size() ? std::optional(id)
                                                                    : std::nullopt;
}

bool is_gateway_error(Status status) noexcept {
  return status == Status::BadGateway || status == Status::ServiceUnavailable ||
         status == Status::GatewayTimeout;
}

std::string in_seconds(Time time) {
  return std::to_string(std::chrono::ceil<seconds>(time).count());
}

}  // namespace

std::optional<Response> Group::refuse() const {
  if (takes_copies()) return std::nullopt;
  const Time now = host_.now();
  if (kept_->breaker.admit(now, limits_)) return std::nullopt;
  counters_.refused.add();
  if (settings_.fallback) return fall_back();
  Response answer = problem(Status::ServiceUnavailable, "upstream_open",
                            "The upstream failed too often and is not asked for a while.");
  const Time left = std::max<Time>(kept_->breaker.until() - now, seconds(1));
  answer.headers().set("Retry-After", in_seconds(left));
  return answer;
}

void Group::prepare(Request& request) const {
  if (settings_.retries.tries > 1) kept_->budget.earn(settings_.retries.budget);
  if (!has_passage_) return;
  Passage passage;
  if (settings_.balance.key) {
    const std::string_view key = settings_.balance.key->render(request);
    // Requests without a key are not all the same one's.
    if (!key.empty()) passage.wish.key = hash_of(key);
  }
  if (settings_.sticky) {
    passage.wish.sticky = id_of(request.signed_cookie(settings_.sticky->cookie));
  }
  request.set(PassageAttribute, passage);
}

std::size_t Group::pick(const Published& published, Choice& choice) const {
  if (!has_passage_) return published.table.pick(choice, {});
  auto* const passage = choice.request().get(PassageAttribute);
  if (passage == nullptr) return published.table.pick(choice, {});
  const std::size_t picked = published.table.pick(choice, passage->wish);
  passage->answered = false;
  if (picked != Table::None) passage->served_by = published.table.id(picked);
  return picked;
}

bool Group::again(const Published& published, const Request& /*request*/, const Try& made) const {
  if (!retried_.hold(made)) return false;
  // Nobody else is there, and who cannot be reached now is no better in a moment.
  const bool gone = made.how == Try::How::Unreachable || made.how == Try::How::TimedOut;
  if (gone && published.health.size() == 1) return false;
  const bool granted = kept_->budget.spend();
  (granted ? counters_.retried : counters_.not_retried).add();
  return granted;
}

void Group::done(const Published& published, const Request& request, const Try& made) const {
  published.health.learn(made);
  if (has_passage_ && made.how != Try::How::CutShort) {
    auto* const passage = request.get(PassageAttribute);
    if (passage != nullptr) passage->answered = made.how == Try::How::Answered;
  }
  // An answer that breaks off was counted when it began.
  if (!settings_.breaker || made.how == Try::How::Left || made.how == Try::How::CutShort) return;
  const milliseconds slow = settings_.breaker->slow;
  const bool late = slow.count() != 0 && made.duration > slow;
  turned(kept_->breaker.record(host_.now(), late || broken_.hold(made), limits_));
}

Group::Source Group::finish(const Request& request, Response& response) const {
  const auto* const passage = has_passage_ ? request.get(PassageAttribute) : nullptr;
  if (passage == nullptr) return Source::Upstream;
  if (!passage->answered) {
    if (!settings_.fallback || !is_gateway_error(response.status())) return Source::Upstream;
    response = fall_back();
    return Source::Fallback;
  }
  if (!settings_.sticky || passage->wish.sticky == passage->served_by) return Source::Upstream;
  const IdText id = text_of(passage->served_by);
  response.set_cookie({.name = settings_.sticky->cookie,
                       .value = {id.data(), id.size()},
                       .path = settings_.sticky->path,
                       .max_age = settings_.sticky->max_age,
                       .same_site = settings_.sticky->same_site,
                       .secure = settings_.sticky->secure,
                       .sign = true});
  return Source::Upstream;
}

Response Group::fall_back() const {
  counters_.fallbacks.add();
  const FallbackSettings& settings = *settings_.fallback;
  Response answer(static_cast<Status>(settings.status));
  if (!settings.body.empty()) answer.body(settings.body, settings.content_type);
  for (const auto& [name, value] : settings.headers) answer.headers().set(name, value);
  return answer;
}

void Group::tell(const Health::Patient& patient, bool up, Time outage) const {
  recount();
  if (up) {
    host_.log(Level::Info, "upstream.up " + name_ + ": " + patient.name + " answers");
    return host_.publish("upstream.up", {{"upstream", name_}, {"target", patient.name}});
  }
  counters_.out.add();
  const std::string time = in_seconds(outage);
  host_.log(Level::Warning, "upstream.down " + name_ + ": " + patient.name +
                                " fails; it gets no requests for " + time + "s");
  host_.publish("upstream.down",
                {{"upstream", name_}, {"target", patient.name}, {"seconds", time}});
}

void Group::turned(Breaker::Turned how) const {
  if (how == Breaker::Turned::No) return;
  if (how == Breaker::Turned::Closed) {
    host_.log(Level::Info, "upstream.up " + name_ + ": the breaker is closed");
    return host_.publish("upstream.up", {{"upstream", name_}, {"breaker", "closed"}});
  }
  const std::string time = in_seconds(limits_.open);
  host_.log(Level::Warning, "upstream.down " + name_ + ": the breaker is open for " + time + "s");
  host_.publish("upstream.down", {{"upstream", name_}, {"breaker", "open"}, {"seconds", time}});
}

}  // namespace portico::proxy
