// SPDX-License-Identifier: Apache-2.0
// The way in: a request's head becomes a RequestState with its chain, and its body goes where the
// driver wants it.
#include "http/forwarded.h"
#include "http/h1/hop_by_hop.h"
#include "http/received_fields.h"
#include "http/response_state.h"
#include "server/connection.h"
#include "server/exchange.h"
#include "server/lane.h"
#include "server/target.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portico::server {
namespace {

using http::h1::BodyFraming;
using http::h1::Parsed;
using http::h1::Refusal;
using pipeline::Failure;

constexpr Failure BodyBroken{Status::BadRequest, "bad_body", "The request's body is malformed."};
constexpr Failure BodyTooLarge{Status::ContentTooLarge, "body_too_large",
                               "The request's body is too large."};
constexpr Refusal HeadTimeout{Status::RequestTimeout, "request_timeout",
                              "The request's head took too long."};
constexpr Refusal BadPath{Status::BadRequest, "bad_path", "The request's path is malformed."};
constexpr Refusal NotHttp{Status::BadRequest, "not_http",
                          "This is no HTTP request; TLS may be spoken at another port."};
constexpr Refusal Broken{Status::InternalServerError, "internal_error",
                         "The request could not be served."};
constexpr std::string_view GoOn = "HTTP/1.1 100 Continue\r\n\r\n";

/// What cannot be a method is not waited for to end: TLS, sent to a plain port, never would.
[[nodiscard]] bool begins_like_a_request(std::string_view bytes) noexcept {
  return detail::is_token(bytes.substr(0, 1)) || bytes[0] == '\r' || bytes[0] == '\n';
}

/// What may stand in logs and be sent back as it is.
[[nodiscard]] bool is_request_id(std::string_view text) noexcept {
  constexpr std::size_t MostBytes = 128;
  return text.size() <= MostBytes && detail::is_token(text);
}

}  // namespace

bool Exchange::take_head() {
  if (input_.bytes().empty()) return false;
  asked_head_ = input_.bytes().starts_with("HEAD ");
  switch (parser_.parse(input_.bytes())) {
    case Parsed::More:
      if (!begins_like_a_request(input_.bytes())) {
        refuse(NotHttp, input_.bytes());
        return true;
      }
      if (head_deadline_ == Time::max()) {
        head_deadline_ = now() + lane_.options().limits.header_timeout;
      }
      return false;
    case Parsed::Refused: refuse(parser_.refusal(), input_.bytes()); return true;
    case Parsed::Done: break;
  }
  head_deadline_ = Time::max();
  const std::string_view received = input_.bytes().substr(0, parser_.size());
  input_.pin(parser_.size());
  try {
    begin(parser_.head(), received);
  } catch (...) {
    if (served_ != nullptr) lane_.end_exchange(*std::exchange(served_, nullptr));
    refuse(Broken, received);
  }
  return true;
}

void Exchange::begin(const http::h1::RequestHead& head, std::string_view received) {
  ++begun_;
  traffic_ = {.received = parser_.size() + input_.bytes().size(), .sent = 0};
  head_bytes_ = 0;
  old_client_ = head.minor_version == 0;
  keep_alive_ = keep_alive_ && head.keep_alive;
  expects_continue_ = head.expects_continue;
  reading_ = drain_wanted_ = complete_ = sent_told_ = lost_told_ = released_ = false;
  head_written_ = upgraded_ = false;
  relay_over_ = relays_request_ = relays_answer_ = answer_wanted_ = upstream_told_ =
      up_drain_wanted_ = false;
  leaving_ = connection_->leaving();
  failure_.reset();
  body_taken_ = 0;
  body_ = Parsed::More;
  body_ended_ = head.body.is_empty();
  decoder_.begin(head.body);
  if (!fill_request(head)) return refuse(BadPath, received);
  served_ = &lane_.begin_exchange(connection_->serves());
  const pipeline::Chain& chain = route();
  chain_ = &chain;
  body_limit_ = std::max(lane_.options().limits.body_bytes, chain.terminal.body_limit.count);
  if (chain.body_limit) body_limit_ = chain.body_limit->count;
  const bool too_large =
      head.body.kind == BodyFraming::Kind::Length && head.body.length > body_limit_;
  stage_ = Stage::Running;
  driver_.start(request_, chain, too_large ? &BodyTooLarge : nullptr);
}

const pipeline::Chain& Exchange::route() {
  const base::ArenaScope scope(arena_);
  return served_->application->route(request_);
}

/// Of those who serve it, or are about to.
const http::ReservedFields* Exchange::reserved() const noexcept {
  const Served& serving = served_ != nullptr ? *served_ : lane_.served(connection_->serves());
  return serving.application->reserved();
}

