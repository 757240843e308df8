// SPDX-License-Identifier: Apache-2.0
// What plugins have made an open answer depend on: asked about once a second, from when the answer
// turns out to be one that lasts, until it ends. All else costs nothing but the closures.
#include "base/text.h"
#include "pipeline/driver_parts.h"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace portico {

void Request::keep_open_while(Step<bool()> holds) {
  http::RequestState& state = http::RequestState::of(*this);
  if (state.driver == nullptr)
    throw std::logic_error("this request is not being served by a chain");
  if (!holds) throw std::invalid_argument("nothing says how long the answer stays open");
  state.bonds = state.arena.make<http::RequestState::Bond>(
      http::RequestState::Bond{state.bonds, std::move(holds), state.driver->at()});
}

namespace pipeline {

using detail::ResponseState;

namespace {

constexpr std::chrono::seconds Interval{1};
constexpr std::uint16_t Switching = 101;

/// Nobody knows the other protocol's farewell.
constexpr Failure Over{.status = Status::Forbidden,
                       .code = "over",
                       .sentence = "The connection was ended.",
                       .how = Outcome::How::Failed};

[[nodiscard]] bool is_event_stream(const ResponseState& answer) noexcept {
  constexpr std::string_view Type = "text/event-stream";
  const std::string_view type = answer.headers.get("Content-Type").value_or(std::string_view());
  return base::iequals(base::trim(type.substr(0, type.find(';'))), Type);
}

[[nodiscard]] bool lasts(const ResponseState& answer) noexcept {
  return answer.source == ResponseState::Body::Feed || answer.status == Switching ||
         (answer.source == ResponseState::Body::Upstream && is_event_stream(answer));
}

}  // namespace

Driver::Watch::Watch(Driver& its_driver) noexcept : driver(its_driver) {
  fire = [](Timer& timer) noexcept {
    Driver& watching = static_cast<Watch&>(timer).driver;
    watching.on([&watching] { watching.ask_bonds(); });
  };
}

/// To be called when the head of an answer with a body is out.
void Driver::watch_answer() {
  if (request_->bonds == nullptr || !lasts(ResponseState::of(*answer_))) return;
  watch_.deadline = engine_.clock().now() + Interval;
  engine_.arm(watch_);
}

void Driver::ask_bonds() {
  if (end_ || failure_) return;
  for (const http::RequestState::Bond* bond = request_->bonds; bond != nullptr; bond = bond->next) {
    if (bond_holds(*bond)) continue;
    note(in_shadow(bond->at) ? Incident::Kind::Shadowed : Incident::Kind::Ended, Turn::Bond,
         bond->at, {}, {});
    // Shadow mode tells once what it would have done.
    if (in_shadow(bond->at)) return;
    return end_open_answer();
  }
  watch_.deadline += Interval;
  engine_.arm(watch_);
}

/// One that throws holds nothing: closed by default.
bool Driver::bond_holds(const http::RequestState::Bond& bond) noexcept {
  try {
    const Occupied occupied(*this, Turn::Bond, bond.at);
    return bond.holds();
  } catch (const std::exception& error) {
    note(Incident::Kind::Threw, Turn::Bond, bond.at, error.what());
  } catch (...) {
    note(Incident::Kind::Threw, Turn::Bond, bond.at, ThrewOther);
  }
  return false;
}

// A client whose stream of events ends comes back, and is asked again who it is.
void Driver::end_open_answer() {
  ResponseState& answer = ResponseState::of(*answer_);
  if (answer.receiver) return answer.receiver->dismiss();
  if (feeding_) return answer.feed.get()->end();
  if (answer.status == Switching) {
    failure_ = Over;
    return;
  }
  answer_pump_.stop();
  if (std::exchange(upstream_open_, false)) wire_.drop_upstream();
  wire_.end(Way::ToClient);
}

}  // namespace pipeline
}  // namespace portico
