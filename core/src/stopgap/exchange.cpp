// SPDX-License-Identifier: Apache-2.0
// The part of a connection that knows the pipeline: from a complete head to the driver's release.
#include "base/random.h"
#include "http/response_state.h"
#include "stopgap/connection.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portico::stopgap {
namespace {

using pipeline::AnswerBody;
using pipeline::Failure;
using pipeline::Way;

constexpr Failure BodyTimeout{Status::RequestTimeout, "body_timeout",
                              "The request's body took too long."};
constexpr Failure BodyBroken{Status::BadRequest, "bad_body", "The request's body is malformed."};
constexpr Failure BodyTooLarge{Status::ContentTooLarge, "body_too_large",
                               "The request's body is too large."};
constexpr Failure Stopping{Status::ServiceUnavailable, "stopping", "The server is stopping.",
                           Outcome::How::Failed, std::chrono::seconds(1)};
constexpr Failure NoUpstreams{Status::ServiceUnavailable, "upstream_unavailable",
                              "This server forwards to no upstream."};
constexpr Refusal Broken{500, "internal_error", "The request could not be served."};
constexpr Refusal HeadTimeout{408, "request_timeout", "The request's head took too long."};
constexpr std::string_view GoOn = "HTTP/1.1 100 Continue\r\n\r\n";

[[nodiscard]] std::string_view make_id(base::Arena& arena) {
  std::array<std::byte, 16> random;
  base::fill_random(random);
  constexpr std::string_view Hex = "0123456789abcdef";
  char* const id = arena.array<char>(2 * random.size());
  for (std::size_t i = 0; i < random.size(); ++i) {
    const auto value = static_cast<unsigned>(random[i]);
    id[2 * i] = Hex[value >> 4];
    id[2 * i + 1] = Hex[value & 15];
  }
  return {id, 2 * random.size()};
}

[[nodiscard]] std::optional<std::string_view> find(const Head& head, std::string_view name) {
  const auto found =
      std::find_if(head.fields.begin(), head.fields.end(),
                   [name](const auto& field) { return detail::same_name(field.name, name); });
  return found == head.fields.end() ? std::nullopt : std::optional(found->value);
}

}  // namespace

void Connection::advance() {
  if (phase_ == Phase::Head && in_at_ < in_.size()) take_head();
  while (phase_ == Phase::Exchange && tell_driver()) {
  }
  if (phase_ != Phase::Answering) return;
  flush();
  if (phase_ == Phase::Answering && waiting() == 0) begin_lingering();
}

void Connection::time_is_up(Time now) {
  if (phase_ == Phase::Head && !in_.empty()) return refuse(HeadTimeout);
  // An idle client, or one that has our answer in the kernel's hands: closed without a reset.
  if (phase_ == Phase::Head || phase_ == Phase::Lingering) return lose();
  if (phase_ == Phase::Answering) return cut();
  if (out_pace_.deadline() <= now) return cut();
  in_pace_.end();
  reading_ = false;
  failure_ = BodyTimeout;
}

void Connection::give_up() {
  if (phase_ == Phase::Exchange) {
    if (!complete_) failure_ = Stopping;
  } else if (phase_ != Phase::Answering) {
    lose();
  }
}

void Connection::take_head() {
  const auto scanned = scanner_.scan(in_);
  if (std::holds_alternative<HeadScanner::More>(scanned)) return;
  if (const auto* refusal = std::get_if<Refusal>(&scanned)) return refuse(*refusal);
  in_at_ = std::get<HeadScanner::Found>(scanned).length;
  head_bytes_.assign(in_, 0, in_at_);
  const auto parsed = parse_head(head_bytes_);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) return refuse(*refusal);
  const auto& head = std::get<Head>(parsed);
  const auto resolved = resolve(head, arena_);
  if (const auto* refusal = std::get_if<Refusal>(&resolved)) return refuse(*refusal);
  const auto& asked = std::get<Asked>(resolved);
  if (serves_ == Serves::Admin) return serve_admin(head, asked);
  try {
    begin_exchange(head, asked);
  } catch (...) {
    request_.reset();
    application_.reset();
    refuse(Broken);
  }
}

void Connection::serve_admin(const Head& head, const Asked& asked) {
  const admin::AdminRequest request{
      head.method, asked.path, head.host, find(head, "Origin"), find(head, "Authorization"),
      place_};
  const Parts& parts = surroundings_.parts();
  append_admin_answer(out_, parts.admin.answer(request), head.method, parts.clock);
  phase_ = Phase::Answering;
}

void Connection::begin_exchange(const Head& head, const Asked& asked) {
  const Options& options = surroundings_.options();
  application_ = surroundings_.application();
  for (const HeadField& field : head.fields) request_.fields.add_received(field.name, field.value);
  const http::Client client = http::find_client(
      request_.fields, peer_.address, {peer_.text, "http"}, options.trusted_proxies, arena_);
  request_.head.method = head.method;
  request_.head.path = asked.path;
  request_.head.query = asked.query;
  request_.head.host = asked.host;
  request_.head.scheme = client.scheme;
  request_.head.client_address = client.address;
  request_.head.id = make_id(arena_);
  request_.head.body_length = head.content_length.value_or(0);
  if (head.chunked) request_.head.body_length.reset();
  const pipeline::Chain* chain = nullptr;
  {
    const base::ArenaScope scope(arena_);
    chain = &application_->route(request_);
  }
  body_.begin(head, std::max(options.limits.body_bytes, chain->terminal.body_limit.count));
  minor_version_ = head.minor_version;
  expects_continue_ = head.expects_continue;
  phase_ = Phase::Exchange;
  driver_.start(request_, *chain);
}

