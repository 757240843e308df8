// SPDX-License-Identifier: Apache-2.0
// The way out: an answer's head and body become bytes.
#include "http/h1/head_writer.h"
#include "http/response_state.h"
#include "server/connection.h"
#include "server/exchange.h"
#include "server/lane.h"

namespace portico::server {

using detail::ResponseState;
using http::h1::BodyFraming;
using pipeline::AnswerBody;
using pipeline::Way;

namespace {

/// As an upstream told it.
[[nodiscard]] BodyFraming relayed(const http::h1::ResponseHead& head, bool old_client) {
  using Kind = BodyFraming::Kind;
  const Kind unknown = old_client ? Kind::UntilClose : Kind::Chunked;
  const bool known = head.body.kind == Kind::Length || head.body.kind == Kind::None;
  return known ? head.body : BodyFraming{unknown, 0};
}

}  // namespace

/// How the end of an answer's body is told to this client.
BodyFraming Exchange::framing_of(const Response& head, AnswerBody body) const noexcept {
  using Kind = BodyFraming::Kind;
  const ResponseState& state = ResponseState::of(head);
  const BodyFraming whole{Kind::Length, state.body.size()};
  if (body == AnswerBody::Held) return whole;
  if (head.status() == Status::SwitchingProtocols) return {};
  if (body == AnswerBody::Driven) return {old_client_ ? Kind::UntilClose : Kind::Chunked, 0};
  if (body == AnswerBody::Relayed) return relayed(call_->head(), old_client_);
  if (state.source == ResponseState::Body::Upstream && state.stages.empty()) {
    const auto length = call_->head().content_length;
    return length ? BodyFraming{Kind::Length, *length} : BodyFraming{};
  }
  // To HEAD what GET would have been told, where that is known.
  const bool known = state.source == ResponseState::Body::Held && state.stages.empty() &&
                     !state.body.empty() && head.status() != Status::NotModified;
  return known ? whole : BodyFraming{};
}

/// Whether the next request of this client will be found where this one ends.
bool Exchange::may_keep_alive() const noexcept {
  if (!keep_alive_ || connection_->leaving()) return false;
  if (body_ended_) return true;
  // It may send the body or not: it was never told to.
  if (expects_continue_) return false;
  return decoder_.remaining() <= lane_.options().limits.linger_bytes;
}

void Exchange::write_head(const Response& head, BodyFraming framing) {
  const http::h1::ResponseFraming told{
      .status = head.status(),
      .body = framing,
      .keep_alive = keep_alive_,
      .minor_version = old_client_ ? std::uint8_t{0} : std::uint8_t{1},
      .date = lane_.date(),
      .server = {},
      .upgrade = ResponseState::of(head).upgrade};
  const http::h1::HeadWriter writer(told, detail::HeaderList::of(head.headers()).entries());
  writer.write(output_.room(writer.size()));
  output_.wrote(writer.size());
  head_bytes_ += writer.size();
}

void Exchange::send_head(Response& head, AnswerBody body) {
  if (lost_) return;
  const BodyFraming framing = framing_of(head, body);
  upgraded_ = head.status() == Status::SwitchingProtocols;
  keep_alive_ = may_keep_alive() && framing.kind != BodyFraming::Kind::UntilClose && !upgraded_;
  // What the client sends from now on ends when it goes.
  if (upgraded_) body_ended_ = false;
  write_head(head, framing);
  if (body == AnswerBody::Held) output_.hold(head.body());
  head_written_ = true;
  body_writer_.begin(framing.kind == BodyFraming::Kind::Chunked);
  relays_answer_ = body == AnswerBody::Relayed;
  complete_ = body != AnswerBody::Driven && !relays_answer_;
  expects_continue_ = false;
  schedule();
}

std::size_t Exchange::send(Way way, std::string_view bytes) {
  if (way == Way::ToUpstream) {
    send_up(bytes);
    return call_ == nullptr ? 0 : call_->waiting();
  }
  if (lost_ || bytes.empty()) return output_.waiting();
  body_writer_.copy(bytes, output_);
  if (output_.waiting() >= pipeline::HighWater) drain_wanted_ = true;
  schedule();
  return output_.waiting();
}

void Exchange::end(Way way) {
  if (way == Way::ToUpstream) return end_up();
  if (relays_answer_) {
    relay_over_ = true;
    schedule();
  } else if (!complete_) {
    end_answer();
  }
}

void Exchange::end_answer(std::string_view trailers) {
  if (lost_) return;
  body_writer_.end(output_, trailers);
  complete_ = true;
  schedule();
}

}  // namespace portico::server