/// What is known of a request before its route. False when its path is malformed.
bool Exchange::fill_request(const http::h1::RequestHead& head) {
  const std::optional<Asked> target = asked_by(head, arena_);
  if (!target) return false;
  const http::ReservedFields* const reserved = this->reserved();
  for (const Headers::Entry& field : head.fields) {
    // A client that sent it would be believed by the upstream.
    if (reserved != nullptr && reserved->contains(field.name)) continue;
    request_.fields.add_received(field.name, field.value);
  }
  const Peer& peer = connection_->peer();
  const http::Client client =
      http::find_client(request_.fields, peer.address, {peer.text, connection_->scheme()},
                        lane_.options().trusted_proxies, arena_);
  // Behind that, so that a client cannot take away what a trusted proxy says of it, and before any
  // field of our own.
  http::h1::strip_hop_by_hop(request_.fields);
  http::RequestHead& known = request_.head;
  known.method = head.method;
  known.path = target->path;
  known.query = head.query;
  known.host = target->host;
  known.scheme = client.scheme;
  known.client_address = client.address;
  known.peer_address = peer.text;
  known.from_trusted_proxy = client.forwarded;
  known.certificate = connection_->certificate();
  const auto given = client.forwarded ? request_.fields.get("X-Request-Id") : std::nullopt;
  known.id = given && is_request_id(*given) ? *given : lane_.request_ids().next(arena_);
  known.upgrade = head.upgrade;
  known.params = {};
  known.body_length = head.body.length;
  if (head.body.kind == BodyFraming::Kind::Chunked) known.body_length.reset();
  return true;
}

/// Answers without a chain, and is done with this client. `received` is what came of the head.
void Exchange::refuse(const Refusal& refusal, std::string_view received) {
  keep_alive_ = false;
  request_.reset();
  head_bytes_ = 0;
  Response response = problem(refusal.status, refusal.code, refusal.sentence);
  const Application& application = *lane_.served(connection_->serves()).application;
  detail::HeaderList readable(arena_);
  http::read_received_fields(received, readable);
  application.decorate_early(response, readable);
  write_head(response, {BodyFraming::Kind::Length, response.body().size()});
  if (!asked_head_) output_.append(response.body());
  stage_ = Stage::Refused;
  head_deadline_ = Time::max();
  record_refusal(refusal, received);
  const std::array fields{services::Field{"client", connection_->peer().text},
                          services::Field{"code", refusal.code}};
  lane_.parts().log.write(Level::Debug, "core", "refused a request", fields);
}

void Exchange::refuse_late() { refuse(HeadTimeout, input_.bytes()); }

bool Exchange::tell_body() {
  if (body_ended_ || !(reading_ || (relays_request_ && sends_up()))) return false;
  if (upgraded_) {
    const std::string_view bytes = input_.bytes();
    input_.consume(bytes.size());
    if (!bytes.empty()) take_body(bytes);
    return !bytes.empty();
  }
  if (body_ == Parsed::More) {
    const http::h1::BodyDecoder::Piece piece = decoder_.next(input_.bytes());
    input_.consume(piece.used);
    body_ = piece.state;
    if (relays_request_ && passes_trailers_) trailers_.append(piece.trailers);
    body_taken_ += piece.data.size();
    if (body_taken_ > body_limit_) {
      fail_body(BodyTooLarge);
      return true;
    }
    if (!piece.data.empty()) {
      take_body(piece.data);
      return true;
    }
  }
  switch (body_) {
    case Parsed::More:
      if (!input_.bytes().empty()) return true;
      await_body();
      return false;
    case Parsed::Refused: fail_body(BodyBroken); return true;
    case Parsed::Done: break;
  }
  body_ended_ = true;
  in_pace_.end();
  if (relays_request_) {
    pass_trailers();
  } else {
    driver_.request_body_end();
  }
  return true;
}

void Exchange::take_body(std::string_view bytes) {
  if (relays_request_) {
    send_up(bytes);
  } else {
    driver_.request_body(bytes);
  }
}

/// What no client may say in the head, none may say here.
void Exchange::pass_trailers() {
  const std::string_view section = trailers_.pieces()[0];
  const http::ReservedFields* const reserved = section.empty() ? nullptr : this->reserved();
  if (reserved == nullptr) return end_up(section);
  end_up(reserved->without(section));
}

void Exchange::await_body() {
  in_pace_.begin(now(), patience());
  if (!std::exchange(expects_continue_, false)) return;
  output_.append(GoOn);
  head_bytes_ += GoOn.size();
}

/// What comes behind a body that is not read to its end is no request.
void Exchange::fail_body(const Failure& failure) {
  keep_alive_ = false;
  reading_ = false;
  in_pace_.end();
  driver_.fail(failure);
}

bool Exchange::skip_body() {
  if (body_ == Parsed::More) {
    const http::h1::BodyDecoder::Piece piece = decoder_.next(input_.bytes());
    input_.consume(piece.used);
    skipped_ += piece.used;
    body_ = piece.state;
    if (body_ == Parsed::More && skipped_ <= lane_.options().limits.linger_bytes) {
      return piece.used > 0;
    }
  }
  body_ended_ = body_ == Parsed::Done;
  keep_alive_ = keep_alive_ && body_ended_;
  rest();
  return true;
}

}  // namespace portico::server
