// SPDX-License-Identifier: Apache-2.0
// The way up: the after-functions, then the answer's head and body.
#include "pipeline/driver_parts.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace portico::pipeline {

using detail::HeaderList;
using detail::ResponseState;

namespace {

constexpr std::uint16_t Switching = 101;
constexpr std::uint16_t NoContent = 204;
constexpr std::uint16_t Partial = 206;
constexpr std::uint16_t NotModified = 304;

/// Why this cannot be sent; empty when it can.
std::string_view flaw_of(const ResponseState& answer) noexcept {
  const bool upgraded = answer.status == Switching &&
                        (answer.source == ResponseState::Body::Upstream || answer.receiver);
  if (!upgraded && (answer.status < 200 || answer.status > 999)) {
    return "an answer had a status that is none";
  }
  if (answer.status == Partial && !answer.stages.empty()) {
    return "a part of a body was to be rewritten; declare rewrites_response()";
  }
  return {};
}

void set_content_length(ResponseState& answer) {
  constexpr std::size_t Most = 20;
  char* const digits = answer.arena->array<char>(Most);
  const char* const end = std::to_chars(digits, digits + Most, answer.body.size()).ptr;
  answer.headers.put("Content-Length", {digits, static_cast<std::size_t>(end - digits)});
}

/// What was true of the body before it was rewritten.
void strip_answer(ResponseState& answer) {
  for (const std::string_view name :
       {"Content-Length", "Accept-Ranges", "Digest", "Content-Digest", "Content-MD5"}) {
    answer.headers.remove(name);
  }
  const auto tag = answer.headers.get("ETag");
  if (!tag || tag->starts_with("W/")) return;
  const std::string_view weak = "W/";
  char* const text = answer.arena->array<char>(weak.size() + tag->size());
  std::copy(tag->begin(), tag->end(), std::copy(weak.begin(), weak.end(), text));
  answer.headers.set("ETag", {text, weak.size() + tag->size()});
}

}  // namespace

void Driver::ascend() {
  refuse_unsendable(Turn::Rule, at_);
  if (!ResponseState::of(*answer_).stages.empty()) remember_fields();
  while (afters_left_ > 0) {
    Frame& frame = frames_[--afters_left_];
    if (frame.after) run_after(frame);
  }
  send_answer();
}

void Driver::run_after(Frame& frame) {
  const auto threw = [&](std::string_view what) {
    note(Incident::Kind::Threw, Turn::After, frame.at, what);
    if (!in_shadow(frame.at)) answer_with(InternalError);
  };
  try {
    const Occupied occupied(*this, Turn::After, frame.at);
    frame.after(*answer_);
  } catch (const std::exception& error) {
    threw(error.what());
  } catch (...) {
    threw(ThrewOther);
  }
  if (ResponseState::of(*answer_).stages.claim(frame.at)) remember_fields();
  refuse_unsendable(Turn::After, frame.at);
}

void Driver::refuse_unsendable(Turn turn, std::size_t at) {
  const std::string_view flaw = flaw_of(ResponseState::of(*answer_));
  if (flaw.empty()) return;
  note(Incident::Kind::Misused, turn, at, flaw);
  answer_with(InternalError);
}

// `set` writes in place, so a copy tells what was changed since.
void Driver::remember_fields() {
  const auto now = HeaderList::of(answer_->headers()).entries();
  auto* const copy = request_->arena.array<Headers::Entry>(now.size());
  std::uninitialized_copy(now.begin(), now.end(), copy);
  inner_fields_ = {copy, now.size()};
}

void Driver::send_answer() {
  ResponseState& answer = ResponseState::of(*answer_);
  const bool held = answer.source == ResponseState::Body::Held;
  if (!answer.internal.empty()) {
    note(Incident::Kind::Internal, Turn::Rule, at_, answer.internal, answer_->status());
  }
  // An after-function may have put a body of its own in the place of the upstream's.
  if (held && std::exchange(upstream_open_, false)) {
    request_pump_.stop();
    wire_.drop_upstream();
  }
  status_ = answer_->status();
  const AnswerBody body = plan_body();
  if (body == AnswerBody::Driven) return drive_answer();
  head_sent_ = true;
  upstream_open_ = false;
  state_ = State::Finishing;
  wire_.send_head(*answer_, body);
  if (body == AnswerBody::Relayed) watch_answer();
}

// An upstream's head goes out at once: its body may be long in coming (Server-Sent Events).
void Driver::drive_answer() {
  ResponseState& answer = ResponseState::of(*answer_);
  state_ = State::Streaming;
  if (answer.source == ResponseState::Body::Feed) return open_answer();
  if (answer.source == ResponseState::Body::Held) {
    answer_pump_.begin(answer.stages, answer.body, BodyPump::Source::HeldAlone, &driven_head_);
  } else {
    driven_head_.send();
    if (end_ || failure_) return;
    answer_pump_.begin(answer.stages, answer.body, BodyPump::Source::WireToo);
    watch_answer();
  }
  pumping(answer_pump_, Turn::ResponseStage, [this] { answer_pump_.go_on(); });
}

void Driver::DrivenHead::send() {
  driver_.head_sent_ = true;
  driver_.wire_.send_head(*driver_.answer_, AnswerBody::Driven);
  if (driver_.end_ || driver_.failure_) driver_.answer_pump_.stop();
}

// The after-functions do not run twice. What those outside of the stages have set stays on the new
// answer, as if they had run on it: a browser may read it only with the fields of `cors`.
void Driver::replace_broken() {
  const Response broken = std::move(*answer_);
  answer_with(InternalError);
  HeaderList& fields = HeaderList::of(answer_->headers());
  const std::span<const Headers::Entry> own = fields.entries();
  for (const Headers::Entry& entry : HeaderList::of(broken.headers()).entries()) {
    const bool inner = std::ranges::any_of(inner_fields_, [&](const Headers::Entry& old) {
      return old.value.data() == entry.value.data() && detail::same_name(old.name, entry.name);
    });
    const bool taken = std::ranges::any_of(
        own, [&](const Headers::Entry& mine) { return detail::same_name(mine.name, entry.name); });
    // The tag was weakened after all of them had run.
    if (inner || taken || detail::same_name(entry.name, "ETag")) continue;
    // An answer that was made outside of any request takes its memory with it.
    fields.add_received(request_->arena.copy(entry.name), request_->arena.copy(entry.value));
  }
  state_ = State::Answering;
}

AnswerBody Driver::plan_body() {
  ResponseState& answer = ResponseState::of(*answer_);
  const bool held = answer.source == ResponseState::Body::Held;
  const bool head = request_->head.method == "HEAD";
  const bool bodiless = answer.status == NoContent || answer.status == NotModified;
  // What follows is another protocol's.
  if (answer.status == Switching) answer.stages.clear();
  // Framing is the engine's, and so is the length of what is held here.
  answer.headers.remove("Transfer-Encoding");
  if (answer.status == NoContent) answer.headers.remove("Content-Length");
  if (!answer.stages.empty()) {
    strip_answer(answer);
  } else if (held && !bodiless && !(head && answer.body.empty())) {
    set_content_length(answer);
  }
  if (head || bodiless) return AnswerBody::None;
  if (answer.source == ResponseState::Body::Feed) return AnswerBody::Driven;
  if (answer.status == Switching) return AnswerBody::Relayed;
  if (!answer.stages.empty()) return AnswerBody::Driven;
  return held ? AnswerBody::Held : AnswerBody::Relayed;
}

}  // namespace portico::pipeline
