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

/// How the end of an answer's body is told to this client.
[[nodiscard]] BodyFraming framing_of(const Response& head, AnswerBody body, bool old_client) {
  using Kind = BodyFraming::Kind;
  const ResponseState& state = ResponseState::of(head);
  const BodyFraming whole{Kind::Length, state.body.size()};
  if (body == AnswerBody::Held) return whole;
  if (head.status() == Status::SwitchingProtocols) return {};
  if (body == AnswerBody::Driven) return {old_client ? Kind::UntilClose : Kind::Chunked, 0};
  // To HEAD what GET would have been told, where that is known.
  const bool known = state.source == ResponseState::Body::Held && state.stages.empty() &&
                     !state.body.empty() && head.status() != Status::NotModified;
  return known ? whole : BodyFraming{};
}

}  // namespace

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
  const BodyFraming framing = framing_of(head, body, old_client_);
  upgraded_ = head.status() == Status::SwitchingProtocols;
  keep_alive_ = may_keep_alive() && framing.kind != BodyFraming::Kind::UntilClose && !upgraded_;
  // What the client sends from now on ends when it goes.
  if (upgraded_) body_ended_ = false;
  write_head(head, framing);
  if (body == AnswerBody::Held) output_.hold(head.body());
  head_written_ = true;
  chunks_ = framing.kind == BodyFraming::Kind::Chunked;
  complete_ = body != AnswerBody::Driven;
  expects_continue_ = false;
  schedule();
}

std::size_t Exchange::send(Way way, std::string_view bytes) {
  if (lost_ || way == Way::ToUpstream || bytes.empty()) return output_.waiting();
  if (chunks_) {
    char* const room = output_.room(http::h1::chunk_size(bytes.size()));
    output_.wrote(http::h1::write_chunk(bytes, room));
  } else {
    output_.append(bytes);
  }
  if (output_.waiting() >= pipeline::HighWater) drain_wanted_ = true;
  schedule();
  return output_.waiting();
}

void Exchange::end(Way way) {
  if (lost_ || way == Way::ToUpstream) return;
  if (chunks_) output_.append(http::h1::LastChunk);
  complete_ = true;
  schedule();
}

}  // namespace portico::server
