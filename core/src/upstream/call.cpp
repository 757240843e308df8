// SPDX-License-Identifier: Apache-2.0
#include "upstream/call.h"

#include "http/h1/head_writer.h"
#include "upstream/outbound.h"
#include "upstream/pool.h"

#include <algorithm>
#include <new>
#include <utility>

namespace portico::upstream {
namespace {

using http::h1::BodyFraming;
using http::h1::Parsed;
using tls::Io;

constexpr std::uint16_t Continue = 100;
constexpr std::uint16_t Switching = 101;
constexpr std::uint16_t Final = 200;
/// The client has to take them all.
constexpr unsigned MostInterims = 16;
constexpr http::h1::HeadLimits AnswerLimits{
    .head_bytes = std::size_t{64} * 1024, .target_bytes = 0, .fields = 200};

constexpr Fault NoMemory{Status::ServiceUnavailable, "overloaded", "The server has no memory left.",
                         std::chrono::seconds(1)};

}  // namespace

Call::Call(Outbound& outbound) : outbound_(outbound), parser_(AnswerLimits) {
  Timer::fire = on_time;
}

Call::~Call() { outbound_.loop().timers().disarm(*this); }

void Call::begin(Caller& caller, const Question& question, detail::UpstreamState& group) {
  caller_ = &caller;
  question_ = question;
  local_ = &outbound_.local(group);
  edition_ = &local_->enter();
  began_ = outbound_.now();
  tries_ = 0;
  reason_ = {};
  kept_whole_ = true;
  body_ended_ = question.body.is_empty();
  tunnel_ = dry_ = false;
  stage_ = Stage::Connecting;
  try_until_it_works();
}

void Call::drop() noexcept {
  leave_queue();
  if (connection_ != nullptr) {
    if (stage_ != Stage::Answered) tell(describe(Try::How::Left, {}));
    give_back(false);
  }
  stage_ = Stage::Idle;
}

void Call::reset() noexcept {
  drop();
  if (edition_ != nullptr) local_->leave(*std::exchange(edition_, nullptr));
  in_.unpin();
  in_.shrink();
  out_.clear();
  kept_.clear();
  trailers_.clear();
}

void Call::stirred() noexcept {
  try {
    if (!progress()) try_until_it_works();
  } catch (const std::bad_alloc&) {
    give_back(false);
    fail(NoMemory);
  }
  schedule();
  caller_->call_moved();
}

bool Call::progress() {
  if (stage_ == Stage::Connecting) {
    connection_->proceed();
    switch (connection_->state()) {
      case Connection::State::Failed: return end_try(Try::How::Unreachable, connection_->fault());
      case Connection::State::Open: break;
      default: return true;
    }
    stage_ = Stage::Asking;
    moved_ = outbound_.now();
  }
  flush();
  return stage_ != Stage::Asking || read_head();
}

void Call::flush() {
  while (out_.waiting() != 0) {
    const tls::Moved moved = connection_->send(out_);
    if (moved.bytes != 0) {
      sent_ = true;
      moved_ = outbound_.now();
    }
    if (moved.io == Io::Closed || moved.io == Io::Broken) {
      // What it has said before may still be read.
      deaf_ = true;
      out_.clear();
    } else if (moved.io != Io::Done) {
      return;
    }
  }
}

bool Call::receive() {
  const tls::Moved moved = connection_->receive(in_.room());
  in_.filled(moved.bytes);
  // A head that drips in has no more time than one that comes at once.
  if (moved.bytes != 0 && stage_ == Stage::Answered) moved_ = outbound_.now();
  ended_ = ended_ || moved.io == Io::Closed || moved.io == Io::Broken;
  return moved.bytes != 0;
}

bool Call::read_head() {
  for (;;) {
    switch (in_.bytes().empty() ? Parsed::More
                                : parser_.parse(in_.bytes(), question_.request->head.method)) {
      case Parsed::Refused: return end_try(Try::How::Malformed, parser_.refusal().sentence);
      case Parsed::Done:
        if (parser_.head().status < Final && parser_.head().status != Switching &&
            ++interims_ > MostInterims) {
          return end_try(Try::How::Malformed, "it sent too many interim answers");
        }
        if (parser_.head().status != Continue) return take_head();
        // Whether the client goes on is not the upstream's to say.
        in_.consume(parser_.size());
        parser_.reset();
        continue;
      case Parsed::More: break;
    }
    if (receive()) continue;
    if (!ended_) return true;
    return end_try(Try::How::Lost, "it closed the connection before its answer");
  }
}

bool Call::take_head() {
  const http::h1::ResponseHead& head = parser_.head();
  if (head.status < Final && head.status != Switching) {
    stage_ = Stage::Interim;
    return true;
  }
  if (head.status == Switching && (question_.upgrade.empty() || head.upgrade.empty())) {
    return end_try(Try::How::Malformed, "it changed to a protocol that nobody offered");
  }
  const Try made = describe(Try::How::Answered, {});
  if (head.status >= 500 && may_repeat(made)) {
    tell(made);
    give_back(false);
    return false;
  }
  stage_ = Stage::Answered;
  reason_ = {};
  in_.pin(parser_.size());
  tell(made);
  tunnel_ = head.status == Switching;
  if (tunnel_) writer_.begin(false);
  decoder_.begin(head.body);
  if (head.body.is_empty() && !tunnel_) finish();
  return true;
}

void Call::go_on() {
  in_.consume(parser_.size());
  parser_.reset();
  stage_ = Stage::Asking;
  if (!read_head()) try_until_it_works();
  schedule();
}

Call::Piece Call::next_body() {
  dry_ = false;
  for (;;) {
    if (tunnel_) {
      const std::string_view bytes = in_.bytes();
      in_.consume(bytes.size());
      if (!bytes.empty()) return {Parsed::More, bytes};
    } else {
      const http::h1::BodyDecoder::Piece piece = decoder_.next(in_.bytes());
      in_.consume(piece.used);
      if (!piece.trailers.empty()) trailers_.append(piece.trailers);
      if (piece.state == Parsed::Refused) return cut_short(decoder_.refusal().sentence);
      if (piece.state == Parsed::Done) finish();
      if (!piece.data.empty() || piece.state == Parsed::Done) return {piece.state, piece.data};
      if (!in_.bytes().empty()) continue;
    }
    if (receive()) continue;
    if (!ended_) break;
    if (!tunnel_ && decoder_.close() != Parsed::Done) {
      return cut_short("it closed the connection within its answer");
    }
    finish();
    return {Parsed::Done, {}};
  }
  dry_ = true;
  moved_ = outbound_.now();
  schedule();
  return {Parsed::More, {}};
}

loop::Pipes::Lent Call::next_pipe() noexcept {
  if (!in_.flows() || !in_.bytes().empty() || !connection_->stream().plain()) return {};
  const std::uint64_t bare = tunnel_ ? loop::Pipe::Capacity : decoder_.counted();
  if (bare < loop::Pipe::LeastFlow) return {};
  loop::Pipes::Lent pipe = outbound_.pipes().lend();
  if (pipe == nullptr) return {};
  const std::size_t came =
      connection_->receive(*pipe, std::min<std::uint64_t>(bare, loop::Pipe::Capacity));
  if (came < loop::Pipe::LeastFlow) in_.ebb();
  if (came == 0) return {};
  dry_ = false;
  moved_ = outbound_.now();
  if (!tunnel_ && decoder_.skip(came) == Parsed::Done) finish();
  return pipe;
}

/// The connection serves again where nobody can be in doubt of where its next answer begins.
void Call::finish() noexcept {
  stage_ = Stage::Ended;
  const bool asked = body_ended_ && out_.waiting() == 0 && !deaf_;
  give_back(asked && parser_.head().keep_alive && in_.bytes().empty() && !ended_);
}

Call::Piece Call::cut_short(std::string_view reason) noexcept {
  reason_ = reason;
  tell(describe(Try::How::CutShort, reason));
  give_back(false);
  fail(fault_of(Try::How::CutShort));
  return {Parsed::Refused, {}};
}

bool Call::takes_body() const noexcept {
  const bool under_way =
      stage_ == Stage::Asking || stage_ == Stage::Interim || stage_ == Stage::Answered;
  return under_way && (!body_ended_ || tunnel_) && out_.waiting() == 0;
}

void Call::send(std::string_view bytes) {
  if (deaf_ || bytes.empty() || connection_ == nullptr) return;
  writer_.copy(bytes, out_);
  kept_whole_ = kept_whole_ && kept_.waiting() + bytes.size() <= KeptBody;
  // As long as all of it is kept nothing was held, so no chunk is open.
  if (kept_whole_) writer_.copy(bytes, kept_);
  flush();
  schedule();
}

void Call::hold(std::string_view bytes) {
  if (deaf_ || bytes.empty() || connection_ == nullptr) return;
  kept_whole_ = false;
  writer_.hold(bytes, out_);
  flush();
  schedule();
}

bool Call::takes_pipe() const noexcept {
  return takes_body() && writer_.bare() && !deaf_ && connection_->stream().plain();
}

void Call::hold(loop::Pipes::Lent pipe) {
  kept_whole_ = false;
  out_.hold(std::move(pipe));
  flush();
  schedule();
}

void Call::end_body(std::string_view trailers) {
  if (std::exchange(body_ended_, true) || connection_ == nullptr) return;
  if (tunnel_) return connection_->end_sending();
  if (deaf_) return schedule();
  writer_.end(out_, trailers);
  if (kept_whole_) writer_.end(kept_, trailers);
  flush();
  schedule();
}

}  // namespace portico::upstream
