// SPDX-License-Identifier: Apache-2.0
// An answer that stays open: what its feed gets goes to the client; after a 101, what the client
// sends goes to its receiver.
#include "pipeline/driver_parts.h"

#include <utility>

namespace portico::pipeline {

using detail::FeedState;
using detail::ResponseState;

namespace {

constexpr Failure TooSlow{.status = Status::ServiceUnavailable,
                          .code = "cut",
                          .sentence = "The connection was cut.",
                          .how = Outcome::How::Failed};

}  // namespace

void Driver::FeedReader::feed_ready() noexcept {
  driver_.on([this] {
    if (driver_.feeding_) driver_.pull_feed();
  });
}

void Driver::open_answer() {
  // The deadline was the head's: nobody knows how long this lasts.
  if (chain_->total_timeout.count() > 0) engine_.disarm(deadline_);
  driven_head_.send();
  if (end_ || failure_) return;
  ResponseState& answer = ResponseState::of(*answer_);
  feeding_ = true;
  answer_pump_.begin(answer.stages, {}, BodyPump::Source::Owner);
  answer.feed.get()->attach(engine_, feed_reader_);
  if (answer.receiver) {
    answer.receiver->opened(engine_);
    wire_.read(Way::ToUpstream);
  }
  watch_answer();
  if (!end_ && !failure_) pull_feed();
}

void Driver::pull_feed() {
  FeedState& feed = *ResponseState::of(*answer_).feed.get();
  // Also while nothing may be sent: it is the client that reads nothing which is to be cut.
  if (answer_pump_.full() && feed.was_cut()) {
    failure_ = TooSlow;
    return;
  }
  while (answer_pump_.active() && !answer_pump_.full()) {
    const FeedState::Rest rest = feed.take(fed_);
    if (rest == FeedState::Rest::Cut) {
      failure_ = TooSlow;
      return;
    }
    if (!fed_.empty()) {
      pumping(answer_pump_, Turn::ResponseStage, [this] { answer_pump_.chunk(fed_); });
      continue;
    }
    if (rest == FeedState::Rest::End) {
      pumping(answer_pump_, Turn::ResponseStage, [this] { answer_pump_.source_ended(); });
    }
    return;
  }
}

/// Calls plugin code that decides nothing any more: what it throws is noted.
template <class Call>
void Driver::tolerate(Call call) noexcept {
  try {
    const Occupied occupied(*this, Turn::Handler, at_);
    call();
  } catch (const std::exception& error) {
    note(Incident::Kind::Threw, Turn::Handler, at_, error.what());
  } catch (...) {
    note(Incident::Kind::Threw, Turn::Handler, at_, ThrewOther);
  }
}

void Driver::receive(std::string_view bytes) {
  ResponseState& answer = ResponseState::of(*answer_);
  if (!answer.receiver || !answer.feed.get()->open()) return;
  tolerate([&] { answer.receiver->received(bytes); });
}

/// Tells who writes to the feed, and who speaks over the connection, that it is over.
void Driver::close_feed() noexcept {
  if (!std::exchange(feeding_, false)) return;
  ResponseState& answer = ResponseState::of(*answer_);
  tolerate([&] { answer.feed.get()->close(); });
  if (answer.receiver) tolerate([&] { answer.receiver->closed(); });
  fed_ = {};
}

}  // namespace portico::pipeline
