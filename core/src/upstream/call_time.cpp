// SPDX-License-Identifier: Apache-2.0
// How long a call waits, and for whom. Where the client's side is slow no time runs here.
#include "upstream/call.h"
#include "upstream/outbound.h"

#include <algorithm>

namespace portico::upstream {
namespace {

constexpr auto Never = std::chrono::nanoseconds::max();

[[nodiscard]] std::chrono::nanoseconds after(std::chrono::nanoseconds begin,
                                             std::chrono::milliseconds patience) noexcept {
  return patience.count() == 0 ? Never : begin + patience;
}

}  // namespace

/// Until when the present wait may last.
Call::Time Call::patience() const noexcept {
  const UpstreamOptions& options = local_->group().options;
  if (stage_ == Stage::Connecting) return after(try_began_, options.connect_timeout);
  if (tunnel_) return after(moved_, options.tunnel_timeout);
  if (out_.waiting() != 0) return after(moved_, options.between_bytes_timeout);
  if (stage_ == Stage::Answered) return dry_ ? after(moved_, options.between_bytes_timeout) : Never;
  return body_ended_ ? after(moved_, options.first_byte_timeout) : Never;
}

Call::Time Call::deadline() const noexcept {
  if (stage_ == Stage::Queued) {
    return after(queued_, local_->group().options.queue_timeout);
  }
  if (connection_ == nullptr) return Never;
  if (stage_ == Stage::Answered) return patience();
  const UpstreamOptions& options = local_->group().options;
  return std::min(
      {patience(), after(try_began_, options.try_timeout), after(began_, options.total_timeout)});
}

void Call::schedule() noexcept {
  const Time until = deadline();
  if (until != Never) outbound_.loop().timers().move(*this, until);
}

void Call::on_time(loop::Timer& timer) noexcept { static_cast<Call&>(timer).time_is_up(); }

void Call::time_is_up() noexcept {
  // The deadline may be later by now, or none.
  if (deadline() > outbound_.now()) return schedule();
  if (stage_ == Stage::Queued) {
    leave_queue();
    reason_ = "it waited for a place too long";
    fail(Busy);
  } else if (stage_ == Stage::Answered) {
    cut_short(tunnel_ ? "nothing moved for too long" : "its answer stopped coming");
  } else {
    try {
      const char* const what =
          stage_ == Stage::Connecting ? "connecting took too long" : "no answer in time";
      if (!end_try(Try::How::TimedOut, what)) try_until_it_works();
    } catch (...) {
      give_back(false);
      fail(fault_of(Try::How::TimedOut));
    }
  }
  caller_->call_moved();
}

}  // namespace portico::upstream
