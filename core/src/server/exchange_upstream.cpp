// SPDX-License-Identifier: Apache-2.0
// The upstream's side of an exchange: what goes there, and what comes back. Where no plugin wants a
// body it goes past the driver, and where it is large it is not copied: what waits to be sent stays
// where it was received, or in the kernel, and nothing more is read before it has left.
#include "http/h1/head_writer.h"
#include "http/h1/hop_by_hop.h"
#include "http/h1/trailers.h"
#include "http/response_state.h"
#include "server/connection.h"
#include "server/exchange.h"
#include "server/lane.h"
#include "upstream/outbound.h"

#include <algorithm>
#include <span>
#include <utility>

namespace portico::server {
namespace {

using http::h1::BodyFraming;
using http::h1::Parsed;
using pipeline::Way;
using upstream::Call;

/// Up to this size a copy costs less than a piece of its own.
constexpr std::size_t CopiedPiece = std::size_t{4} * 1024;

constexpr pipeline::Failure NoMemory{Status::ServiceUnavailable, "overloaded",
                                     "The server has no memory left.", Outcome::How::Failed,
                                     std::chrono::seconds(1)};

/// Methods whose requests are expected to have a body say so when it is empty.
[[nodiscard]] BodyFraming request_framing(const http::RequestHead& head) noexcept {
  using Kind = BodyFraming::Kind;
  if (!head.body_length) return {Kind::Chunked, 0};
  const bool expected = head.method == "POST" || head.method == "PUT" || head.method == "PATCH";
  if (*head.body_length == 0 && !expected) return {};
  return {Kind::Length, *head.body_length};
}

/// As the client wrote it, with its port, where that is what was read of it.
[[nodiscard]] std::string_view host_of(const http::RequestState& request) noexcept {
  const std::string_view given = request.fields.get("Host").value_or(std::string_view());
  const bool same = given.size() >= request.head.host.size() &&
                    detail::same_name(given.substr(0, request.head.host.size()), request.head.host);
  return same ? given : request.head.host;
}

/// What the client said of itself, before that was taken off its request.
[[nodiscard]] bool takes_trailers(std::span<const Headers::Entry> received) noexcept {
  return std::ranges::any_of(received, [](const Headers::Entry& field) {
    return http::h1::is_name(field.name, "te") && http::h1::takes_trailers(field.value);
  });
}

}  // namespace

void Exchange::forward(const Target& target, pipeline::RequestBody body) {
  const http::RequestHead& head = request_.head;
  request_.fields.remove("Expect");
  const upstream::Question question{
      .request = &request_,
      .path = target.path.empty() ? head.path : target.path,
      .query = target.query.value_or(head.query),
      .host = target.host.empty() ? host_of(request_) : target.host,
      .endpoint_host = target.endpoint_host,
      .upgrade = target.upgrades ? head.upgrade : std::string_view(),
      .body = request_framing(head),
      .takes_trailers = !old_client_ && takes_trailers(parser_.head().fields)};
  passes_trailers_ = target.request_trailers;
  relays_request_ = body == pipeline::RequestBody::Relayed;
  upstream_told_ = relays_answer_ = answer_wanted_ = false;
  try {
    if (call_ == nullptr) call_ = &lane_.outbound().lend();
    call_->begin(*this, question, detail::UpstreamState::of(*target.upstream));
    if (target.mirror != nullptr && question.upgrade.empty()) {
      mirror_ = lane_.mirrors().begin(question, target, *served_);
    }
    if (mirror_ != nullptr && question.body.is_empty()) end_up();
  } catch (const std::bad_alloc&) {
    failure_ = NoMemory;
  }
  schedule();
}

void Exchange::drop_upstream() {
  if (mirror_ != nullptr) std::exchange(mirror_, nullptr)->drop();
  if (call_ != nullptr) call_->drop();
  relays_request_ = answer_wanted_ = up_drain_wanted_ = false;
}

/// What it said is not needed any more.
void Exchange::hang_up() noexcept {
  if (mirror_ != nullptr) std::exchange(mirror_, nullptr)->drop();
  if (call_ == nullptr) return;
  call_->reset();
  lane_.outbound().take_back(*std::exchange(call_, nullptr));
}

/// Tells the driver one thing of the upstream, or does one for it.
bool Exchange::tell_of_upstream() {
  if (up_drain_wanted_ && call_->waiting() <= pipeline::LowWater) {
    up_drain_wanted_ = false;
    driver_.drained(Way::ToUpstream);
    return true;
  }
  switch (call_->stage()) {
    case Call::Stage::Failed: fail_upstream(); return true;
    case Call::Stage::Interim: pass_interim(); return true;
    case Call::Stage::Answered:
    case Call::Stage::Ended: return tell_of_answer();
    default: return false;
  }
}

void Exchange::fail_upstream() {
  const upstream::Fault fault = call_->fault();
  call_->drop();
  relays_request_ = relays_answer_ = answer_wanted_ = false;
  driver_.fail({.status = fault.status,
                .code = fault.code,
                .sentence = fault.sentence,
                .how = Outcome::How::UpstreamLost,
                .retry_after = fault.retry_after});
}

/// An old client would take it for the answer.
void Exchange::pass_interim() {
  if (!old_client_ && !head_written_) {
    const http::h1::ResponseHead& head = call_->head();
    detail::HeaderList fields(arena_);
    for (const Headers::Entry& field : head.fields) fields.add_received(field.name, field.value);
    http::h1::strip_hop_by_hop(fields);
    const http::h1::ResponseFraming told{.status = static_cast<Status>(head.status)};
    const http::h1::HeadWriter writer(told, fields.entries());
    writer.write(output_.room(writer.size()));
    output_.wrote(writer.size());
    head_bytes_ += writer.size();
  }
  call_->go_on();
}

bool Exchange::tell_of_answer() {
  if (!std::exchange(upstream_told_, true)) {
    const base::ArenaScope scope(arena_);
    const http::h1::ResponseHead& head = call_->head();
    Response response(static_cast<Status>(head.status));
    detail::ResponseState& state = detail::ResponseState::of(response);
    for (const Headers::Entry& field : head.fields) {
      state.headers.add_received(field.name, field.value);
    }
    http::h1::strip_hop_by_hop(state.headers);
    if (head.status == static_cast<unsigned>(Status::SwitchingProtocols)) {
      state.upgrade = head.upgrade;
    }
    driver_.upstream_head(std::move(response));
    return true;
  }
  return (relays_answer_ || answer_wanted_) && pass_answer();
}

/// One piece of the answer's body. What is held is to leave first, and a client that is slow holds
/// the upstream back.
bool Exchange::pass_answer() {
  if (relays_answer_ && (output_.holds() || output_.waiting() >= pipeline::LowWater)) return false;
  if (relay_over_) {
    cut_relay();
    return true;
  }
  if (call_->stage() == Call::Stage::Ended) {
    end_relay();
    return true;
  }
  if (call_->flows() && pass_pipe()) return true;
  const Call::Piece piece = call_->next_body();
  if (piece.state == Parsed::Refused) return true;
  if (!piece.data.empty()) relay(piece.data);
  if (piece.state == Parsed::Done && !output_.holds()) end_relay();
  return !piece.data.empty() || piece.state == Parsed::Done;
}

/// The same, past us.
bool Exchange::pass_pipe() {
  if (!relays_answer_ || !body_writer_.bare() || !connection_->plain()) return false;
  loop::Pipes::Lent pipe = call_->next_pipe();
  if (pipe == nullptr) return false;
  output_.hold(std::move(pipe));
  return true;
}

void Exchange::relay(std::string_view bytes) {
  if (answer_wanted_) return driver_.upstream_body(bytes);
  if (bytes.size() <= CopiedPiece) {
    send(Way::ToClient, bytes);
  } else {
    body_writer_.hold(bytes, output_);
  }
}

void Exchange::end_relay() {
  if (answer_wanted_) {
    answer_wanted_ = false;
    return driver_.upstream_end();
  }
  relays_answer_ = false;
  end_answer(call_->trailers());
}

/// What has come is all that there is. Where nothing but its length says where the body ends, the
/// end of the connection must.
void Exchange::cut_relay() {
  relay_over_ = relays_answer_ = false;
  if (body_writer_.bare()) keep_alive_ = false;
  call_->drop();
  end_answer();
}

bool Exchange::sends_up() const noexcept { return call_ != nullptr && call_->takes_body(); }

void Exchange::send_up(std::string_view bytes) {
  if (call_ == nullptr) return;
  if (relays_request_ && bytes.size() > CopiedPiece) {
    call_->hold(bytes);
  } else {
    call_->send(bytes);
  }
  if (call_->waiting() >= pipeline::HighWater) up_drain_wanted_ = true;
  if (mirror_ != nullptr && !mirror_->add(bytes)) mirror_ = nullptr;
}

std::size_t Exchange::takes_pipe() const noexcept {
  const bool flows = input_.flows() && input_.bytes().empty();
  if (!relays_request_ || body_ended_ || mirror_ != nullptr || !flows) return 0;
  const std::uint64_t bare = upgraded_ ? loop::Pipe::Capacity : decoder_.counted();
  if (bare < loop::Pipe::LeastFlow || call_ == nullptr || !call_->takes_pipe()) return 0;
  return std::min<std::uint64_t>(bare, loop::Pipe::Capacity);
}

void Exchange::received(loop::Pipes::Lent pipe) {
  const std::size_t bytes = pipe->size();
  if (bytes < loop::Pipe::LeastFlow) input_.ebb();
  if (bytes == 0) return;
  traffic_.received += bytes;
  in_pace_.moved(now(), patience(), bytes);
  body_taken_ += bytes;
  if (!upgraded_) body_ = decoder_.skip(bytes);
  call_->hold(std::move(pipe));
}

void Exchange::end_up(std::string_view trailers) {
  if (call_ != nullptr) call_->end_body(trailers);
  if (mirror_ != nullptr) std::exchange(mirror_, nullptr)->send();
}

}  // namespace portico::server