void Connection::refuse(const Refusal& refusal) {
  const Parts& parts = surroundings_.parts();
  Response response = problem(Status{refusal.status}, refusal.code, refusal.sentence);
  try {
    if (serves_ == Serves::Gateway) surroundings_.application()->decorate_early(response);
  } catch (...) {
    parts.log.write(Level::Error, "core", "a plugin's early function threw");
  }
  append_head(out_, response, WithLength{response.body().size()}, parts.clock);
  if (!head_bytes_.starts_with("HEAD ")) out_ += response.body();
  phase_ = Phase::Answering;
  const std::array fields{services::Field{"client", peer_.text},
                          services::Field{"code", refusal.code}};
  parts.log.write(Level::Debug, "core", "refused a request", fields);
}

/// Tells the driver one thing, if there is one to tell.
bool Connection::tell_driver() {
  if (!released_ && !lost_) flush();
  if (released_) {
    end_exchange();
    return false;
  }
  if (lost_) {
    if (std::exchange(lost_told_, true)) return false;
    driver_.client_gone();
    return true;
  }
  if (failure_) {
    driver_.fail(*std::exchange(failure_, std::nullopt));
    return true;
  }
  if (drain_wanted_ && waiting() <= pipeline::LowWater) {
    drain_wanted_ = false;
    driver_.drained(Way::ToClient);
    return true;
  }
  if (complete_ && waiting() == 0 && !std::exchange(sent_told_, true)) {
    driver_.sent();
    return true;
  }
  return tell_body();
}

bool Connection::tell_body() {
  if (!reading_ || body_end_told_) return false;
  std::string_view bytes = std::string_view(in_).substr(in_at_);
  const std::string_view piece = body_.take(bytes);
  in_at_ = in_.size() - bytes.size();
  if (!piece.empty()) {
    driver_.request_body(piece);
    return true;
  }
  if (body_.state() == IncomingBody::State::More) {
    in_.clear();
    in_at_ = 0;
    in_pace_.begin(now(), patience());
    if (std::exchange(expects_continue_, false)) out_ += GoOn;
    return false;
  }
  body_end_told_ = true;
  in_pace_.end();
  switch (body_.state()) {
    case IncomingBody::State::Broken: driver_.fail(BodyBroken); break;
    case IncomingBody::State::TooLarge: driver_.fail(BodyTooLarge); break;
    default: driver_.request_body_end(); break;
  }
  return true;
}

void Connection::end_exchange() {
  // The attributes are the plugins': they go before what keeps the plugins.
  request_.reset();
  arena_.reset();
  application_.reset();
  in_pace_.end();
  phase_ = Phase::Answering;
  if (lost_) {
    phase_ = Phase::Closed;
  } else if (!complete_) {
    cut();
  }
}

Framing Connection::framing_of(const Response& head, AnswerBody body) const {
  if (body == AnswerBody::Held) return WithLength{head.body().size()};
  if (body == AnswerBody::Driven) return minor_version_ == 0 ? Framing(UntilClose{}) : InChunks{};
  const auto& state = detail::ResponseState::of(head);
  const bool has_length = head.status() != Status::NoContent &&
                          head.status() != Status::NotModified &&
                          state.source == detail::ResponseState::Body::Held && state.stages.empty();
  return NoBody{has_length ? std::optional<std::uint64_t>(head.body().size()) : std::nullopt};
}

void Connection::send_head(Response& head, AnswerBody body) {
  if (lost_) return;
  const Framing framing = framing_of(head, body);
  append_head(out_, head, framing, surroundings_.parts().clock);
  if (body == AnswerBody::Held) out_ += head.body();
  chunks_ = std::holds_alternative<InChunks>(framing);
  complete_ = body != AnswerBody::Driven;
  expects_continue_ = false;
}

std::size_t Connection::send(Way way, std::string_view bytes) {
  if (lost_ || way == Way::ToUpstream) return 0;
  if (chunks_ && !bytes.empty()) {
    append_chunk(out_, bytes);
  } else {
    out_ += bytes;
  }
  if (waiting() >= pipeline::HighWater) drain_wanted_ = true;
  return waiting();
}

void Connection::end(Way way) {
  if (lost_ || way == Way::ToUpstream) return;
  if (chunks_) out_ += LastChunk;
  complete_ = true;
}

void Connection::abort() { cut(); }

void Connection::read(Way way) {
  if (way == Way::ToUpstream) reading_ = true;
}

void Connection::hold(Way way) {
  if (way != Way::ToUpstream) return;
  reading_ = false;
  in_pace_.end();
}

void Connection::forward(const Target&, pipeline::RequestBody) { failure_ = NoUpstreams; }

}  // namespace portico::stopgap
