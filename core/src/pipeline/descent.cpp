// SPDX-License-Identifier: Apache-2.0
// The way down: the links in order, then the terminal.
#include "pipeline/driver_parts.h"

#include <algorithm>
#include <utility>

namespace portico::pipeline {

using detail::FlowAccess;
using detail::FlowState;

namespace {

/// What may stand in a request line or in a Host.
[[nodiscard]] bool is_one_word(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

/// Why nothing can be sent there; empty when it can.
[[nodiscard]] std::string_view flaw_of(const Target& target) noexcept {
  if (target.upstream == nullptr) return "a terminal forwarded to no upstream";
  if (!target.path.empty() && target.path.front() != '/') return "a path must begin with '/'";
  const bool sound = is_one_word(target.path) && is_one_word(target.host) &&
                     (!target.query || is_one_word(*target.query));
  return sound ? std::string_view() : "a terminal's path, query or host had a blank or a control";
}

}  // namespace

void Driver::call_next() {
  const std::size_t count = chain_->links.size();
  while (at_ < count && chain_->links[at_].when != nullptr &&
         !chain_->links[at_].when->holds(*request_)) {
    ++at_;
  }
  if (at_ == count) return call_terminal();
  const Link& link = chain_->links[at_];
  rewrites_response_ = rewrites_response_ || link.rewrites_response;
  call_rule(*link.rule);
}

void Driver::call_terminal() {
  if (instead_ != nullptr) return decline(*instead_);
  if (rewrites_response_) {
    // A part of a body cannot be rewritten; the upstream is asked for the whole.
    request_->fields.remove("Range");
    request_->fields.remove("If-Range");
  }
  if (chain_->terminal.rule != nullptr) return call_rule(*chain_->terminal.rule);
  state_ = State::Collecting;
  read_whole(chain_->terminal.body_limit.count);
}

void Driver::call_rule(const detail::Rule& rule) {
  Flow flow = FlowAccess::make(nullptr);
  const std::size_t at = at_;
  const bool decided = guarded(Turn::Rule, [&] { flow = rule(*request_); });
  request_->stages.claim(at);
  if (decided) settle(std::move(flow));
}

void Driver::call_then() {
  Flow flow = FlowAccess::make(nullptr);
  const std::size_t at = at_;
  const bool decided = guarded(Turn::Then, [&] { flow = pending_->resume(*request_); });
  drop_pending();
  request_->stages.claim(at);
  if (decided) settle(std::move(flow));
}

void Driver::settle(Flow flow) {
  FlowState* const state = FlowAccess::state(flow);
  const bool terminal = at_ == chain_->links.size();
  switch (flow.kind()) {
    case Flow::Kind::Pass:
      if (terminal) return fault(Incident::Kind::Misused, Turn::Rule, "a terminal returned pass");
      push_frame(state);
      ++at_;
      state_ = State::Descending;
      return;
    case Flow::Kind::Reply: return reply_with(std::move(*state->response));
    case Flow::Kind::Await:
    case Flow::Kind::Defer:
      // Begun only when this flow is gone: from then on a worker may own the arena.
      pending_ = std::exchange(state->pending, nullptr);
      state_ = flow.kind() == Flow::Kind::Await ? State::Starting : State::Submitting;
      return;
    default: break;  // Forward.
  }
  if (!terminal) {
    return fault(Incident::Kind::Misused, Turn::Rule, "a middleware returned forward");
  }
  push_frame(state);
  forward_to(state->target);
}

void Driver::push_frame(FlowState* state) {
  if (state == nullptr || (!state->after && !state->finally)) return;
  // Each link and the terminal may leave one.
  if (frames_ == nullptr) frames_ = request_->arena.array<Frame>(chain_->links.size() + 1);
  ::new (frames_ + frame_count_) Frame{std::move(state->after), std::move(state->finally), at_};
  ++frame_count_;
  ++afters_left_;
}

void Driver::reply_with(Response response) {
  if (in_shadow(at_)) {
    note(Incident::Kind::Shadowed, Turn::Rule, at_, {}, response.status());
    ++at_;
    state_ = State::Descending;
    return;
  }
  detail::ResponseState::of(response).stages.claim(at_);
  answer_.emplace(std::move(response));
  state_ = State::Answering;
}

void Driver::forward_to(const Target& target) {
  if (const std::string_view flaw = flaw_of(target); !flaw.empty()) {
    return fault(Incident::Kind::Misused, Turn::Rule, flaw);
  }
  state_ = State::Forwarding;
  upstream_open_ = true;
  http::BodyStages& stages = request_->stages;
  // What is not there cannot be rewritten: a GET must not grow a body.
  if (request_->head.body_length == 0) stages.clear();
  if (stages.empty() && collected_.bytes().empty()) {
    return wire_.forward(target, RequestBody::Relayed);
  }
  if (!stages.empty()) strip_request();
  wire_.forward(target, RequestBody::Driven);
  if (end_ || failure_) return;
  request_pump_.begin(stages, collected_.bytes(),
                      body_ended_ ? BodyPump::Source::HeldAlone : BodyPump::Source::WireToo);
  pumping(request_pump_, Turn::RequestStage, [this] { request_pump_.go_on(); });
}

}  // namespace portico::pipeline
