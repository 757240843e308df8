// SPDX-License-Identifier: Apache-2.0
// The request's body where the driver has it in hand: wanted whole, or rewritten on its way.
#include "pipeline/driver_parts.h"

#include <cstdint>
#include <stdexcept>
#include <utility>

namespace portico::pipeline {

namespace {

constexpr Failure TooLarge{.status = Status::ContentTooLarge,
                           .code = "body_too_large",
                           .sentence = "The body is larger than this route accepts."};

/// Keeps what the stages write, up to a bound.
class Kept final : public http::Outlet {
 public:
  Kept(base::Arena& arena, std::uint64_t limit) noexcept : limit_(limit) { body_.begin(arena, 0); }

  void write(std::string_view bytes) override {
    if (bytes.size() > limit_ - body_.bytes().size()) {
      overflowed_ = true;
    } else {
      body_.add(bytes);
    }
  }
  [[nodiscard]] bool full() const noexcept override { return overflowed_; }
  [[nodiscard]] std::string_view bytes() const noexcept { return body_.bytes(); }

 private:
  BodyCollector body_;
  const std::uint64_t limit_;
  bool overflowed_ = false;
};

}  // namespace

void Driver::want_body(Resume<std::string_view> resume, std::uint64_t limit) {
  if (body_wanted_ || state_ != State::Awaiting) {
    throw std::logic_error("the body is awaited once at a time, and nowhere else");
  }
  on([&] {
    body_wanted_ = resume;
    read_whole(limit);
  });
}

void Driver::stop_wanting_body() noexcept {
  body_wanted_.reset();
  stop_reading();
}

void Driver::read_whole(std::uint64_t limit) {
  body_limit_ = limit;
  if (collected_.bytes().size() > limit || request_->head.body_length.value_or(0) > limit) {
    body_too_large_ = true;
  } else if (body_ended_) {
    body_arrived();
  } else {
    reading_ = true;
    wire_.read(Way::ToUpstream);
  }
}

void Driver::stop_reading() noexcept {
  if (reading_ || request_pump_.active()) wire_.hold(Way::ToUpstream);
  reading_ = false;
}

void Driver::take_chunk(std::string_view bytes) {
  if (request_pump_.active()) {
    return pumping(request_pump_, Turn::RequestStage,
                   [this, bytes] { request_pump_.chunk(bytes); });
  }
  if (!reading_) return;
  // Kept even when they are too many: a link in shadow mode lets the request go on with all of it.
  collected_.add(bytes);
  if (collected_.bytes().size() <= body_limit_) return;
  body_too_large_ = true;
  stop_reading();
}

void Driver::body_arrived() {
  request_->body_bytes = collected_.bytes();
  request_->head.body_length = collected_.bytes().size();
  if (state_ == State::Collecting) return transform_collected();
  const Resume<std::string_view> resume = *std::exchange(body_wanted_, std::nullopt);
  resume(request_->body_bytes);
}

void Driver::too_large() {
  const State waiting = state_;
  stop_waiting();
  note(Incident::Kind::TooLarge, waiting == State::Collecting ? Turn::Handler : Turn::Start, at_,
       {}, TooLarge.status);
  decline(TooLarge);
}

void Driver::transform_collected() {
  state_ = State::Submitting;
  http::BodyStages& stages = request_->stages;
  if (stages.empty() || collected_.bytes().empty()) return;
  Kept kept(request_->arena, body_limit_);
  pumping(request_pump_, Turn::RequestStage, [&] {
    stages.push(collected_.bytes(), kept);
    stages.end(kept);
  });
  body_too_large_ = kept.full();
  strip_request();
  request_->head.body_length = kept.bytes().size();
  request_->body_bytes = kept.bytes();
}

void Driver::strip_request() {
  request_->head.body_length.reset();
  for (const std::string_view name :
       {"Content-Length", "Digest", "Content-Digest", "Content-MD5"}) {
    request_->fields.remove(name);
  }
}

}  // namespace portico::pipeline
