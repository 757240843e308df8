// SPDX-License-Identifier: Apache-2.0
#include "pipeline/body_pump.h"

#include <algorithm>
#include <utility>

namespace portico::pipeline {

namespace {

// What a stage gets at once of a held body: small enough that back-pressure can tell.
constexpr std::size_t Slice = 16 * 1024;

}  // namespace

void BodyPump::begin(http::BodyStages& stages, std::string_view held, Source source,
                     BodyHead* head) noexcept {
  stages_ = &stages;
  head_ = head;
  held_ = held;
  source_ = source;
  waiting_ = 0;
  active_ = true;
}

void BodyPump::go_on() {
  while (active_ && !full() && !held_.empty()) {
    const std::string_view slice = held_.substr(0, std::min(held_.size(), Slice));
    held_.remove_prefix(slice.size());
    stages_->push(slice, *this);
  }
  if (!active_ || full()) return;
  if (source_ == Source::WireToo) wire_.read(way_);
  if (source_ == Source::HeldAlone) finish();
}

void BodyPump::chunk(std::string_view bytes) {
  stages_->push(bytes, *this);
  if (full() && source_ == Source::WireToo) wire_.hold(way_);
}

void BodyPump::source_ended() { finish(); }

void BodyPump::drained() {
  waiting_ = 0;
  go_on();
}

void BodyPump::write(std::string_view bytes) {
  send_head();
  if (active_) waiting_ = wire_.send(way_, bytes);
}

void BodyPump::send_head() {
  if (BodyHead* const head = std::exchange(head_, nullptr)) head->send();
}

void BodyPump::finish() {
  stages_->end(*this);
  send_head();
  if (!active_) return;
  active_ = false;
  wire_.end(way_);
}

}  // namespace portico::pipeline
