// SPDX-License-Identifier: Apache-2.0
// Which endpoint gets a try, and the wait for a place there.
#include "upstream/call.h"
#include "upstream/choice.h"
#include "upstream/outbound.h"

#include <algorithm>
#include <span>

namespace portico::upstream {

/// An endpoint with a place for this request, which is taken.
std::size_t Call::choose() {
  const std::uint64_t turn = local_->next_turn();
  std::size_t known = std::min<std::size_t>(tries_, MostTries);
  full_ = 0;
  for (;;) {
    const std::span<const std::size_t> passed(tried_.data(), known);
    detail::ChoiceState choice(*question_.request, *edition_, passed, turn, outbound_);
    const std::size_t picked = choice.made();
    if (picked == Choice::None) return picked;
    if (take_place(edition_->pools[picked]->backend())) return picked;
    ++full_;
    // Also where the policy insists on one that has no place.
    if (choice.tried(picked) || known == MostTries) return Choice::None;
    tried_[known++] = picked;
  }
}

bool Call::take_place(Backend& backend) const noexcept {
  const std::uint32_t most = local_->group().options.connections;
  // Those that wait already are first.
  if (most != 0 && stage_ != Stage::Queued && !local_->queue().empty()) return false;
  std::atomic<std::uint32_t>& load = backend.figures->load;
  if (load.fetch_add(1, std::memory_order_relaxed) < most || most == 0) return true;
  load.fetch_sub(1, std::memory_order_relaxed);
  return false;
}

/// What becomes of a request that nobody can have now. Always true.
bool Call::none_left() {
  detail::UpstreamState& group = local_->group();
  if (stage_ == Stage::Queued) return true;
  if (full_ != 0 && tries_ == 0) {
    if (group.waiting.fetch_add(1, std::memory_order_relaxed) < group.options.queue) {
      stage_ = Stage::Queued;
      queued_ = outbound_.now();
      local_->queue().add(*this);
      return true;
    }
    group.waiting.fetch_sub(1, std::memory_order_relaxed);
    reason_ = "every endpoint has all its requests";
    fail(Busy);
    return true;
  }
  // A try that failed says more than that nobody is left.
  if (tries_ == 0) reason_ = "there is no endpoint for it";
  fail(tries_ == 0 ? NoEndpoint : fault_);
  return true;
}

void Call::leave_queue() noexcept {
  if (stage_ != Stage::Queued) return;
  local_->queue().remove(*this);
  local_->group().waiting.fetch_sub(1, std::memory_order_relaxed);
  stage_ = Stage::Connecting;
}

bool Call::proceed_from_queue() noexcept {
  try {
    try_until_it_works();
  } catch (...) {
    leave_queue();
    fail(Busy);
  }
  if (stage_ == Stage::Queued) return false;
  caller_->call_moved();
  return true;
}

}  // namespace portico::upstream
