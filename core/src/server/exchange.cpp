// SPDX-License-Identifier: Apache-2.0
#include "server/exchange.h"

#include "server/connection.h"
#include "server/lane.h"

#include <algorithm>
#include <utility>

namespace portico::server {
namespace {

using pipeline::Failure;
using pipeline::Way;

constexpr Failure BodyTimeout{Status::RequestTimeout, "body_timeout",
                              "The request's body took too long."};
constexpr Failure Stopping{Status::ServiceUnavailable, "stopping", "The server is stopping.",
                           Outcome::How::Failed, std::chrono::seconds(1)};

[[nodiscard]] http::h1::HeadLimits head_limits_of(const Limits& limits) noexcept {
  return {limits.header_bytes, limits.target_bytes, limits.header_fields};
}

}  // namespace

Exchange::Exchange(Lane& lane)
    : lane_(lane),
      head_limits_(head_limits_of(lane.options().limits)),
      parser_(head_limits_),
      driver_(lane, *this, lane.parts().workers, lane.parts().journal) {
  request_.cookie_signer = lane.parts().cookie_signer;
}

Exchange::~Exchange() = default;

Exchange::Time Exchange::now() const noexcept { return lane_.clock().now(); }

Exchange::Time Exchange::patience() const noexcept { return lane_.options().limits.idle_timeout; }

bool Exchange::suits(const Limits& limits) const noexcept {
  return head_limits_ == head_limits_of(limits);
}

void Exchange::lend_to(Connection& connection) noexcept {
  connection_ = &connection;
  input_.shrink();
  output_.clear();
  parser_.reset();
  stage_ = Stage::Head;
  begun_ = 0;
  keep_alive_ = true;
  lost_ = false;
  head_deadline_ = Time::max();
  in_pace_.end();
  out_pace_.end();
  traffic_ = {};
}

void Exchange::received(std::size_t bytes) {
  input_.filled(bytes);
  traffic_.received += bytes;
  in_pace_.moved(now(), patience(), bytes);
}

void Exchange::sent(std::size_t bytes) {
  traffic_.sent += bytes;
  out_pace_.moved(now(), patience(), bytes);
}

Exchange::Want Exchange::advance() {
  advancing_ = true;
  while (step()) {
  }
  advancing_ = false;
  if (output_.waiting() == 0) {
    out_pace_.end();
  } else {
    out_pace_.begin(now(), patience());
  }
  return waits_for();
}

/// One thing, if there is one to do.
bool Exchange::step() {
  switch (stage_) {
    case Stage::Head: return !lost_ && (keep_alive_ || begun_ == 0) && take_head();
    case Stage::Running: return tell_driver();
    case Stage::Skipping: return !lost_ && skip_body();
    case Stage::Refused: break;
  }
  return false;
}

Exchange::Want Exchange::waits_for() const noexcept {
  if (stage_ == Stage::Running) {
    const bool wanted = reading_ || (relays_request_ && sends_up());
    if (wanted && !body_ended_ && !lost_) return Want::Bytes;
    return output_.waiting() != 0 ? Want::Room : Want::Nothing;
  }
  if (lost_) return Want::Rest;
  if (output_.waiting() != 0) return Want::Room;
  if (stage_ == Stage::Skipping) return Want::Bytes;
  if (stage_ == Stage::Refused) return Want::Linger;
  if (!keep_alive_ && begun_ != 0) return input_.bytes().empty() ? Want::Close : Want::Linger;
  return input_.bytes().empty() ? Want::Rest : Want::Bytes;
}

/// Tells the driver one thing, if there is one to tell.
bool Exchange::tell_driver() {
  if (released_) {
    finish();
    return true;
  }
  if (lost_) {
    if (std::exchange(lost_told_, true)) return false;
    driver_.client_gone();
    return true;
  }
  if (failure_) {
    const Failure failure = *std::exchange(failure_, std::nullopt);
    // An answer that is on its way is as good as this one.
    if (!head_written_) driver_.fail(failure);
    return true;
  }
  if (drain_wanted_ && output_.waiting() <= pipeline::LowWater) {
    drain_wanted_ = false;
    driver_.drained(Way::ToClient);
    return true;
  }
  if (leaving_ && head_written_) {
    leaving_ = false;
    driver_.leave();
    return true;
  }
  if (call_ != nullptr && tell_of_upstream()) return true;
  if (complete_ && output_.waiting() == 0 && !std::exchange(sent_told_, true)) {
    driver_.sent();
    return true;
  }
  return tell_body();
}

/// The exchange has ended; its connection may go on.
void Exchange::finish() {
  record_end();
  hang_up();
  // The attributes are the plugins': they go before what keeps the plugins.
  request_.reset();
  arena_.reset();
  lane_.end_exchange(*std::exchange(served_, nullptr));
  in_pace_.end();
  if (body_ended_ || !keep_alive_ || lost_) return rest();
  stage_ = Stage::Skipping;
  skipped_ = 0;
  in_pace_.begin(now(), patience());
}

/// The next request's turn.
void Exchange::rest() {
  input_.unpin();
  parser_.reset();
  trailers_.clear();
  in_pace_.end();
  stage_ = Stage::Head;
  head_deadline_ = Time::max();
  // A client that was told to go and may still send is listened to for a while.
  if (!keep_alive_ && !body_ended_) stage_ = Stage::Refused;
}

Exchange::Time Exchange::deadline() const noexcept {
  return std::min({head_deadline_, in_pace_.deadline(), out_pace_.deadline()});
}

void Exchange::time_is_up(Time now) {
  if (out_pace_.deadline() <= now) {
    connection_->cut();
  } else if (head_deadline_ <= now) {
    refuse_late();
  } else if (in_pace_.deadline() <= now) {
    in_pace_.end();
    reading_ = false;
    if (stage_ == Stage::Running) failure_ = BodyTimeout;
    if (stage_ == Stage::Skipping) stage_ = Stage::Refused;
  }
}

void Exchange::give_up() noexcept {
  keep_alive_ = false;
  if (stage_ == Stage::Running && !head_written_) failure_ = Stopping;
  if (stage_ == Stage::Running && head_written_ && !complete_) connection_->cut();
  if (stage_ == Stage::Head || stage_ == Stage::Skipping) stage_ = Stage::Refused;
}

void Exchange::schedule() noexcept {
  if (!advancing_) connection_->wake();
}

void Exchange::abort() {
  connection_->cut();
  schedule();
}

void Exchange::read(Way way) {
  (way == Way::ToUpstream ? reading_ : answer_wanted_) = true;
  schedule();
}

void Exchange::hold(Way way) {
  if (way == Way::ToClient) {
    answer_wanted_ = false;
    return;
  }
  reading_ = false;
  in_pace_.end();
}

void Exchange::release() {
  released_ = true;
  schedule();
}

}  // namespace portico::server
