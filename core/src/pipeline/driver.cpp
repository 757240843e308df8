// SPDX-License-Identifier: Apache-2.0
#include "pipeline/driver.h"

#include "pipeline/driver_parts.h"

#include <utility>

namespace portico::pipeline {

namespace {

constexpr Failure TimedOut{
    .status = Status::GatewayTimeout, .code = "timeout", .sentence = "The answer took too long."};

}  // namespace

Driver::Return::Return(Driver& its_driver) noexcept : driver(its_driver) {
  deliver = [](Mail& mail) noexcept {
    Driver& back = static_cast<Return&>(mail).driver;
    back.on([&back] { back.state_ = State::Returned; });
  };
}

Driver::Deadline::Deadline(Driver& its_driver) noexcept : driver(its_driver) {
  fire = [](Timer& timer) noexcept { static_cast<Deadline&>(timer).driver.fail(TimedOut); };
}

Driver::Driver(Engine& engine, Wire& wire, Workers& workers, Journal& journal) noexcept
    : engine_(engine),
      wire_(wire),
      workers_(workers),
      journal_(journal),
      request_pump_(wire, Way::ToUpstream),
      answer_pump_(wire, Way::ToClient) {}

Driver::~Driver() = default;

void Driver::start(http::RequestState& request, const Chain& chain, const Failure* instead) {
  request_ = &request;
  chain_ = &chain;
  instead_ = instead;
  request.driver = this;
  started_ = engine_.clock().now();
  state_ = State::Descending;
  head_sent_ = false;
  rewrites_response_ = false;
  end_.reset();
  failure_.reset();
  at_ = 0;
  frame_count_ = 0;
  afters_left_ = 0;
  frames_ = nullptr;
  status_ = {};
  body_ended_ = request.head.body_length == 0;
  collected_.begin(request.arena, static_cast<std::size_t>(request.head.body_length.value_or(0)));
  if (chain.total_timeout.count() > 0) {
    deadline_.deadline = started_ + chain.total_timeout;
    engine_.arm(deadline_);
  }
  on([] {});
}

void Driver::request_body(std::string_view bytes) {
  on([this, bytes] {
    if (feeding_) return receive(bytes);
    take_chunk(bytes);
  });
}

void Driver::request_body_end() {
  on([this] {
    body_ended_ = true;
    const bool wanted = std::exchange(reading_, false);
    if (request_pump_.active()) {
      pumping(request_pump_, Turn::RequestStage, [this] { request_pump_.source_ended(); });
    } else if (wanted) {
      body_arrived();
    }
  });
}

void Driver::upstream_head(Response head) {
  on([this, &head] {
    if (state_ != State::Forwarding) return;
    detail::ResponseState::of(head).source = detail::ResponseState::Body::Upstream;
    answer_.emplace(std::move(head));
    state_ = State::Answering;
  });
}

void Driver::upstream_body(std::string_view bytes) {
  on([this, bytes] {
    if (!answer_pump_.active()) return;
    pumping(answer_pump_, Turn::ResponseStage, [this, bytes] { answer_pump_.chunk(bytes); });
  });
}

void Driver::upstream_end() {
  on([this] {
    if (!answer_pump_.active()) return;
    upstream_open_ = false;
    pumping(answer_pump_, Turn::ResponseStage, [this] { answer_pump_.source_ended(); });
  });
}

void Driver::drained(Way way) {
  on([this, way] {
    if (way == Way::ToClient) {
      if (!answer_pump_.active()) return;
      pumping(answer_pump_, Turn::ResponseStage, [this] { answer_pump_.drained(); });
      if (feeding_) pull_feed();
    } else {
      if (!request_pump_.active()) return;
      pumping(request_pump_, Turn::RequestStage, [this] { request_pump_.drained(); });
    }
  });
}

void Driver::leave() {
  on([this] {
    if (!feeding_) return;
    detail::ResponseState& answer = detail::ResponseState::of(*answer_);
    if (answer.receiver) return answer.receiver->leave();
    answer.feed.get()->end();
  });
}

void Driver::sent() {
  on([this] {
    const bool driven = state_ == State::Streaming && !answer_pump_.active();
    if (driven || state_ == State::Finishing) end_with(Outcome::How::Answered);
  });
}

void Driver::client_gone() {
  on([this] { end_with(Outcome::How::ClientGone); });
}

void Driver::fail(const Failure& failure) {
  on([this, &failure] {
    if (!failure_) failure_ = failure;
  });
}

void Driver::resumed() {
  on([this] {
    generation_ = engine_.tickets().renew(*slot_);
    body_wanted_.reset();
    body_too_large_ = false;
    stop_reading();
    state_ = State::Resuming;
  });
}

bool Driver::step() {
  // What a worker holds is its own until it is back, even when the exchange has ended.
  if (state_ == State::Working) return false;
  if (end_) {
    stop_waiting();
    state_ = State::Closing;
    return false;
  }
  if (failure_) {
    give_up();
    return true;
  }
  if (body_too_large_) {
    too_large();
    return true;
  }
  switch (state_) {
    case State::Descending: call_next(); return true;
    case State::Starting: start_operation(); return true;
    case State::Resuming: call_then(); return true;
    case State::Submitting: submit_work(); return true;
    case State::Returned: take_work(); return true;
    case State::Answering: ascend(); return true;
    default: return false;
  }
}

void Driver::end_with(Outcome::How how) noexcept {
  if (!end_) end_ = how;
}

void Driver::give_up() {
  const Failure failure = *std::exchange(failure_, std::nullopt);
  if (head_sent_) {
    wire_.abort();
    end_with(failure.how);
    return;
  }
  stop_waiting();
  answer_with(failure);
  state_ = State::Answering;
}

void Driver::stop_waiting() noexcept {
  body_wanted_.reset();
  body_too_large_ = false;
  stop_reading();
  request_pump_.stop();
  answer_pump_.stop();
  if (pending_ != nullptr) {
    if (state_ == State::Awaiting) {
      generation_ = engine_.tickets().renew(*slot_);
      pending_->cancel();
    }
    drop_pending();
  }
  if (std::exchange(upstream_open_, false)) wire_.drop_upstream();
}

void Driver::close() {
  running_ = true;
  {
    const base::ArenaScope scope(request_->arena);
    close_feed();
    const Traffic traffic = wire_.traffic();
    outcome_ = {};
    outcome_.how = *end_;
    outcome_.status = status_;
    outcome_.bytes_received = traffic.received;
    outcome_.bytes_sent = traffic.sent;
    outcome_.duration = engine_.clock().now() - started_;
    run_finallys(outcome_);
    journal_.ended(*request_, *chain_, outcome_);
    answer_.reset();
  }
  for (Sleep* sleep = std::exchange(sleeps_, nullptr); sleep != nullptr;
       sleep = sleep->next_sleep) {
    engine_.disarm(*sleep);
  }
  if (chain_->total_timeout.count() > 0) engine_.disarm(deadline_);
  if (watch_.armed) engine_.disarm(watch_);
  if (slot_) engine_.tickets().close(*std::exchange(slot_, std::nullopt));
  request_->driver = nullptr;
  running_ = false;
  state_ = State::Idle;
  wire_.release();
}

void Driver::run_finallys(const Outcome& outcome) noexcept {
  while (frame_count_ > 0) {
    Frame& frame = frames_[--frame_count_];
    try {
      const Occupied occupied(*this, Turn::Finally, frame.at);
      if (frame.finally) frame.finally(outcome);
    } catch (const std::exception& error) {
      note(Incident::Kind::Threw, Turn::Finally, frame.at, error.what());
    } catch (...) {
      note(Incident::Kind::Threw, Turn::Finally, frame.at, ThrewOther);
    }
    frame.~Frame();
  }
}

}  // namespace portico::pipeline
